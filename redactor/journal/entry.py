"""What a log says of one document: digests and an outcome, no name, no path, no text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, fields

from redactor.strict_json import canonical_json, strict_json

_DIGEST = re.compile("[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NO_ENTRY = "0" * 64
"""What the first entry has for the one before it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document's job.

    `outcome` is the exit code of a command that does just this (0: redacted). Digests are SHA-256
    in hex, of what was read, written and reported; "" where there is none.
    """

    time: str
    outcome: int
    input_sha256: str
    output_sha256: str = ""
    report_sha256: str = ""

    def __post_init__(self) -> None:
        if not _TIME.fullmatch(self.time):
            raise ValueError("time: must be UTC as in 2026-01-31T12:00:00Z")
        if not 0 <= self.outcome <= 255:
            raise ValueError("outcome: must be an exit code")
        for name in ("input_sha256", "output_sha256", "report_sha256"):
            digest = getattr(self, name)
            if digest and not _DIGEST.fullmatch(digest):
                raise ValueError(f"{name}: must be a SHA-256 in hex")


@dataclass(frozen=True, slots=True)
class Entry:
    """A job in its place: entries count from 0, `previous` is the SHA-256 of the line before."""

    number: int
    previous: str
    job: Job


def to_line(entry: Entry) -> bytes:
    """The entry as a line of canonical JSON, without its line end."""
    return canonical_json({"number": entry.number, "previous": entry.previous, **asdict(entry.job)})


def from_line(line: bytes) -> Entry:
    """The inverse of `to_line`. Raises ValueError unless the line is spelled just as that does."""
    data = strict_json(line)
    names = {field.name for field in fields(Job)}
    if not isinstance(data, dict) or data.keys() != {"number", "previous", *names}:
        raise ValueError("an entry has other keys")
    number, previous = data.pop("number"), data.pop("previous")
    texts = [previous, *(data[name] for name in names - {"outcome"})]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("an entry has a value of the wrong type")
    if type(number) is not int or type(data["outcome"]) is not int or number < 0:
        raise ValueError("an entry has a value of the wrong type")
    entry = Entry(number, previous, Job(**data))
    if to_line(entry) != line:
        raise ValueError("an entry is spelled in another way")
    return entry


def line_digest(line: bytes) -> str:
    """What the next entry says of this one."""
    return hashlib.sha256(line).hexdigest()
