"""Synthetic forms, letters, notes and captions with exact labels.

The licensed corpora are news, tweets, court prose and contracts; none has form fields, charts or
signature blocks, which are most of what gets redacted. Documents are built from templates whose
slots know their label, so that the spans are right by construction. A good third of the output
holds no name at all: labels without values, headings, and findings teach where *not* to fire.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence

from training.ner import names, world
from training.ner import vocabulary as v
from training.ner.augment import augment
from training.ner.corpora import DATE, LOCATION, ORGANIZATION, PERSON, Sample, Span

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOT = re.compile(r"\{(\w+)\}")


class Writer:
    """Appends text and labeled values, and keeps the offsets."""

    def __init__(self, rng: random.Random, phrases: Sequence[str]) -> None:
        self.rng = rng
        self.phrases = phrases
        self.text = ""
        self.spans: list[Span] = []

    def add(self, piece: str, label: str = "") -> None:
        """Append a piece; ``label`` makes it an entity."""
        if label and piece:
            self.spans.append((len(self.text), len(self.text) + len(piece), label))
        self.text += piece

    def fill(self, template: str) -> None:
        """Append a template, filling its slots."""
        last = 0
        for match in _SLOT.finditer(template):
            self.add(template[last : match.start()])
            self.slot(match.group(1))
            last = match.end()
        self.add(template[last:])

    def slot(self, name: str) -> None:
        """Append one slot's value with its label."""
        label, make = SLOTS[name]
        if name == "snippet":
            self.add(snippet(self.rng, self.phrases))
        elif name == "phrase":
            self.add(self.rng.choice(self.phrases) if self.phrases else "the meeting")
        elif name == "address":
            self.fill(self.rng.choice(ADDRESSES))
        elif name == "block":
            self.block()
        else:
            self.add(make(self.rng), label)

    def block(self) -> None:
        """Append an address of several lines, each an entity, as mail and forms separate them."""
        between = self.rng.choice(
            ("\n", "\n", "\n", ", ", " ", "\n ", "\n> ", "\n| ", "\n\t", ";\n")
        )
        for number, part in enumerate(world.address_lines(self.rng)):
            self.add(between if number else "")
            self.add(part, LOCATION)

    def sample(self) -> Sample:
        """What has been written so far."""
        return Sample(self.text, self.spans)


def snippet(rng: random.Random, phrases: Sequence[str]) -> str:
    """A short stretch of name-free prose from the corpora, with changed case.

    Ordinary words in capitals are the best counterexamples, and the corpora have all of them.
    """
    phrase = rng.choice(phrases) if phrases else rng.choice(v.HEADINGS)
    roll = rng.random()
    if roll < 0.45:
        return string.capwords(phrase)
    if roll < 0.7:
        return phrase.upper()
    return phrase.capitalize() if roll < 0.9 else phrase


def _cased(rng: random.Random, text: str) -> str:
    """Labels and headings come in every case."""
    roll = rng.random()
    if roll < 0.2:
        return text.upper()
    if roll < 0.35:
        return string.capwords(text)
    return text.lower() if roll < 0.39 else text


def heading(rng: random.Random) -> str:
    """A heading from the list, or one put together."""
    if rng.random() < 0.5:
        text = rng.choice(v.HEADINGS)
    else:
        text = " ".join(rng.choice(v.HEADING_WORDS) for _ in range(rng.randint(1, 4)))
    if rng.random() < 0.15:
        text = f"{rng.choice(('1.', '2.', 'III.', 'A.', 'Section 4', 'Part II', '7)'))} {text}"
    return _cased(rng, text)


def _pick(options: Sequence[str]) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(options)


