"""Every way the tool says no: an exit code, one line of what and where, and what to do next.

The codes are part of the command line's contract (docs/architecture.md). No message may carry
text read from a user's document: a file name, a page number, a key of a policy, never content.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Process exit statuses; 0 is success and anything else leaves no output file."""

    OK = 0
    ANSWER_IS_NO = 1
    USAGE = 2
    MISSING_DEPENDENCY = 3
    VERIFICATION_FAILED = 4
    FILE_ACCESS = 5
    NOT_A_PDF = 6
    PERSON_MUST_DECIDE = 7
    ENCRYPTED = 8
    BAD_POLICY = 9
    RESOURCE_LIMIT = 10
    OTHER = 15
    INTERRUPTED = 130


class RedactorError(Exception):
    """Base of all expected failures.

    `what` says what is wrong and where, `hint` what to do about it; both are shown on one line.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.OTHER

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} ({self.hint})" if self.hint else self.what


class AnswerIsNo(RedactorError):
    """The question was answered, and the answer is no (a signature does not match, a leak)."""

    exit_code = ExitCode.ANSWER_IS_NO


class UsageError(RedactorError):
    """The command line asks for something that makes no sense."""

    exit_code = ExitCode.USAGE


class MissingDependency(RedactorError):
    """A model or library that the job needs is absent or damaged."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class VerificationFailed(RedactorError):
    """The output did not pass its own checks; it was discarded."""

    exit_code = ExitCode.VERIFICATION_FAILED


class FileAccessError(RedactorError):
    """A file cannot be read or written."""

    exit_code = ExitCode.FILE_ACCESS


class KeyLocked(FileAccessError):
    """A private key needs its passphrase."""


class NotAPdf(RedactorError):
    """The input is no PDF that can be processed."""

    exit_code = ExitCode.NOT_A_PDF


class PersonMustDecide(RedactorError):
    """The policy leaves findings to a person; a plan was written instead of a PDF."""

    exit_code = ExitCode.PERSON_MUST_DECIDE


class Encrypted(RedactorError):
    """The input needs a password, or the given one is wrong."""

    exit_code = ExitCode.ENCRYPTED


class BadPolicy(RedactorError):
    """A policy file is not valid."""

    exit_code = ExitCode.BAD_POLICY


class BadRoster(RedactorError):
    """A roster of known people is not valid: it is part of what a policy asks for."""

    exit_code = ExitCode.BAD_POLICY


class ResourceLimit(RedactorError):
    """The input is larger than the configured caps."""

    exit_code = ExitCode.RESOURCE_LIMIT


def exit_code(error: BaseException) -> ExitCode:
    """With what a command ends that is stopped by an error."""
    if isinstance(error, RedactorError):
        return error.exit_code
    return ExitCode.INTERRUPTED if isinstance(error, KeyboardInterrupt) else ExitCode.OTHER
