"""Options and output that several verbs share."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from redactor import sign
from redactor.errors import FileAccessError, ResourceLimit, UsageError, VerificationFailed
from redactor.output.publish import check_target
from redactor.pipeline import Tick

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")

# What cannot be read is said when it is opened, with the exit code for that.
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
key_option = click.option("--key", "key_file", type=FILE, help="Ed25519 key that signs the report.")
rebuild_option = click.option(
    "--rebuild",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Rebuild pages from their pixels: where needed, all, or none.",
)


def term_options(command: Command) -> Command:
    """--term and --terms."""
    command = click.option("--terms", "terms_file", type=FILE, help="File of terms, one a line.")(
        command
    )
    return click.option(
        "--term", "terms", multiple=True, help="Text to remove wherever it stands. Repeatable."
    )(command)


def pages_option(command: Command) -> Command:
    """--pages."""
    return click.option("--pages", help="Look for findings on these pages only: 1-3,7.")(command)


def all_terms(terms: tuple[str, ...], terms_file: Path | None) -> tuple[str, ...]:
    """The terms given one by one and those in the file, without empty ones."""
    listed = read_text(terms_file).splitlines() if terms_file else []
    return tuple(term for term in (*terms, *listed) if term.strip())


def password_from(file: Path | None) -> str:
    """The first line of the password file, or nothing."""
    return read_text(file).split("\n", 1)[0].rstrip("\r") if file else ""


def read_text(path: Path) -> str:
    """A text file in UTF-8. Raises FileAccessError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise FileAccessError(f"{path}: {reason}", "check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise FileAccessError(f"{path} is not UTF-8 text", "save it as UTF-8") from error


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


def signing_key(key_file: Path | None) -> sign.PrivateKey:
    """The key in the file, or the user's own, made now if there is none (which is said)."""
    if key_file:
        return sign.load_key(key_file)
    key, created = sign.load_or_create_default_key()
    if created:
        say(f"made a signing key for you: {sign.default_key_path()} (keep it, and back it up)")
    return key


def check_outputs(outputs: Iterable[Path], *inputs: Path | str | None) -> None:
    """Refuses outputs that cannot be written or are an input. A policy is one if it is a path."""
    files = [Path(name) for name in inputs if name is not None and _is_path(name)]
    for output in outputs:
        check_target(output, *files)


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
    try:
        yield
    except (ResourceLimit, VerificationFailed) as error:
        if str(source) in error.what:
            raise
        raise type(error)(f"{source}: {error.what}", error.hint) from error


def say(message: str) -> None:
    """A line for people."""
    click.echo(message, err=True)


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

        def tick(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield tick
