"""Words for the synthetic documents: labels, headings, places, drugs, findings.

All written for this project from general knowledge. Labels and headings matter most: they are the
capitalized words that a careless model takes for names.
"""

from __future__ import annotations


def _words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


def _lines(block: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in block.replace("\n", ";").split(";") if part.strip())


PERSON_LABELS = _lines(
    """Name; Full name; Patient; Patient name; Name of patient; Patient's name; Pt; Pt Name; Client
    Client name; Applicant; Applicant name; Name of applicant; Employee; Employee name; Student
    Student name; Member; Member name; Subscriber; Subscriber name; Policyholder; Insured
    Insured's name; Name of insured; Guarantor; Guardian; Parent/Guardian
    Parent or guardian name; Mother's name; Father's name; Spouse; Spouse name; Next of kin
    Emergency contact; Emergency Contact Name; Contact; Contact person; Primary contact
    Physician; Attending; Attending physician; Referring physician; Referring provider
    Primary care physician; PCP; Provider; Provider name; Ordering provider; Surgeon
    Assistant surgeon; Anesthesiologist; Nurse; Dictated by; Transcribed by; Signed by
    Electronically signed by; Reviewed by; Prepared by; Approved by; Completed by; Witness
    Witness name; Notary Public; Plaintiff; Defendant; Petitioner; Respondent; Appellant
    Claimant; Complainant; Debtor; Decedent; Attorney; Attorney for Plaintiff; Counsel; Judge
    Officer; Investigating officer; Reporting officer; Victim; Suspect; Landlord; Tenant; Owner
    Buyer; Seller; Borrower; Co-borrower; Trustee; Beneficiary; Executor; Supervisor; Manager
    Interviewer; Case worker; Social worker; Author; Sender; Recipient; To; From; Attn
    Attention; c/o; cc; CC; Bcc; RE; Re; Subject; Print name; Printed name; Signature
    Name (print); Name of deceased; Name of child; Child's name; Taxpayer; Dependent; Caregiver
    Therapist; Doctor; Dr; Consultant; Registrar; Passenger; Driver; Guest; Account holder
    Cardholder; Payee; Customer; Sales rep; Technician; Inspector; Teacher; Principal; Coach
    Reference; Referred by; Requested by; Authorized by; Issued to; Ship to; Bill to; Sold to
    Maiden name; Other names used; Alias; AKA; Preferred name"""
)
FIRST_LABELS = _lines(
    """First name; First Name; Given name; Given name(s); First; Forename; Middle name; FIRST NAME
    Nickname"""
)
LAST_LABELS = _lines(
    """Last name; Last Name; Surname; Family name; Last; SURNAME; LAST NAME; Maiden name
    Mother's maiden name; Former last name"""
)
DATE_LABELS = _lines(
    """Date; Date of birth; DOB; D.O.B.; Birth date; Birthdate; Admission date; Date of admission
    Discharge date; Date of discharge; Date of service; DOS; Date of injury; Date of death
    signed; Date of report; Date received; Filed; Date filed; Effective date; Expiration date
    Hire; date; Start date; End date; Due date; Invoice date; Statement date; Hearing date
    Trial date; Date of visit; Visit date; Collected; Received; Reported; Printed; Issued
    Valid until; Last; seen; Next appointment; Surgery date; Date of surgery; Onset; LMP
    Service date"""
)
PLACE_LABELS = _lines(
    """Address; Home address; Street address; Mailing address; Street; Residence; Permanent address
    Billing address; Work address; Property address; Address line 1; Patient address
    Location of; incident; Ship to address; Current address; Previous address; Premises"""
)
CITY_LABELS = _lines(
    """City; Town; City/Town; Place of birth; Birthplace; City of birth; County; State; Country
    Country of birth; State of residence; Location; Municipality; Province"""
)
ORG_LABELS = _lines(
    """Employer; Employer name; Insurance; Insurance company; Primary insurance
    Secondary insurance; Insurer; Carrier; Health plan; Facility; Facility name; Hospital
    Clinic; Pharmacy; School; School name; Company; Company name; Organization; Agency; Firm
    Law firm; Bank; Lender; Vendor; Laboratory; Lab; Payer; Creditor; Name of employer
    Institution; Practice; Sponsor; Union"""
)
OTHER_LABELS = _lines(
    """Phone; Telephone; Home phone; Cell; Mobile; Work phone; Fax; Email; E-mail address; SSN
    Social Security Number; MRN; Medical Record No.; Account number; Policy number; Group number
    Member ID; Claim number; Case No.; Case number; Docket No.; Index No.; File No.; Invoice No.
    Order number; Reference number; Passport number; License number; NPI; Tax ID; EIN; Zip code
    Height; Weight; Sex; Gender; Age; Race; Ethnicity; Marital status; Religion; Language
    Preferred language; Occupation; Job title; Department; Position; Title; Diagnosis; Primary
    diagnosis; Secondary diagnosis; Chief complaint; Reason for visit; Reason for referral
    Allergies; Medications; Current medications; Past medical history; Family history; Social
    history; Review of systems; Vital signs; Blood pressure; BP; Pulse; Temperature
    Respirations; SpO2; Impression; Assessment; Plan; Findings; Procedure; Indication; Technique
    Comparison; Specimen; Result; Units; Reference range; Status; Priority; Dose; Route
    Frequency; Quantity; Refills; Amount; Total; Balance due; Amount due; Subtotal; Tax; Payment
    Terms; Description; Remarks; Comments; Notes; Instructions; Relationship
    Relationship to patient; Relation; Signature; Date; Page; Room; Bed; Unit; Ward; Floor
    Disposition; Condition; Code status; Smoking status; Alcohol use; Exercise; Diet; Activity
    Follow-up; Discharge instructions; Education; Degree; Salary; Wage; Hours; Shift; Grade
    Grade level; Course; Credits; GPA; Vehicle; Make; Model; Year; Color; VIN; Plate number
    Offense; Charge; Count; Statute; Bail; Verdict; Sentence; Nature of suit; Cause of action
    Relief sought; Jury demand; Venue"""
)
HEADINGS = _lines(
    """Discharge Summary; History of Present Illness; Physical Examination; Operative Report
    Progress Note; Consultation Report; Radiology Report; Laboratory Results; Medication List
    Assessment and Plan; Hospital Course; Review of Systems; Past Surgical History
    Family History; Patient Information; Emergency Contact Information; Insurance Information
    Consent for Treatment; Notice of Privacy Practices; Release of Information
    Authorization to Disclose Health Information; Statement of Account; Explanation of Benefits
    Claim Form; Application for Employment; Employment Application; Personal Information
    Employment History; Educational Background; Professional References
    Certification and Signature; For Office Use Only; Terms and Conditions; Table of Contents
    Executive Summary; Introduction; Background; Discussion; Conclusion; Recommendations
    Appendix A; Exhibit B; Schedule C; Memorandum; Certificate of Service; Proof of Service
    Notice of Motion; Motion to Dismiss; Order Granting Motion; Complaint for; Damages
    Demand for Jury Trial; Affidavit; Declaration; Statement of Facts; Statement of the; Case
    Argument; Prayer for Relief; Findings of Fact; Conclusions of Law; Judgment; Verdict Form
    Last Will and Testament; Power of Attorney; Lease Agreement; Purchase Agreement
    Promissory Note; Loan Application; Credit Card Authorization; Incident Report; Police Report
    Witness Statement; Narrative; Property Damage; Personal Injury; Medical Expenses; Lost Wages
    Pain and Suffering; Summary of Charges; Payment History; Direct Deposit Form
    Performance Review; Job Description; Time Sheet; Expense Report; Purchase Order
    Packing Slip; Quarterly Report; Annual Budget; Meeting Minutes; Agenda; Attendance
    Action Items; Old Business; New Business; Report Card; Transcript; Permission Slip
    Immunization Record; Growth Chart; Mental Status Examination; Risk Assessment
    Treatment Plan; Safety Plan; Intake Form; Referral Form; Screening Form; Questionnaire
    Release of Liability; Informed Consent; Living Will; Advance Directive; Nursing Notes
    Vital Signs; Intake and Output; Wound Care; Physical Therapy; Occupational Therapy
    Speech Therapy; Home Health; Hospice Care; Intensive Care Unit; Emergency Department
    Radiology; Cardiology; Oncology; Neurology; Orthopedics; Pediatrics; Psychiatry; Obstetrics
    Pathology; Surgery; Internal Medicine; Family Medicine; Urgent Care; Human Resources
    Accounts Payable; Customer Service; Quality Assurance; Information Technology
    Legal Department; Claims Department; Board of Directors; Office of the Clerk; Vital Records
    Confidential; Draft; Original; Copy; Final Report; Preliminary Report; Amended Complaint
    Privileged and Confidential; Do Not Copy; Page 1 of 4; Section I; Part Two; Form 1040
    Schedule A; Instructions; Frequently Asked Questions; Important Notice; Please Print
    Please Read Carefully; Sign Here; Check One; Yes No; Not Applicable; Continued on Next Page
    End of Report; Return to Sender; Thank You; Best Regards; Sincerely
    Social Security Administration Form; Advance Beneficiary Notice; Good Faith Estimate
    Acknowledgment of Receipt; Chain of Custody; Statement of Work; Nondisclosure Agreement
    Grievance Form; Leave Request; Accident Report; Inspection Report; Title Deed; Bill of Sale"""
)
HEADING_WORDS = _words(
    """Clinical Medical Patient Annual Monthly Final Initial Interim General Special Personal
    Legal Financial Public Private Primary Secondary Standard Additional Current Previous
    Total Net Gross Summary Report Record Form Statement Notice History Review Assessment
    Evaluation Plan Schedule Details Information Instructions Requirements Services Treatment
    Therapy Diagnosis Procedure Payment Billing Account Balance Transaction Insurance Coverage
    Benefit Claim Policy Premium Employment Education Training Experience Skills References
    Contact Address Household Income Assets Liabilities Expenses Property Vehicle Location
    Description Evidence Exhibit Testimony Motion Order Petition Response Hearing Trial Appeal
    Settlement Agreement Contract Amendment Disclosure Consent Authorization Release Waiver
    Certificate License Registration Application Eligibility Status Discharge Admission
    Transfer Referral Consultation Laboratory Imaging Medication Allergy Immunization Surgical
    Nursing Dental Vision Mental Behavioral Physical Emergency Outpatient Inpatient Pediatric
    Adult Prenatal Cardiac Renal Pulmonary Department Office Division Unit Committee Program
    Project Budget Audit Compliance Security Safety Quality Risk Management Administration
    Operations Marketing Sales Support Maintenance Shipping Delivery Invoice Receipt Quote
    Estimate Warranty Return Refund Credit Debit Loan Mortgage Lease Tax Withholding Deduction
    Exemption Dependent Filing Signature Date Time Page Section Article Chapter Appendix
    Attachment Enclosure Cover Letter Memo Draft Copy Version Revision Approval Blood Urine
    Test Results Chest Abdomen Lumbar Spine Knee Left Right Upper Lower Bilateral Normal
    Abnormal Positive Negative Pending Complete Partial Active Inactive Resolved Chronic Acute
    Severe Mild Moderate Pain Fever Cough Fatigue Anxiety Depression Diabetes Asthma
    Hypertension Cancer Fracture Infection Screening Prevention Wellness Nutrition Exercise"""
)
STREET_WORDS = _words(
    """Maple Oak Elm Cedar Pine Walnut Chestnut Birch Willow Juniper Sycamore Magnolia Main
    Church School Mill Park Lake River Hill Spring Sunset Prospect Highland Meadow Orchard
    Forest Valley Ridge Canyon Harbor Ocean Bay Market Court Center Union Liberty Washington
    Jefferson Lincoln Madison Jackson Monroe Franklin Adams Hamilton Grant Cleveland First
    Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth 12th 23rd 42nd 101st Broad High
    Front Water Railroad Station College University Clinton Division Summit Rosewood Fairview
    Lakeview Hillcrest Brookside Woodland Greenwood Peachtree Azalea Dogwood Hawthorne
    Bellevue Grand Royal King Queen Victoria Cherry Peach Apple Vine Laurel Holly Heather Fox
    Deer Eagle Falcon"""
)
STREET_KINDS = _words(
    """Street St St. Avenue Ave Ave. Road Rd Rd. Lane Ln Drive Dr Dr. Boulevard Blvd Court Ct
    Place Pl Way Terrace Circle Cir Parkway Pkwy Trail Highway Hwy Square Crescent Close"""
)
CITIES = _lines(
    """New York; Los Angeles; Chicago; Houston; Phoenix; Philadelphia; San Antonio; San Diego
    Dallas; San Jose; Austin; Jacksonville; Fort Worth; Columbus; Charlotte; San Francisco
    Indianapolis; Seattle; Denver; Washington; Boston; El Paso; Nashville; Detroit
    Oklahoma City; Portland; Las Vegas; Memphis; Louisville; Baltimore; Milwaukee; Albuquerque
    Tucson; Fresno; Sacramento; Mesa; Kansas City; Atlanta; Omaha; Colorado Springs; Raleigh
    Miami; Long Beach; Virginia Beach; Oakland; Minneapolis; Tulsa; Tampa; Arlington
    New Orleans; Wichita; Cleveland; Bakersfield; Aurora; Anaheim; Honolulu; Santa Ana
    Riverside; Corpus Christi; Lexington; Stockton; St. Louis; Saint Paul; Henderson; Pittsburgh
    Cincinnati; Anchorage; Greensboro; Plano; Newark; Lincoln; Orlando; Irvine; Toledo
    Jersey City; Durham; Laredo; Madison; Lubbock; Buffalo; Scottsdale; Reno; Glendale; Norfolk
    Spokane; Richmond; Boise; Des Moines; Salt Lake City; Tacoma; Fontana; Rochester
    Little Rock; Knoxville; Providence; Worcester; Springfield; Hartford; Bridgeport; Syracuse
    Albany; Dayton; Akron; Savannah; Charleston; Columbia; Mobile; Birmingham; Montgomery
    Jackson; Baton Rouge; Shreveport; Topeka; Fargo; Sioux Falls; Billings; Cheyenne; Santa Fe
    Burlington; Concord; Bangor; Ann Arbor; Grand Rapids; Flint; Peoria; Evanston; Naperville
    London; Manchester; Leeds; Glasgow; Edinburgh; Cardiff; Belfast; Dublin; Cork; Toronto
    Montreal; Vancouver; Calgary; Ottawa; Winnipeg; Sydney; Melbourne; Brisbane; Perth; Auckland
    Wellington; Paris; Lyon; Berlin; Munich; Hamburg; Vienna; Zurich; Geneva; Rome; Milan
    Madrid; Barcelona; Lisbon; Amsterdam; Brussels; Copenhagen; Stockholm; Oslo; Helsinki
    Warsaw; Krakow; Prague; Budapest; Bucharest; Sofia; Athens; Istanbul; Ankara; Moscow; Kyiv
    Lviv; Tbilisi; Yerevan; Cairo; Lagos; Abuja; Accra; Nairobi; Addis Ababa; Johannesburg
    Cape Town; Casablanca; Tunis; Dubai; Beirut; Amman; Baghdad; Tehran; Karachi; Lahore; Delhi
    New Delhi; Mumbai; Chennai; Kolkata; Bengaluru; Hyderabad; Pune; Dhaka; Colombo; Kathmandu
    Bangkok; Hanoi; Saigon; Manila; Cebu; Jakarta; Singapore; Kuala Lumpur; Hong Kong; Shanghai
    Beijing; Guangzhou; Taipei; Seoul; Busan; Tokyo; Osaka; Kyoto; Mexico City; Guadalajara
    Tijuana; Monterrey; San Juan; Havana; Kingston; Port-au-Prince; Bogota; Caracas; Lima; Quito
    Santiago; Buenos Aires; Montevideo; Sao Paulo; Rio de Janeiro"""
)
STATES = _lines(
    """Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; Florida
    Georgia; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine
    Maryland; Massachusetts; Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska
    Nevada; New Hampshire; New Jersey; New Mexico; New York; North Carolina; North Dakota; Ohio
    Oklahoma; Oregon; Pennsylvania; Rhode Island; South Carolina; South Dakota; Tennessee; Texas
    Utah; Vermont; Virginia; Washington; West Virginia; Wisconsin; Wyoming"""
)
STATE_CODES = _words(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
    NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR"""
)
COUNTRIES = _lines(
    """United States; USA; Canada; Mexico; Brazil; Argentina; Chile; Peru; Colombia; Cuba; Haiti
    Jamaica; Dominican Republic; Guatemala; El Salvador; Honduras; United Kingdom; England
    Scotland; Ireland; France; Germany; Italy; Spain; Portugal; Netherlands; Belgium; Sweden
    Norway; Denmark; Finland; Poland; Czech Republic; Hungary; Romania; Bulgaria; Greece; Turkey
    Ukraine; Russia; Georgia; Armenia; Israel; Lebanon; Syria; Jordan; Iraq; Iran; Saudi Arabia
    Yemen; Egypt; Morocco; Algeria; Nigeria; Ghana; Kenya; Ethiopia; Somalia; Sudan
    South Africa; Zimbabwe; India; Pakistan; Bangladesh; Sri Lanka; Nepal; China; Taiwan; Japan
    South Korea; Vietnam; Thailand; Philippines; Indonesia; Malaysia; Australia; New Zealand
    Chad; Mali"""
)
COMPANY_WORDS = _words(
    """Pacific Atlantic Northern Southern Eastern Western Central National American United First
    Global General Allied Premier Summit Pinnacle Horizon Vertex Apex Delta Omega Sigma
    Evergreen Blue Green Silver Golden Granite Ironwood Lakeside Riverside Coastal Mountain
    Prairie Heritage Liberty Patriot Pioneer Frontier Keystone Cornerstone Beacon Lighthouse
    Compass Anchor Harbor Metro Capital Sterling Crown Regal Quantum Nova Stellar Orion
    Phoenix Titan Atlas Mercury"""
)
COMPANY_KINDS = _lines(
    """Inc.; Inc; LLC; L.L.C.; Corp.; Corporation; Company; Co.; Ltd.; Limited; LLP; Group
    Holdings; Partners; Associates; & Associates; & Sons; Bank; Savings Bank; Credit Union
    Insurance; Insurance Company; Mutual; Industries; Technologies; Systems; Solutions
    Consulting; Logistics; Construction; Properties; Realty; Pharmacy; Foods; Energy; Foundation
    Motors; Law Group; PLLC; P.C.; Financial Services; Staffing; Electric; Plumbing; Landscaping
    Trucking; Bakery"""
)
INSURERS = _lines(
    """Blue Shield; BlueCross BlueShield; Anthem Blue Cross; Aetna; Cigna; Humana; UnitedHealthcare
    Kaiser Permanente; Medicare; Medicaid; Medi-Cal; Tricare; MetLife; State Farm; Allstate
    Geico; Progressive; Liberty Mutual; Nationwide; Travelers; Farmers; Prudential
    Molina Healthcare; Centene; Oscar Health; Delta Dental; Guardian Life; Mutual of Omaha
    Aflac; Health Net"""
)
AGENCIES = _lines(
    """Internal Revenue Service; IRS; Department of Justice; FBI; Social Security Administration
    Department of Veterans Affairs; Department of Motor Vehicles; DMV; Department of Labor; OSHA
    Department of Homeland Security; USCIS; Department of Education; Child Protective Services
    Department of Health and Human Services; Federal Trade Commission
    Securities and Exchange Commission; Public Defender's Office; District Attorney's Office
    County Sheriff's Office; Police Department; Board of Education; American Red Cross
    World Health Organization; NHS"""
)
DRUGS = _words(
    """metoprolol lisinopril amlodipine atorvastatin simvastatin losartan hydrochlorothiazide
    omeprazole pantoprazole gabapentin sertraline fluoxetine citalopram escitalopram bupropion
    trazodone alprazolam lorazepam clonazepam zolpidem prednisone albuterol fluticasone
    montelukast levothyroxine insulin glipizide warfarin apixaban clopidogrel aspirin
    acetaminophen ibuprofen naproxen tramadol oxycodone hydrocodone morphine fentanyl
    amoxicillin azithromycin ciprofloxacin cephalexin doxycycline vancomycin furosemide
    spironolactone carvedilol digoxin tamsulosin methotrexate Lipitor Zoloft Prozac Xanax
    Ativan Ambien Advil Tylenol Motrin Plavix Coumadin Eliquis Xarelto Lantus Humalog Januvia
    Ozempic Synthroid Nexium Prilosec Ventolin Advair Singulair Lasix Norvasc Zestril Cozaar
    Neurontin Lyrica Cymbalta Effexor Lexapro Abilify Seroquel Zyprexa Risperdal Lamictal
    Depakote Keppra Topamax Humira Enbrel Keytruda Herceptin Norco Percocet"""
)
DRUG_ENDINGS = _words(
    """olol pril sartan statin azole idine zepam mab cillin mycin floxacin oxetine azine tidine
    triptan gliptin glutide xaban parin lukast fenac profen codone morphone barbital ran tra vir
    tan vax zyme plex dryl via xa ra tin cort ac rolac setron lam quin sone"""
)
VERBS = _words(
    """said told asked sent called met saw wrote reviewed managed submitted completed signed needs
    wants has had was is will would made took gave went came left moved works lives knows thinks
    believes explained noted reported stated testified agreed denied claimed argued filed received
    requested approved scheduled attended joined visited owns bought sold paid owes married helped
    taught played won lost started finished shared found felt looked promised admitted"""
)
CONDITIONS = _lines(
    """hypertension; type 2 diabetes mellitus; asthma; COPD; chronic low back pain; osteoarthritis
    congestive heart failure; atrial fibrillation; coronary artery disease; pneumonia
    major depressive disorder; generalized anxiety disorder; migraine; hypothyroidism
    hyperlipidemia; urinary tract infection; acute appendicitis; cellulitis
    deep vein thrombosis; stroke; anemia; chronic kidney disease; gastroesophageal reflux
    Parkinson disease; Alzheimer's dementia; multiple sclerosis; rheumatoid arthritis
    Crohn's disease; Hodgkin lymphoma; Bell's palsy; Graves disease; Down syndrome; Lyme disease
    breast cancer; a fractured left wrist; chest pain; shortness of breath; abdominal pain
    nausea and vomiting; a persistent cough; headache; fever; dizziness; a torn rotator cuff
    lumbar strain; carpal tunnel syndrome; bipolar disorder; post-traumatic stress disorder
    sleep apnea; obesity; iron deficiency; kidney stones; a skin rash; Hashimoto thyroiditis
    Raynaud phenomenon; Babinski sign; Foley catheter; Apgar score; Glasgow Coma Scale"""
)
JOBS = _lines(
    """teacher; nurse; driver; accountant; engineer; manager; cashier; electrician; carpenter
    clerk; Registered Nurse; Project Manager; Sales Associate; Vice President; Staff Attorney
    Director; Software Engineer; Administrative Assistant; Case Manager; Physical Therapist
    Chief of Staff; Human Resources Manager; Paralegal; Truck Driver; Office Manager; Principal
    Retired; Unemployed"""
)
RELATIONS = _words(
    "wife husband mother father son daughter sister brother spouse partner friend aunt uncle "
    "cousin grandmother grandfather neighbor guardian niece nephew Wife Husband Mother Father "
    "Spouse Sister Brother Self"
)
TITLES = _words(
    "Mr. Mrs. Ms. Dr. Miss Mr Mrs Ms Dr Prof. Professor Judge Hon. Rev. Officer Sgt. Det. Nurse "
    "Justice Sir Capt. Lt. Detective Attorney Senator"
)
CREDENTIALS = _words(
    "M.D. MD DO RN N.P. PA-C Ph.D. PhD Esq. Esq. DDS LCSW CPA CRNA PharmD PsyD FACS LPN PT"
)
COURTS = _lines(
    """United States District Court; United States Bankruptcy Court; Superior Court of {state}
    Supreme Court of the State of {state}; Circuit Court of {city} County; Court of Appeals
    Family Court; Municipal Court of {city}; Probate Court; District Court of {city} County
    Court of Common Pleas; Superior Court; Supreme Court; Juvenile Court
    United States Court of Appeals for the Ninth Circuit; County Court at Law; Justice Court
    Tax Court; Surrogate's Court"""
)
ANSWERS = _lines(
    """Yes; No; N/A; None; Unknown; Not applicable; Pending; Single; Married; Divorced; Widowed
    Male; Female; M; F; English; Spanish; White; Hispanic; Catholic; Good; Stable; Fair; Denied
    Approved; Full time; Part time; Active; Normal; Negative; Positive; See attached
    Same as above; To be determined; Never smoker; Former smoker; No known drug allergies; NKDA
    Penicillin; Latex; Full code; Bachelor of Science; High School Diploma; Honda Civic
    Toyota Camry; Ford Explorer; Blue Sedan; Black; Guilty; Not Guilty; Owner; Tenant
    Self-employed; Regular; Cash; Check; Visa"""
)
