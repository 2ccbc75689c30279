"""What is known of a report beside what it says: its file, who signed it, who checked by hand."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.quality import QualityReview
from redactor.report import Report
from redactor.trust import SignedBy


@dataclass(frozen=True, slots=True)
class SignedReview:
    """A review whose signature held."""

    review: QualityReview
    signer: SignedBy


@dataclass(frozen=True, slots=True)
class SignedReport:
    """A report whose signatures held, its own and added ones, and the reviews of it.

    `name` is what its PDF is called, `sha256` the digest (hex) of the report's file;
    `is_output_seen` says that the PDF was there and is the one that the report speaks for.
    """

    report: Report
    name: str
    sha256: str
    signatures: tuple[SignedBy, ...]
    is_output_seen: bool = False
    reviews: tuple[SignedReview, ...] = ()

    @property
    def signer(self) -> SignedBy:
        """Whose own signature the report bears."""
        return self.signatures[0]

    def cite_of(self, rule: str) -> str:
        """The law that a rule of the policy follows; nothing where it names none."""
        rules = self.report.policy.resolved.rules
        return next((each.cite for each in rules if each.id == rule), "")