def _cased_pick(options: Sequence[str]) -> Callable[[random.Random], str]:
    return lambda rng: _cased(rng, rng.choice(options))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def date(rng: random.Random) -> str:
    """A calendar date in one of many notations."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1925, 2026)
    name = _MONTHS[month - 1]
    forms = (
        f"{month:02}/{day:02}/{year}",
        f"{month:02}/{day:02}/{year}",
        f"{month}/{day}/{year % 100:02}",
        f"{month:02}-{day:02}-{year}",
        f"{year}-{month:02}-{day:02}",
        f"{day:02}.{month:02}.{year}",
        f"{name} {day}, {year}",
        f"{name} {day}, {year}",
        f"{day} {name} {year}",
        f"{name[:3]} {day}, {year}",
        f"{day}-{name[:3]}-{year}",
        f"{day} {name[:3]} {year}",
        f"{name} {year}",
        f"{rng.choice(_DAYS)}, {name} {day}, {year}",
        f"{name} {day}",
        f"{year}",
    )
    return rng.choice(forms)


def street(rng: random.Random) -> str:
    """A street line with its number, now and then a box or a unit."""
    roll = rng.random()
    if roll < 0.4:
        return world.street(rng)
    if roll < 0.46:
        return f"{rng.choice(('P.O. Box', 'PO Box', 'P. O. Box'))} {rng.randint(10, 99999)}"
    name = rng.choice((rng.choice(v.STREET_WORDS), names.surname(rng)))
    prefix = rng.choice(("", "", "", "", "N. ", "S ", "West ", "East ", "NW "))
    line = f"{rng.randint(1, 19999)} {prefix}{name} {rng.choice(v.STREET_KINDS)}"
    if rng.random() < 0.25:
        unit = rng.choice(("Apt", "Apt.", "Unit", "Suite", "Ste.", "#", "Apartment", "Floor"))
        line += f"{rng.choice((', ', ' '))}{unit} {rng.randint(1, 40)}{rng.choice(('', 'A', 'B'))}"
    return line


def city(rng: random.Random) -> str:
    """A city; a fifth are made up, so that unknown towns are found too."""
    roll = rng.random()
    if roll < 0.45:
        return rng.choice(v.CITIES)
    if roll < 0.8:
        return world.town(rng)
    tail = rng.choice(("ville", "ton", "burg", " City", " Falls", " Springs", "field", " Heights"))
    return names.made_up(rng) + tail


def city_line(rng: random.Random) -> str:
    """City, state and postal code."""
    state = rng.choice((rng.choice(v.STATE_CODES), rng.choice(v.STATES)))
    zip_code = _digits(rng, 5) + (f"-{_digits(rng, 4)}" if rng.random() < 0.15 else "")
    return f"{city(rng)}{rng.choice((', ', ', ', ' '))}{state} {zip_code}"


def company(rng: random.Random) -> str:
    """A company, often named after people."""
    roll = rng.random()
    kind = rng.choice(v.COMPANY_KINDS)
    if roll < 0.15:
        return world.company(rng)
    if roll < 0.25:
        return brand(rng)
    if roll < 0.4:
        return f"{names.surname(rng)} {kind}"
    if roll < 0.5:
        return (
            f"{names.surname(rng)}{rng.choice((' & ', ' and ', ', '))}{names.surname(rng)} {kind}"
        )
    if roll < 0.58:
        first, second, third = (names.surname(rng) for _ in range(3))
        return f"{first}, {second} & {third}{rng.choice(('', ' LLP'))}"
    if roll < 0.65:
        return f"{rng.choice((*v.CITIES, *v.STATES))} {kind}"
    return " ".join(rng.choice(v.COMPANY_WORDS) for _ in range(rng.randint(1, 2))) + f" {kind}"


def brand(rng: random.Random) -> str:
    """A made-up trade name: one word, two run together, or several that mean something."""
    word, other = rng.choice(v.COMPANY_WORDS), rng.choice(v.COMPANY_WORDS)
    made = names.made_up(rng)
    forms = (
        made,
        f"{word}{other.lower()}",
        f"{word}{other}",
        f"{made} {rng.choice(v.COMPANY_KINDS)}",
        f"The {made} {rng.choice(('Report', 'Group', 'Project', 'Company', 'Times', 'Fund'))}",
        f"{word} {other}",
        f"{made.lower()}{rng.choice(('.com', '.io', 'ly', 'ify'))}",
        f"{word} {rng.choice(('for', 'of', 'in'))} {rng.choice(v.COMPANY_WORDS)}",
    )
    return rng.choice(forms)


def hospital(rng: random.Random) -> str:
    """A hospital, clinic or practice."""
    stem = rng.choice(
        (
            f"St. {rng.choice(names.GIVEN)}",
            f"Saint {rng.choice(names.GIVEN)}",
            names.surname(rng),
            f"{names.surname(rng)} Memorial",
            city(rng),
            rng.choice(v.COMPANY_WORDS),
            f"{rng.choice(v.CITIES)} {rng.choice(('General', 'Community', 'Regional'))}",
            rng.choice(("Mercy", "Good Samaritan", "Sacred Heart", "Mount Sinai", "County")),
        )
    )
    kind = rng.choice(
        ("Hospital", "Medical Center", "Clinic", "Health", "Medical Group", "Family Practice",
         "Health Center", "Rehabilitation Center", "Cancer Institute", "Nursing Home", "Dental",
         "Urgent Care", "Orthopedics", "Pediatrics", "Healthcare", "Surgery Center")
    )  # fmt: skip
    return f"{stem} {kind}"


def school(rng: random.Random) -> str:
    """A school, college or university."""
    if rng.random() < 0.3:
        return f"University of {rng.choice((*v.STATES, *v.CITIES))}"
    stem = rng.choice(
        (
            city(rng),
            rng.choice(v.STATES),
            names.surname(rng),
            f"{names.given(rng)} {names.surname(rng)}",
        )
    )
    kind = rng.choice(
        ("University", "College", "High School", "Elementary School", "Middle School", "Academy",
         "State University", "Community College", "School District")
    )  # fmt: skip
    return f"{stem} {kind}"


def organization(rng: random.Random) -> str:
    """Any kind of organization."""
    roll = rng.random()
    if roll < 0.4:
        return company(rng)
    if roll < 0.6:
        return hospital(rng)
    if roll < 0.75:
        return school(rng)
    return rng.choice((*v.INSURERS, *v.AGENCIES))


def court(rng: random.Random) -> str:
    """A court's name."""
    text = rng.choice(v.COURTS)
    text = text.replace("{state}", rng.choice(v.STATES)).replace("{city}", rng.choice(v.CITIES))
    return text.upper() if rng.random() < 0.5 else text


