"""Commands that must be refused: what is asked, the exit code, and what the line must name."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf

from redactor.errors import ExitCode
from tests.documents import text_pdf
from tests.faults.command import PAGE, Place

Make = Callable[[Place], Sequence[str | Path]]
OUT = ("-o", "out.pdf")


@dataclass(frozen=True)
class Case:
    """A command, the code it must exit with, and what its line must name."""

    name: str
    make: Make
    code: ExitCode
    names: str


# Documents


def given(name: str, made: Callable[[], bytes]) -> Make:
    """`redact` on a file with those bytes."""

    def make(place: Place) -> Sequence[str]:
        (place.work / name).write_bytes(made())
        return ("redact", name, *OUT)

    return make


def asked(*arguments: str) -> Make:
    return lambda place: arguments


def tiny(width: float = 240, height: float = 90) -> bytes:
    return text_pdf(PAGE, width=width, height=height)


def picture() -> bytes:
    shot = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 8, 8))
    data: bytes = shot.tobytes("png")
    return data


def pages_pdf(count: int, size: tuple[float, float] = (100, 100)) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(count):
        pdf.add_blank_page().obj.MediaBox = pikepdf.Array([0, 0, *size])
    pdf.save(out)
    return out.getvalue()


def encrypted(user: str, owner: str = "owner") -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tiny())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
    return out.getvalue()


def drawing_itself() -> bytes:
    """A form XObject that draws itself."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(tiny())) as pdf:
        form = pdf.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox = pikepdf.Array([0, 0, 200, 100])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)
        pdf.pages[0].contents_add(b"/X Do")
        pdf.save(out)
    return out.getvalue()


def linked_to_itself(place: Place) -> Sequence[str]:
    (place.work / "loop.pdf").symlink_to("loop.pdf")
    return ("redact", "loop.pdf", *OUT)


def a_folder(place: Place) -> Sequence[str]:
    (place.work / "folder.pdf").mkdir()
    return ("redact", "folder.pdf", *OUT)


def wrong_password(place: Place) -> Sequence[str]:
    (place.work / "locked.pdf").write_bytes(encrypted("right"))
    (place.work / "password.txt").write_text("wrong\n")
    return ("redact", "locked.pdf", *OUT, "--password-file", "password.txt")


DOCUMENTS = (
    Case("missing", asked("redact", "no.pdf", *OUT), ExitCode.FILE_ACCESS, "no.pdf"),
    Case("folder", a_folder, ExitCode.FILE_ACCESS, "folder.pdf"),
    Case("link loop", linked_to_itself, ExitCode.FILE_ACCESS, "loop.pdf"),
    Case("text file", given("note.pdf", b"Dear John\n".__bytes__), ExitCode.NOT_A_PDF, "note.pdf"),
    Case("empty", given("empty.pdf", bytes), ExitCode.NOT_A_PDF, "empty.pdf"),
    Case("picture", given("scan.png", picture), ExitCode.NOT_A_PDF, "scan.png"),
    Case("header only", given("cut.pdf", b"%PDF-1.7\n".__bytes__), ExitCode.NOT_A_PDF, "cut.pdf"),
    Case("no pages", given("none.pdf", partial(pages_pdf, 0)), ExitCode.NOT_A_PDF, "none.pdf"),
    Case("a point", given("dot.pdf", partial(pages_pdf, 1, (1, 1))), ExitCode.NOT_A_PDF, "dot.pdf"),
    Case("draws itself", given("self.pdf", drawing_itself), ExitCode.NOT_A_PDF, "self.pdf"),
    Case(
        "locked", given("locked.pdf", partial(encrypted, "right")), ExitCode.ENCRYPTED, "locked.pdf"
    ),
    Case("wrong password", wrong_password, ExitCode.ENCRYPTED, "locked.pdf"),
    Case(
        "too many pages",
        given("long.pdf", partial(pages_pdf, 5001)),
        ExitCode.RESOURCE_LIMIT,
        "long.pdf",
    ),
    Case(
        "too many pixels",
        given("wide.pdf", partial(pages_pdf, 1, (14400, 14400))),
        ExitCode.RESOURCE_LIMIT,
        "wide.pdf",
    ),
)

# Options


def with_option(option: str, name: str, data: bytes | None, mode: int = 0o600) -> Make:
    """`redact` with an option that takes a file with those bytes (or none)."""

    def make(place: Place) -> Sequence[str]:
        if data is not None:
            (place.work / name).write_bytes(data)
            (place.work / name).chmod(mode)
        return ("redact", "in.pdf", *OUT, option, name)

    return make


def policy(text: str) -> Make:
    return with_option("-p", "own.yaml", text.encode())


def open_key(place: Place) -> Sequence[str]:
    shutil.copy(place.config / "signing_key", place.work / "open_key")
    (place.work / "open_key").chmod(0o640)
    return ("redact", "in.pdf", *OUT, "--key", "open_key")


