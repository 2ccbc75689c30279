"""The provenance report: what was done to one document, as data.

Nothing here holds document text. Removed text appears only as an HMAC under a key that is kept
apart, and no file name is recorded: a file's name can hold a person's. Whoever fills in `reason`,
`detail` and `residual_risks` keeps text out of them too.

The texts below fields are their descriptions in the published schema (`statement_schema.py`), and
`docs/report-format.md` explains each at length.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from redactor.findings import Action
from redactor.geometry import Box
from redactor.modes import Mode
from redactor.parts import Count, Digest, Length, Moment, Only, Ordinal, Part, Share


class PageMode(StrEnum):
    """How a page was redacted: its own content edited, or made anew from its pixels."""

    IN_PLACE = "in_place"
    REBUILT = "rebuilt"


OBSCURED = "a part of a picture is blurred or made coarse, and could be made out"
"""How a residual risk of a page ends: a mosaic and a blur are no redaction."""


@dataclass(frozen=True, slots=True)
class OutputInfo(Part):
    """The PDF that the report speaks for.

    `name` only tells subjects apart: in-toto wants one, and the file's own may name a person.
    """

    sha256: Digest
    """SHA-256 of the redacted PDF's bytes."""

    name: str = "output.pdf"
    """The same in every report; it is not the file's name."""


@dataclass(frozen=True, slots=True)
class InputInfo(Part):
    """The PDF as it came in."""

    sha256: Digest
    """SHA-256 of the source's bytes."""

    size: Count
    """Its size in bytes."""

    pages: Count
    """How many pages it has."""


@dataclass(frozen=True, slots=True)
class JobInfo(Part):
    """What was asked for beside the policy."""

    terms: Count
    """How many texts the user named to be removed wherever they stand; not which."""

    rebuild: str
    """Which pages were to be rebuilt: auto (where needed), always or never."""

    pages: tuple[Ordinal, ...] = ()
    """The only pages that were looked at for findings; absent where all were."""


@dataclass(frozen=True, slots=True)
class SettingInfo(Part):
    """A setting of the policy, as it was in force."""

    name: str
    """The setting's name in the policy format: settings.min_score, box.pad."""

    value: str
    """Its value, as JSON."""


@dataclass(frozen=True, slots=True)
class RuleInfo(Part):
    """A rule of the policy, without the texts that it names: they may be of the document."""

    id: str
    """The rule's name, to which decisions refer."""

    kind: str
    """What says what it finds: find, pattern, fields, known or area."""

    labels: tuple[str, ...]
    """The labels of what it finds."""

    action: Action
    """What happens to what it finds."""

    code: str
    """The code that is printed on the box."""

    cite: str
    """The law or order that it follows."""

    keep: str
    """The part of a finding that stays; empty where all of it goes."""

    limits: str
    """Where it applies: pages, region, origin, ages; empty where everywhere."""


@dataclass(frozen=True, slots=True)
class PolicyRules(Part):
    """What a policy says, with all that it extends merged in."""

    settings: tuple[SettingInfo, ...]
    """Every setting that was in force."""

    rules: tuple[RuleInfo, ...]
    """The rules in their order: the first that fits a finding decided."""

    never: Count
    """How many texts were to be kept wherever they stand."""

    always: Count
    """How many texts were to be removed wherever they stand."""

    subject: bool
    """Whether one person's own data was to be kept."""


KEPT_SETTING, TITLE_SETTING = "document.keep", "document.title"
"""The settings that say what may lead around the output, and whether its title was set."""

UNSAID = PolicyRules((), (), 0, 0, False)


@dataclass(frozen=True, slots=True)
class PolicyInfo(Part):
    """The policy that decided."""

    name: str
    """Its name."""

    sha256: Digest
    """SHA-256 of the resolved policy's canonical JSON; `redactor policy check` prints it."""

    resolved: PolicyRules = UNSAID
    """What it says, resolved."""


@dataclass(frozen=True, slots=True)
class ModelInfo(Part):
    """A model file that was used."""

    name: str
    """What the model is for, and its name."""

    sha256: Digest
    """SHA-256 of its bytes."""

    version: str | None = None
    """Its version, where it has one."""


