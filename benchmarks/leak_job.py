"""Redacts given places of a PDF by the real command, in this process."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

import yaml
from click.testing import CliRunner

from benchmarks.leak_pixels import Boxes, Corners
from redactor.cli.verbs import cli
from redactor.errors import ExitCode, RedactorError
from redactor.geometry import Box, PageFrame
from redactor.pdf.intake import take_in


@dataclass(frozen=True)
class Job:
    """A file, the places that must be emptied, and values that must go wherever they stand."""

    file: Path
    boxes: Boxes
    terms: tuple[str, ...] = ()
    password: str = ""


@dataclass(frozen=True)
class Done:
    """How the command ended: its exit code, the output if there is one, and the rebuilt pages."""

    code: int
    output: bytes | None = None
    rebuilt: tuple[int, ...] = ()
    said: str = ""


def by_area(job: Job, folder: Path) -> Done:
    """`redactor redact` under a policy with a rule for each place."""
    rules: list[dict[str, object]] = [
        {
            "id": f"place-{number}-{index}",
            "area": "all",
            "as": "PLACE",
            "pages": str(number),
            "region": [round(value, 2) for value in box.as_tuple()],
        }
        for number, boxes in _in_page_space(job).items()
        for index, box in enumerate(boxes)
    ]
    output = folder / "out.pdf"
    arguments = ["redact", str(job.file), "-o", str(output), *_options(job, folder, rules)]
    return _done(_run(arguments, folder), output)


def by_plan(job: Job, folder: Path) -> Done:
    """`redactor plan`, the places added to the plan as a person would, `redactor apply`."""
    plan, output = folder / "plan.json", folder / "out.pdf"
    options = _options(job, folder, [])
    code, said = _run(["plan", str(job.file), "-o", str(plan), *options], folder)
    if code:
        return Done(code, said=said)
    made = json.loads(plan.read_text())
    made["decisions"] += [
        _decision(f"p{number}-m{index}", number, box)
        for number, boxes in _in_page_space(job).items()
        for index, box in enumerate(boxes)
    ]
    plan.write_text(json.dumps(made))
    arguments = ["apply", str(plan), str(job.file), "-o", str(output), *_password(job, folder)]
    return _done(_run(arguments, folder), output)


def _decision(name: str, number: int, box: Box) -> dict[str, object]:
    return {
        "id": name,
        "page": number,
        "label": "PLACE",
        "boxes": [box.rounded().as_tuple()],
        "score": 1,
        "confidence": 1,
        "detector": "person",
        "action": "redact",
        "rule": "",
        "code": "",
        "reason": "drawn",
        "decided_by": "person",
    }


def _in_page_space(job: Job) -> dict[int, list[Box]]:
    frames = take_in(job.file, job.password).frames
    return {
        number: [_placed(frames[number - 1], corners) for corners in boxes]
        for number, boxes in job.boxes.items()
    }


def _placed(frame: PageFrame, corners: Corners) -> Box:
    return frame.to_page(Box(*corners)).clipped(*frame.size) or Box(0, 0, 1, 1)


def _options(job: Job, folder: Path, rules: list[dict[str, object]]) -> list[str]:
    policy = folder / "policy.yaml"
    policy.write_text(yaml.safe_dump({"redactor_policy": 1, "name": "places", "rules": rules}))
    terms = [argument for term in job.terms for argument in ("--term", term)]
    return ["-p", str(policy), *terms, *_password(job, folder)]


def _password(job: Job, folder: Path) -> list[str]:
    if not job.password:
        return []
    file = folder / "password"
    file.write_text(job.password)
    return ["--password-file", str(file)]


def _run(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The command's exit code, and what it said where it refused."""
    environment = {**os.environ, "REDACTOR_CONFIG_DIR": str(folder / "config")}
    result = CliRunner().invoke(cli, arguments, env=environment)
    if isinstance(result.exception, RedactorError):
        return int(result.exception.exit_code), str(result.exception)
    if result.exception is not None:
        return int(ExitCode.OTHER), f"{type(result.exception).__name__}: {result.output[-300:]}"
    return result.exit_code, ""


def _done(ended: tuple[int, str], output: Path) -> Done:
    code, said = ended
    if code or not output.exists():
        return Done(code, said=said)
    envelope = json.loads(output.with_name(output.name + ".report.json").read_bytes())
    pages = json.loads(base64.b64decode(envelope["payload"]))["predicate"]["pages"]
    rebuilt = tuple(page["number"] for page in pages if page["mode"] == "rebuilt")
    return Done(code, output.read_bytes(), rebuilt)