def district(rng: random.Random) -> str:
    """The district or county line of a caption."""
    side = rng.choice(("Northern", "Southern", "Eastern", "Western", "Central", "Middle"))
    state, county = rng.choice(v.STATES), rng.choice((city(rng), names.surname(rng)))
    text = rng.choice(
        (f"{side} District of {state}", f"State of {state}", f"County of {county}",
         f"{county} County, {state}", f"Commonwealth of {state}", f"District of {state}")
    )  # fmt: skip
    return text.upper() if rng.random() < 0.5 else text


def email(rng: random.Random) -> str:
    """An address on a reserved domain; another recognizer's job, so never a name here."""
    user = f"{names.given(rng)}{rng.choice(('.', '_', ''))}{names.made_up(rng)}".lower()
    return f"{user.replace(' ', '')}@example.{rng.choice(('com', 'org', 'net'))}"


def number(rng: random.Random) -> str:
    """Any identifier or quantity."""
    forms = (
        f"{_digits(rng, 3)}-{_digits(rng, 3)}-{_digits(rng, 4)}",
        f"({_digits(rng, 3)}) {_digits(rng, 3)}-{_digits(rng, 4)}",
        f"{_digits(rng, 3)}-{_digits(rng, 2)}-{_digits(rng, 4)}",
        f"XXX-XX-{_digits(rng, 4)}",
        f"MRN {_digits(rng, 7)}",
        f"{rng.choice('ABCDEFGHKMNPRSTWX')}{_digits(rng, 8)}",
        _digits(rng, rng.randint(1, 10)),
        f"{rng.randint(2, 29)}-cv-{_digits(rng, 5)}",
        f"${rng.randint(1, 99)},{_digits(rng, 3)}.{_digits(rng, 2)}",
        f"{rng.randint(90, 180)}/{rng.randint(50, 99)}",
        f"{rng.randint(1, 220)} {rng.choice(('mg', 'lbs', 'kg', 'cm', 'mL', '%', 'mmHg', 'bpm'))}",
        f"{rng.randint(1, 12)}:{_digits(rng, 1)}0 {rng.choice(('AM', 'PM', 'a.m.', 'pm'))}",
    )
    return rng.choice(forms)


