"""Documents that are damaged, locked or closed to us, by the real command where that matters."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from redactor.errors import ExitCode, FileAccessError, NotAPdf, RedactorError, ResourceLimit
from redactor.pdf.intake import Limits, read_bytes, take_in
from tests.documents import opened, words_of
from tests.faults.cases import encrypted, pages_pdf, tiny
from tests.faults.command import LINE_WITH_HINT, SECRETS, Done, Place

_OUTPUTS = ["out.pdf", "out.pdf.report.json", "out.pdf.report.json.sig"]


def without_override() -> list[str]:
    """A prefix under which root, too, must heed permissions; skips where there is none."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if not setpriv:
        pytest.skip("root ignores permissions, and there is no setpriv to give that up")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search"]


def assert_refused(done: Done, code: ExitCode, names: str) -> None:
    assert done.code == code, done.err
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert names in done.err


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("note.pdf", b"Dear John Smith", ExitCode.NOT_A_PDF),
        ("locked.pdf", encrypted("right"), ExitCode.ENCRYPTED),
        ("long.pdf", pages_pdf(5001), ExitCode.RESOURCE_LIMIT),
    ],
)
def test_real_command_refuses(place: Place, name: str, data: bytes, code: ExitCode) -> None:
    (place.work / name).write_bytes(data)
    before = place.listing()
    done = place.spawn("redact", name, "-o", "out.pdf")
    assert_refused(done, code, name)
    assert place.listing() == before


def test_unreadable_input(place: Place) -> None:
    prefix = without_override()
    place.document.chmod(0)
    before = place.listing()
    done = place.spawn("redact", "in.pdf", "-o", "out.pdf", prefix=prefix)
    assert_refused(done, ExitCode.FILE_ACCESS, "in.pdf")
    assert place.listing() == before


@pytest.mark.parametrize("user", ["right", ""], ids=["password", "owner only"])
def test_opens_with_the_right_password(place: Place, user: str) -> None:
    place.document.write_bytes(encrypted(user))
    (place.work / "password.txt").write_text("right\n")
    options = ("--password-file", "password.txt") if user else ()
    done = place.run("redact", "in.pdf", "-o", "out.pdf", *options)
    assert done.code == ExitCode.OK, done.err
    assert not set(SECRETS) & set(words_of((place.work / "out.pdf").read_bytes()))


def _damaged() -> Iterator[tuple[str, bytes]]:
    whole = tiny()
    plain = io.BytesIO()
    with opened(whole) as pdf:
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    text = plain.getvalue()
    for part in (20, 50, 80, 95, 99):
        yield f"first {part} %", text[: len(text) * part // 100]
    yield "no cross-reference table", text[: text.rindex(b"xref\n0")]
    yield "startxref beyond the end", text.replace(b"startxref\n", b"startxref\n9")
    yield "junk before the header", b"\0" * 500 + text
    yield "page tree points to itself", text.replace(b"/Kids [", b"/Kids [ 1 0 R 2 0 R")
    yield "no trailer", text.replace(b"trailer", b"trialer")
    rng = random.Random(5)
    yield "a key that is not UTF-8", text.replace(b"/Info ", b"/\x83nfo ")
    font = b"/BaseFont /\xcb\xce\xcc\xe5"  # SimSun in GBK, as Chinese software writes it
    yield "a font name in GBK", text.replace(b"/BaseFont /Helvetica", font)
    for number in range(5):
        noisy = bytearray(text)
        for _ in range(6):
            noisy[rng.randrange(20, len(noisy))] = rng.randrange(256)
        yield f"noise {number}", bytes(noisy)


_DAMAGED = [pytest.param(name, data, id=name) for name, data in _damaged()]


@pytest.mark.parametrize(("name", "data"), _DAMAGED)
def test_damaged_is_refused_or_redacted(place: Place, name: str, data: bytes) -> None:
    """QPDF repairs much; what it repairs is redacted and verified like any other document."""
    (place.work / "bad.pdf").write_bytes(data)
    before = place.listing()
    done = place.run("redact", "bad.pdf", "-o", "out.pdf")
    if done.code != ExitCode.OK:
        assert_refused(done, ExitCode.NOT_A_PDF, "bad.pdf")
        assert place.listing() == before
        return
    after = place.listing()
    assert all(str(place.work / output) in after for output in _OUTPUTS)
    assert not set(SECRETS) & set(words_of((place.work / "out.pdf").read_bytes()))


def test_damage_ends_in_a_known_error(place: Place) -> None:
    """Many more ways, up to where reading would start."""
    rng, whole = random.Random(7), tiny()
    known = 0
    for _ in range(150):
        data = bytearray(whole)
        kind = rng.randrange(3)
        if kind == 0:
            del data[rng.randrange(len(data)) :]
        elif kind == 1:
            at = rng.randrange(len(data))
            del data[at : at + rng.randrange(300)]
        for _ in range(rng.randrange(30) if kind == 2 else 0):
            data[rng.randrange(len(data))] = rng.randrange(256)
        place.document.write_bytes(data)
        try:
            take_in(place.document)
        except RedactorError as error:
            assert isinstance(error, NotAPdf)
            known += 1
    assert known > 20


def test_bad_metadata_makes_no_noise(place: Place) -> None:
    with opened(tiny()) as pdf:
        xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><Smith>none</Smith></x:xmpmeta>'
        pdf.Root.Metadata = pdf.make_stream(
            xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        pdf.save(place.document, fix_metadata_version=False)
    done = place.spawn("redact", "in.pdf", "-o", "out.pdf")
    assert done.code == ExitCode.OK
    assert "Traceback" not in done.err
    assert done.err.startswith("in.pdf -> out.pdf\n")


@pytest.mark.parametrize("what", ["bytes", "pages", "objects"])
def test_caps(place: Place, what: str) -> None:
    limits = {
        "bytes": Limits(bytes=10),
        "pages": Limits(pages=0),
        "objects": Limits(objects=1),
    }
    with pytest.raises(ResourceLimit, match=f"in.pdf has [0-9]+ {what}"):
        take_in(place.document, limits=limits[what])


def test_what_is_no_regular_file_is_not_read(place: Place) -> None:
    """`redactor redact /dev/zero` must not read until memory is full."""
    pipe = place.work / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(FileAccessError):
            read_bytes(path, Limits(bytes=1000))
