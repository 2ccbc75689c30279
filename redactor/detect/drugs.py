"""Names of drugs, which are capitalized like people and stand in lists like people.

Generic names end in the stems that the WHO gives a class of substances ("The use of stems in the
selection of International Nonproprietary Names"). Stems and brands that are surnames or given names
as well ("-pril" of April, Allegra, Yasmin) are left out: a drug too many costs a look, a
patient left in costs more.
"""

from __future__ import annotations

import re

_STEMS = (
    "azepam|azolam|barbital|caserin|cillin|conazole|coxib|cycline|dipine|dronate|fenac|fibrate"
    "|floxacin|formin|gabalin|gliflozin|gliptin|glitazone|grastim|lukast|micin|mycin|nidazole|olac"
    "|olol|oxacin|oxetine|parin|prazole|profen|inopril|racetam|sartan|semide|setron|sulfa|thiazide"
    "|tidine|tinib|triptan|triptyline|vastatin|zodone|zosin|oxicam|methasone|nisolone|codone"
    "|morphone|tamivir|ciclovir|cyclovir|buvir|navir|tegravir|xaban|gatran|zumab|ximab|limumab"
    "|lizumab|docaine|pivacaine"
)
_BRANDS = """
Abilify Actos Adderall Advair Advil Albuterol Aleve Ambien Amlodipine Aspirin Ativan Augmentin
Bactrim Benadryl Botox Bumex Celebrex Celexa Cialis Cipro Coumadin Crestor Cymbalta Demerol Depakote
Diflucan Dilantin Dilaudid Diovan Effexor Eliquis Enbrel Entresto Epipen Fentanyl Flomax Flonase
Fosamax Glucophage Glucotrol Heparin Humalog Humira Ibuprofen Imitrex Insulin Januvia Jardiance
Keflex Keppra Klonopin Lamictal Lantus Lasix Levemir Levothyroxine Lexapro Lipitor Lovenox Lunesta
Lyrica Metformin Mobic Morphine Motrin Naloxone Naproxen Narcan Neurontin Nexium Norco Norvasc
Novolog Oxycontin Ozempic Paracetamol Paxil Pepcid Percocet Phenergan Plavix Prednisone Prilosec
Prozac Reglan Remeron Requip Risperdal Ritalin Seroquel Singulair Spiriva Strattera Suboxone
Symbicort Synthroid Tamiflu Tegretol Toprol Toradol Tramadol Trazodone Trulicity Tylenol Ultram
Valium Valtrex Viagra Vicodin Voltaren Warfarin Wellbutrin Xanax Xarelto Zantac Zestril Zithromax
Zocor Zofran Zoloft Zyprexa Zyrtec
"""
_DRUG = re.compile(
    rf"(?i)(?:\w{{2,}}(?:{_STEMS})e?|{'|'.join(_BRANDS.split())})(?: (?:XR|ER|SR|CR|XL|HCl|HCL))?"
)
_WORDS = re.compile(r"[^\W_]+(?: (?:XR|ER|SR|CR|XL|HCl|HCL)\b)?")


def are_drugs(text: str) -> bool:
    """Whether every word of a text is the name of a drug."""
    words = _WORDS.findall(text)
    return bool(words) and all(_DRUG.fullmatch(word) for word in words)
