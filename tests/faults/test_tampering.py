"""Every way we know to tamper with what was published: `redactor verify` catches each.

The verifier trusts two keys (--allowed-signers), the machine's and a reviewer's, who signed both.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest

from redactor.errors import ExitCode
from redactor.sign.envelope import PAYLOAD_TYPE, seal
from redactor.sign.keys import PrivateKey, load_key, new_key
from redactor.sign.public import fingerprint, public_line
from redactor.sign.rotation import sealed_rotation
from redactor.sign.signer import Ed25519Signer
from redactor.sign.sshsig import ssh_sign
from redactor.strict_json import canonical_json
from tests.documents import text_pdf
from tests.faults.command import LINE_WITH_HINT, PAGE, Place, make_place

Tamper = Callable[[Place], Sequence[str] | None]

TRUSTED = ("--allowed-signers", "allowed")
POLICY = "redactor_policy: 1\nname: mine\nrules: [{id: names, find: [PERSON, US_SSN]}]\n"
OUT, REPORT = "out.pdf", "out.pdf.report.json"
SIGNATURE, ADDED = f"{REPORT}.sig", f"{REPORT}.2.sig"

WAYS: dict[str, tuple[Tamper, str]] = {}


def way(words: str) -> Callable[[Tamper], Tamper]:
    """A way to tamper, with what the line that refuses it says. It may give other options."""

    def register(tamper: Tamper) -> Tamper:
        WAYS[tamper.__name__] = tamper, words
        return tamper

    return register


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = make_place(tmp_path_factory.mktemp("published"))
    (place.work / "policy.yaml").write_text(POLICY)
    (place.work / "second.pdf").write_bytes(text_pdf([*PAGE, (10.0, 80.0, "The end.")]))
    for source, output in (("in.pdf", OUT), ("second.pdf", "other.pdf")):
        done = place.run("redact", source, "-o", output, "-p", "policy.yaml")
        assert done.code == ExitCode.OK, done.err
    reviewer = new_key(place.config / "reviewer").public_key()
    signed = place.run("keys", "sign", REPORT, "--key", place.config / "reviewer")
    assert signed.code == ExitCode.OK, signed.err
    list_signers(place, machine=public_line(machine(place).public_key()))
    with (place.work / "allowed").open("a") as file:
        file.write(f"boss {public_line(reviewer)}\n")
    return place


@pytest.fixture
def copy(published: Place, tmp_path: Path) -> Place:
    shutil.copytree(published.work, tmp_path / "work")
    shutil.copytree(published.config, tmp_path / "config")
    return Place(tmp_path / "work", tmp_path / "config")


def machine(place: Place) -> PrivateKey:
    return load_key(place.config / "signing_key")


def list_signers(place: Place, **lines: str) -> None:
    (place.work / "allowed").write_text("".join(f"{who} {rest}\n" for who, rest in lines.items()))


def edit(place: Place, name: str, change: Callable[[bytes], bytes]) -> None:
    path = place.work / name
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before


def flip(data: bytes, at: float) -> bytes:
    index = int(len(data) * at)
    return data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :]


# ------------------------------------------------------------------ the PDF


@way("did not pass: output SHA-256")
def one_bit_of_the_pdf(place: Place) -> None:
    edit(place, OUT, lambda data: flip(data, 0.5))


@way("did not pass: output SHA-256")
def a_byte_after_its_end(place: Place) -> None:
    edit(place, OUT, lambda data: data + b"\n")


@way("did not pass: output SHA-256")
def cut_short(place: Place) -> None:
    edit(place, OUT, lambda data: data[: len(data) // 2])


@way("did not pass: output SHA-256")
def emptied(place: Place) -> None:
    edit(place, OUT, lambda _: b"")


@way("did not pass: output SHA-256")
def the_source_in_its_place(place: Place) -> None:
    shutil.copy(place.document, place.work / OUT)


@way("did not pass: output SHA-256")
def another_redacted_pdf(place: Place) -> None:
    shutil.copy(place.work / "other.pdf", place.work / OUT)


def resaved(place: Place, change: Callable[[pikepdf.Pdf], object]) -> None:
    with pikepdf.open(place.work / OUT, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(place.work / OUT, deterministic_id=True)


@way("did not pass: output SHA-256")
def saved_by_another_program(place: Place) -> None:
    resaved(place, lambda pdf: None)


@way("did not pass: output SHA-256, structure")
def a_title(place: Place) -> None:
    resaved(place, lambda pdf: pdf.docinfo.__setitem__("/Title", "John Smith"))


@way("did not pass: output SHA-256, structure")
def a_script(place: Place) -> None:
    script = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}
    resaved(place, lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(script)))


@way("did not pass: output SHA-256, structure")
def a_note(place: Place) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        note = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Text, "/Rect": [0, 0, 9, 9]}
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pikepdf.Dictionary(note)])

    resaved(place, change)


@way("did not pass: output SHA-256")
def a_page_more(place: Place) -> None:
    resaved(place, lambda pdf: pdf.pages.append(pdf.pages[0]))


@way("did not pass: output SHA-256, structure")
def a_second_revision(place: Place) -> None:
    with pymupdf.open(place.work / OUT) as document:
        document[0].insert_text((10, 80), "added")
        document.saveIncr()


@way("did not pass: output SHA-256")
def text_under_a_box(place: Place) -> None:
    data = io.BytesIO()
    with pymupdf.open(place.work / OUT) as document:
        document[0].insert_text((60, 30), "John Smith", overlay=False)
        document.save(data)
    edit(place, OUT, lambda _: data.getvalue())


# ------------------------------------------------------------------ the envelope


def envelope_of(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place.work / REPORT).read_bytes())
    return found


def statement_of(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.b64decode(envelope_of(place)["payload"]))
    return found


def put(place: Place, envelope: object) -> None:
    edit(place, REPORT, lambda _: canonical_json(envelope))


def restate(place: Place, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes what the report says, and leaves the signatures."""
    statement = statement_of(place)
    change(statement)
    payload = base64.b64encode(canonical_json(statement)).decode()
    put(place, {**envelope_of(place), "payload": payload})


