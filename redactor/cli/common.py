"""Options and output that several verbs share."""

from __future__ import annotations

import functools
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from redactor import worker
from redactor.errors import FileAccessError, ResourceLimit, UsageError, VerificationFailed
from redactor.journal.store import LogFiles
from redactor.modes import DEFAULT, Endpoint, Mode, ReadingSettings
from redactor.output.publish import check_target
from redactor.policy.files import roster_at
from redactor.policy.load import load
from redactor.policy.model import Policy, Rule
from redactor.policy.model import Settings as PolicySettings
from redactor.stages import Tick

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")

KEY_VARIABLE = "REDACTOR_VLM_KEY"
_LONGEST_PASSWORD = 127  # bytes (ISO 32000-2, 7.6.4.3.3)

# What cannot be read is said when it is opened, with the exit code for that.
KNOWN = "known"
"""The id and, in capitals, the code of the rule that --known adds."""

FILE = click.Path(readable=False, path_type=Path)

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
policy_option = click.option(
    "-p", "--policy", default="default", show_default=True, help="Policy: a name, or a YAML file."
)
password_option = click.option(
    "--password-file",
    type=FILE,
    help="File whose first line opens an encrypted PDF.",
)
encrypt_option = click.option(
    "--encrypt",
    "encrypt_file",
    type=FILE,
    help="Encrypt OUT.pdf (AES-256): file whose first line is to open it.",
)
log_option = click.option(
    "--log", type=FILE, help="Audit log that gets an entry (redactor log), made where it is not."
)
rebuild_option = click.option(
    "--rebuild",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Rebuild pages from their pixels: where needed, all, or none.",
)


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """The reading options as given."""

    mode: str
    engine: str
    vlm_url: str | None
    vlm_model: str | None
    vlm_key_file: Path | None
    model: Path | None

    def settings(self, policy: PolicySettings) -> ReadingSettings:
        """What they mean under a policy's settings. Raises UsageError."""
        mode = Mode(self.mode)
        given = {
            "--vlm-url": self.vlm_url,
            "--vlm-model": self.vlm_model,
            "--vlm-key-file": self.vlm_key_file,
        }
        if mode is Mode.VLM:
            for option in ("--vlm-url", "--vlm-model"):
                if not given[option]:
                    raise UsageError(f"--mode vlm needs {option}", "name the endpoint to ask")
        elif strays := [option for option, value in given.items() if value is not None]:
            raise UsageError(f"{strays[0]} belongs to --mode vlm", "add that, or leave it out")
        return ReadingSettings(
            mode,
            self.engine,
            endpoint(self.vlm_url, self.vlm_model, self.vlm_key_file),
            policy.vlm_hosts,
            policy.certain_confidence,
            self.model,
        )


def endpoint(url: str | None, model: str | None, key_file: Path | None) -> Endpoint | None:
    """The endpoint with its key, which is in the file, or else in the environment."""
    if not url or not model:
        return None
    key = first_line(key_file) if key_file else os.environ.get(KEY_VARIABLE, "")
    return Endpoint(url, model, key)


