"""Has a vision-language model read uncertain lines again, and believes it as far as the pixels do.

The model answers for a whole line. Its words are matched with ours, and one that differs takes the
place of ours only where the line's posteriors bear it out: the path that spells it (CTC forced
alignment) must be nearly as likely as the best path of the same steps. So the model can choose
between readings that the pixels allow, and cannot invent. Boxes are always ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from redactor.errors import UsageError
from redactor.geometry import Box, BoxIndex, union
from redactor.ink import PageImage, Pixels
from redactor.modes import NOT_REREAD, ReadingSettings, Rereading
from redactor.ocr.chat import ChatClient, Malformed
from redactor.ocr.ground import Char
from redactor.ocr.lattice import Alignment, align, log_posteriors
from redactor.words import Lattice, Line, Word

# Natural logs of how much less likely than the best path a reading may be: for each character, for
# each that it changes, and in all. On 40 of IAM's train pages 77 % of the true words lie within
# where we misread one, 0.1 % of other words as long, and 1.7 % of words that we read right with a
# letter or two changed at random.
_PER_CHARACTER = 2.0
_PER_CHANGE = 6.0
_IN_ALL = 10.0
_MARGIN = 0.3  # line heights of paper around the picture of a line
_HOPELESS = 3  # malformed answers in a row that make an endpoint useless


class Rereader:
    """Reads the uncertain lines of a document's pages again; `outcome` adds up what came of it."""

    def __init__(self, settings: ReadingSettings, client: ChatClient | None) -> None:
        self._client = client
        self._below = settings.reread_below
        self._malformed_in_a_row = 0
        self.outcome = NOT_REREAD

    def __call__(
        self, image: PageImage, lines: Sequence[Line], explained: Sequence[Line]
    ) -> tuple[Line, ...]:
        """The lines, with the readings of the model that the pixels bear out.

        A line is sent if a word of it is uncertain that no word of `explained` (the text layer)
        lies over. Raises UsageError where it was read without posteriors.
        """
        if self._client is None:
            return tuple(lines)
        known = BoxIndex([word.box for line in explained for word in line.words])
        reread: list[Line] = []
        # Parts of one line that were written in different ways share its posteriors.
        for _, group in groupby(lines, key=lambda line: id(line.lattice or line)):
            parts = tuple(group)
            doubtful = any(self._is_doubtful(w, known) for line in parts for w in line.words)
            reread.extend(self._read(image, parts) if doubtful else parts)
        return tuple(reread)

    def _is_doubtful(self, word: Word, known: BoxIndex) -> bool:
        return word.confidence < self._below and not list(known.overlapping(word.box))

    def _read(self, image: PageImage, parts: tuple[Line, ...]) -> tuple[Line, ...]:
        lattice = parts[0].lattice
        if lattice is None or self._client is None:
            raise UsageError(
                "--mode vlm needs an engine that keeps its posteriors", "use --engine paddle"
            )
        answer = self._ask(picture(image, parts))
        if answer is None:
            self.outcome += Rereading(lines=1, malformed=1)
            return parts
        read, accepted, rejected = judge(parts, lattice, answer.split())
        self.outcome += Rereading(1, accepted, rejected)
        return read

    def _ask(self, png: bytes) -> str | None:
        """The model's text for a line; None for an answer that is none, unless they pile up."""
        assert self._client
        try:
            answer = self._client.read(png)
        except Malformed as error:
            self._malformed_in_a_row += 1
            if self._malformed_in_a_row >= _HOPELESS:
                raise self._client.failure(f"gives no usable answers: {error}") from error
            return None
        self._malformed_in_a_row = 0
        return answer


def rereader(settings: ReadingSettings) -> Rereader:
    """What these settings ask for. Raises UsageError for an endpoint that may not be used."""
    client = ChatClient(settings.vlm, settings.vlm_hosts) if settings.vlm else None
    return Rereader(settings, client)


def picture(image: PageImage, parts: Sequence[Line]) -> bytes:
    """A line as PNG, cut from the page and turned level where it runs up the page."""
    words = [word.box for line in parts for word in line.words]
    box = image.to_px(union(words))
    margin = _MARGIN * min(box.width, box.height)
    height, width = image.pixels.shape[:2]
    x0, y0 = max(0, int(box.x0 - margin)), max(0, int(box.y0 - margin))
    x1, y1 = math.ceil(min(box.x1 + margin, width)), math.ceil(min(box.y1 + margin, height))
    cut = _level(image.pixels[y0:y1, x0:x1], words)
    done, data = cv2.imencode(".png", np.ascontiguousarray(cut[:, :, ::-1]))
    assert done
    return data.tobytes()


def _level(cut: Pixels, words: Sequence[Box]) -> Pixels:
    (ax, ay), (bx, by) = words[0].center, words[-1].center
    if len(words) > 1 and abs(by - ay) > abs(bx - ax):
        return np.asarray(np.rot90(cut, 1 if by > ay else -1), np.uint8)
    if len(words) == 1 and cut.shape[0] > 1.5 * cut.shape[1]:
        return np.asarray(np.rot90(cut, -1), np.uint8)
    return cut


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word of ours, the number of the line part it is in, and the steps of its letters.

    It has the steps [start, end) for itself: from blank to blank.
    """

    word: Word
    part: int
    chars: tuple[Char, ...] = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters of one of our words that make up, or help to make up, one of the model's."""

    text: str = field(repr=False)
    box: Box
    word: Word
    part: int


