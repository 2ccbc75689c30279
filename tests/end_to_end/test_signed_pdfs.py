"""A PDF with a signature of its own: poppler and we accept it, and refuse one flipped bit."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from redactor.statement_schema import schema
from tests.certificates import certificate, p256, written
from tests.command import run
from tests.documents import text_pdf
from tests.endpoint import Endpoint, serving
from tests.responder import stamps

PAGE = [(10.0, 30.0, "Patient: John Smith"), (10.0, 60.0, "SSN 212-09-7694 is on file.")]


@dataclass(frozen=True)
class Signed:
    """A finished run of redactor with a key for PDFs, and a time-stamp server."""

    output: Path
    config: Path
    certificate: Path
    server: Endpoint
    stderr: str

    @property
    def signature(self) -> dict[str, Any]:
        """What the report says of it."""
        envelope = json.loads(self.output.with_name("out.pdf.report.json").read_bytes())
        statement = json.loads(base64.b64decode(envelope["payload"]))
        jsonschema.validate(statement, schema())
        found: dict[str, Any] = statement["predicate"]["pdf_signature"]
        return found


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    folder = tmp_path_factory.mktemp("signed")
    source, output, config = folder / "in.pdf", folder / "out.pdf", folder / "config"
    source.write_bytes(text_pdf(PAGE, width=240, height=90))
    key, own = written(folder, made := p256(), certificate(made))
    with serving(stamps()) as server:
        options = ("--mode", "ocr", "--pdf-key", key, "--pdf-cert", own)
        done = run(
            *("redact", source, "-o", output, *options, "--timestamp-url", server.url),
            config=config,
        )
        assert done.returncode == 0, done.stderr
        yield Signed(output, config, own, server, done.stderr)


def pdfsig(path: Path) -> str:
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig is not installed")
    return subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout


def flipped(signed: Signed, folder: Path) -> Path:
    """A copy with one bit of a word on the page turned, and its report."""
    data = signed.output.read_bytes()
    at = data.rindex(b"stream\n", 0, data.rindex(b"endstream")) + 20
    path = folder / "out.pdf"
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    for report in signed.output.parent.glob("out.pdf.report.json*"):
        shutil.copy(report, folder)
    return path


def test_poppler_judges_it(signed: Signed, tmp_path: Path) -> None:
    said = pdfsig(signed.output)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signer Certificate Common Name: Records Office" in said
    assert said.count("Signature #") == 1
    said = pdfsig(flipped(signed, tmp_path))
    assert "Digest Mismatch" in said
    assert "Signature is Valid." not in said


def test_we_judge_it(signed: Signed, tmp_path: Path) -> None:
    known = ("--pdf-cert", signed.certificate)
    done = run("verify", signed.output, *known, "--json", config=signed.config)
    assert done.returncode == 0, done.stderr
    found = {check["name"]: check["detail"] for check in json.loads(done.stdout)["checks"]}
    assert "holds over the whole file" in found["PDF signature"]
    assert found["PDF signer"] == "the certificate given"
    done = run("verify", flipped(signed, tmp_path), config=signed.config)
    assert done.returncode == 1
    assert re.search(r"FAIL PDF signature \(pyHanko\): it does not hold", done.stderr)
    assert "did not pass: output SHA-256, " in done.stderr


def test_the_report_tells_of_it(signed: Signed) -> None:
    stamp = signed.signature["timestamp"]
    assert stamp["authority"] == "CN=Time Office"
    assert f"time stamped by CN=Time Office at {stamp['time']}" in signed.stderr
    assert signed.signature["certificate"] in signed.stderr
    assert len(signed.server.asked) == 1
