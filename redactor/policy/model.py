"""What a policy is: settings, the look of the box, rules in order, texts never to be redacted.

The first rule that fits a finding decides. Everything here is frozen and strict: a number is not
text, text is not a number, and an unknown key is an error. Validators raise `problems`,
whose context holds messages and the key paths they speak of; load.py adds file and line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any, Final, Self

import re2
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz, process

from redactor.findings import Action
from redactor.words import MarkLabel

TERM: Final = "TERM"
UNREAD_INK: Final = "UNREAD_INK"

KNOWN_LABELS: Final = (
    "PERSON",
    "LOCATION",
    "ORGANIZATION",
    "DATE_TIME",
    "DATE_OF_BIRTH",
    "US_SSN",
    "US_ITIN",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "IP_ADDRESS",
    "URL",
    "MEDICAL_RECORD_NUMBER",
    "MEMBER_ID",
    "ACCOUNT_NUMBER",
    "STREET_ADDRESS",
    "US_DRIVER_LICENSE",
    "US_PASSPORT",
    "ABA_ROUTING_NUMBER",
    "AGE",
    "AU_ABN",
    "AU_ACN",
    "AU_TFN",
    "BE_NN",
    "BG_EGN",
    "CASE_NUMBER",
    "CA_SIN",
    "CERTIFICATE_NUMBER",
    "CH_AHV",
    "CRYPTO",
    "CZ_RC",
    "DEVICE_ID",
    "DE_TAX_ID",
    "DK_CPR",
    "EMPLOYEE_ID",
    "ES_NIE",
    "ES_NIF",
    "EU_VAT",
    "FI_PERSONAL_IDENTITY_CODE",
    "FR_NIR",
    "GPS_COORDINATES",
    "GR_AMKA",
    "HR_OIB",
    "IE_PPS",
    "IN_AADHAAR",
    "IN_PAN",
    "IT_FISCAL_CODE",
    "LICENSE_PLATE",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "NL_BSN",
    "NO_FODSELSNUMMER",
    "PL_PESEL",
    "PT_NIF",
    "REFERENCE_NUMBER",
    "RO_CNP",
    "SE_PERSONNUMMER",
    "STUDENT_ID",
    "UK_DRIVING_LICENCE",
    "UK_NHS",
    "UK_NINO",
    "UK_PASSPORT",
    "UK_POSTCODE",
    "UK_SORT_CODE",
    "US_EIN",
    "US_NPI",
    "US_ZIP_CODE",
    "VEHICLE_ID",
    *MarkLabel,
    UNREAD_INK,
    TERM,
)

RESERVED_IDS: Final = ("term", "never", "unread_ink")
"""Names that a decision's `rule` bears where no rule decided; no rule may bear them."""

MAX_RULES: Final = 500
MAX_PATTERN: Final = 1000
MAX_FIND: Final = 100
_RE2_BYTES: Final = 2 << 20

_LABEL = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_NER = re.compile(r"builtin|en_core_web_(?:sm|md|lg|trf)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_ANY_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\C")