def _drug(rng: random.Random) -> str:
    drug = rng.choice(v.DRUGS)
    if rng.random() < 0.4:  # brand names look like surnames, and new ones keep coming
        drug = names.made_up(rng)[: rng.randint(3, 6)] + rng.choice(v.DRUG_ENDINGS)
    roll = rng.random()
    return drug.upper() if roll < 0.1 else drug.capitalize() if roll < 0.4 else drug


def _condition(rng: random.Random) -> str:
    text = rng.choice(v.CONDITIONS)
    return text.title() if rng.random() < 0.2 else text


def _last_or_made_up(rng: random.Random) -> str:
    name = names.surname(rng)
    return name.upper() if rng.random() < 0.1 else name


def plain_name(rng: random.Random) -> str:
    """Given name and surname, as in running text."""
    return f"{names.given(rng)} {names.surname(rng)}"


SLOTS: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "person": (PERSON, names.full_name),
    "first": (PERSON, names.given),
    "last": (PERSON, _last_or_made_up),
    "plain": (PERSON, plain_name),
    "inverted": (PERSON, names.inverted_name),
    "org": (ORGANIZATION, organization),
    "company": (ORGANIZATION, company),
    "hospital": (ORGANIZATION, hospital),
    "school": (ORGANIZATION, school),
    "insurer": (ORGANIZATION, _pick(v.INSURERS)),
    "agency": (ORGANIZATION, _pick(v.AGENCIES)),
    "court": (ORGANIZATION, court),
    "district": (LOCATION, district),
    "street": (LOCATION, street),
    "city": (LOCATION, city),
    "cityline": (LOCATION, city_line),
    "state": (LOCATION, _pick(v.STATES)),
    "country": (
        LOCATION,
        lambda rng: rng.choice((rng.choice(v.COUNTRIES), world.country_name(rng))),
    ),
    "brand": (ORGANIZATION, brand),
    "address": ("", street),
    "block": ("", street),
    "date": (DATE, date),
    "day": (DATE, _pick(_DAYS)),
    "month": (DATE, _pick(_MONTHS)),
    "title": ("", _pick(v.TITLES)),
    "cred": ("", _pick(v.CREDENTIALS)),
    "email": ("", email),
    "num": ("", number),
    "drug": ("", _drug),
    "dx": ("", _condition),
    "job": ("", _cased_pick(v.JOBS)),
    "rel": ("", _pick(v.RELATIONS)),
    "answer": ("", _cased_pick(v.ANSWERS)),
    "heading": ("", heading),
    "snippet": ("", heading),
    "phrase": ("", heading),
    "verb": ("", _pick(v.VERBS)),
    "plabel": ("", _cased_pick(v.PERSON_LABELS)),
    "olabel": ("", _cased_pick(v.OTHER_LABELS)),
    "dlabel": ("", _cased_pick(v.DATE_LABELS)),
}

ADDRESSES = (
    "{street}, {city}, {state}",
    "{street}\n{cityline}",
    "{street}, {cityline}",
    "{street} {cityline}",
    "{street}",
    "{street}\n{city}\n{country}",
    "{cityline}",
    "{block}",
    "{block}",
    "{block}",
)

_FIELDS: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...] = (
    (
        v.PERSON_LABELS,
        ("{person}", "{person}", "{person}", "{inverted}", "{title} {person}", "{title} {last}",
         "{person}, {cred}", "{person} {cred}", "{person} ({rel})", "{person}, {rel}", "{first}",
         "{person}, {num}", "{person}; {person}", "{person} and {person}", "{person}, {job}"),
        9,
    ),
    (v.FIRST_LABELS, ("{first}",), 2),
    (v.LAST_LABELS, ("{last}",), 2),
    (v.DATE_LABELS, ("{date}",), 4),
    (v.PLACE_LABELS, ("{address}",), 3),
    (v.CITY_LABELS, ("{city}", "{state}", "{country}", "{city}, {state}"), 2),
    (v.ORG_LABELS, ("{org}", "{org}", "{insurer}", "{hospital}", "{company}"), 3),
    (
        v.OTHER_LABELS,
        ("{num}", "{num}", "{answer}", "{answer}", "{dx}", "{drug} {num}", "{email}", "{job}",
         "{rel}", "{heading}", "{snippet}"),
        7,
    ),
)  # fmt: skip
_SEPARATORS = (": ", ": ", ": ", ":", " ", " ", "  ", "    ", ":\n", "\n", " - ", ":   ", " | ",
               ": ____", ".....", "\t")  # fmt: skip

