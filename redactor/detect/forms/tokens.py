"""The tokens of a form: from a page as read, or from plain text as if it were typed on one."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from redactor.detect.forms.labels import key
from redactor.detect.forms.layout import Kind, Token
from redactor.geometry import Box
from redactor.words import MarkLabel, Origin, Page, Word

COLUMN, ROW = 6.0, 12.0  # points that a character of plain text takes, and a line
_LETTER = 10.0  # the height of its characters
_TAB = 8

_BREAK = re2.compile(r"[.…‥·]{3,}|[_]{2,}|[-–—]{3,}|[|¦]")
_LABEL_END = re2.compile(r"[^\d:：][:：]+[^/:：]")  # not in a time, nor in http://
_LEADER = frozenset("_.…‥·-–—")
_TICKS = frozenset("☐☑☒□■▢✓✔✗✘◻◼○●")
_BRACKETS = frozenset(["[]", "[x]", "()", "[", "]", "[x", "x]"])
_WORD = re2.compile(r"\S+")


def page_tokens(page: Page) -> Iterator[Token]:
    """What is on a page: its words, ink that nobody could read, signatures. Clipped to the page."""
    for number, word in enumerate(page.words):
        yield from _word_tokens(page, number, word)
    for box in page.ink.unread:
        yield from _unread(page, box)
    for mark in page.marks:
        if mark.label is MarkLabel.SIGNATURE:
            yield from _unread(page, mark.box)


def text_tokens(text: str) -> Iterator[Token]:
    """The words of plain text where a typewriter puts them: `start` and `end` are its characters.

    The line's number stands for the word's.
    """
    offset = 0
    for number, line in enumerate(text.split("\n")):
        wide = _columns(line)
        for match in _WORD.finditer(line):
            for start, end in _pieces(match.group()):
                start, end = match.start() + start, match.start() + end
                y = ROW * number
                box = Box(COLUMN * wide[start], y, COLUMN * wide[end], y + _LETTER)
                yield _token(line[start:end], box, box, False, 1.0, number, offset + start)
        offset += len(line) + 1


def _columns(line: str) -> list[int]:
    """The column at which each character of a line begins, and where the line ends."""
    columns = [0]
    for char in line:
        wide = 2 * _TAB - columns[-1] % _TAB if char == "\t" else 1  # a tab always parts columns
        columns.append(columns[-1] + wide)
    return columns


def _word_tokens(page: Page, number: int, word: Word) -> Iterator[Token]:
    whole = word.box.clipped(page.width, page.height)
    if whole is None:
        return
    is_hand = word.origin is Origin.HANDWRITING
    for start, end in _pieces(word.text):
        place = _part(word, start, end).clipped(page.width, page.height) or whole
        cover = place if word.edges else whole
        text = word.text[start:end]
        yield _token(text, place, cover, is_hand, word.confidence, number, start)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """A word as one piece, or cut around leaders and bars, and after colons: `Name:____John`."""
    if text.isalnum():
        yield 0, len(text)
        return
    encodable = "".join("?" if "\ud800" <= char <= "\udfff" else char for char in text)
    at = 0
    for found in _BREAK.finditer(encodable):
        yield from _parts(encodable, at, found.start())
        yield found.span()
        at = found.end()
    yield from _parts(encodable, at, len(text))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before a colon with it, and what comes after."""
    base = start
    for found in _LABEL_END.finditer(text[start:end]):
        cut = base + found.end() - 1
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _part(word: Word, start: int, end: int) -> Box:
    """The place of some characters of a word, by share of their number where edges are unknown."""
    box, length = word.box, len(word.text)
    if length == end - start:
        return box
    if word.edges:
        x0, x1 = sorted((word.edges[start], word.edges[end]))
    else:
        x0, x1 = (box.x0 + box.width * at / length for at in (start, end))
    return Box(x0, box.y0, max(x0, x1), box.y1)


def _token(
    text: str,
    place: Box,
    cover: Box,
    is_hand: bool,
    confidence: float,
    word: int,
    start: int,
) -> Token:
    kind = Kind.TEXT if text.isalnum() else _kind(text)
    made = key(text) if kind is Kind.TEXT else ""
    return Token(
        text, made, place, cover, kind, is_hand, confidence, word, start, start + len(text)
    )


def _kind(text: str) -> Kind:
    chars = set(text)
    if chars <= {":", "："}:
        return Kind.COLON
    if chars <= {"|", "¦"}:
        return Kind.BAR
    if chars <= _LEADER and (len(text) > 1 or text == "_"):
        return Kind.LEADER
    if chars <= _TICKS or text.casefold() in _BRACKETS:
        return Kind.TICK
    return Kind.TEXT


def _unread(page: Page, box: Box) -> Iterator[Token]:
    place = box.clipped(page.width, page.height)
    if place is not None:
        yield Token("", "", place, place, Kind.UNREAD, is_hand=True, confidence=0.0)