@dataclass(frozen=True, slots=True)
class PackageInfo(Part):
    """A library that had a say in the result, or the language itself."""

    name: str
    """The package's name."""

    version: str
    """The version that was installed."""


@dataclass(frozen=True, slots=True)
class ToolInfo(Part):
    """The tool itself."""

    name: str
    """The program's name."""

    version: str
    """Its version."""

    code: Digest
    """SHA-256 over the names and the bytes of its own Python files, which hold every threshold."""


@dataclass(frozen=True, slots=True)
class VlmInfo(Part):
    """The endpoint that images of uncertain lines were sent to, and what came of it."""

    host: str
    """The endpoint's host and port."""

    model: str
    """The model that was asked."""

    lines_sent: Count
    """How many images of lines left this machine for it."""

    accepted: Count
    """Of the words of its answers, how many took the place of ours."""

    rejected: Count
    """How many of its words the pixels did not bear out."""

    malformed: Count
    """How many of its answers could not be used at all."""


@dataclass(frozen=True, slots=True)
class ReadingInfo(Part):
    """How the document was read."""

    mode: Mode
    """ocr (print), icr (print and handwriting) or vlm (a model on an endpoint helped)."""

    engine: str
    """What read the pixels."""

    lexicon_weight: Share
    """How much a word list counted beside the pixels; 0: not at all."""

    reread_below: Share
    """Lines with a word read with less confidence than this went to `vlm`."""

    dpi: Ordinal
    """The resolution that pages were looked at in, pixels an inch."""

    vlm: VlmInfo | None = None
    """The endpoint, where one was asked."""


@dataclass(frozen=True, slots=True)
class InkInfo(Part):
    """Who owns a page's ink: connected blobs by owner."""

    word: Count
    """Blobs that belong to words."""

    mark: Count
    """Blobs that belong to signatures, stamps, ticks and codes."""

    rule: Count
    """Blobs that are lines, boxes and tables."""

    picture: Count
    """Blobs that belong to pictures and logos."""

    speck: Count
    """Blobs that are dirt."""

    unread: Count
    """Places, not blobs, that look like text and that nobody could read."""


@dataclass(frozen=True, slots=True)
class PageInfo(Part):
    """One page: how it was redacted and why so, and how well it was read."""

    number: Ordinal
    """The page's number, from 1."""

    mode: PageMode
    """in_place: its own content was edited; rebuilt: it was made anew from its pixels."""

    reason: str
    """Why it was done so."""

    width: Length
    """Its displayed width in points."""

    height: Length
    """Its displayed height in points."""

    words: Count
    """How many words were read on it."""

    uncertain_words: Count
    """How many of them with less confidence than the policy calls certain."""

    ink: InkInfo
    """Whose the page's ink is."""


@dataclass(frozen=True, slots=True)
class Reason(Part):
    """A finding, and the decision on it."""

    finding: str
    """Names the finding; one that runs over several lines has several boxes."""

    label: str
    """What kind of thing was found."""

    rule: str
    """The rule of the policy that decided; empty where none fits."""

    code: str
    """The rule's code, as printed on the box."""

    confidence: Share
    """How surely the worst-read word in it was read."""

    score: Share
    """How sure the detector is that it is what `label` says."""

    detector: str
    """What found it."""

    decided_by: str
    """policy, or the name of the person who decided."""

    reason: str
    """Why it was decided so, in words; says "uncertain" where it rests on doubt."""


@dataclass(frozen=True, slots=True)
class Candidate(Reason):
    """One box of one finding, and the decision on it: what redactions and refusals share."""

    id: str
    """Names the box in this report."""

    page: Ordinal
    """The page that it is on, from 1."""

    box: Box
    """Left, top, right, bottom in points from the top left of the page as it is displayed."""

    box_px: Box
    """The same in pixels of the page at `dpi`."""

    dpi: Ordinal
    """The resolution that `box_px` is for, pixels an inch."""