NO_MATCH = "does not match the report"


@way(NO_MATCH)
def one_bit_of_the_envelope(place: Place) -> None:
    edit(place, REPORT, lambda data: flip(data, 0.3))


@way(NO_MATCH)
def spaces_in_the_envelope(place: Place) -> None:
    edit(place, REPORT, lambda data: json.dumps(json.loads(data), indent=1).encode())


@way(NO_MATCH)
def the_envelope_cut_short(place: Place) -> None:
    edit(place, REPORT, lambda data: data[:-20])


@way(NO_MATCH)
def an_empty_report(place: Place) -> None:
    edit(place, REPORT, lambda _: b"")


@way(NO_MATCH)
def a_report_without_an_envelope(place: Place) -> None:
    statement = statement_of(place)
    put(place, statement)


@way(NO_MATCH)
def another_payload_type(place: Place) -> None:
    put(place, {**envelope_of(place), "payloadType": "text/plain"})


@way(NO_MATCH)
def no_signatures_in_the_envelope(place: Place) -> None:
    put(place, {**envelope_of(place), "signatures": []})


@way(NO_MATCH)
def a_signature_more_in_the_envelope(place: Place) -> None:
    envelope = envelope_of(place)
    more = json.loads(
        seal(
            base64.b64decode(envelope["payload"]),
            PAYLOAD_TYPE,
            Ed25519Signer(PrivateKey.generate()),
        )
    )
    put(place, {**envelope, "signatures": envelope["signatures"] + more["signatures"]})


@way(NO_MATCH)
def another_key_id(place: Place) -> None:
    envelope = envelope_of(place)
    envelope["signatures"][0]["keyid"] = fingerprint(PrivateKey.generate().public_key())
    put(place, envelope)


@way(NO_MATCH)
def a_redaction_less(place: Place) -> None:
    restate(place, lambda statement: statement["predicate"]["redactions"].pop())


@way(NO_MATCH)
def a_box_moved(place: Place) -> None:
    def change(statement: dict[str, Any]) -> None:
        statement["predicate"]["redactions"][0]["box"] = [0.0, 0.0, 1.0, 1.0]

    restate(place, change)


@way(NO_MATCH)
def another_output_named(place: Place) -> None:
    other = hashlib.sha256((place.work / "other.pdf").read_bytes()).hexdigest()

    def change(statement: dict[str, Any]) -> None:
        statement["subject"][0]["digest"]["sha256"] = other

    shutil.copy(place.work / "other.pdf", place.work / OUT)
    restate(place, change)


@way(NO_MATCH)
def another_policy_named(place: Place) -> None:
    restate(place, lambda s: s["predicate"]["policy"].update(sha256="0" * 64))


@way(NO_MATCH)
def another_time(place: Place) -> None:
    restate(place, lambda s: s["predicate"].update(created="2020-01-01T00:00:00Z"))


@way(NO_MATCH)
def another_hmac(place: Place) -> None:
    restate(place, lambda s: s["predicate"]["redactions"][0].update(hmac="0" * 64))


