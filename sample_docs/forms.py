"""Form fields and annotations with their appearances, and where those show their words.

Boxes are points in page space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pymupdf

from sample_docs.truth import Box, Token, TruthBook
from sample_docs.typeset import glyphs, matched, union

_MULTILINE = 1 << 12


@dataclass(frozen=True)
class Field:
    """A text field, or with ``choices`` a drop-down list; ``value`` is marked-up text."""

    name: str
    box: Box
    value: str
    size: float = 10.5
    multiline: bool = False
    choices: tuple[str, ...] = ()
    tooltip: str = ""


@dataclass(frozen=True)
class _Shown:
    """Words that the appearance inside ``box`` shows."""

    kind: str
    box: Box
    tokens: tuple[Token, ...]


@dataclass
class FormPage:
    """The fields and notes of one page; ``commit`` writes their words into the truth."""

    page: pymupdf.Page
    book: TruthBook
    number: int
    _shown: list[_Shown] = field(default_factory=list)

    def fill(self, entry: Field) -> None:
        """Add a field holding its value."""
        tokens = tuple(self.book.tokens(entry.value))
        widget = pymupdf.Widget()
        widget.field_name = entry.name
        widget.field_label = entry.tooltip or None
        widget.rect = pymupdf.Rect(*entry.box)
        widget.text_font, widget.text_fontsize = "Helv", entry.size
        widget.text_color = (0.05, 0.05, 0.3)
        widget.field_value = " ".join(token.text for token in tokens)
        widget.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
        if entry.choices:
            widget.field_type = pymupdf.PDF_WIDGET_TYPE_COMBOBOX
            widget.choice_values = list(entry.choices)
        if entry.multiline:
            widget.field_flags = _MULTILINE
        self.page.add_widget(widget)
        self._shown.append(_Shown("form_field", entry.box, tokens))

    def tick(self, name: str, box: Box, on: bool) -> None:
        """Add a check box; its mark is no word."""
        widget = pymupdf.Widget()
        widget.field_name, widget.rect = name, pymupdf.Rect(*box)
        widget.field_type = pymupdf.PDF_WIDGET_TYPE_CHECKBOX
        widget.border_color, widget.border_width = (0, 0, 0), 0.8
        widget.field_value = on
        self.page.add_widget(widget)

    def remark(self, box: Box, markup: str, size: float = 9.5) -> None:
        """Add a FreeText annotation, whose words the page shows."""
        tokens = tuple(self.book.tokens(markup))
        annotation = self.page.add_freetext_annot(
            pymupdf.Rect(*box),
            " ".join(token.text for token in tokens),
            fontsize=size,
            fontname="Helv",
            text_color=(0.6, 0.05, 0.05),
            fill_color=(1, 0.98, 0.86),
        )
        annotation.update()
        self._shown.append(_Shown("annotation", box, tokens))

    def sticky(self, x: float, y: float, author: str, markup: str) -> None:
        """Add a closed note; its words are in the file but nowhere on the page."""
        plain = " ".join(token.text for token in self.book.tokens(markup))
        name = " ".join(token.text for token in self.book.tokens(author))
        annotation = self.page.add_text_annot((x, y), plain, icon="Note")
        annotation.set_info(content=plain, title=name)
        annotation.update()
        self.book.add_unseen(self.number, "annotation", author)
        self.book.add_unseen(self.number, "annotation", markup)

    def commit(self) -> None:
        """Bake a copy of the page and read the ink of each appearance's words."""
        source = self.page.parent
        with pymupdf.open(stream=source.tobytes(), filetype="pdf") as copy:
            copy.bake()
            page = copy[self.page.number]
            for shown in self._shown:
                _list(page, shown, self.book, self.number)
        self._shown.clear()


def _list(page: pymupdf.Page, shown: _Shown, book: TruthBook, number: int) -> None:
    found = glyphs(page, pymupdf.Rect(*shown.box))
    wanted = sum(len(token.text) for token in shown.tokens)
    # Appearances are drawn after the page's own text, so theirs are the last glyphs.
    pairs: Sequence[tuple[Token, list[Box]]] = list(matched(shown.tokens, found[-wanted:]))
    for token, boxes in pairs:
        book.add(number, shown.kind, token, union(boxes))
