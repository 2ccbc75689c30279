"""`redactor read`: what it writes where, what it refuses, and that it repeats to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest

from redactor import pipeline
from redactor.cli import read
from redactor.errors import ExitCode
from tests.documents import text_pdf
from tests.faults.command import LINE_WITH_HINT, Place

FORMATS = ("text", "json", "hocr", "alto")


def scan_of(path: Path) -> bytes:
    """The first page as an image, without its text layer."""
    with pymupdf.open(path) as document, pymupdf.open() as scan:
        page = document[0]
        sheet = scan.new_page(width=page.rect.width, height=page.rect.height)
        sheet.insert_image(sheet.rect, pixmap=page.get_pixmap(dpi=200))
        data: bytes = scan.tobytes()
    return data


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_stdout_would_show(place: Place, form: str) -> None:
    shown = place.run("read", "in.pdf", "--format", form)
    written = place.run("read", "in.pdf", "--format", form, "-o", "out")
    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert (place.work / "out").read_text(encoding="utf-8") == shown.out
    assert "Smith" in shown.out


def test_pdf(place: Place) -> None:
    assert place.run("read", "in.pdf", "--format", "pdf", "-o", "out.pdf").code == 0
    piped = place.work / "piped.pdf"
    done = place.spawn(
        "read", "in.pdf", "--format", "pdf", prefix=("sh", "-c", f'"$@" >{piped}', "")
    )
    assert done.code == 0, done.err
    assert piped.read_bytes() == (place.work / "out.pdf").read_bytes()
    with pymupdf.open(piped) as document:
        assert "Smith" in document[0].get_text()
        assert len(document[0].get_images()) == 1


def test_overlay_draws(place: Place) -> None:
    plain = ("read", "in.pdf", "--format", "pdf", "-o")
    assert place.run(*plain, "plain.pdf").code == 0
    assert place.run(*plain, "drawn.pdf", "--overlay").code == 0
    with pymupdf.open(place.work / "plain.pdf") as plainly:
        assert not plainly[0].get_drawings()
    with pymupdf.open(place.work / "drawn.pdf") as drawn:
        assert len(drawn[0].get_drawings()) >= 7  # one a word


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--overlay",), ExitCode.USAGE),
        (("--overlay", "--format", "alto"), ExitCode.USAGE),
        (("-o", "in.pdf"), ExitCode.USAGE),
        (("-o", "none/out.txt"), ExitCode.FILE_ACCESS),
        (("-o", "."), ExitCode.FILE_ACCESS),
    ],
)
def test_refused_before_anything_is_read(
    place: Place, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: ExitCode
) -> None:
    monkeypatch.setattr(pipeline, "read", None)
    before = place.listing()
    done = place.run("read", "in.pdf", *arguments)
    assert (done.code, done.out) == (code, ""), done.err
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert place.listing() == before


def test_no_pdf_for_a_terminal(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(read, "sys", type("Sys", (), {"stdout": Terminal()}))
    done = place.run("read", "in.pdf", "--format", "pdf")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert "-o" in done.err


def test_a_failure_leaves_no_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.work / "bad.pdf").write_bytes(b"no PDF")
    before = place.listing()
    assert place.run("read", "bad.pdf", "-o", "out.txt").code == ExitCode.NOT_A_PDF
    assert place.listing() == before


def test_two_processes_write_the_same_bytes(place: Place) -> None:
    """With other hash seeds; on a scan, so that all is recognized."""
    (place.work / "scan.pdf").write_bytes(scan_of(place.document))
    for number in ("1", "2"):
        done = place.spawn(
            "read", "scan.pdf", "--json", "-o", number, env={"PYTHONHASHSEED": number}
        )
        assert done.code == 0, done.err
    first, second = (Path(place.work / number).read_bytes() for number in ("1", "2"))
    assert first == second
    data = json.loads(first)
    assert data["engine"]["settings"]["dpi"] == 200
    assert data["pages"][0]["elements"][0]["words"][0]["origin"] == "print"


def test_one_process_writes_the_same_bytes_again(place: Place) -> None:
    """What was read before leaves no trace in what is read next."""
    (place.work / "other.pdf").write_bytes(text_pdf([(20, 40, "Other words")]))
    for form in (*FORMATS, "pdf"):
        for name, source in (("1", "in.pdf"), ("-", "other.pdf"), ("2", "in.pdf")):
            assert place.run("read", source, "--format", form, "-o", name).code == 0
        assert (place.work / "1").read_bytes() == (place.work / "2").read_bytes()