PROSE = (
    "Patient {person} reports {dx}",
    "Patient {person} presents with {dx} and {dx}",
    "{person} is a {num} year old patient with a history of {dx}",
    "Pt {person} seen on {date} for {dx}, denies {dx}",
    "{title} {last} was admitted to {hospital} on {date} with {dx}",
    "{title} {last} is a pleasant 67-year-old who lives with her {rel} {first} in {city}",
    "I saw {person} in clinic today. {title} {last} continues to have {dx}",
    "Follow up with {title} {person} in {num} weeks",
    "Follow-up with {title} {last} at {hospital}",
    "Thank you for referring {person} to our office",
    "Discussed with {title} {last}, who agrees with the plan",
    "Discussed results with {rel} {first} by phone at {num}",
    "Her {rel} {person} can be reached at {num}",
    "His {rel}, {person}, was present during the visit",
    "{person} was seen by {person}, {cred} and {person}, {cred}",
    "Referred by {title} {person}, {cred}, {hospital}",
    "{rel}: {person}, phone {num}",
    "Emergency contact is {person} ({rel}), {num}",
    "Dear {title} {last},",
    "Dear {title} {last}:",
    "Dear {person},",
    "Dear {first},",
    "Hi {first},",
    "Hello {first} and {first},",
    "Dear {title} and {title} {last},",
    "Dear Sir or Madam,",
    "To Whom It May Concern:",
    "Thanks,\n{first}",
    "Thanks\n{plain}\n{job}\n{company}",
    "Sincerely,\n\n{person}\n{job}",
    "Sincerely,\n{person}, {cred}\n{hospital}",
    "Respectfully submitted,\n\n{person}\nAttorney for Plaintiff\n{address}",
    "Very truly yours,\n\n/s/ {person}\n{person}\n{company}",
    "/s/ {person}",
    "By: {person}\nIts: {job}",
    "Best,\n{first}\n{num}",
    "cc: {person}\n    {person}",
    "cc: {person}, {person}",
    "cc {title} {last}",
    "From: {person} <{email}>\nTo: {person} <{email}>\nSent: {day}, {date}\nSubject: {snippet}",
    "From: {person}\nTo: {person}; {person}\nRe: {heading}",
    "On {date}, {person} wrote:",
    "{person} called about the invoice from {company}",
    "Please contact {person} at {num} or {email}",
    "Please ask {first} to call {first} before {day}",
    "I spoke with {plain} from {org} on {date}",
    "{first} said that {first} would meet us in {city} on {day}",
    "{person} has been employed by {company} since {date} as {job}",
    "{person} of {address} was arrested on {date}",
    "Officer {last} responded to {street} at {num}",
    "The victim, {person}, stated that {person} struck her",
    "The witness {person} testified that {last} left {city} in {month}",
    "{court}\n{district}\n\n{person},\n          Plaintiff,\n     v.\n{person},\n"
    "          Defendant.",
    "{court}\n{district}\n{person}, Plaintiff, vs. {company}, et al., Defendants\nCase No. {num}",
    "IN THE {court}\nIN AND FOR {district}\n\nIn re the Marriage of:\nPetitioner: {person}\nand\n"
    "Respondent: {person}",
    "IN THE MATTER OF THE ESTATE OF\n{person},\nDeceased.",
    "Plaintiff {person} filed this action against Defendant {person} on {date}",
    "Defendant {company}, by and through counsel {person}, moves to dismiss",
    "COMES NOW the Plaintiff, {person}, and alleges as follows:",
    "{last} v. {last}, {num} F.3d {num} ({date})",
    "{last} v. {company}",
    "State v. {last}",
    "Before the Honorable {person}",
    "Hon. {person}, Judge presiding",
    "I, {person}, being duly sworn, depose and say:",
    "Subscribed and sworn before me by {person} this {num} day of {month}",
    "This Agreement is made between {person} (\"Landlord\") and {person} (\"Tenant\")",
    "This Agreement is entered into by {company}, a {state} corporation, and {person}",
    "WHEREAS, {person} is the owner of the property at {address};",
    "{person}, an individual residing at {address}",
    "I give my house to my {rel} {person}",
    "Present: {person}, {person}, {person}. Absent: {person}",
    "Motion by {last}, seconded by {last}, carried",
    "{plain} scored {num} on the reading test in {month}",
    "{person} attends {school} in {city}, {state}",
    "My name is {person} and I live in {city}",
    "my name is {first} and i need a refund",
    "This is {first} calling for {title} {last}",
    "Can you book {plain} a flight from {city} to {city} on {date}?",
    "{first}'s appointment with {title} {last} is on {date}",
    "{last}'s account at {company} was closed in {date}",
    "{person}\n\n{block}\n{num}",
    "{org}\n{person}\n{block}",
    "{person}\n{block}\n{num} office\n{num} fax",
    "Address: {block}\nPhone: {num}",
    "please send it to {block}",
    "we moved to {block} last {month}",
    "{brand}'s office is at {block}",
    "{brand}, {brand} and {brand}",
    "{phrase} at {brand} and {brand} {phrase}",
    "{street} is near {street} in {city}",
    "the corner of {street} and {street}",
    "Zip: {num}, {city}, {country}",
    "From: \"{plain}\"<{email}>",
    "Email: \"{first}\"<{email}>\nName: {first}",
    "{first}\n{plain}\n{job}\n{num}",
    "{phrase}\n{first}\n{plain}",
    "Interview with {plain}\n{first}: {phrase}\n{last}: {phrase}",
    "{person}\n{address}",
    "{person}\n{job}\n{company}\n{address}\n{num}\n{email}",
    "{inverted}\n{inverted}\n{inverted}\n{inverted}",
    "{inverted}   {date}   {num}\n{inverted}   {date}   {num}",
    "{person}   {job}   {num}\n{person}   {job}   {num}\n{person}   {job}   {num}",
    "{num} {last} {first} {date} {num}",
    "{person} {date} {num} {city} {state}",
    "Surgeon: {title} {last}  Assistant: {title} {last}",
    "Attending: {title} {person}",
    "Dictated by {person}, {cred} on {date}",
    "Electronically signed by {person}, {cred} {date} {num}",
    "Signed: {person}     Date: {date}",
    "Name of patient  {person}   DOB {date}",
    "Patient: {inverted}   MRN: {num}   DOB: {date}",
    "{inverted} ({num}) DOB {date}",
    "Payee: {person} Amount: {num} Memo: {heading}",
    "Pay to the order of {person}",
    "Policyholder {person} is insured with {insurer} under policy {num}",
    "The {company} account of {person}",
    "{person} v. {person}: {snippet}",
    "{heading}\n{person}",
    "{snippet}\n{person}\n{snippet}",
    "{heading}\nPatient {person} {num}",
    "{person}\n{person}\n{heading}",
    "{olabel}: {answer}   {plabel}: {person}",
    "Mr. and Mrs. {last}",
    "{title} {plain} and {title} {last}",
    "The {last} family moved to {city} in {date}",
    "{first} and {plain} were married in {city}, {country}",
    "Taken to {hospital} by {rel} {first}",
    "{job} {person} of {org}",
    "{person}, {job} at {org}, said {snippet}",
    "per {title} {last}",
    "{rel} {first} at bedside, {phrase}",
    "{rel} {first} {phrase}",
    "{plabel} {person} {phrase}",
    "s/p fall, per {rel} {first}",
    "PCP {title} {person} notified",
    "RN {last} gave {drug} {num} at {num}",
)  # fmt: skip
NEGATIVE = (
    "{drug} {num} twice daily",
    "{drug} {num} PO daily for {dx}",
    "Take {drug} {num} by mouth every morning",
    "Started on {drug} and {drug} for {dx}",
    "Discontinue {drug}; continue {drug} {num}",
    "{drug}\n{drug}\n{drug} {num}",
    "Patient reports {dx}",
    "Patient denies {dx} or {dx}",
    "Patient presents with {dx} today",
    "Pt c/o {dx} since {date}",
    "History of {dx}, {dx}",
    "Diagnosis: {dx}",
    "No evidence of {dx}",
    "Return in {month} for repeat labs",
    "Next visit in {month} or {month}",
    "{month} {num}",
    "{month} {month} {month}",
    "{day} {day} {day}",
    "{olabel}",
    "{plabel}",
    "{plabel}:",
    "{plabel}: ____________________",
    "{plabel}: __________   {dlabel}: __________",
    "{plabel}  {olabel}  {dlabel}  {olabel}",
    "{plabel}\t{olabel}\t{olabel}",
    "{olabel} {olabel} {olabel}",
    "{olabel}: {answer}",
    "{olabel}: {num}\n{olabel}: {num}",
    "{olabel}\n{answer}\n{olabel}\n{answer}",
    "{dlabel}: {date}",
    "{heading}",
    "{heading}\n{heading}",
    "{heading}: {answer}",
    "{snippet}",
    "{snippet}\n{snippet}",
    "{snippet}: {snippet}",
    "{heading}\n{snippet}\n{olabel}",
    "{heading}\n\n{olabel}: {answer}\n{olabel}: {num}",
    "Dear Customer,",
    "Dear Patient,",
    "Dear Hiring Manager,",
    "Dear Colleague,",
    "Sincerely,",
    "Plaintiff,",
    "Defendant.",
    "Plaintiff, v. Defendant.",
    "{court}",
    "{court}\n{district}",
    "{org}\n{address}\n{num}",
    "{hospital}\n{heading}",
    "Insurance: {insurer}",
    "Group {num} {insurer}",
    "{job}",
    "The Borrower shall repay the Lender on {date}",
    "The Tenant shall pay the Landlord {num} on the first of each month",
    "The Company and the Executive agree as follows:",
    "Plaintiff demands a jury trial",
    "The Court finds that Defendant failed to appear",
    "Please {snippet}",
    "Note: {snippet}",
    "( ) Yes ( ) No   {olabel}",
    "[ ] {heading} [ ] {heading} [ ] {heading}",
    "{answer} / {answer}",
    "Page {num} of {num}",
    "Form {num} Rev. {date}",
    "Signature: ______________ Date: ________",
    "Patient Signature",
    "X-ray of the left knee shows {dx}",
    "MRI Brain w/o Contrast",
    "CBC, CMP, Lipid Panel, Hemoglobin A1c {num}",
    "Invoice {num} due {date}",
    "{city}, {state}",
    "{address}",
)


