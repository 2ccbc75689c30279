"""The options that have the redacted PDF itself signed, and the time of that vouched for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from redactor import web
from redactor.cli import common, signing
from redactor.errors import UsageError
from redactor.provenance import moment_now
from redactor.sign.pdf_signer import PdfSigner, load_pdf_signer, require_pyhanko


@dataclass(frozen=True, slots=True)
class PdfKeyChoice:
    """The options as given."""

    pdf_key: Path | None
    pdf_cert: Path | None
    pdf_passphrase_fd: int | None
    timestamp_url: str | None

    @property
    def files(self) -> tuple[Path | None, ...]:
        """What is read, so that no output may take its place."""
        return self.pdf_key, self.pdf_cert

    def signer(self) -> PdfSigner | None:
        """What they mean; None where the PDF is not to be signed.

        Raises UsageError, MissingDependency, FileAccessError.
        """
        if self.pdf_key is None or self.pdf_cert is None:
            self._refuse_strays()
            return None
        require_pyhanko()
        server = None
        if self.timestamp_url is not None:
            server = web.server_url(
                self.timestamp_url, "--timestamp-url", "https://tsa.example.org/tsr"
            )
        load = partial(load_pdf_signer, self.pdf_key, self.pdf_cert, moment_now(), timestamp=server)
        return signing.unlocked(self.pdf_key, self.pdf_passphrase_fd, load)

    def _refuse_strays(self) -> None:
        given = {
            "--pdf-key": self.pdf_key,
            "--pdf-cert": self.pdf_cert,
            "--pdf-passphrase-fd": self.pdf_passphrase_fd,
            "--timestamp-url": self.timestamp_url,
        }
        if strays := [option for option, value in given.items() if value is not None]:
            raise UsageError(
                f"{strays[0]} alone signs no PDF", "give both --pdf-key and --pdf-cert"
            )


pdf_key_options = common.gathered(
    "choice_of_pdf_key",
    PdfKeyChoice,
    (
        click.option(
            "--pdf-key",
            type=common.FILE,
            help="P-256 key (PEM) that signs the PDF itself (PAdES); needs redactor[pades].",
        ),
        click.option(
            "--pdf-cert",
            type=common.FILE,
            help="Its certificate (PEM), and after it those above.",
        ),
        click.option(
            "--pdf-passphrase-fd",
            type=click.IntRange(min=0),
            help="File descriptor to read that key's passphrase from; else it is asked for.",
        ),
        click.option(
            "--timestamp-url",
            help="Time-stamp server (RFC 3161) to ask: it gets the signature's digest.",
        ),
    ),
)