@dataclass(frozen=True, slots=True)
class RedactionInfo(Candidate):
    """A box that was burned; of several findings in one box, the strongest is told first."""

    hmac: Digest
    """HMAC-SHA256, under the job's key, of the text that stood there (`sign.text_hmac`)."""

    also: tuple[Reason, ...] = ()
    """The other findings whose boxes were one with that of the first; absent where none is."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All that the box was burned for, the strongest first."""
        return self, *self.also


@dataclass(frozen=True, slots=True)
class DeclinedInfo(Candidate):
    """A candidate that was looked at and left alone."""

    action: Annotated[Action, Only(Action.KEEP)] = Action.KEEP
    """keep: it is still there."""


@dataclass(frozen=True, slots=True, order=True)
class SanitizedItem(Part):
    """How many of one kind of thing (`javascript`, `attachments`, ...) were taken out."""

    item: str
    """The kind of thing."""

    count: Count
    """How many were taken out."""


@dataclass(frozen=True, slots=True)
class ReviewerInfo(Part):
    """A person who decided on findings."""

    name: str
    """The name under which decisions were made."""

    redacted: Count
    """How many findings that person had redacted."""

    kept: Count
    """How many findings that person left."""


@dataclass(frozen=True, slots=True)
class Check(Part):
    """One look at the saved output: which check, by which engine, and how it went."""

    name: str
    """What was checked."""

    engine: str
    """The software that looked; others than the one that wrote the file."""

    passed: bool
    """Whether it found the output as it should be."""

    detail: str
    """What it looked at, in numbers."""


@dataclass(frozen=True, slots=True)
class TimestampInfo(Part):
    """A time stamp of RFC 3161 on the PDF's own signature: somebody else's word for the time."""

    authority: str
    """The name in the certificate of who vouches for the time."""

    certificate: Digest
    """SHA-256 of that certificate (DER)."""

    time: Moment
    """The time it was asked, RFC 3339 in UTC."""


@dataclass(frozen=True, slots=True)
class PdfSignatureInfo(Part):
    """The PAdES signature that the redacted PDF itself carries."""

    certificate: Digest
    """SHA-256 of the certificate (DER) that it was made with."""

    timestamp: TimestampInfo | None = None
    """The time stamp on it, where one was asked for."""


@dataclass(frozen=True, slots=True)
class Report(Part):
    """What was done to one document."""

    output: OutputInfo
    """The PDF that the report speaks for."""

    input: InputInfo
    """The PDF as it came in."""

    created: Moment
    """When the report was made, RFC 3339 in UTC."""

    tool: ToolInfo
    """The program that made output and report."""

    job: JobInfo
    """What was asked for beside the policy."""

    policy: PolicyInfo
    """The policy that decided."""

    reading: ReadingInfo
    """How the document was read."""

    models: tuple[ModelInfo, ...]
    """Every model that was used."""

    packages: tuple[PackageInfo, ...]
    """Every library that had a say in the result."""

    pages: tuple[PageInfo, ...]
    """Every page, in order."""

    redactions: tuple[RedactionInfo, ...]
    """Every box that was burned."""

    declined: tuple[DeclinedInfo, ...]
    """Everything that was found and left alone, box by box."""

    reviewers: tuple[ReviewerInfo, ...]
    """The people who decided on findings; none where the policy alone decided."""

    sanitized: tuple[SanitizedItem, ...]
    """How many hidden things were taken out of the document, by kind."""

    checks: tuple[Check, ...]
    """Every check of the saved output, with its result."""

    residual_risks: tuple[str, ...]
    """What no check can rule out, in words."""

    pdf_signature: PdfSignatureInfo | None = None
    """The signature inside the PDF, where it was given one."""

    def __post_init__(self) -> None:
        """Puts `sanitized` in order, so that equal reports have equal bytes."""
        Part.__post_init__(self)
        if len({entry.item for entry in self.sanitized}) < len(self.sanitized):
            raise ValueError("sanitized: an item is there twice")
        object.__setattr__(self, "sanitized", tuple(sorted(self.sanitized)))

    def removed(self, page: int | None = None) -> dict[str, Reason]:
        """The findings that went, on one page or on all, by their names; boxes may share them."""
        return {
            reason.finding: reason
            for redaction in self.redactions
            if page in (None, redaction.page)
            for reason in redaction.reasons
        }
