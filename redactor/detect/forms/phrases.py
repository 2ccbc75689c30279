"""Where phrases that may be labels begin and end in a run: by colons, blanks, case and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redactor.detect.forms.label_words import FUNCTION, HEADS, PHRASE, USUAL
from redactor.detect.forms.labels import is_bullet
from redactor.detect.forms.layout import Kind, Run, Token

_WIDE = 0.75  # heights of a line from which a blank parts more than words
_REMARK = 8  # tokens of a remark in brackets at most
_HEAD_WORDS = 3  # of a run, up to one that heads labels
_INITIALS = 3  # letters in capitals that need be no heading: "USA"
_JOINED = 5  # tokens that a stroke joins to a label at most

_DASHES = frozenset("-–—")


def content_start(run: Run) -> int:
    """The first token after bullets, numbers and boxes to be ticked; 0 where there is no other."""
    for at, token in enumerate(run.tokens):
        is_mark = token.kind in (Kind.TICK, Kind.BAR, Kind.LEADER)
        if not is_mark and not is_bullet(token.text):
            return at
    return 0


def is_numbered(run: Run) -> bool:
    """Whether a run begins with a bullet or a number of a list."""
    return content_start(run) > 0


def _gap(run: Run, at: int) -> float:
    """The blank before a token, in heights of its run."""
    blank = run.tokens[at].box.x0 - run.tokens[at - 1].box.x1
    return blank / run.height if run.height else 0.0


def starts_label(run: Run, at: int, is_phrase: bool) -> bool:
    """Whether a label may begin on a token: it starts the cell, or something else ended before.

    A label of several words, `is_phrase`, may also follow a value whose own label has no colon.
    """
    if not any(token.key for token in run.tokens[content_start(run) : at]):  # "% Solution"
        return True
    before, token = run.tokens[at - 1], run.tokens[at]
    if not before.is_value or before.ends_label or _gap(run, at) > _WIDE:
        return True
    if before.is_hand != token.is_hand:
        return True
    if not token.text[:1].isupper() or _is_qualifier(before):
        return False
    return is_phrase or any(earlier.ends_label for earlier in run.tokens[:at])


def _is_qualifier(token: Token) -> bool:
    """Whether a word needs another after it: "of", "Mother's"."""
    text = token.text.lower().replace("’", "'")
    return text in FUNCTION or text.endswith(("'s", "s'", "/", "&", "-"))


def label_end(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Where a label ends that its words end at, with remarks and its colon, and if it has one."""
    if tokens[at - 1].ends_label:
        return at, True
    if at == len(tokens):
        return at, False
    after = tokens[at]
    if after.kind is Kind.COLON or after.text in _DASHES:
        return at + 1, True
    if after.text.startswith("("):
        end = _remark_end(tokens, at)
        return label_end(tokens, end) if end is not None else (at, False)
    if after.text.startswith(("/", "&")):
        for end in range(at, min(at + _JOINED, len(tokens))):
            if tokens[end].ends_label:
                return end + 1, True
    return at, False


def _remark_end(tokens: Sequence[Token], at: int) -> int | None:
    """Where a remark in brackets ends; None for a number in brackets: that is a value."""
    for end in range(at, min(at + _REMARK, len(tokens))):
        if any(char.isdigit() for char in tokens[end].text):
            return None
        if ")" in tokens[end].text:
            return end + 1
    return None


def ends_label(run: Run, start: int, end: int) -> bool:
    """Whether a label without a colon ends before token `end`, and no phrase goes on there."""
    tokens = run.tokens
    if end >= len(tokens):
        return True
    after = tokens[end]
    if not after.is_value or after.is_hand != tokens[end - 1].is_hand or _gap(run, end) > _WIDE:
        return True
    one_more_word = after.ends_label or (
        end + 1 < len(tokens) and tokens[end + 1].kind is Kind.COLON
    )
    if one_more_word or start > content_start(run):
        return _is_tick(after)
    if _is_heading(tokens[start:end]) and after.text.istitle():
        return True
    return not after.text[:1].islower() and after.text.lower() not in FUNCTION


def _is_heading(tokens: Sequence[Token]) -> bool:
    """Whether words are in capitals: what begins a sentence after them is none of them."""
    text = "".join(token.text for token in tokens)
    return text.isupper() and sum(map(str.isalpha, text)) > _INITIALS


def _is_tick(token: Token) -> bool:
    """Whether a word is the cross that ticks a box."""
    return token.text in ("x", "X")


def colon_phrases(run: Run, known: set[int]) -> Iterator[int]:
    """Where the phrases begin that end in a colon: labels, whatever they say."""
    tokens = run.tokens
    floor = 0
    for end, token in enumerate(tokens):
        if not token.ends_label:
            continue
        start = max(_phrase_start(run, end, floor, known), floor)
        is_prose = end - start >= PHRASE and start > content_start(run) and start not in known
        if (floor and start == floor and start < end) or is_prose:  # nothing parts it from a value
            start = _usual_start(run, start, end)
        if not is_prose or run.tokens[start].text[:1].isupper():
            yield start
        floor = end + 1


def head_phrase(run: Run) -> Iterator[int]:
    """Where a run begins with words up to one that heads labels: "Date 4/15", "Project No. 12"."""
    first = content_start(run)
    for at, token in enumerate(run.tokens[first : first + _HEAD_WORDS], first):
        if not token.key or token.is_hand or not token.text[:1].isupper():
            return
        if token.key in HEADS and not _is_negation(run.tokens, at):
            yield first
            return


def _is_negation(tokens: Sequence[Token], at: int) -> bool:
    """Whether "no" denies what follows it, and is not short for "number"."""
    following = tokens[at + 1 : at + 2]
    return tokens[at].text.lower() == "no" and any(
        token.kind is Kind.TEXT and not any(char.isdigit() for char in token.text)
        for token in following
    )


def _phrase_start(run: Run, end: int, floor: int, known: set[int]) -> int:
    at = end
    while at > floor and end - at < PHRASE and at not in known:
        before, token = run.tokens[at - 1], run.tokens[at]
        parted = token.kind is Kind.TEXT and _gap(run, at) > _WIDE
        if not before.is_value or parted or before.is_hand != token.is_hand:
            break
        at -= 1
    return at


def _usual_start(run: Run, start: int, end: int) -> int:
    """Where the usual words before a colon begin; one word where they are not usual."""
    last = end - 1 if run.tokens[end].kind is Kind.COLON else end
    at = last
    while at - 1 > start and run.tokens[at - 1].key in USUAL and run.tokens[at].key in USUAL:
        at -= 1
    return at