def key_folder(place: Place) -> Sequence[str]:
    (place.work / "key_folder").mkdir()
    return ("redact", "in.pdf", *OUT, "--key", "key_folder")


def over_its_key(place: Place) -> Sequence[str]:
    shutil.copy(place.config / "signing_key", place.work / "own_key")
    return ("redact", "in.pdf", "-o", "own_key", "--key", "own_key")


def over_its_terms(place: Place) -> Sequence[str]:
    (place.work / "terms.txt").write_text("Smith\n")
    return ("redact", "in.pdf", "-o", "terms.txt", "--terms", "terms.txt")


def through_a_link(place: Place) -> Sequence[str]:
    (place.work / "link.pdf").symlink_to("in.pdf")
    return ("redact", "in.pdf", "-o", "link.pdf")


def into_a_folder(place: Place) -> Sequence[str]:
    (place.work / "folder").mkdir()
    return ("redact", "in.pdf", "-o", "folder")


HEAD = "redactor_policy: 1\nname: own\nextends: default\n"
OPTIONS = (
    Case("no policy", with_option("-p", "no.yaml", None), ExitCode.FILE_ACCESS, "no.yaml"),
    Case("unknown policy", asked("policy", "check", "nosuch"), ExitCode.BAD_POLICY, "nosuch"),
    Case("not YAML", policy("rules: [\n"), ExitCode.BAD_POLICY, "own.yaml"),
    Case("unknown key", policy(HEAD + "setings: {}\n"), ExitCode.BAD_POLICY, "own.yaml:4"),
    Case("bad value", policy(HEAD + "box: {pad: wide}\n"), ExitCode.BAD_POLICY, "own.yaml:4"),
    Case(
        "two mistakes",
        policy(HEAD + "setings: {}\nboxes: {}\n"),
        ExitCode.BAD_POLICY,
        "own.yaml:5",
    ),
    Case("no roster", policy(HEAD + "subject: no.csv\n"), ExitCode.BAD_POLICY, "own.yaml:4"),
    Case("in what", asked("policy", "explain", "--in", "in.pdf"), ExitCode.USAGE, "--in"),
    Case(
        "no such word",
        asked("policy", "explain", "--finding", "Zebra", "--in", "in.pdf"),
        ExitCode.ANSWER_IS_NO,
        "in.pdf",
    ),
    Case(
        "no such model",
        policy(HEAD + "settings: {ner: en_core_web_trf}\n"),
        ExitCode.MISSING_DEPENDENCY,
        "en_core_web_trf",
    ),
    *(
        Case(f"pages {p}", asked("redact", "in.pdf", *OUT, "--pages", p), ExitCode.USAGE, "--pages")
        for p in ("0", "3-1", "1,", "x", "-1", "1-2-3")
    ),
    Case(
        "pages beyond the end",
        asked("redact", "in.pdf", *OUT, "--pages", "9"),
        ExitCode.USAGE,
        "--pages",
    ),
    Case("unknown option", asked("redact", "in.pdf", "--frob"), ExitCode.USAGE, "--frob"),
    Case("unknown verb", asked("redakt", "in.pdf"), ExitCode.USAGE, "redakt"),
    Case("no -o", asked("redact", "in.pdf"), ExitCode.USAGE, "--output"),
    Case("no input", asked("redact"), ExitCode.USAGE, "IN"),
    Case(
        "unknown choice",
        asked("redact", "in.pdf", *OUT, "--rebuild", "some"),
        ExitCode.USAGE,
        "--rebuild",
    ),
    Case(
        "no password file", with_option("--password-file", "no.txt", None), ExitCode.FILE_ACCESS,
        "no.txt",
    ),
    Case("no terms", with_option("--terms", "no.txt", None), ExitCode.FILE_ACCESS, "no.txt"),
    Case("latin terms", with_option("--terms", "l1.txt", b"\xe9"), ExitCode.FILE_ACCESS, "l1.txt"),
    Case("no key", with_option("--key", "no_key", None), ExitCode.FILE_ACCESS, "no_key"),
    Case("damaged key", with_option("--key", "bad_key", b"key"), ExitCode.FILE_ACCESS, "bad_key"),
    Case("open key", open_key, ExitCode.FILE_ACCESS, "open_key"),
    Case(
        "key folder", key_folder, ExitCode.FILE_ACCESS, "key_folder",
    ),
    Case("over its input", asked("redact", "in.pdf", "-o", "in.pdf"), ExitCode.USAGE, "in.pdf"),
    Case("through a link", through_a_link, ExitCode.USAGE, "link.pdf"),
    Case(
        "over its key", over_its_key, ExitCode.USAGE, "own_key",
    ),
    Case(
        "over its terms", over_its_terms, ExitCode.USAGE, "terms.txt",
    ),
    Case("into a folder", into_a_folder, ExitCode.FILE_ACCESS, "folder"),
    Case(
        "no folder", asked("redact", "in.pdf", "-o", "no/out.pdf"), ExitCode.FILE_ACCESS, "no"
    ),
    Case(
        "below a file", asked("redact", "in.pdf", "-o", "in.pdf/out.pdf"), ExitCode.FILE_ACCESS,
        "in.pdf",
    ),
    Case(
        "name too long", asked("redact", "in.pdf", "-o", "x" * 300), ExitCode.FILE_ACCESS, "xxx",
    ),
    Case(
        "report name too long", asked("redact", "in.pdf", "-o", "x" * 250), ExitCode.FILE_ACCESS,
        "xxx",
    ),
)  # fmt: skip

