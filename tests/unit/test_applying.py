"""Which texts must be nowhere in the output, and how an output is closed."""

from __future__ import annotations

from pathlib import Path

import cv2
import pymupdf
import pytest

from redactor.applying import Closing, apply, removed_texts
from redactor.errors import UsageError, VerificationFailed
from redactor.geometry import Box
from redactor.plan import redactions
from redactor.provenance import residual_risks
from redactor.report import OBSCURED
from redactor.sign.pdf_signer import load_pdf_signer
from redactor.stages import Planned
from redactor.words import Line, LineKind, Origin, Page, Word
from tests.certificates import NOW, certificate, p256, written
from tests.documents import taken, text_pdf, words_of
from tests.unit.audit import made
from tests.unit.test_plan import INNER, SECRET, decision, plan


@pytest.mark.parametrize(
    ("staying", "removed"),
    [
        ("Elsewhere", True),
        (SECRET, False),  # a name here, a common word there
        (f"({SECRET}),", False),
        (f"{SECRET}_1", False),
        (f"{SECRET}s", True),  # another word
        (f"2{SECRET}", True),
    ],
)
def test_a_text_that_stays_somewhere_is_not_searched_for(
    tmp_path: Path, staying: str, removed: bool
) -> None:
    words = (
        Word(SECRET, INNER, 1.0, Origin.PRINT),
        Word(staying, Box(10, 10, 40, 20), 1.0, Origin.PRINT),
    )
    page = Page(1, 300, 200, (Line(words, LineKind.PRINT),))
    planned = Planned(taken(tmp_path, text_pdf([])), (page,), plan(decision(INNER)))
    found = removed_texts(planned, redactions(planned.plan, planned.pages))
    assert found == ((SECRET,) if removed else ())


@pytest.mark.parametrize("others", [0, 1], ids=["no page is left", "a page is left"])
def test_a_rebuild_is_advised_where_it_may_help(tmp_path: Path, others: int) -> None:
    """Letters that stay, one in a line, spell what goes, however the page is written."""
    spots = [(INNER.x0, INNER.y1, SECRET)]
    spots += [(20, 100 + 15 * k, letter) for k, letter in enumerate(SECRET)]
    source = taken(tmp_path, text_pdf(spots, *[[(20, 40, "Two")]] * others))
    words = [Word(SECRET, INNER, 1.0, Origin.PRINT)]
    words += [Word(text, Box(20, y - 10, 30, y + 2), 1.0, Origin.PRINT) for _, y, text in spots[1:]]
    lines = tuple(Line((word,), LineKind.PRINT) for word in words)
    pages = (Page(1, 300, 200, lines), *[Page(2, 300, 200, ())] * others)
    with pytest.raises(VerificationFailed) as caught:
        apply(Planned(source, pages, plan(decision(INNER))))
    advice = "; try --rebuild always" if others else ""
    assert str(caught.value).endswith(f"(nothing was written{advice})")


PLACE = pymupdf.Rect(20, 120, 320, 280)


@pytest.mark.parametrize(
    "steps",
    [
        (made.text(), made.box()),
        (made.text(color=made.WHITE),),
        (made.text(render_mode=3),),
        (made.image(made.picture("Margaret"), PLACE), made.box(area=made.lower(made.AREA, 75))),
        (made.image(made.encoded(made.scan()), pymupdf.Rect(-90, 120, 200, 280)),),
    ],
    ids=["under a box", "white", "invisible", "picture under a box", "picture off the page"],
)
def test_what_a_page_hides_goes_though_nobody_asked(
    tmp_path: Path, steps: tuple[made.Draw, ...]
) -> None:
    source = taken(tmp_path, made.drawn(*steps))
    seen = tuple(
        Word(text, Box(*place), 1.0, Origin.PRINT)
        for *place, text, _, _, _ in pymupdf.open(stream=source.data)[0].get_text("words")
    )
    page = Page(1, 400, 300, (Line(seen, LineKind.PRINT),))
    applied = apply(Planned(source, (page,), plan()))
    assert applied.rebuilt == {1: "in place it failed: nothing hidden on a page"}
    assert words_of(applied.output) == ["This", "letter", "speaks", "of", "somebody."]
    assert made.audited(tmp_path, applied.output).found == ()


@pytest.mark.parametrize("is_blurred", [False, True])
def test_a_blur_is_a_risk_that_stays(tmp_path: Path, is_blurred: bool) -> None:
    scan = made.scan()
    if is_blurred:
        scan[480:520, 180:420] = cv2.GaussianBlur(scan, (0, 0), 4)[480:520, 180:420]
    source = taken(tmp_path, made.drawn(made.image(made.encoded(scan), PLACE)))
    planned = Planned(source, (Page(1, 400, 300, ()),), plan())
    applied = apply(planned)
    assert applied.obscured == ((1,) if is_blurred else ())
    assert (f"page 1: {OBSCURED}" in residual_risks(planned, applied)) == is_blurred


def test_an_output_is_put_under_a_password_or_signed_inside_but_not_both(tmp_path: Path) -> None:
    signer = load_pdf_signer(*written(tmp_path, key := p256(), certificate(key)), NOW)
    assert Closing("secret").pdf_signer is None
    assert not Closing(pdf_signer=signer).new_password
    with pytest.raises(UsageError, match="cannot go together"):
        Closing("secret", signer)