def normalized(text: str) -> str:
    """`text` as `never` compares it: NFKC, casefolded, blanks collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def nearest(word: str, choices: Iterable[str], cutoff: float = 65.0) -> str:
    """The choice that `word` most likely is a slip of, or ""."""
    found = process.extractOne(
        word[:64].lower().replace("-", "_"),
        list(choices),
        scorer=fuzz.ratio,
        processor=str.lower,
        score_cutoff=cutoff,
    )
    return found[0] if found else ""


def compile_pattern(pattern: str) -> Any:
    """The RE2 object of a rule's pattern, as every part of the program must compile it.

    Raises `ValueError` with one line on what is wrong.
    """
    if len(pattern) > MAX_PATTERN:
        raise ValueError(f"longer than {MAX_PATTERN} characters")
    if _ANY_BYTE.search(pattern):
        raise ValueError(r"\C (one byte) is not allowed")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _RE2_BYTES
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise ValueError(_reason(error)) from None


def _reason(error: Exception) -> str:
    """What RE2 says: its bindings pass it on as bytes."""
    first = error.args[0] if error.args else ""
    return first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)


KeyPath = tuple[str | int, ...]
PROBLEMS: Final = "policy_problems"


def problem(message: str, *at: str | int) -> PydanticCustomError:
    """A validation error of ours; `at` is the key path below the value being validated."""
    return problems([(message, at)])


def problems(found: list[tuple[str, KeyPath]]) -> PydanticCustomError:
    """Several of them in one."""
    return PydanticCustomError(PROBLEMS, "not a valid policy", {"problems": found})


def _version(value: int) -> int:
    if value == 1:
        return value
    raise problem("must be 1, the version of the format that this program reads")


def _label(value: str) -> str:
    if _LABEL.fullmatch(value) and len(value) <= 64:
        return value
    raise problem("must be UPPER_SNAKE, such as CASE_NUMBER")


def _identifier(value: str) -> str:
    if _IDENTIFIER.fullmatch(value):
        return value
    raise problem("must be 1 to 64 letters, digits, dots, dashes and underscores")


def _rule_id(value: str) -> str:
    if value in RESERVED_IDS:
        raise problem("is a reserved id (reserved: " + ", ".join(RESERVED_IDS) + ")")
    return _identifier(value)


def _code(value: str) -> str:
    if value.isprintable() and len(value) <= 100:
        return value
    raise problem("must be one line of at most 100 printable characters")


def _pattern(value: str) -> str:
    try:
        compiled = compile_pattern(value)
    except ValueError as error:
        raise problem(f"bad pattern: {error}") from None
    if compiled.search("") is not None:
        raise problem("bad pattern: it matches the empty text")
    return value


def _ner(value: str) -> str:
    if _NER.fullmatch(value):
        return value
    raise problem("must be builtin or en_core_web_ with sm, md, lg or trf")


def _host_and_port(value: str) -> str:
    name, _, port = value.rpartition(":")
    if len(value) <= 255 and _HOST.fullmatch(name) and _PORT.fullmatch(port) and int(port) < 65536:
        return value
    raise problem("must be host:port in lower case, such as ocr.example.org:443")


def _text(value: str) -> str:
    if normalized(value):
        return value
    raise problem("must not be empty")


Version = Annotated[int, AfterValidator(_version)]
Identifier = Annotated[str, AfterValidator(_identifier)]
RuleId = Annotated[str, AfterValidator(_rule_id)]
NewLabel = Annotated[str, AfterValidator(_label)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Code = Annotated[str, AfterValidator(_code)]
Ner = Annotated[str, AfterValidator(_ner)]
Text = Annotated[str, AfterValidator(_text)]
Share = Annotated[float, Field(ge=0, le=1)]
Choice = Annotated[Action, Field(strict=False)]
HostPort = Annotated[str, AfterValidator(_host_and_port)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


class _Part(BaseModel):
    """Frozen; unknown keys are refused; values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Settings(_Part):
    """Thresholds, and what happens in doubt.

    A finding is certain when its score reaches `certain_score` and its words were read with at
    least `certain_confidence`; below `min_score` it is kept. `uncertain` takes the place of
    `redact` where a finding is not certain. `vlm_hosts` are the machines, beside the one it runs
    on, that mode vlm may send images of lines to, over TLS.
    """

    uncertain: Choice = Action.REDACT
    unread_ink: Choice = Action.KEEP
    min_score: Share = 0.35
    certain_score: Share = 0.5
    certain_confidence: Share = 0.5
    ner: Ner = "builtin"
    vlm_hosts: Annotated[tuple[HostPort, ...], Field(strict=False)] = ()


class BoxStyle(_Part):
    """The box burnt on the page: lengths in points; `quantize_pt` hides the length of a word."""

    pad: Annotated[float, Field(ge=0, le=2)] = 0.25
    quantize_pt: Annotated[float, Field(ge=0, le=24)] = 0.0
    show_code: bool = True


