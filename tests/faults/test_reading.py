"""How reading ends by the command: endpoints and plug-ins that fail; what is said of one used."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from redactor.errors import ExitCode
from redactor.ocr import chat, recognizers
from tests.documents import page_image
from tests.endpoint import Answer, drips, hangs_up, says, sends, serving
from tests.faults.command import LINE_WITH_HINT, PAGE, SECRETS, Place
from tests.unit.ocr.test_recognizers import BAD, Fake

DOUBT = "redactor_policy: 1\nname: doubt\nextends: default\nsettings: {certain_confidence: 1}\n"


@pytest.fixture
def scan(place: Place) -> Place:
    """A place whose document has no text layer, with a policy by which no word is certain."""
    image = page_image(PAGE, width=240, height=90)
    with pymupdf.open() as document:
        page = document.new_page(width=240, height=90)
        height, width = image.pixels.shape[:2]
        pixmap = pymupdf.Pixmap(pymupdf.csRGB, width, height, image.pixels.tobytes(), False)
        page.insert_image(page.rect, pixmap=pixmap)
        place.document.write_bytes(document.tobytes())
    (place.work / "doubt.yaml").write_text(DOUBT)
    return place


def vlm(url: str) -> tuple[str, ...]:
    return "--mode", "vlm", "--vlm-url", url, "--vlm-model", "reader-1"


REDACT = ("redact", "in.pdf", "-o", "out.pdf", "-p", "doubt.yaml")


def statement(place: Place) -> Any:
    envelope = json.loads((place.work / "out.pdf.report.json").read_bytes())
    return json.loads(base64.b64decode(envelope["payload"]))["predicate"]


def test_an_endpoint_that_is_right_and_invents(
    scan: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its inventions are counted and change nothing; the report and the summary name it."""
    monkeypatch.setenv("REDACTOR_VLM_KEY", "sesame")
    assert scan.run(*REDACT).code == ExitCode.OK
    plain = (scan.work / "out.pdf").read_bytes()
    assert "vlm" not in statement(scan)["reading"]
    with serving(says("Patient: John Smith"), says("Nobody 000-00-0000 is on file.")) as endpoint:
        done = scan.run("--debug", *REDACT, *vlm(endpoint.url))
    assert done.code == ExitCode.OK, done.err
    assert len(endpoint.asked) == 2
    host = endpoint.url.split("/")[2]
    assert f"2 uncertain lines were sent to {host} (reader-1)" in done.err
    assert statement(scan)["reading"] == {
        "mode": "vlm",
        "engine": "paddle",
        "lexicon_weight": 0.65,
        "reread_below": 1.0,
        "dpi": 200,
        "vlm": {
            "host": host,
            "model": "reader-1",
            "lines_sent": 2,
            "accepted": 0,
            "rejected": 2,
            "malformed": 0,
        },
    }
    assert any(host in risk for risk in statement(scan)["residual_risks"])
    assert (scan.work / "out.pdf").read_bytes() == plain
    assert endpoint.asked[0].headers["Authorization"] == "Bearer sesame"
    assert "sesame" not in done.err
    assert not any(secret in done.err for secret in (*SECRETS, "Nobody"))


