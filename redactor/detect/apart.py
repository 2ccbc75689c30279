"""What detectors find in texts that stand on no page: bookmarks, addresses of links, a title.

They are looked through as pages are, with all that the pages told; what one of them tells is known
in the others, but not on the pages. An address is written in ways that no page is: with %20 for a
blank, with words joined by marks, in lower case. So it is looked at in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

import re2

from redactor.detect.areas import AreaDetector
from redactor.detect.detectors import Detector, best_spans, find_spans
from redactor.detect.page_text import PageText, findings_of, page_text
from redactor.detect.propagate import PROPAGATION, KnownText, known_texts
from redactor.detect.spans import Span, TextDetector
from redactor.findings import ELSEWHERE, Finding
from redactor.geometry import Box
from redactor.words import Line, LineKind, Origin, Page, Word

_LETTER, _HEIGHT = 6.0, 12.0  # points, of a line that nobody sees
_LAYERS = 5  # of percent signs in percent signs: addresses in addresses have two
_JOINED = re2.compile(r"[/?&=+_.,;:#~|\\-]+")
Source = tuple[str, Sequence[Span]]


def find_apart(
    lines: Sequence[Page],
    pages: Sequence[Page],
    found: Iterable[Finding],
    detectors: Sequence[TextDetector],
    on_pages: Sequence[Detector] = (),
) -> tuple[Finding, ...]:
    """Every finding in the lines (`as_page`); `found` are those on the pages."""
    scanned = [(text, find_spans(text.text, detectors)) for text in map(page_text, lines)]
    own = (value for source, spans in scanned for value in _values(source.text, spans))
    known = KnownText(known_texts((*_told(pages, found), *own)))
    return tuple(
        replace(finding, id=f"p{source.page.number}-f{index}")
        for source, spans in scanned
        for index, finding in enumerate(_found(source, spans, known, on_pages), start=1)
    )


def spellings(text: str) -> tuple[str, ...]:
    """A text as it is, with what is written in percent signs, and with its words apart."""
    plain = [text]
    while len(plain) < _LAYERS and (inner := unquote(plain[-1], errors="replace")) != plain[-1]:
        plain.append(inner)
    forms = (*plain, _JOINED.sub(" ", plain[-1]))
    return tuple(form for form in dict.fromkeys(forms) if form.split())


def as_page(number: int, text: str) -> Page:
    """A text of at least one word as a page of one line."""
    words, x = [], 0.0
    for word in text.split():
        edges = tuple(x + _LETTER * at for at in range(len(word) + 1))
        box = Box(edges[0], 0, edges[-1], _HEIGHT)
        words.append(Word(word, box, 1.0, Origin.TEXT_LAYER, edges=edges))
        x = edges[-1] + _LETTER
    return Page(number, x, _HEIGHT, (Line(tuple(words), LineKind.PRINT),))


def _told(pages: Sequence[Page], found: Iterable[Finding]) -> Iterator[Source]:
    """The pages' texts, which tell common words, and each value that was found for itself."""
    yield from ((page_text(page).text, ()) for page in pages)
    for f in found:
        is_spread = f.detector.startswith(PROPAGATION) or ELSEWHERE in f.detector
        if f.text and not is_spread:
            yield f.text, (Span(0, len(f.text), f.label, f.score, f.detector),)


def _values(text: str, spans: Iterable[Span]) -> Iterator[Source]:
    for span in spans:
        value = text[span.start : span.end]
        yield value, (Span(0, len(value), span.label, span.score, span.detector),)


def _found(
    source: PageText, spans: Sequence[Span], known: KnownText, on_pages: Sequence[Detector]
) -> Iterator[Finding]:
    capitals = source.text.title()
    forms = [source.text, *([capitals] if len(capitals) == len(source.text) else [])]
    spread = (span for form in forms for span in known.spans(form, spans))
    yield from findings_of(source, best_spans((*spans, *spread)))
    for detector in on_pages:
        if not isinstance(detector, AreaDetector):
            yield from detector.find(source.page)