class Rule(_Part):
    """What to do with findings of some labels (`find`), or with what a pattern matches.

    A pattern rule names its findings with `as_label` (`as` in YAML); where `context` is given,
    one of its words must stand near the match.
    """

    id: RuleId
    find: Annotated[tuple[str, ...], Field(strict=False)] | None = None
    pattern: Pattern | None = None
    context: Texts = ()
    as_label: NewLabel | None = Field(default=None, alias="as")
    code: Code = ""
    action: Choice = Action.REDACT

    @model_validator(mode="after")
    def _find_or_pattern(self) -> Self:
        if (self.find is None) == (self.pattern is None):
            raise problem('needs exactly one of "find" and "pattern"')
        if self.pattern is None:
            self._refuse_pattern_keys()
        elif self.as_label is None:
            raise problem('a rule with "pattern" needs "as", the label of what it matches')
        elif self.as_label in (TERM, UNREAD_INK):
            raise problem(f"{self.as_label} is reserved", "as")
        return self

    def _refuse_pattern_keys(self) -> None:
        if not self.find or len(self.find) > MAX_FIND:
            raise problem(f"must name 1 to {MAX_FIND} labels", "find")
        for key, given in (("as", self.as_label), ("context", self.context)):
            if given:
                raise problem('belongs to a rule with "pattern"', key)


class PolicyTest(_Part):
    """A text, the parts of it that must be redacted, and the parts that must stay."""

    text: Text
    redact: Texts = ()
    keep: Texts = ()


class Policy(_Part):
    """One policy file; after `load.load`, with all that it extends merged in.

    Labels in `find` must be known or be the `as` of a pattern rule, here or, by way of the
    validation context {"labels": …}, in a policy that this one extends.
    """

    redactor_policy: Version
    name: Identifier
    extends: Text | None = None
    description: str = ""
    settings: Settings = Settings()
    box: BoxStyle = BoxStyle()
    rules: Annotated[tuple[Rule, ...], Field(strict=False)] = ()
    never: Texts = ()
    tests: Annotated[tuple[PolicyTest, ...], Field(strict=False)] = ()

    @field_validator("rules", mode="after")
    @classmethod
    def _rules_fit_together(cls, rules: tuple[Rule, ...], info: ValidationInfo) -> tuple[Rule, ...]:
        if len(rules) > MAX_RULES:
            raise problem(f"more than {MAX_RULES} rules")
        inherited = (info.context or {}).get("labels", ())
        found = _repeated_ids(rules)
        found += _unknown_labels(rules, {*KNOWN_LABELS, *inherited, *own_labels(rules)})
        if found:
            raise problems(found)
        return rules


def own_labels(rules: Iterable[Rule]) -> frozenset[str]:
    """The labels that pattern rules introduce."""
    return frozenset(rule.as_label for rule in rules if rule.as_label)


def _repeated_ids(rules: tuple[Rule, ...]) -> list[tuple[str, KeyPath]]:
    first: dict[str, int] = {}
    return [
        (f"already the id of rules[{first[rule.id]}]", (index, "id"))
        for index, rule in enumerate(rules)
        if first.setdefault(rule.id, index) != index
    ]


def _unknown_labels(rules: tuple[Rule, ...], known: set[str]) -> list[tuple[str, KeyPath]]:
    return [
        (f"unknown label {quoted(label)}{_label_hint(label, known)}", (index, "find", place))
        for index, rule in enumerate(rules)
        for place, label in enumerate(rule.find or ())
        if label not in known
    ]


def _label_hint(label: str, known: set[str]) -> str:
    close = nearest(label, sorted(known), cutoff=50.0)
    return f' (did you mean "{close}"?)' if close else f" (known: {', '.join(sorted(known))})"


def quoted(value: str) -> str:
    """A word of a policy fit for a one-line message."""
    short = value if len(value) <= 40 else value[:39] + "…"
    return '"' + "".join(c if c.isprintable() else "?" for c in short) + '"'