@way(NO_MATCH)
def a_check_less(place: Place) -> None:
    restate(place, lambda statement: statement["predicate"]["checks"].pop())


@way("did not pass: output SHA-256")
def the_report_on_another_document(place: Place) -> None:
    (place.work / ADDED).unlink()
    for name in ("", ".sig"):
        shutil.copy(place.work / f"other.pdf.report.json{name}", place.work / f"{REPORT}{name}")


# ------------------------------------------------------------------ the signatures


def unarmored(data: bytes) -> bytes:
    return base64.b64decode(b"".join(data.split(b"\n")[1:-2]))


def armored(blob: bytes) -> bytes:
    begin, end = b"-----BEGIN SSH SIGNATURE-----\n", b"\n-----END SSH SIGNATURE-----\n"
    return begin + base64.b64encode(blob) + end


def sign_file(place: Place, name: str, key: PrivateKey, **options: str) -> None:
    signature = ssh_sign((place.work / REPORT).read_bytes(), key, **options)
    (place.work / name).write_text(signature)


@way(NO_MATCH)
def one_bit_of_the_signature(place: Place) -> None:
    edit(place, SIGNATURE, lambda data: armored(flip(unarmored(data), 0.99)))


@way("not trusted")
def the_signature_of_a_stranger(place: Place) -> None:
    sign_file(place, SIGNATURE, PrivateKey.generate())


@way(NO_MATCH)
def the_machines_key_in_a_strangers_signature(place: Place) -> None:
    sign_file(place, SIGNATURE, stranger := PrivateKey.generate())
    theirs, ours = (k.public_key().public_bytes_raw() for k in (stranger, machine(place)))
    edit(place, SIGNATURE, lambda data: armored(unarmored(data).replace(theirs, ours)))


@way("not a usable SSH signature")
def an_empty_signature(place: Place) -> None:
    edit(place, SIGNATURE, lambda _: b"")


@way("not a usable SSH signature")
def a_signature_cut_short(place: Place) -> None:
    edit(place, SIGNATURE, lambda data: data[:-40])


@way("not a usable SSH signature")
def a_signature_with_a_tail(place: Place) -> None:
    edit(place, SIGNATURE, lambda data: armored(unarmored(data) + b"\0"))


@way("not made for redactor-report")
def a_signature_for_another_purpose(place: Place) -> None:
    sign_file(place, SIGNATURE, machine(place), namespace="file")


@way(NO_MATCH)
def the_signature_of_another_report(place: Place) -> None:
    shutil.copy(place.work / "other.pdf.report.json.sig", place.work / SIGNATURE)


@way("no signature in the report's envelope is by a trusted key")
def the_reviewers_signature_as_the_machines(place: Place) -> None:
    shutil.copy(place.work / ADDED, place.work / SIGNATURE)


@way(NO_MATCH)
def one_bit_of_the_added_signature(place: Place) -> None:
    edit(place, ADDED, lambda data: armored(flip(unarmored(data), 0.99)))


@way("not a usable SSH signature")
def rubbish_for_an_added_signature(place: Place) -> None:
    (place.work / f"{REPORT}.3.sig").write_bytes(b"rubbish")


@way("not trusted")
def an_added_signature_by_a_stranger(place: Place) -> None:
    sign_file(place, f"{REPORT}.3.sig", PrivateKey.generate())


@way(NO_MATCH)
def an_added_signature_of_another_report(place: Place) -> None:
    signature = ssh_sign(b"another report", machine(place))
    (place.work / f"{REPORT}.3.sig").write_text(signature)


@way("did not pass: signed by boss")
def the_added_signature_taken_away(place: Place) -> Sequence[str]:
    (place.work / ADDED).unlink()
    return (*TRUSTED, "--signed-by", "boss")


def forge(place: Place) -> None:
    """Everything made anew and signed with a key of the forger's."""
    (place.work / ADDED).unlink()
    key = new_key(place.config / "forger")
    done = place.run("redact", "in.pdf", "-o", OUT, "--key", place.config / "forger")
    assert done.code == ExitCode.OK
    assert json.loads(place.run("verify", OUT, "--json").out)["signatures"][0]["key"] == (
        fingerprint(key.public_key())
    )


@way("not trusted")
def everything_signed_by_a_forger(place: Place) -> None:
    forge(place)


@way("not trusted")
def a_forger_who_claims_the_machines_key_id(place: Place) -> None:
    forge(place)
    envelope = envelope_of(place)
    envelope["signatures"][0]["keyid"] = fingerprint(machine(place).public_key())
    put(place, envelope)
    sign_file(place, SIGNATURE, load_key(place.config / "forger"))


