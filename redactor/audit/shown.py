"""The text that a document shows, to compare with what it says elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SHORTEST = 3  # letters and figures: shorter words stand everywhere
_UNKNOWN = "\ufffd"
_LEGIBLE = 0.9  # share of a page's characters that must have a Unicode value
_SCANNED = 200  # letters on a scan: fewer are a stamp at its edge, not what it says


class Shown:
    """The visible text of the pages, less blanks, case and punctuation.

    So it does not matter how a line was broken, hyphenated or set in capitals.
    """

    def __init__(self, pages: Sequence[str], scans: Sequence[bool]) -> None:
        """`scans` says of each page whether it is a picture in the main."""
        self._pages = [_folded(page) for page in pages]
        self._all = " ".join(self._pages)
        self._legible = [
            len(folded) >= (_SCANNED if is_scan else 1)
            and page.count(_UNKNOWN) <= (1 - _LEGIBLE) * len(page)
            for page, folded, is_scan in zip(pages, self._pages, scans, strict=True)
        ]

    def is_legible(self, page: int = 0) -> bool:
        """Whether a page (all: 0) has text to compare with; pixels and unknown codes are none."""
        return self._legible[page - 1] if page else bool(self._legible) and all(self._legible)

    def lacks(self, text: str, page: int = 0) -> bool:
        """Whether some word of a text stands nowhere on a page (on none: 0)."""
        shown = self._pages[page - 1] if page else self._all
        words = (_folded(word) for word in re.split(r"[\W_]+", unicodedata.normalize("NFKC", text)))
        return any(len(word) >= _SHORTEST and word not in shown for word in words)


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
