"""The command line: verbs, and how every failure ends."""

from __future__ import annotations

import importlib.metadata
import logging
import signal
import sys
from types import FrameType
from typing import NoReturn

import click

from redactor.cli import apply, detect, keys, models, plan, policy, read, redact, verify
from redactor.errors import ExitCode, RedactorError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(importlib.metadata.version("redactor"), prog_name="redactor")
@click.option("--debug", is_flag=True, help="Log what is done to stderr. Never logs document text.")
def cli(debug: bool) -> None:
    """Redact PDFs, printed and handwritten, to the exact word; verify and sign the result."""
    if debug:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)


for module in (redact, plan, apply, verify, read, detect, policy, keys, models):
    cli.add_command(module.command)


def main() -> NoReturn:
    """Runs a command and exits with its documented code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        sys.exit(cli.main(standalone_mode=False) or ExitCode.OK)
    except RedactorError as error:
        _fail(str(error), error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        _fail(f"{error.format_message()} (see redactor --help)", ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted, nothing was written", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.OTHER)
    except MemoryError:
        _fail("out of memory (give the job more, or split the document)", ExitCode.RESOURCE_LIMIT)
    except Exception as error:
        # Only the kind: a message could quote the document.
        logging.getLogger(__name__).debug("unexpected %s", _where(error))
        _fail(
            f"unexpected {_where(error)}, nothing was written (this is a bug: please report it)",
            ExitCode.OTHER,
        )


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _where(error: BaseException) -> str:
    """The kind of an error and the line of code it came from."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place


def _fail(message: str, code: ExitCode) -> NoReturn:
    click.echo(f"redactor: {message}", err=True)
    sys.exit(code)
