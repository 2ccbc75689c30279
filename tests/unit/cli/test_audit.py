"""redactor audit by the real command: what it prints, and how it exits."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pymupdf
import pytest

from redactor.errors import ExitCode
from tests.command import run
from tests.faults.cases import encrypted
from tests.unit.audit.made import AREA, SECRET, box, drawn, text


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    path = tmp_path / "leaky.pdf"
    path.write_bytes(drawn(text(), box()))
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.pdf"
    path.write_bytes(drawn(text()))
    return path


def noticed(folder: Path) -> Path:
    """A file with nothing but an author."""
    path = folder / "noticed.pdf"
    with pymupdf.open(stream=drawn(), filetype="pdf") as document:
        document.set_metadata({"author": SECRET})
        document.save(path)
    return path


def test_a_leak_is_told_without_its_text(leaky: Path, tmp_path: Path) -> None:
    done = run("audit", leaky, config=tmp_path)
    assert done.returncode == ExitCode.ANSWER_IS_NO
    assert "page 1" in done.stdout
    assert "TEXT_UNDER_RECTANGLE" in done.stdout
    assert f"{len(SECRET)} characters" in done.stdout
    assert f"{leaky}: 1 leaks, no notices on 1 pages" in done.stdout
    assert "redactor: the file leaks" in done.stderr
    assert not any(word in done.stdout + done.stderr for word in SECRET.split())


def test_the_text_on_demand(leaky: Path, tmp_path: Path) -> None:
    assert SECRET in run("audit", leaky, "--show-text", config=tmp_path).stdout
    found = json.loads(run("audit", leaky, "--show-text", "--json", config=tmp_path).stdout)
    assert found["1"][0]["text"] == SECRET


def test_json(leaky: Path, tmp_path: Path) -> None:
    done = run("audit", leaky, "--json", config=tmp_path)
    assert done.returncode == ExitCode.ANSWER_IS_NO
    (leak,) = json.loads(done.stdout)["1"]
    assert set(leak) == {"type", "bbox", "level", "characters"}
    assert (leak["type"], leak["level"]) == ("TEXT_UNDER_RECTANGLE", "leak")
    assert pymupdf.Rect(AREA).contains(pymupdf.Rect(leak["bbox"]))


def test_nothing_found(clean: Path, tmp_path: Path) -> None:
    done = run("audit", clean, config=tmp_path)
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    assert done.stdout == f"{clean}: no leaks, no notices on 1 pages\n"
    assert json.loads(run("audit", clean, "--json", config=tmp_path).stdout) == {}


def test_notices_only_count_when_strict(tmp_path: Path) -> None:
    path = noticed(tmp_path)
    done = run("audit", path, config=tmp_path)
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    assert "document  notice METADATA" in done.stdout
    assert run("audit", path, "--strict", config=tmp_path).returncode == ExitCode.ANSWER_IS_NO


def test_of_several_files_all_are_audited(leaky: Path, clean: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.pdf"
    done = run("audit", missing, leaky, clean, config=tmp_path)
    assert done.returncode == ExitCode.FILE_ACCESS
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [str(leaky), str(clean)]
    assert "1 of 3 files leak" in done.stderr
    assert "missing.pdf" in done.stderr
    both = run("audit", leaky, clean, "--json", config=tmp_path)
    assert both.returncode == ExitCode.ANSWER_IS_NO
    assert {k: list(v) for k, v in json.loads(both.stdout).items()} == {
        str(leaky): ["1"],
        str(clean): [],
    }


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("none.pdf", None, ExitCode.FILE_ACCESS),
        ("note.pdf", b"Dear Margaret Oduya", ExitCode.NOT_A_PDF),
        ("cut.pdf", b"%PDF-1.7\n", ExitCode.NOT_A_PDF),
        ("locked.pdf", encrypted("right"), ExitCode.ENCRYPTED),
    ],
)
def test_what_cannot_be_audited(
    tmp_path: Path, name: str, data: bytes | None, code: ExitCode
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run("audit", tmp_path / name, config=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("redactor: ")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_a_password(tmp_path: Path) -> None:
    locked, password = tmp_path / "locked.pdf", tmp_path / "password.txt"
    locked.write_bytes(encrypted("right"))
    password.write_text("right\n")
    done = run("audit", locked, "--password-file", password, config=tmp_path)
    assert done.returncode == ExitCode.OK, done.stderr


def test_an_overlay_has_the_pages_as_pictures(leaky: Path, tmp_path: Path) -> None:
    out = tmp_path / "overlay.pdf"
    done = run("audit", leaky, "--overlay", out, config=tmp_path)
    assert done.returncode == ExitCode.ANSWER_IS_NO
    with pymupdf.open(out) as document:
        assert document.page_count == 1
        assert document[0].get_text().split() == ["TEXT_UNDER_RECTANGLE"]
        reds = Counter(item["color"] for item in document[0].get_drawings())
    assert len(reds) == 1


def test_an_overlay_lists_what_lies_off_the_page(tmp_path: Path) -> None:
    out, made = tmp_path / "overlay.pdf", tmp_path / "off.pdf"
    made.write_bytes(drawn(text(spot=pymupdf.Point(500, 100))))
    done = run("audit", made, "--overlay", out, config=tmp_path)
    assert done.returncode == ExitCode.ANSWER_IS_NO
    with pymupdf.open(out) as document:
        (word,) = document[0].get_text("words")
        assert word[4] == "OFF_PAGE_TEXT"
        assert pymupdf.Rect(word[:4]) in document[0].rect


def test_an_overlay_is_of_one_file(leaky: Path, clean: Path, tmp_path: Path) -> None:
    done = run("audit", leaky, clean, "--overlay", tmp_path / "o.pdf", config=tmp_path)
    assert done.returncode == ExitCode.USAGE
    assert run("audit", leaky, "--overlay", leaky, config=tmp_path).returncode == ExitCode.USAGE
