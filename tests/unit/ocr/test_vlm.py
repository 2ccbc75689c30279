"""Reading again: what the posteriors bear out is taken, on our ink, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import MissingDependency, UsageError
from redactor.geometry import Box
from redactor.ink import PageImage
from redactor.modes import Endpoint, Mode, ReadingSettings, Rereading
from redactor.ocr import vlm
from redactor.ocr.vlm import judge, picture, rereader
from redactor.words import Lattice, Line, LineKind, Origin, Word
from tests.endpoint import says, sends, serving
from tests.lattices import ALPHABET, one_hot

STEP = 5.0  # points a letter


def word(text: str, start: int, confidence: float = 0.4, edges: bool = True) -> Word:
    """A word whose letters are `STEP` wide, from letter number `start` of its line on."""
    x0 = STEP * start
    at = tuple(x0 + STEP * k for k in range(len(text) + 1)) if edges else ()
    box = Box(x0, 10, x0 + STEP * len(text), 20)
    return Word(text, box, confidence, Origin.HANDWRITING, edges=at)


def line(text: str, lattice: Lattice | None, edges: bool = True, confidence: float = 0.4) -> Line:
    words, start = [], 0
    for part in text.split(" "):
        words.append(word(part, start, confidence, edges))
        start += len(part) + 1
    return Line(tuple(words), LineKind.HANDWRITING, lattice)


def torn(ours: str, other: str, share: float = 0.3) -> Lattice:
    """Posteriors that read `ours` and give `share` of each letter that differs to `other`."""
    assert len(ours) == len(other)
    rows = one_hot(ours, 0.9999).posteriors.copy()
    for number, (a, b) in enumerate(zip(ours, other, strict=True)):
        if a != b:
            class_a, class_b = ALPHABET.index(a) + 1, ALPHABET.index(b) + 1
            step = rows[2 * number]
            step[class_a], step[class_b] = step[class_a] - share, step[class_b] + share
    return Lattice(rows, ALPHABET)


@pytest.mark.parametrize(
    ("ours", "other", "answer", "reading", "accepted", "rejected"),
    [
        ("Jobn Smith", "John Smith", "John Smith", "John Smith", 1, 0),
        ("Jobn Smith", "John Smith", "Jobn Smith", "Jobn Smith", 0, 0),
        # Near misses: as like what we read, but with no support.
        ("Jobn Smith", "John Smith", "Joan Smith", "Jobn Smith", 0, 1),
        ("Jobn Smith", "John Smith", "John Smyth", "John Smith", 1, 1),
        ("Jobn Smith", "John Smith", "Peter Miller", "Jobn Smith", 0, 2),
        ("Jobn Smith", "John Smith", "Jöhn Smith", "Jobn Smith", 0, 1),
        ("Jobn Smith", "John Smith", "Johnathan-Maximilian Smith", "Jobn Smith", 0, 1),
        # Words that are left out stay, words put in have no ink.
        ("Jobn Smith", "John Smith", "Smith", "Jobn Smith", 0, 0),
        ("Jobn Smith", "John Smith", "Jobn", "Jobn Smith", 0, 0),
        ("Jobn Smith", "John Smith", "Dr. Jobn Smith", "Jobn Smith", 0, 1),
        ("Jobn Smith", "John Smith", "Jobn Smith was here", "Jobn Smith", 0, 2),
        ("Jobn Smith", "John Smith", "", "Jobn Smith", 0, 0),
        # Split and joined.
        ("JohnSmith", "JohnSmith", "John Smith", "JohnSmith", 0, 2),
        ("JohnxSmith", "John Smith", "John Smith", "John Smith", 2, 0),
        ("Jo hn", "Jo-hn", "Jo-hn", "Jo-hn", 1, 0),
        ("Jo hn", "Jo-hn", "John", "Jo hn", 0, 1),
        ("a bcd e", "abbcd e", "abbcd e", "abbcd e", 1, 0),
        # Instructions in the picture, obeyed, change nothing.
        ("Jobn Smith", "John Smith", "I cannot help with that.", "Jobn Smith", 0, 5),
    ],
)
def test_what_is_borne_out(
    ours: str, other: str, answer: str, reading: str, accepted: int, rejected: int
) -> None:
    parts = (line(ours, torn(ours, other)),)
    lattice = parts[0].lattice
    assert lattice
    read, taken, refused = judge(parts, lattice, answer.split())
    assert " ".join(part.text for part in read) == reading
    assert (taken, refused) == (accepted, rejected)


def test_an_accepted_word_is_on_our_ink_and_no_surer() -> None:
    lattice = torn("Jobn Smith", "John Smith", 0.3)
    ours = line("Jobn Smith", lattice)
    first, second = ours.words
    ours = replace(ours, words=(replace(first, alternatives=("Jahn",)), second))
    ((read,), _, _) = judge((ours,), lattice, ["John", "Smith"])
    new = read.words[0]
    assert new.box == first.box
    assert new.origin is first.origin
    assert new.alternatives == ("Jobn", "Jahn")
    assert new.confidence == pytest.approx(0.3, abs=0.02)
    assert new.edges == ()
    assert read.words[1] is second
    assert read.kind is ours.kind


def test_a_split_word_is_cut_between_its_letters() -> None:
    lattice = torn("JohnxSmith", "John Smith")
    ((read,), _, _) = judge((line("JohnxSmith", lattice),), lattice, ["John", "Smith"])
    first, second = read.words
    assert first.box.x0 == 0
    assert second.box.x1 == STEP * 10
    assert STEP * 4 <= first.box.x1 == second.box.x0 <= STEP * 5
    assert first.alternatives + second.alternatives


def test_a_word_without_edges_is_not_cut() -> None:
    lattice = torn("JohnxSmith", "John Smith")
    ours = (line("JohnxSmith", lattice, edges=False),)
    assert judge(ours, lattice, ["John", "Smith"]) == (ours, 0, 2)


def test_joined_words_own_the_ink_of_both() -> None:
    lattice = torn("Jo hn", "Jo-hn")
    ((read,), _, _) = judge((line("Jo hn", lattice),), lattice, ["Jo-hn"])
    (joined,) = read.words
    assert joined.box == line("Jo hn", lattice).box
    assert joined.alternatives == ("Jo hn",)


def test_parts_of_a_line_keep_their_words() -> None:
    """Print and handwriting of one line share its posteriors."""
    text, other = "Name Jobn", "Name John"
    lattice = torn(text, other)
    whole = line(text, lattice)
    parts = tuple(Line((w,), kind, lattice) for w, kind in zip(whole.words, LineKind, strict=True))
    read, accepted, _ = judge(parts, lattice, ["Name", "John"])
    assert [(part.text, part.kind) for part in read] == [
        ("Name", LineKind.PRINT),
        ("John", LineKind.HANDWRITING),
    ]
    assert accepted == 1


letters = st.text("abcd", min_size=1, max_size=5)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(letters, min_size=1, max_size=4),
    st.lists(letters, max_size=5),
    st.integers(0, 10**6),
    st.floats(0.05, 1),
)
def test_no_ink_is_ever_lost(
    ours: Sequence[str], theirs: Sequence[str], seed: int, peak: float
) -> None:
    """Whatever is answered: every box of ours is covered, and every answered word is counted."""
    text = " ".join(ours)
    noise = np.random.default_rng(seed).uniform(0, 1, (2 * len(text), len(ALPHABET) + 1)) ** 6
    rows = one_hot(text, peak).posteriors * peak + noise * (1 - peak)
    lattice = Lattice((rows / rows.sum(axis=1, keepdims=True)).astype(np.float32), ALPHABET)
    before = line(text, lattice)
    read, accepted, rejected = judge((before,), lattice, theirs)
    words = [w for part in read for w in part.words]
    assert accepted + rejected <= len(theirs)
    for old in before.words:
        covered = [w.box.intersection(old.box) for w in words]
        assert sum(box.area for box in covered if box) == pytest.approx(old.box.area)
    for new in words:
        assert new.box.covered_by(before.box) == 1
        assert new.text in ours or new.text in theirs
        assert 0 <= new.confidence <= 1


# ------------------------------------------------------------------ with an endpoint

IMAGE = PageImage(np.full((200, 600, 3), 255, np.uint8), 72)


def asked(url: str, below: float = 0.5) -> ReadingSettings:
    return ReadingSettings(Mode.VLM, vlm=Endpoint(url, "m"), reread_below=below)


def test_only_uncertain_lines_are_sent() -> None:
    lattice, sure = torn("Jobn Smith", "John Smith"), one_hot("Sure")
    lines = (line("Jobn Smith", lattice), line("Sure", sure, confidence=0.5))
    with serving(says("John Smith")) as endpoint:
        reread = rereader(asked(endpoint.url))
        read = reread(IMAGE, lines, ())
    assert [part.text for part in read] == ["John Smith", "Sure"]
    assert reread.outcome == Rereading(lines=1, accepted=1)
    assert len(endpoint.asked) == 1


def test_what_the_text_layer_explains_is_not_sent() -> None:
    lines = (line("Jobn", torn("Jobn", "John")),)
    with serving(says("John")) as endpoint:
        reread = rereader(asked(endpoint.url))
        assert reread(IMAGE, lines, (line("John", None),)) == lines
    assert endpoint.asked == []


def test_without_an_endpoint_nothing_changes() -> None:
    reread = rereader(ReadingSettings())
    lines = (line("Jobn", torn("Jobn", "John")),)
    assert reread(IMAGE, lines, ()) == lines
    assert reread.outcome == Rereading()


def test_a_malformed_answer_is_counted_and_our_reading_kept() -> None:
    ours = line("Jobn", torn("Jobn", "John"))
    with serving(sends(b"{"), says("John")) as endpoint:
        reread = rereader(asked(endpoint.url))
        other = line("Jobn", torn("Jobn", "John"))
        assert [part.text for part in reread(IMAGE, (ours, other), ())] == ["Jobn", "John"]
    assert reread.outcome == Rereading(lines=2, accepted=1, malformed=1)


def test_an_endpoint_that_talks_nonsense_is_an_error() -> None:
    lines = tuple(line("Jobn", torn("Jobn", "John")) for _ in range(4))
    with serving(sends(b"<html>")) as endpoint:
        with pytest.raises(MissingDependency, match="no usable answers"):
            rereader(asked(endpoint.url))(IMAGE, lines, ())
        assert len(endpoint.asked) == vlm._HOPELESS


def test_an_engine_without_posteriors_cannot_be_checked() -> None:
    with pytest.raises(UsageError, match="posteriors"):
        rereader(asked("http://127.0.0.1:9"))(IMAGE, (line("Jobn", None),), ())


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_the_picture_of_a_line_is_level(turns: int) -> None:
    """Dark at its start, light at its end, whichever way it runs on the page."""
    level = np.full((60, 300, 3), 255, np.uint8)
    level[20:40, 100:120] = 0
    level[20:40, 180:200] = (200, 0, 0)
    turned = np.ascontiguousarray(np.rot90(level, turns))
    words = []
    for shade in ([0, 0, 0], [200, 0, 0]):
        rows, columns = np.nonzero((turned == shade).all(axis=2))
        box = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        words.append(Word("x", box, 0.5, Origin.PRINT))
    png = picture(PageImage(turned, 72), (Line(tuple(words), LineKind.PRINT),))
    shown = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]
    height, width = shown.shape[:2]
    assert width > 3 * height
    assert not shown[height // 2, 15].any()
    assert shown[height // 2, width - 15].tolist() == [200, 0, 0]