@dataclass(frozen=True, slots=True)
class JobChoice:
    """The options that say what is looked for in a document, and how, as given."""

    policy: str
    terms: tuple[str, ...] = field(repr=False)
    terms_file: Path | None
    known_file: Path | None
    pages: str | None
    password_file: Path | None
    reading: ReadingChoice

    @property
    def files(self) -> tuple[Path | str | None, ...]:
        """What is read, so that no output may take its place."""
        given = self.terms_file, self.known_file, self.password_file, self.reading.vlm_key_file
        return self.policy, *given

    def job(self) -> Job:
        """What they mean. Raises UsageError, BadPolicy, FileAccessError, BadRoster."""
        policy = with_known(load(self.policy), self.known_file)
        return Job(
            policy=policy,
            only=page_numbers(self.pages),
            terms=all_terms(self.terms, self.terms_file),
            password=password_from(self.password_file),
            reading=self.reading.settings(policy.settings),
        )


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be looked for in a document, and how."""

    policy: Policy
    only: frozenset[int] | None
    terms: tuple[str, ...] = field(repr=False)
    password: str = field(repr=False)
    reading: ReadingSettings


def gathered(
    name: str, kind: Callable[..., Any], options: Iterable[Callable[[Command], Command]]
) -> Callable[[Command], Command]:
    """Options that a command gets as one argument: `kind` of their values."""
    keys = [entry.name for entry in fields(kind)]  # type: ignore[arg-type]

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def gathering(**values: Any) -> Any:
            mine = {key: values.pop(key) for key in keys}
            return command(**values, **{name: kind(**mine)})

        decorated: Any = gathering
        for option in reversed(list(options)):
            decorated = option(decorated)
        return cast(Command, decorated)

    return decorate


def term_options(command: Command) -> Command:
    """--term, --terms and --known."""
    command = click.option(
        "--known", "known_file", type=FILE, help="Roster of people whose data is removed."
    )(command)
    command = click.option("--terms", "terms_file", type=FILE, help="File of terms, one a line.")(
        command
    )
    return click.option(
        "--term", "terms", multiple=True, help="Text to remove wherever it stands. Repeatable."
    )(command)


pages_option = click.option("--pages", help="Look for findings on these pages only: 1-3,7.")
vlm_url_option = click.option(
    "--vlm-url", help="OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1."
)
vlm_key_option = click.option(
    "--vlm-key-file",
    type=FILE,
    help=f"File whose first line is the endpoint's key; else it is taken from {KEY_VARIABLE}.",
)
model_option = click.option(
    "--model", type=FILE, help="Folder of a recognizer of your own (training/recognizer)."
)
reading_options = gathered(
    "reading",
    ReadingChoice,
    (
        click.option(
            "--mode",
            type=click.Choice([mode.value for mode in Mode]),
            default=DEFAULT.mode.value,
            show_default=True,
            help="Read print only (ocr), handwriting too (icr), or have a model on an endpoint "
            "read uncertain lines again (vlm).",
        ),
        click.option(
            "--engine", default=DEFAULT.engine, show_default=True, help="What reads the pixels."
        ),
        vlm_url_option,
        click.option("--vlm-model", help="The endpoint's model to ask."),
        vlm_key_option,
        model_option,
    ),
)
job_options = gathered(
    "choice",
    JobChoice,
    (policy_option, term_options, pages_option, password_option, reading_options),
)


def all_terms(terms: tuple[str, ...], terms_file: Path | None) -> tuple[str, ...]:
    """The terms given one by one and those in the file, without empty ones."""
    listed = read_text(terms_file).splitlines() if terms_file else []
    return tuple(term for term in (*terms, *listed) if term.strip())


def with_known(policy: Policy, roster: Path | None) -> Policy:
    """The policy with a rule of its own, before all others, for the people of a roster.

    So the roster enters the policy's digest like one that the policy itself names. Raises
    FileAccessError, ResourceLimit, UsageError.
    """
    if roster is None:
        return policy
    if any(rule.id == KNOWN for rule in policy.rules):
        raise UsageError(
            f'the policy has a rule "{KNOWN}" of its own', "leave --known out, or rename the rule"
        )
    rule = Rule.model_validate(
        {"id": KNOWN, "known": roster_at(roster), "as": "PERSON", "code": "KNOWN"}
    )
    return policy.model_copy(update={"rules": (rule, *policy.rules)})


def password_from(file: Path | None) -> str:
    """The first line of the password file, or nothing."""
    return first_line(file) if file else ""


def new_password_from(file: Path | None) -> str:
    """The password for an output, or nothing where it is not to be encrypted.

    Raises UsageError for one that programs may understand in different ways (RFC 4013).
    """
    if file is None:
        return ""
    password = first_line(file)
    if not password:
        raise UsageError(f"{file}: the first line is empty", "write a password there")
    is_plain = password.isprintable() and unicodedata.normalize("NFKC", password) == password
    if not is_plain or len(password.encode()) > _LONGEST_PASSWORD:
        raise UsageError(
            f"{file}: not a password that every program understands",
            f"use plain letters, digits and marks, {_LONGEST_PASSWORD} bytes at most",
        )
    return password


def first_line(file: Path) -> str:
    """The first line of a text file, without its end. Raises FileAccessError."""
    return read_text(file).split("\n", 1)[0].rstrip("\r")


def read_text(path: Path) -> str:
    """A text file in UTF-8. Raises FileAccessError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise FileAccessError(f"{path}: {reason}", "check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise FileAccessError(f"{path} is not UTF-8 text", "save it as UTF-8") from error


def standard_input() -> str:
    """What stands on stdin, UTF-8 text. Raises UsageError."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("stdin is not UTF-8 text", "convert it to UTF-8") from error


def page_numbers(pages: str | None) -> frozenset[int] | None:
    """ "1-3,7" as numbers; None for all pages. Raises UsageError."""
    if pages is None:
        return None
    numbers: set[int] = set()
    for part in pages.split(","):
        match = re.fullmatch(r"\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise UsageError(f"--pages {pages} is not a list of pages", "write it like 1-3,7")
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def check_outputs(outputs: Iterable[Path], *inputs: Path | str | None) -> None:
    """Refuses outputs that cannot be written or are an input. A policy is one if it is a path."""
    files = [Path(name) for name in inputs if name is not None and _is_path(name)]
    for output in outputs:
        check_target(output, *files)


def log_files(log: Path | None) -> tuple[Path, ...]:
    """The files of an audit log, where one is kept."""
    return LogFiles(log).all if log else ()


def _is_path(name: Path | str) -> bool:
    return isinstance(name, Path) or "/" in name or name.endswith((".yaml", ".yml"))


def carry_out(
    source: Path, job: Callable[[Tick], Result], show: Callable[[Result], object]
) -> None:
    """Does a job that writes files, and shows what was done.

    Once the files stand it has succeeded, even where nobody can be told, or nobody waits.
    """
    done: list[Result] = []
    try:
        with naming(source), progress() as tick:
            done.append(job(tick))
        show(done[0])
    except (Exception, KeyboardInterrupt):
        if not done:
            raise
        say_unshown()


def say_unshown() -> None:
    """That all went well but the telling; if even that cannot be said, then not."""
    with suppress(Exception, KeyboardInterrupt):
        say("redactor: the files are written, but what was done could not be shown")


@contextmanager
def naming(source: Path) -> Iterator[None]:
    """Has failures that speak of pages or checks only name the document, too."""
    worker.at(source)
    try:
        yield
    except (ResourceLimit, VerificationFailed) as error:
        if str(source) in error.what:
            raise
        raise type(error)(f"{source}: {error.what}", error.hint) from error


def say(message: str) -> None:
    """A line for people."""
    click.echo(message, err=True)


def printable(value: str) -> str:
    """The text with half surrogate pairs, which JSON can hold and UTF-8 cannot, escaped."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def print_json(value: Any) -> None:
    """A JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


@contextmanager
def progress() -> Iterator[Tick]:
    """A bar over pages on stderr, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task("opening", total=None)
        worker.step("opening")
        n_pages = 1

        def tick(stage: str, done: int, total: int) -> None:
            nonlocal n_pages
            n_pages = max(n_pages, total)
            if done < total == n_pages:
                worker.step(f"{stage} page {done + 1}")
            else:  # of all pages at once
                worker.step(stage if done < total else f"what follows {stage}", n_pages)
            bar.update(task, description=stage, completed=done, total=total)

        yield tick
