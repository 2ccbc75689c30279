"""Redacts files that each hide a secret one way, and looks whether it survives.

    python -m benchmarks.leaks DIR [--write] [--only ID,ID] [--by area|plan]

DIR has cases.json and cases/ID.pdf. The real command is given the places where the secret stands:
as rules of a policy (area), or as boxes that a person drew (plan), and where a value also stands
elsewhere, the value itself (--term). With --write the figures go to benchmarks/results/leaks.json
and into the README's table.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import tables
from benchmarks.leak_checks import Secret, image_data, pages_with_public_text, survivors
from benchmarks.leak_job import Done, Job, by_area, by_plan
from benchmarks.leak_pixels import Boxes, areas_that_show, pages_that_differ
from redactor.errors import ExitCode

_RESULTS = tables.RESULTS / "leaks.json"
_SHARED = ("A10", "B15")  # what is redacted on page 1 must stay on page 2


@dataclass(frozen=True)
class Case:
    """One file and what must be gone from it. `boxes` in PDF user space, by page from 1."""

    id: str
    group: str
    file: Path
    boxes: Boxes
    tokens: tuple[str, ...]
    secret: Secret
    password: str
    keeps_public_text: bool


@dataclass(frozen=True)
class Figures:
    """How one case ended."""

    id: str
    group: str
    code: int
    survives: tuple[str, ...]
    rebuilt: tuple[int, ...]
    lost_public_text: bool


def cases(folder: Path) -> list[Case]:
    """The cases of a folder, in order."""
    return [_case(folder, entry) for entry in json.loads((folder / "cases.json").read_text())]


def _case(folder: Path, entry: dict) -> Case:  # type: ignore[type-arg]
    file = folder / "cases" / f"{entry['id']}.pdf"
    password = entry["password"] or ""
    images = image_data(file.read_bytes(), password) if entry["secret_blobs"] else ((), ())
    uniform = tuple((w, h, tuple(box)) for w, h, box in entry["uniform_images"])
    return Case(
        id=entry["id"],
        group=entry["group"],
        file=file,
        boxes={int(n): [tuple(box) for box in boxes] for n, boxes in entry["regions"].items()},
        tokens=tuple(entry["tokens"]),
        secret=Secret(tuple(entry["tokens"]), uniform, *images),
        password=password,
        keeps_public_text=entry["keeps_public_text"],
    )


def measure(case: Case, by: str = "area") -> Figures:
    """Redacts one file by the real command and looks at what comes out."""
    job = Job(case.file, case.boxes, _terms(case), case.password)
    with tempfile.TemporaryDirectory() as folder:
        done = {"area": by_area, "plan": by_plan}[by](job, Path(folder))
    if done.output is None:
        return Figures(case.id, case.group, done.code, (), (), False)
    source = case.file.read_bytes()
    found = survivors(done.output, case.secret)
    shows = areas_that_show(done.output, source, case.boxes, case.password)
    found += [f"what page {number} shows" for number in shows]
    lost = case.keeps_public_text and not _keeps(case, done, source)
    return Figures(case.id, case.group, done.code, tuple(found), done.rebuilt, lost)


def _keeps(case: Case, done: Done, source: bytes) -> bool:
    """Whether what is no secret is where it was, on pages that were not rebuilt."""
    output = done.output or b""
    public = pages_with_public_text(source, case.password) - set(done.rebuilt)
    others = [2] if case.id in _SHARED else []
    return public <= pages_with_public_text(output) and not pages_that_differ(
        output, source, others, case.password
    )


def _terms(case: Case) -> tuple[str, ...]:
    """A value that also stands where no region is must be named."""
    return case.tokens if case.id == "A28" else ()


def table(figures: list[Figures]) -> str:
    """Counts by group as a Markdown table."""
    header = ("group", "files", "survive", "refused", "lose public text", "rebuilt")
    groups = [*dict.fromkeys(f.group for f in figures), "**all**"]
    return tables.markdown(header, (_row(group, figures) for group in groups))


def _row(group: str, figures: list[Figures]) -> tuple[str, ...]:
    mine = [f for f in figures if group in (f.group, "**all**")]
    counts = (
        len(mine),
        sum(bool(f.survives) for f in mine),
        sum(f.code != ExitCode.OK for f in mine),
        sum(f.lost_public_text for f in mine),
        sum(bool(f.rebuilt) for f in mine),
    )
    return (group, *map(str, counts))


def _measure(task: tuple[Path, str, str]) -> Figures:
    folder, name, by = task
    return measure(next(case for case in cases(folder) if case.id == name), by)


def main() -> None:
    """Prints what went wrong and the table; with --write keeps it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--by", choices=["area", "plan"], default="area")
    given = parser.parse_args()
    entries = json.loads((given.folder / "cases.json").read_text())
    wanted = [e["id"] for e in entries if not given.only or e["id"] in given.only.split(",")]
    tasks = [(given.folder, name, given.by) for name in wanted]
    figures = []
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for one in pool.imap(_measure, tasks):
            figures.append(one)
            if one.survives or one.code or one.lost_public_text or one.rebuilt:
                sys.stdout.write(f"{one}\n")
                sys.stdout.flush()
    sys.stdout.write(table(figures) + "\n")
    if given.write:
        _RESULTS.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n")
        tables.write_between("leaks", table(figures))


if __name__ == "__main__":
    main()