# Plans

Change = Callable[[dict[str, Any]], object]


def a_plan() -> dict[str, Any]:
    """A plan for another file, complete and decided."""
    return {
        "redactor_plan": 1,
        "source": {"sha256": "0" * 64},
        "policy": {
            "name": "default",
            "sha256": "0" * 64,
            "resolved": {"settings": [], "rules": [], "never": 0, "always": 0, "subject": False},
        },
        "job": {"terms": 0, "pages": []},
        "models": [],
        "box": {"pad": 0.25, "quantize_pt": 0, "show_code": True},
        "certain_confidence": 0.5,
        "reading": {"mode": "icr", "engine": "paddle", "reread_below": 0.5},
        "document": {"keep": [], "title": "", "language": "", "refused": []},
        "decisions": [
            {
                "id": "p1-f1",
                "page": 1,
                "label": "PERSON",
                "boxes": [[10, 20, 60, 34]],
                "score": 0.9,
                "confidence": 0.9,
                "detector": "entities",
                "action": "redact",
                "rule": "names",
                "code": "NAME",
                "reason": "",
                "decided_by": "policy",
            }
        ],
    }


def plan(change: Change, *, own: bool = True) -> Make:
    """`apply` with a plan for the document (or another one), changed."""

    def make(place: Place) -> Sequence[str]:
        data = a_plan()
        if own:
            data["source"]["sha256"] = sha256(place.document.read_bytes()).hexdigest()
        change(data)
        (place.work / "plan.json").write_text(json.dumps(data))
        return ("apply", "plan.json", "in.pdf", *OUT)

    return make


def plan_text(text: str) -> Make:
    def make(place: Place) -> Sequence[str]:
        (place.work / "plan.json").write_text(text)
        return ("apply", "plan.json", "in.pdf", *OUT)

    return make


def decision(**changes: object) -> Change:
    return lambda data: data["decisions"][0].update(changes)


def box(**changes: object) -> Change:
    return lambda data: data["box"].update(changes)


PLANS = (
    Case("no plan", asked("apply", "no.json", "in.pdf", *OUT), ExitCode.FILE_ACCESS, "no.json"),
    Case(
        "another file", plan(lambda data: None, own=False), ExitCode.USAGE, "in.pdf"
    ),
    Case("to review", plan(decision(action="review")), ExitCode.PERSON_MUST_DECIDE, "plan.json"),
    Case("not JSON", plan_text("{"), ExitCode.USAGE, "plan.json"),
    Case("a list", plan_text("[]"), ExitCode.USAGE, "plan.json"),
    Case("a number", plan_text("1"), ExitCode.USAGE, "plan.json"),
    Case("empty plan", plan_text(""), ExitCode.USAGE, "plan.json"),
    Case("no box", plan(lambda data: data.pop("box")), ExitCode.USAGE, "box is missing"),
    Case("no document", plan(lambda d: d.pop("document")), ExitCode.USAGE, "document is missing"),
    Case(
        "no language",
        plan(lambda data: data["document"].update(language="of the people")),
        ExitCode.USAGE,
        "plan.json",
    ),
    Case("unknown action", plan(decision(action="burn")), ExitCode.USAGE, "plan.json"),
    Case("a score in words", plan(decision(score="high")), ExitCode.USAGE, "plan.json"),
    Case("swapped corners", plan(decision(boxes=[[9, 9, 1, 1]])), ExitCode.USAGE, "plan.json"),
    Case(
        "page 9 of 1", plan(decision(page=9)), ExitCode.USAGE, "plan.json"
    ),
    Case(
        "page 9 of 1 kept", plan(decision(page=9, action="keep")), ExitCode.USAGE, "plan.json",
    ),
    Case(
        "enormous number", plan(decision(page=10**400)), ExitCode.USAGE, "plan.json",
    ),
    Case(
        "nested too deep", plan_text("[" * 100_000), ExitCode.USAGE, "plan.json",
    ),
    Case(
        "negative pad", plan(box(pad=-50)), ExitCode.USAGE, "plan.json"
    ),
    Case(
        "box off the page", plan(decision(boxes=[[900, 900, 910, 910]])), ExitCode.USAGE,
        "plan.json",
    ),
    Case(
        "no boxes", plan(decision(boxes=[])), ExitCode.USAGE,
        "plan.json",
    ),
)  # fmt: skip

CASES = (*DOCUMENTS, *OPTIONS, *PLANS)
