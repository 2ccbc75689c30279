"""The files that a policy names, relative to its own: rosters of people, documents of its tests.

A policy's digest must be the same on every machine, so no absolute path enters it: a roster counts
by its bytes, a test's document by what the policy says.
"""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema

from redactor.errors import FileAccessError, ResourceLimit
from redactor.policy.values import problem

MAX_FILE_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Roster:
    """A file of known people: where it lies, and the SHA-256 (hex) that it had when loaded."""

    path: Path = field(compare=False)
    sha256: str

    def read(self) -> bytes:
        """The bytes that `sha256` is of. Raises FileAccessError, ResourceLimit."""
        data = read_bytes(self.path)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            hint = "let nobody write it meanwhile, and start anew"
            raise FileAccessError(f"{self.path} was changed since the policy was loaded", hint)
        return data


@dataclass(frozen=True, slots=True)
class Sample:
    """A document that a policy is tested on: as the policy names it, and where it lies."""

    name: str
    path: Path = field(compare=False)


def relative(value: str, folder: Path) -> Path:
    """The file that a policy in `folder` names. Raises ValueError unless it is named relatively."""
    if not value.strip() or "\0" in value or "\\" in value or Path(value).is_absolute():
        raise ValueError("not a relative path")
    return folder / value


def roster_at(path: Path) -> Roster:
    """The roster in that file. Raises FileAccessError, ResourceLimit."""
    return Roster(path.absolute(), hashlib.sha256(read_bytes(path)).hexdigest())


def read_bytes(path: Path) -> bytes:
    """A file that a policy names. Raises FileAccessError, ResourceLimit."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileAccessError(f"{path}: not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise FileAccessError(f"{path}: there is no such file") from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise FileAccessError(f"{path}: cannot be read: {reason}") from None
    if len(data) > MAX_FILE_BYTES:
        raise ResourceLimit(f"{path}: larger than {MAX_FILE_BYTES} bytes")
    return data


def _beside(value: Any, info: ValidationInfo) -> Path:
    """The path in the validation context's "folder", that of the policy file, or this one."""
    if not isinstance(value, str):
        raise problem("must be text (put it in quotes)")
    try:
        return relative(value, (info.context or {}).get("folder", Path()))
    except ValueError:
        raise problem("must be a path relative to this file") from None


def _roster(value: Any, info: ValidationInfo) -> Roster:
    if isinstance(value, Roster):
        return value
    path = _beside(value, info)
    try:
        return roster_at(path)
    except (FileAccessError, ResourceLimit) as error:
        raise problem(error.what.removeprefix(f"{path}: ")) from None


def _sample(value: Any, info: ValidationInfo) -> Sample:
    if isinstance(value, Sample):
        return value
    return Sample(value, _beside(value, info).absolute())


def _sha256(roster: Roster) -> dict[str, str]:
    return {"sha256": roster.sha256}


def _name(sample: Sample) -> str:
    return sample.name


_PATH = WithJsonSchema({"type": "string", "pattern": r"^[^/\\\x00][^\\\x00]*$"})
RosterFile = Annotated[Roster, PlainValidator(_roster), PlainSerializer(_sha256), _PATH]
SampleFile = Annotated[Sample, PlainValidator(_sample), PlainSerializer(_name), _PATH]