# Running prose: one subject, what it did, and how it goes on.
SUBJECTS = (
    "{first}", "{first}", "{first}", "{last}", "{last}", "{plain}", "{plain}", "{person}",
    "{title} {last}", "{first} and {first}", "{first} and I", "{last} and {last}",
    "{first}, {first} and {first}", "{first}'s {rel}", "My {rel} {first}", "{job} {last}",
    "{org}", "{city}", "The {rel}", "The {phrase}", "Our {job} {plain}", "{plain}, the {phrase},",
)  # fmt: skip
ENDS = (
    "{phrase}", "{phrase}", "{phrase} with {first}", "{phrase} to {last}", "{first} {phrase}",
    "{plain} {phrase}", "{phrase} for {plain}", "that {first} {verb} {phrase}",
    "{phrase} in {city}", "{phrase} at {org}", "{phrase} on {date}", "{phrase} by {plain}",
    "{first}'s {phrase}", "{phrase}, {first}",
    "{last}'s {phrase}", "{org} {phrase}", "{phrase} from {country}",
    "the {last} {phrase}", "{phrase} ({last})", "{phrase} like {plain} and {plain}",
)  # fmt: skip
CHAT = (
    "Thanks again {first}", "Thanks {first}!", "{first},\n{phrase}", "{first}:\n{phrase}",
    "{first} -\n{phrase}", "Hey {first}, {phrase}", "Posted by {first}", "by {plain}",
    "\"{plain}\" <{email}>", "{phrase}.\n{first}", "{phrase}, {first}?", "- {first}", "--{plain}",
    "I'm {first} from {country}", "Hi! I am {first}", "everyone calls me {first}", "Yes, {first}.",
    "{first}: {phrase}\n{first}: {phrase}", "{last}: {phrase}", "That is {first}",
    "called {first} {phrase}", "according to {last}", "{phrase}, said {plain}", "Madam Speaker",
    "{month} {phrase}", "{phrase} in {month}", "{snippet}. {phrase}", "Also, {phrase}",
    "{drug} {phrase}", "the {city} {phrase}", "{company} {verb} {phrase}",
)  # fmt: skip


