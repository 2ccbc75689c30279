"""What the columns of a roster hold, told by their names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from redactor.policy.model import nearest


class Role(Enum):
    """What a column is used for."""

    NAME = "name"
    GIVEN = "first"
    MIDDLE = "middle"
    FAMILY = "last"
    FORMER = "maiden name"
    ALIAS = "alias"
    EXTRA = "title"
    BIRTH = "dob"
    SSN = "ssn"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    OTHER = "id"
    IGNORED = "ignore"

    @property
    def holds_names(self) -> bool:
        return self in _NAMES

    @property
    def is_identifier(self) -> bool:
        return self in _IDENTIFIERS


_NAMES = frozenset({Role.NAME, Role.GIVEN, Role.FAMILY, Role.FORMER})
_IDENTIFIERS = frozenset({Role.SSN, Role.PHONE, Role.EMAIL, Role.ADDRESS, Role.OTHER})

_HEADERS = {
    Role.NAME: "name fullname legalname patient patientname person personname client clientname "
    "member membername employee employeename student studentname displayname",
    Role.GIVEN: "first firstname given givenname givennames forename forenames fname",
    Role.MIDDLE: "middle middlename middlenames middleinitial mi secondname",
    Role.FAMILY: "last lastname family familyname surname surnames lname",
    Role.FORMER: "maiden maidenname formername formerlastname previousname birthname",
    Role.ALIAS: "alias aliases aka alsoknownas nickname nicknames knownas preferredname othernames",
    Role.EXTRA: "title salutation prefix suffix namesuffix",
    Role.BIRTH: "dob birth birthdate birthday dateofbirth born",
    Role.SSN: "ssn ss socialsecurity socialsecuritynumber socialsecurityno",
    Role.PHONE: "phone phones phonenumber telephone tel mobile cell cellphone mobilephone "
    "homephone workphone fax",
    Role.EMAIL: "email emails emailaddress mail",
    Role.ADDRESS: "address addresses street streetaddress homeaddress mailingaddress addressline "
    "address1 addressline1",
    Role.OTHER: "id mrn medicalrecordnumber memberid patientid account accountnumber",
}  # fmt: skip
_ROLES = {header: role for role, headers in _HEADERS.items() for header in headers.split()}
_IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name as written; `is_guess` where the name is none that we know."""

    name: str
    role: Role
    is_guess: bool = False

    @property
    def hint(self) -> str:
        """The known name that this one may be a slip of, as a part of a sentence."""
        close = nearest(self.name, sorted(_ROLES), cutoff=75.0)
        return f' (did you mean "{close}"?)' if close else ""


def column_of(header: str) -> Column | None:
    """The column under a header, told without case, blanks and marks; None for an empty header.

    A name that we do not know is one of identifiers, until its values tell otherwise.
    """
    name = " ".join(header.split())
    key = "".join(char for char in name.lower() if char.isalnum())
    if not key:
        return None
    if key.startswith(_IGNORE):
        return Column(name, Role.IGNORED)
    role = _ROLES.get(key)
    return Column(name, role or Role.OTHER, is_guess=role is None)
