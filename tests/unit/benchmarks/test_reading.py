from pathlib import Path

import pytest

from benchmarks.datasets import LabelLine, LabelPage, LabelWord
from benchmarks.reading import OURS, RAPIDOCR, Results, score, summary, table
from redactor.geometry import Box
from redactor.words import Origin, Word


def _at(x: float) -> Box:
    return Box(x, 0, x + 30, 10)


def _label(
    text: str, x: float, *, reliable: bool = True, origin: Origin | None = None
) -> LabelWord:
    return LabelWord(text, _at(x), 0, reliable, origin)


def _page(text: str, *labels: LabelWord) -> LabelPage:
    line = LabelLine(text, Box(0, 0, 500, 10))
    return LabelPage("page", Path("page.png"), "val", 300, (line,), labels)


def _word(text: str, x: float, confidence: float = 1.0) -> Word:
    return Word(text, _at(x), confidence, Origin.HANDWRITING)


def test_a_page_is_scored_by_its_text_and_by_its_words() -> None:
    hand, printed = Origin.HANDWRITING, Origin.PRINT
    page = _page(
        "Dear Ann, hello",
        _label("Dear", 0, origin=printed),
        _label("Ann", 40, origin=hand),
        _label(",", 70),
        _label("hello", 80),
    )
    found = summary([score(page, [_word("Dear", 0, 0.9), _word("Ann,", 40, 0.9)])])
    assert found["wer"] == pytest.approx(1 / 3)
    assert found["read"] == pytest.approx(2 / 3)
    assert found["precise"] == 1.0
    assert found["kind"] == 0.5
    assert found["ece"] == pytest.approx(0.1)
    assert "auroc" not in found


def test_doubtful_labels_are_not_scored_as_words() -> None:
    page = _page("Ann Lee", _label("Ann", 0), _label("Lee", 40, reliable=False))
    found = summary([score(page, [_word("Ann", 0), _word("Les", 40)])])
    assert (found["read"], found["precise"], found["wer"]) == (1.0, 1.0, 0.5)


def test_the_table_leaves_out_what_was_not_measured_and_says_so() -> None:
    figures = {OURS: {"iam_cer": 0.1, "iam_wer": 0.25}, RAPIDOCR: {"iam_cer": 0.2}}
    text = table(Results({"IAM pages": 1}, {OURS: "1.0"}, "i386", figures))
    rows = text.splitlines()
    assert rows[2].split(" | ")[1:4] == ["0.200", "-", "0.100 / 0.250"]
    assert "names" not in text
    assert rows[-1] == "On 1 IAM pages; redactor 1.0; i386. Tesseract is not installed here."