def sentence(writer: Writer) -> None:
    """A sentence of running prose, nonsense in meaning but right in shape.

    The corpora name public figures; letters and mail name people by their given name alone.
    """
    rng = writer.rng
    if rng.random() < 0.4:
        writer.fill(rng.choice(CHAT))
        return
    if rng.random() < 0.2:
        writer.fill(rng.choice(("When ", "If ", "Then ", "But ", "Yesterday ", "{phrase}, ")))
    writer.fill(f"{rng.choice(SUBJECTS)} {{verb}} {rng.choice(ENDS)}")


def prose(rng: random.Random, phrases: Sequence[str]) -> Sample:
    """A few sentences, or one."""
    writer = Writer(rng, phrases)
    for _ in range(rng.randint(1, 5)):
        sentence(writer)
        writer.add(rng.choice((". ", ". ", ".\n", "\n", "! ", "? ", "; ")))
    return writer.sample()


def field_line(writer: Writer) -> None:
    """One label with its value, or with none: an empty form must yield nothing."""
    rng = writer.rng
    labels, values, _ = rng.choices(_FIELDS, weights=[f[2] for f in _FIELDS])[0]
    writer.add(_cased(rng, rng.choice(labels)))
    if rng.random() < 0.2:
        writer.add(rng.choice((":", "", ": ______________", ":  ")))
        return
    writer.add(rng.choice(_SEPARATORS))
    writer.fill(rng.choice(values))