def judge(
    parts: Sequence[Line], lattice: Lattice, theirs: Sequence[str]
) -> tuple[tuple[Line, ...], int, int]:
    """The parts of a line with the model's words where the posteriors bear them out.

    Returns the parts, how many of `theirs` were accepted, and how many rejected. No word of ours
    is dropped: it is replaced, or stays. A word where we saw none is rejected: no ink is its own.
    """
    ours = _placed(parts, lattice)
    words: list[tuple[int, Word]] = []
    accepted = rejected = 0
    for old, new in _blocks(ours, theirs):
        if [placed.word.text for placed in old] == list(new):
            words.extend((placed.part, placed.word) for placed in old)
            continue
        made = _replaced(old, new, lattice) if old and new else None
        accepted += len(new) if made else 0
        rejected += 0 if made else len(new)
        words.extend(made or ((placed.part, placed.word) for placed in old))
    if not ours:
        return tuple(parts), 0, rejected
    return _as_parts(parts, words), accepted, rejected


def _placed(parts: Sequence[Line], lattice: Lattice) -> tuple[_Placed, ...]:
    """Our words with the steps they were read at; none where the posteriors do not spell them."""
    words = [(number, word) for number, line in enumerate(parts) for word in line.words]
    chars = align(lattice, " ".join(word.text for _, word in words)).chars
    placed, first = [], 0
    for number, word in words if chars else ():
        last = first + len(word.text)
        start = chars[first - 1].end if first else 0
        end = chars[last].start if last < len(chars) else len(lattice.posteriors)
        placed.append(_Placed(word, number, chars[first:last], start, end))
        first = last + 1
    return tuple(placed)


def _blocks(
    ours: Sequence[_Placed], theirs: Sequence[str]
) -> Iterator[tuple[tuple[_Placed, ...], tuple[str, ...]]]:
    """Words of ours with the model's for them, word by word wherever their numbers agree."""
    matcher = SequenceMatcher(None, [p.word.text for p in ours], theirs, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if i2 - i1 == j2 - j1:
            yield from (((p,), (t,)) for p, t in zip(ours[i1:i2], theirs[j1:j2], strict=True))
        else:
            yield tuple(ours[i1:i2]), tuple(theirs[j1:j2])


def _replaced(
    old: Sequence[_Placed], new: Sequence[str], lattice: Lattice
) -> list[tuple[int, Word]] | None:
    """The model's words on the ink of ours; None where they are not borne out, or have no place."""
    ours, text = " ".join(placed.word.text for placed in old), " ".join(new)
    room = old[0].start, old[-1].end
    alignment = align(lattice, text, *room)
    limits = (
        _PER_CHARACTER * max(len(ours), len(text)),
        _PER_CHANGE * Levenshtein.distance(ours, text),
        _IN_ALL,
    )
    if _lack(lattice, alignment, room) > min(limits):
        return None
    spelled = _letters(alignment.chars, new)
    pieces = _pieces(old, [(a[-1].end + b[0].start) / 2 for a, b in pairwise(spelled)])
    if pieces is None or not all(pieces):
        return None
    return [_word(*pair) for pair in zip(new, pieces, spelled, strict=True)]


def _lack(lattice: Lattice, alignment: Alignment, room: tuple[int, int]) -> float:
    """How much less likely than the best path of the same steps a reading is (natural log)."""
    start, end = room
    best = float(log_posteriors(lattice, start, end).max(axis=1).sum())
    return best - alignment.score * (end - start)


def _letters(chars: Sequence[Char], words: Sequence[str]) -> list[tuple[Char, ...]]:
    """The characters of a text parted into its words, the blanks between them left out."""
    starts = np.cumsum([0, *(len(word) + 1 for word in words)]).tolist()
    return [tuple(chars[a : b - 1]) for a, b in pairwise(starts)]


def _pieces(old: Sequence[_Placed], cuts: Sequence[float]) -> list[list[_Piece]] | None:
    """Our letters parted at `cuts` (steps); None where a word must be cut that has no edges."""
    pieces: list[list[_Piece]] = [[] for _ in range(len(cuts) + 1)]
    for placed in old:
        word, chars = placed.word, placed.chars
        bounds = [0, *(sum((c.start + c.end) / 2 < cut for c in chars) for cut in cuts), len(chars)]
        for number, (a, b) in enumerate(pairwise(bounds)):
            if b - a == len(chars):
                pieces[number].append(_Piece(word.text, word.box, word, placed.part))
            elif a < b:
                if not word.edges:
                    return None
                box = replace(word.box, x0=word.edges[a], x1=word.edges[b])
                pieces[number].append(_Piece(word.text[a:b], box, word, placed.part))
    return pieces


def _word(text: str, pieces: Sequence[_Piece], letters: Sequence[Char]) -> tuple[int, Word]:
    """A word of the model's on our ink, no surer than ours or its own weakest letter."""
    first = pieces[0]
    readings = [" ".join(piece.text for piece in pieces)]
    if len(pieces) == 1 and first.text == first.word.text:
        readings.extend(first.word.alternatives)
    return first.part, Word(
        text,
        union(piece.box for piece in pieces),
        min(*(p.word.confidence for p in pieces), *(c.probability for c in letters)),
        first.word.origin,
        alternatives=tuple(reading for reading in readings if reading != text),
    )


def _as_parts(parts: Sequence[Line], words: Sequence[tuple[int, Word]]) -> tuple[Line, ...]:
    """The parts with their new words, less those whose words went into another part's."""
    by_part = [tuple(word for part, word in words if part == k) for k in range(len(parts))]
    return tuple(replace(line, words=own) for line, own in zip(parts, by_part, strict=True) if own)