@pytest.mark.parametrize(
    "answer",
    [
        sends(b"", 302, Location="http://127.0.0.1:9/"),
        sends(b"", 500),
        sends(b"<"),
        hangs_up,
        drips,
    ],
    ids=["redirecting", "failing", "malformed", "silent", "slow"],
)
@pytest.mark.parametrize("verb", ["redact", "plan", "read"])
def test_an_endpoint_that_fails(
    scan: Place, answer: Answer, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat.ChatClient.__init__, "__defaults__", ((), 0.2, 0.01))
    monkeypatch.setattr("redactor.ocr.vlm._HOPELESS", 2)
    before = scan.listing()
    options = () if verb == "read" else ("-o", "out.pdf", "-p", "doubt.yaml")
    if verb == "read":
        monkeypatch.setattr("redactor.ocr.vlm.Rereader._is_doubtful", lambda *_: True)
    with serving(answer) as endpoint:
        done = scan.run(verb, "in.pdf", *options, *vlm(endpoint.url))
    assert done.code == ExitCode.MISSING_DEPENDENCY, done.err
    assert done.out == ""
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert scan.listing() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--mode", "vlm"), "--vlm-url"),
        (("--mode", "vlm", "--vlm-url", "http://127.0.0.1:9"), "--vlm-model"),
        (("--vlm-url", "http://127.0.0.1:9"), "--mode vlm"),
        (vlm("http://ocr.example.org/v1"), "vlm_hosts"),
        (vlm("127.0.0.1:8000"), "no URL"),
        (("--engine", "nosuch"), "paddle, tesseract"),
    ],
)
def test_options_that_make_no_sense(scan: Place, options: tuple[str, ...], said: str) -> None:
    before = scan.listing()
    done = scan.run(*REDACT, *options)
    assert done.code == ExitCode.USAGE
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert said in done.err
    assert scan.listing() == before


def test_a_plan_alone_sends_nothing(scan: Place) -> None:
    """Who carries out a plan of mode vlm says anew where pictures of lines may go."""
    with serving(says("Patient: John Smith")) as endpoint:
        make = ("plan", "in.pdf", "-o", "p.json", "-p", "doubt.yaml", *vlm(endpoint.url))
        assert scan.run(*make).code == ExitCode.OK
        n_asked = len(endpoint.asked)
        carry = ("apply", "p.json", "in.pdf", "-o", "out.pdf")
        for options in ((), ("--vlm-url", "http://127.0.0.1:9/v1")):
            refused = scan.run(*carry, *options)
            assert refused.code == ExitCode.USAGE
            assert LINE_WITH_HINT.fullmatch(refused.err)
        assert len(endpoint.asked) == n_asked
        (scan.work / "other.yaml").write_text(DOUBT.replace("doubt", "other"))
        other = scan.run(*carry, "--vlm-url", endpoint.url, "-p", "other.yaml")
        assert other.code == ExitCode.USAGE
        done = scan.run(*carry, "--vlm-url", endpoint.url, "-p", "doubt.yaml")
        assert done.code == ExitCode.OK, done.err
        assert len(endpoint.asked) == 2 * n_asked
    assert statement(scan)["reading"]["mode"] == "vlm"


def test_a_plan_of_another_mode_takes_no_endpoint(scan: Place) -> None:
    assert scan.run("plan", "in.pdf", "-o", "p.json", "--mode", "ocr").code == ExitCode.OK
    carry = ("apply", "p.json", "in.pdf", "-o", "out.pdf")
    refused = scan.run(*carry, "--vlm-url", "http://127.0.0.1:9/v1")
    assert refused.code == ExitCode.USAGE
    assert scan.run(*carry).code == ExitCode.OK
    assert statement(scan)["reading"]["mode"] == "ocr"


@pytest.mark.parametrize("case", ["raises", "off the right", "NaN"])
def test_a_plug_in_that_fails(scan: Place, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> Fake:
        fake = Fake(None)  # type: ignore[arg-type]
        fake.result = BAD[case][0]
        return fake

    monkeypatch.setattr(recognizers, "load", load)
    before = scan.listing()
    done = scan.run(*REDACT, "--engine", "fake")
    assert done.code == ExitCode.MISSING_DEPENDENCY, done.err
    assert LINE_WITH_HINT.fullmatch(done.err)
    assert "Zebulon" not in done.err
    assert scan.listing() == before


def test_the_key_file_is_not_overwritten(scan: Place) -> None:
    key = scan.work / "out.pdf"
    Path(key).write_text("sesame\n")
    done = scan.run(*REDACT, *vlm("http://127.0.0.1:9"), "--vlm-key-file", "out.pdf")
    assert done.code != ExitCode.OK
    assert key.read_text() == "sesame\n"