# ------------------------------------------------------------------ what the verifier holds it to


@way("did not pass: source SHA-256")
def not_of_this_source(place: Place) -> Sequence[str]:
    return (*TRUSTED, "--source", "second.pdf")


@way("did not pass: policy SHA-256")
def not_under_this_policy(place: Place) -> Sequence[str]:
    edit(place, "policy.yaml", lambda data: data.replace(b", US_SSN", b""))
    return (*TRUSTED, "-p", "policy.yaml")


def line(place: Place, options: str) -> None:
    list_signers(place, machine=f"{options} {public_line(machine(place).public_key())}")
    (place.work / ADDED).unlink()


@way("not trusted to sign a report of")
def a_key_that_had_expired(place: Place) -> None:
    line(place, 'valid-before="20200101Z"')


@way("not trusted to sign a report of")
def a_key_that_was_not_yet_valid(place: Place) -> None:
    line(place, 'valid-after="29990101Z"')


@way("not trusted to sign a report of")
def a_key_for_another_purpose(place: Place) -> None:
    line(place, 'namespaces="file,git"')


def rotation(place: Place, old: PrivateKey) -> tuple[Path, Path]:
    """The report is signed by a new key that `old` has named."""
    forge(place)
    new = load_key(place.config / "forger")
    statement = sealed_rotation(Ed25519Signer(old), Ed25519Signer(new), "2021-01-01T00:00:00Z")
    paths = place.work / "rotation.json", place.work / "rotation.json.sig"
    for path, data in zip(paths, statement, strict=True):
        path.write_bytes(data)
    return paths


FOLLOWING = (*TRUSTED, "--rotation", "rotation.json")


@way("is not trusted to name a new key")
def a_forger_who_names_himself(place: Place) -> Sequence[str]:
    rotation(place, PrivateKey.generate())
    return FOLLOWING


@way("rotation.json: ")
def a_rotation_changed(place: Place) -> Sequence[str]:
    rotation(place, machine(place))
    edit(place, "rotation.json", lambda data: data.replace(b'"sig":"', b'"sig":"A'))
    return FOLLOWING


@way("rotation.json: ")
def the_report_for_a_rotation(place: Place) -> Sequence[str]:
    for end in ("", ".sig"):
        shutil.copy(place.work / f"{REPORT}{end}", place.work / f"rotation.json{end}")
    return FOLLOWING


@way("not trusted to sign a report of")
def the_old_key_after_its_rotation(place: Place) -> Sequence[str]:
    before = {name: (place.work / name).read_bytes() for name in (OUT, REPORT, SIGNATURE)}
    rotation(place, machine(place))
    for name, data in before.items():
        (place.work / name).write_bytes(data)
    return FOLLOWING


# ------------------------------------------------------------------ the tests


def test_there_are_ways_enough() -> None:
    assert len(WAYS) >= 30


def test_what_was_not_tampered_with_passes(copy: Place) -> None:
    options = ("--signed-by", "boss", "--source", "in.pdf", "-p", "policy.yaml")
    done = copy.run("verify", OUT, *TRUSTED, *options)
    assert done.code == ExitCode.OK, done.err
    rotation(copy, machine(copy))
    done = copy.run("verify", OUT, *FOLLOWING)
    assert done.code == ExitCode.OK, done.err


@pytest.mark.parametrize(("tamper", "words"), WAYS.values(), ids=WAYS)
def test_every_way_is_caught(copy: Place, tamper: Tamper, words: str) -> None:
    options = tamper(copy) or TRUSTED
    before = copy.listing()
    done = copy.run("verify", OUT, *options)
    assert done.code == ExitCode.ANSWER_IS_NO, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    *_, last = done.err.splitlines(keepends=True)
    assert LINE_WITH_HINT.fullmatch(last)
    assert words in last
    assert done.err.count("redactor: ") == 1
    assert copy.listing() == before


@pytest.mark.parametrize("name", [OUT, REPORT, SIGNATURE, ADDED])
def test_any_changed_byte_is_caught(copy: Place, name: str) -> None:
    data = (copy.work / name).read_bytes()
    ends = len(data.rstrip())  # an armor's last line end does not count
    chosen = random.Random(name)
    for _ in range(12):
        at, bit = chosen.randrange(ends), 1 << chosen.randrange(8)
        changed = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
        (copy.work / name).write_bytes(changed)
        done = copy.run("verify", OUT, *TRUSTED)
        assert done.code == ExitCode.ANSWER_IS_NO, (at, bit, done.err)
