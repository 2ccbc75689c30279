"""`redactor keys` and the options that say which key signs."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.cli.signing import passphrase_from
from redactor.errors import ExitCode, UsageError
from redactor.sign.agent import VARIABLE
from redactor.sign.keys import load_key, new_key
from redactor.sign.public import fingerprint, public_line
from redactor.sign.rotation import open_rotation
from tests.agents import SSH_AGENT, answering, ssh_agent, token, token_key
from tests.faults.command import LINE_WITH_HINT, Place
from tests.unit.sign.given import KEY

PASSPHRASE = b"correct horse"


@contextlib.contextmanager
def descriptor(data: bytes) -> Iterator[str]:
    """The number of a file descriptor from which `data` can be read."""
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    try:
        yield str(read)
    finally:
        os.close(read)


def at_a_terminal(place: Place, answers: list[bytes], *arguments: str) -> tuple[int, str]:
    """`redactor ARGUMENTS` at a terminal where a person types; the code, and all that is shown."""
    control, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "redactor", *arguments],
        cwd=place.work,
        env=place.environment(),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(terminal)
    shown, left = b"", list(answers)
    with contextlib.suppress(OSError):  # the terminal's end
        while more := os.read(control, 1024):
            shown += more
            if left and more.endswith(b": "):
                os.write(control, left.pop(0) + b"\n")
    os.close(control)
    return process.wait(), shown.decode()


# ------------------------------------------------------------------ new and show


def test_a_key_without_a_passphrase_where_nobody_can_type(place: Place) -> None:
    assert place.run("keys", "new", "-o", "key").code == ExitCode.OK
    assert load_key(place.work / "key")


def test_a_passphrase_from_a_descriptor(place: Place) -> None:
    with descriptor(PASSPHRASE + b"\nwhat follows") as number:
        made = place.run("keys", "new", "-o", "key", "--passphrase-fd", number)
        assert os.read(int(number), 99) == b"what follows"
    assert made.code == ExitCode.OK
    assert load_key(place.work / "key", PASSPHRASE)
    locked = place.run("keys", "show", "--key", "key")
    assert locked.code == ExitCode.FILE_ACCESS
    assert LINE_WITH_HINT.fullmatch(locked.err)
    assert "--passphrase-fd" in locked.err
    with descriptor(PASSPHRASE) as number:
        shown = place.run("keys", "show", "--key", "key", "--passphrase-fd", number)
    assert shown.out == made.out
    with descriptor(b"wrong\n") as number:
        wrong = place.run("keys", "show", "--key", "key", "--passphrase-fd", number)
    assert wrong.code == ExitCode.FILE_ACCESS
    assert "passphrase is wrong" in wrong.err
    assert "correct" not in made.out + made.err + locked.err + wrong.err


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n", b"x" * 5000])
def test_what_is_no_passphrase(data: bytes) -> None:
    with descriptor(data) as number, pytest.raises(UsageError, match="no passphrase"):
        passphrase_from(int(number))
    with pytest.raises(UsageError, match="nothing to read"):
        passphrase_from(1000)


def test_a_passphrase_is_asked_for_twice_and_never_shown(place: Place) -> None:
    code, shown = at_a_terminal(place, [PASSPHRASE, PASSPHRASE], "keys", "new", "-o", "key")
    assert code == ExitCode.OK, shown
    assert load_key(place.work / "key", PASSPHRASE)
    assert "correct" not in shown
    code, shown = at_a_terminal(place, [PASSPHRASE], "keys", "show", "--key", "key")
    assert code == ExitCode.OK
    assert fingerprint(load_key(place.work / "key", PASSPHRASE).public_key()) in shown
    assert "correct" not in shown


@pytest.mark.parametrize(("answers", "code"), [([b"one", b"two"], 2), ([b"", b""], 0)])
def test_passphrases_must_agree_and_may_be_left_out(
    place: Place,
    answers: list[bytes],
    code: int,
) -> None:
    found, shown = at_a_terminal(place, answers, "keys", "new", "-o", "key")
    assert found == code, shown
    assert (place.work / "key").exists() == (code == 0)


def test_a_public_key_file_can_be_shown(place: Place) -> None:
    line = public_line(token_key(KEY), "a token")
    (place.work / "key.pub").write_text(line)
    shown = place.run("keys", "show", "--key", "key.pub")
    assert shown.code == ExitCode.OK
    assert fingerprint(token_key(KEY)) in shown.out
    (place.work / "key.pub").write_text(line.replace("AAAA", "AAA"))
    refused = place.run("keys", "show", "--key", "key.pub")
    assert refused.code == ExitCode.FILE_ACCESS
    assert "not a usable public key" in refused.err


# ------------------------------------------------------------------ which key signs


def redact(place: Place, *options: str) -> str:
    """Redacts, and says who signed."""
    done = place.run("redact", "in.pdf", "-o", "out.pdf", "--json", *options)
    assert done.code == ExitCode.OK, done.err
    signer: str = json.loads(done.out)["signer"]
    assert place.run("verify", "out.pdf").code == ExitCode.OK
    return signer


def test_a_locked_key_signs_once_it_is_opened(place: Place) -> None:
    key = new_key(place.work / "key", PASSPHRASE)
    locked = place.run("redact", "in.pdf", "-o", "out.pdf", "--key", "key")
    assert locked.code == ExitCode.FILE_ACCESS
    assert not (place.work / "out.pdf").exists()
    with descriptor(PASSPHRASE) as number:
        signer = redact(place, "--key", "key", "--passphrase-fd", number)
    assert signer == fingerprint(key.public_key())


@pytest.mark.skipif(SSH_AGENT is None, reason="ssh-agent is not installed")
def test_a_key_in_an_agent_signs(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public = new_key(place.work / "key").public_key()
    (place.work / "key.pub").write_text(public_line(public, "me"))
    with ssh_agent(place.work / "key") as path:
        monkeypatch.setenv(VARIABLE, path)
        (place.work / "key").unlink()
        for key in ("key.pub", f"agent:{fingerprint(public)}"):
            assert redact(place, "--key", key) == fingerprint(public)
        missing = place.run("redact", "in.pdf", "-o", "out.pdf", "--key", "agent:SHA256:AAAA")
    assert missing.code == ExitCode.FILE_ACCESS
    assert LINE_WITH_HINT.fullmatch(missing.err)


def test_a_token_adds_its_signature_but_does_not_seal(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public = token_key(KEY)
    (place.work / "token.pub").write_text(public_line(public))
    redact(place)
    with answering(token(KEY)) as path:
        monkeypatch.setenv(VARIABLE, path)
        refused = place.run("redact", "in.pdf", "-o", "new.pdf", "--key", "token.pub")
        added = place.run("keys", "sign", "out.pdf.report.json", "--key", "token.pub")
    assert refused.code == ExitCode.USAGE
    assert "keys sign" in refused.err
    assert added.code == ExitCode.OK, added.err
    own = load_key(place.config / "signing_key").public_key()
    lines = [f"office {public_line(own)}", f"boss {public_line(public)}"]
    (place.work / "allowed").write_text("\n".join(lines) + "\n")
    trusted = ("--allowed-signers", "allowed")
    verified = place.run("verify", "out.pdf", *trusted, "--signed-by", "boss")
    assert verified.code == ExitCode.OK, verified.err
    assert f"{fingerprint(public)}, boss" in verified.err
    (place.work / "allowed").write_text(lines[0] + "\n")
    assert place.run("verify", "out.pdf", *trusted).code == ExitCode.ANSWER_IS_NO


# ------------------------------------------------------------------ added signatures


def test_reviewers_sign_once_each_and_what_holds(place: Place) -> None:
    redact(place)
    for name in ("first", "second"):
        new_key(place.work / name)
        assert place.run("keys", "sign", "out.pdf.report.json", "--key", name).code == ExitCode.OK
    again = place.run("keys", "sign", "out.pdf.report.json", "--key", "first")
    assert again.code == ExitCode.USAGE
    assert "already" in again.err
    signatures = json.loads(place.run("verify", "out.pdf", "--json").out)["signatures"]
    keys = [load_key(place.config / "signing_key")]
    keys += [load_key(place.work / name) for name in ("first", "second")]
    assert [s["key"] for s in signatures] == [fingerprint(key.public_key()) for key in keys]
    report = place.work / "out.pdf.report.json"
    report.write_bytes(report.read_bytes() + b" ")
    refused = place.run("keys", "sign", "out.pdf.report.json", "--key", "second")
    assert refused.code == ExitCode.ANSWER_IS_NO
    assert "do not sign it" in refused.err


# ------------------------------------------------------------------ rotation


def test_the_users_own_key_is_replaced_and_followed(place: Place) -> None:
    old = load_key(place.config / "signing_key").public_key()
    (place.work / "allowed").write_text(f"office {public_line(old)}\n")
    rotated = place.run("keys", "rotate", "--json")
    assert rotated.code == ExitCode.OK, rotated.err
    said = json.loads(rotated.out)
    new = load_key(place.config / "signing_key").public_key()
    assert (said["old"], said["new"]) == (fingerprint(old), fingerprint(new))
    assert load_key(Path(said["retired"])).public_key() == old
    assert redact(place) == fingerprint(new)
    trusted = ("verify", "out.pdf", "--allowed-signers", "allowed")
    refused = place.run(*trusted)
    assert refused.code == ExitCode.ANSWER_IS_NO
    assert "not trusted" in refused.err
    followed = place.run(*trusted, "--rotation", said["statement"])
    assert followed.code == ExitCode.OK, followed.err
    assert f"office, named by {fingerprint(old)}" in followed.err


def test_a_new_key_of_ones_own_choice(place: Place) -> None:
    new_key(place.work / "old", PASSPHRASE)
    with descriptor(PASSPHRASE) as number, descriptor(b"another") as new_number:
        options = ("--passphrase-fd", number, "--new-passphrase-fd", new_number)
        done = place.run("keys", "rotate", "--key", "old", "-o", "new", *options)
    assert done.code == ExitCode.OK, done.err
    statement = place.work / "new.rotation.json"
    signature = statement.with_name(statement.name + ".sig")
    rotation = open_rotation(statement.read_bytes(), signature.read_bytes())
    assert rotation.old == load_key(place.work / "old", PASSPHRASE).public_key()
    assert rotation.new == load_key(place.work / "new", b"another").public_key()
    before = place.listing()
    with descriptor(PASSPHRASE) as number:
        options = ("--key", "old", "--passphrase-fd", number)
        assert place.run("keys", "rotate", "-o", "new", *options).code == ExitCode.FILE_ACCESS
    assert place.listing() == before


@pytest.mark.parametrize(
    "options",
    [("--key", "old"), ("-o", "new", "--to", "other"), ("--to", "other")],
    ids=["no place", "two places", "no place for the statement"],
)
def test_rotations_that_make_no_sense(place: Place, options: tuple[str, ...]) -> None:
    for name in ("old", "other"):
        new_key(place.work / name)
    before = place.listing()
    done = place.run("keys", "rotate", *options)
    assert done.code == ExitCode.USAGE
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert place.listing() == before


def test_a_rotation_that_cannot_be_signed_leaves_no_key(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.work / "token.pub").write_text(public_line(token_key(KEY)))
    (place.work / "key.pub").write_text(public_line(KEY.public_key()))
    before = place.listing()
    monkeypatch.delenv(VARIABLE, raising=False)
    assert place.run("keys", "rotate", "--key", "token.pub", "-o", "new").code == ExitCode.USAGE
    with answering(token(KEY)) as path:
        monkeypatch.setenv(VARIABLE, path)
        refused = place.run("keys", "rotate", "--key", "token.pub", "-o", "new")
        to_token = ("keys", "rotate", "--to", "token.pub", "--statement", "new.json")
        assert place.run(*to_token).code == ExitCode.USAGE
    assert refused.code == ExitCode.USAGE
    assert "envelope" in refused.err
    assert place.listing() == before


def test_a_signature_of_an_earlier_report_is_told(place: Place) -> None:
    redact(place)
    new_key(place.work / "reviewer")
    report = "out.pdf.report.json"
    assert place.run("keys", "sign", report, "--key", "reviewer").code == ExitCode.OK
    assert place.run("redact", "in.pdf", "-o", "out.pdf").code == ExitCode.OK
    done = place.run("verify", "out.pdf")
    assert done.code == ExitCode.ANSWER_IS_NO
    assert f"{report}.2.sig: the signature does not match" in done.err
    assert "earlier report" in done.err


# ------------------------------------------------------------------ removed values


def ask(place: Place, *values: str) -> dict[str, str]:
    """What `verify` says of each value."""
    (place.work / "values").write_text("\n".join(values))
    done = place.run("verify", "out.pdf", "--value-file", "values", "--json")
    checks = json.loads(done.out)["checks"]
    found = {c["name"]: c["detail"] for c in checks if c["name"].startswith("value ")}
    assert not any(value in done.out + done.err for value in values)
    return {value: found[f"value {number}"] for number, value in enumerate(values, start=1)}


def test_removed_values_are_told_from_others(place: Place) -> None:
    redact(place)
    values = ("john  SMITH", "212-09-7694", "212-09-7695", "is on file")
    assert ask(place, *values) == {
        "john  SMITH": "removed in 1 place; nowhere in the output",
        "212-09-7694": "removed in 1 place; nowhere in the output",
        "212-09-7695": "not among what was removed; nowhere in the output",
        "is on file": "not among what was removed; it stands in the output on page 1",
    }
    stands = place.run("verify", "out.pdf", "--value-file", "values")
    assert stands.code == ExitCode.ANSWER_IS_NO
    assert "did not pass: value 4" in stands.err


def test_the_key_can_be_kept_elsewhere(place: Place) -> None:
    redact(place)
    (key,) = (place.config / "job_keys").iterdir()
    key.rename(place.work / "kept")
    (place.work / "values").write_text("John Smith")
    options = ("verify", "out.pdf", "--value-file", "values")
    missing = place.run(*options)
    assert missing.code == ExitCode.FILE_ACCESS
    assert "no job key" in missing.err
    found = place.run(*options, "--job-key", "kept")
    assert found.code == ExitCode.OK
    assert "removed in 1 place" in found.err
    (place.work / "other").write_text("ab" * 32 + "\n")
    (place.work / "other").chmod(0o600)
    assert "not among what was removed" in place.run(*options, "--job-key", "other").err


def test_a_shredded_key_ties_nothing_any_more(place: Place) -> None:
    redact(place)
    assert "shredded" not in place.run("verify", "out.pdf").err
    assert place.run("keys", "shred", "out.pdf.report.json").code == ExitCode.OK
    assert [p.suffix for p in (place.config / "job_keys").iterdir()] == [".shredded"]
    assert "note the job's key was shredded on" in place.run("verify", "out.pdf").err
    (place.work / "values").write_text("John Smith")
    asked = place.run("verify", "out.pdf", "--value-file", "values")
    assert asked.code == ExitCode.ANSWER_IS_NO
    assert "no value can be tied to the report any more" in asked.err
    again = place.run("keys", "shred", "out.pdf.report.json")
    assert again.code == ExitCode.ANSWER_IS_NO


def test_nothing_else_is_shredded(place: Place) -> None:
    before = place.listing()
    for target in ("in.pdf", place.config / "signing_key", "nothing"):
        assert place.run("keys", "shred", target).code == ExitCode.FILE_ACCESS
    code, _ = at_a_terminal(place, [b"n"], "keys", "shred", "in.pdf")
    assert code == ExitCode.USAGE
    assert place.listing() == before