def form(rng: random.Random, phrases: Sequence[str]) -> Sample:
    """A form page, in one or two columns."""
    writer = Writer(rng, phrases)
    if rng.random() < 0.6:
        writer.fill("{heading}\n")
    for _ in range(rng.randint(2, 9)):
        field_line(writer)
        for _ in range(rng.choice((0, 0, 0, 1, 2))):
            writer.add(rng.choice(("  ", "     ", " ", "\t")))
            field_line(writer)
        writer.add(rng.choice(("\n", "\n", "\n", "\n\n")))
        if rng.random() < 0.12:
            writer.fill(rng.choice(NEGATIVE) + "\n")
    return writer.sample()


def page(rng: random.Random, phrases: Sequence[str]) -> Sample:
    """A page of prose lines, with name-free lines between."""
    writer = Writer(rng, phrases)
    for _ in range(rng.randint(1, 6)):
        writer.fill(rng.choice(PROSE if rng.random() < 0.55 else NEGATIVE))
        writer.add(rng.choice(("\n", "\n", ". ", ".\n", "\n\n", " ")))
    return writer.sample()


def line(rng: random.Random, phrases: Sequence[str]) -> Sample:
    """A single line, as it comes from a form cut into lines."""
    writer = Writer(rng, phrases)
    if rng.random() < 0.3:
        field_line(writer)
    else:
        writer.fill(rng.choice(PROSE if rng.random() < 0.5 else NEGATIVE))
    return writer.sample()


def document(rng: random.Random, phrases: Sequence[str] = ()) -> Sample:
    """One synthetic document of any kind, with capitals and noise as :func:`augment` draws."""
    make = rng.choices((form, page, line, prose), weights=(4, 4, 3, 5))[0]
    sample = make(rng, phrases)
    if rng.random() < 0.5:
        sample = augment(sample, rng)
    return sample


def name_free_phrases(samples: Sequence[Sample]) -> list[str]:
    """Short runs of plain lower-case words, far from any entity, to be used as counterexamples."""
    found: set[str] = set()
    for sample in samples:
        for match in re.finditer(r"\b[a-z]{3,}(?: [a-z]{2,}){1,3}\b", sample.text):
            start, end = match.span()
            spans = (*((s, e) for s, e, _ in sample.spans), *sample.missing)
            if all(e <= start or s >= end for s, e in spans):
                found.add(match.group())
    return sorted(found)
