"""`redactor verify` on outputs that were tampered with."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from redactor.errors import ExitCode
from redactor.sign.keys import PrivateKey, load_key
from redactor.sign.public import public_line
from redactor.sign.sshsig import ssh_sign
from tests.faults.command import LINE_WITH_HINT, Place, make_place

Tamper = Callable[[Place], Sequence[str]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = make_place(tmp_path_factory.mktemp("published"))
    assert place.run("redact", "in.pdf", "-o", "out.pdf").code == ExitCode.OK
    return place


@pytest.fixture
def copy(published: Place, tmp_path: Path) -> Place:
    shutil.copytree(published.work, tmp_path / "work")
    shutil.copytree(published.config, tmp_path / "config")
    return Place(tmp_path / "work", tmp_path / "config")


def nothing(place: Place) -> Sequence[str]:
    return ()


def changed_output(place: Place) -> Sequence[str]:
    with (place.work / "out.pdf").open("ab") as file:
        file.write(b"\n")
    return ()


def unredacted(place: Place) -> Sequence[str]:
    shutil.copy(place.document, place.work / "out.pdf")
    return ()


def cut_output(place: Place) -> Sequence[str]:
    path = place.work / "out.pdf"
    path.write_bytes(path.read_bytes()[:200])
    return ()


def changed_report(place: Place) -> Sequence[str]:
    path = place.work / "out.pdf.report.json"
    envelope = json.loads(path.read_bytes())
    payload = base64.b64decode(envelope["payload"])
    assert b"PERSON" in payload
    envelope["payload"] = base64.b64encode(payload.replace(b"PERSON", b"PLANET")).decode()
    path.write_text(json.dumps(envelope))
    return ()


def signed_by_another(place: Place) -> Sequence[str]:
    """The envelope is as it was, its signature file by someone else."""
    path = place.work / "out.pdf.report.json"
    signature = ssh_sign(path.read_bytes(), PrivateKey.generate())
    path.with_name(path.name + ".sig").write_text(signature)
    return ()


def changed_signature(place: Place) -> Sequence[str]:
    path = place.work / "out.pdf.report.json.sig"
    lines = path.read_text().split("\n")
    lines[-3] = lines[-3][:-8] + lines[-3][-8:].swapcase()
    path.write_text("\n".join(lines))
    return ()


def empty_signature(place: Place) -> Sequence[str]:
    (place.work / "out.pdf.report.json.sig").write_bytes(b"")
    return ()


def without(name: str) -> Tamper:
    def tamper(place: Place) -> Sequence[str]:
        (place.work / name).unlink()
        return ()

    return tamper


def signers(place: Place, key: PrivateKey) -> Sequence[str]:
    line = public_line(key.public_key())
    (place.work / "allowed").write_text(f"office@example.com {line}\n")
    return ("--allowed-signers", "allowed")


def own_signer(place: Place) -> Sequence[str]:
    return signers(place, load_key(place.config / "signing_key"))


def other_signer(place: Place) -> Sequence[str]:
    return signers(place, PrivateKey.generate())


def no_signers(place: Place) -> Sequence[str]:
    return ("--allowed-signers", "nobody")


def malformed_signers(place: Place) -> Sequence[str]:
    (place.work / "allowed").write_text("office@example.com ssh-ed25519 rubbish\n")
    return ("--allowed-signers", "allowed")


def own_source(place: Place) -> Sequence[str]:
    return ("--source", "in.pdf")


def other_source(place: Place) -> Sequence[str]:
    other = make_place(place.work.parent / "other")
    (place.work / "other.pdf").write_bytes(other.document.read_bytes() + b"\n")
    return ("--source", "other.pdf")


_TAMPERED: list[tuple[Tamper, ExitCode, str]] = [
    (changed_output, ExitCode.ANSWER_IS_NO, "out.pdf"),
    (unredacted, ExitCode.ANSWER_IS_NO, "out.pdf"),
    (cut_output, ExitCode.ANSWER_IS_NO, "out.pdf"),
    (other_source, ExitCode.ANSWER_IS_NO, "out.pdf"),
    (changed_report, ExitCode.ANSWER_IS_NO, "out.pdf.report.json"),
    (changed_signature, ExitCode.ANSWER_IS_NO, "out.pdf.report.json"),
    (empty_signature, ExitCode.ANSWER_IS_NO, "out.pdf.report.json"),
    (signed_by_another, ExitCode.ANSWER_IS_NO, "out.pdf.report.json"),
    (other_signer, ExitCode.ANSWER_IS_NO, "out.pdf.report.json"),
    (no_signers, ExitCode.FILE_ACCESS, "nobody"),
    (malformed_signers, ExitCode.USAGE, "allowed, line 1"),
    (without("out.pdf"), ExitCode.FILE_ACCESS, "out.pdf: "),
    (without("out.pdf.report.json"), ExitCode.FILE_ACCESS, "out.pdf.report.json: "),
    (without("out.pdf.report.json.sig"), ExitCode.FILE_ACCESS, "out.pdf.report.json.sig: "),
]
_IDS = [
    *(tamper.__name__ for tamper, *_ in _TAMPERED[:-3]),
    "no_output",
    "no_report",
    "no_signature",
]


@pytest.mark.parametrize("tamper", [nothing, own_signer, own_source])
def test_good(copy: Place, tamper: Tamper) -> None:
    before = copy.listing()
    options = tamper(copy)
    done = copy.run("verify", "out.pdf", *options)
    assert done.code == ExitCode.OK, done.err
    assert "FAIL" not in done.err
    assert set(before.items()) <= set(copy.listing().items())


@pytest.mark.parametrize(("tamper", "code", "names"), _TAMPERED, ids=_IDS)
def test_tampered(copy: Place, tamper: Tamper, code: ExitCode, names: str) -> None:
    options = tamper(copy)
    before = copy.listing()
    done = copy.run("verify", "out.pdf", *options)
    assert done.code == code, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert done.err.count("redactor: ") == 1
    assert copy.listing() == before


@pytest.mark.parametrize(
    ("tamper", "names"),
    [
        pytest.param(tamper, names, id=name)
        for (tamper, _, names), name in zip(_TAMPERED, _IDS, strict=True)
    ],
)
def test_last_line_is_clear(copy: Place, tamper: Tamper, names: str) -> None:
    options = tamper(copy)
    last = copy.run("verify", "out.pdf", *options).err.splitlines(keepends=True)[-1]
    assert LINE_WITH_HINT.fullmatch(last)
    assert names in last


def test_real_command(copy: Place) -> None:
    changed_output(copy)
    done = copy.spawn("verify", "out.pdf", "--json")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert json.loads(done.out)["passed"] is False
    assert LINE_WITH_HINT.fullmatch(done.err)
