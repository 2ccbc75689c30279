"""Who signs the redacted PDF itself: a P-256 key and the certificate that names its holder.

The signature is a PAdES one (ETSI EN 319 142-1, level B-B; B-T with a time stamp), beside that of
the report and for readers who look at nothing else. Making and checking it takes pyHanko, an
optional extra, which is imported only where a PDF is signed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey

from redactor.errors import FileAccessError, MissingDependency, UsageError
from redactor.report import PdfSignatureInfo
from redactor.sign.files import read_small_file
from redactor.sign.keys import KeyKind, read_key

MAX_TOKEN = 16 * 1024  # bytes of a time stamp with its certificates
_ROOM = 2 * 1024  # bytes of a signature less its certificates, generously
_FORM = "give a P-256 key in PEM form"
_KIND = KeyKind("key for PDFs", _FORM, _FORM, "--pdf-passphrase-fd")


@dataclass(frozen=True, slots=True)
class PdfSigner:
    """Signs PDFs; `certificates` are its own and then those above it.

    `timestamp` is the server (RFC 3161) that vouches for the time, where one is to.
    """

    key: EllipticCurvePrivateKey = field(repr=False)
    certificates: tuple[x509.Certificate, ...]
    timestamp: SplitResult | None = None

    @property
    def room(self) -> int:
        """How many bytes a signature has at most."""
        chain = sum(len(der(each)) for each in self.certificates)
        return _ROOM + chain + (MAX_TOKEN if self.timestamp else 0)

    def sign(self, digest: bytes) -> tuple[bytes, PdfSignatureInfo]:
        """A CMS signature (DER) over what has that SHA-256, and what to report on it.

        Raises MissingDependency without pyHanko, or where no time stamp is to be had.
        """
        require_pyhanko()
        from redactor.sign.cms import cms_signature

        return cms_signature(self, digest)


def require_pyhanko() -> None:
    """Raises MissingDependency where the extra is not installed. What it logs is not heard."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        import pyhanko.sign  # noqa: F401
    except ImportError:
        raise MissingDependency(
            "signatures in PDFs need pyHanko, which is not installed",
            'pip install "redactor[pades]"',
        ) from None


def load_pdf_signer(
    key_file: Path,
    certificate_file: Path,
    when: datetime,
    passphrase: bytes | None = None,
    timestamp: SplitResult | None = None,
) -> PdfSigner:
    """The signer for a PEM key and the PEM file of its certificate and those above it.

    Raises KeyLocked, FileAccessError, UsageError where key and certificate do not go together or
    the certificate cannot sign at `when`.
    """
    key = _load_key(key_file, passphrase)
    certificates = read_certificates(certificate_file)
    own = certificates[0]
    if not _is_of(own, key):
        raise UsageError(
            f"the first certificate in {certificate_file} is not that of the key {key_file}",
            "put the signer's certificate first, then those above it",
        )
    if not is_valid_at(own, when):
        raise UsageError(
            f"the certificate in {certificate_file} is not valid now: its time is"
            f" {own.not_valid_before_utc:%Y-%m-%d} to {own.not_valid_after_utc:%Y-%m-%d}",
            "get a new one",
        )
    if not _may_sign(own):
        raise UsageError(
            f"the certificate in {certificate_file} is not one to sign with",
            "its key usage must have digitalSignature or nonRepudiation",
        )
    return PdfSigner(key, certificates, timestamp)


def read_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file, in order, at least one. Raises FileAccessError."""
    data = read_small_file(path, "certificate", "give a PEM file")
    try:
        return tuple(x509.load_pem_x509_certificates(data))
    except ValueError:
        raise FileAccessError(
            f"{path} holds no usable certificate", "give a PEM file: BEGIN CERTIFICATE"
        ) from None


def certificate_digest(certificate: x509.Certificate) -> str:
    """SHA-256 of its DER form, in hex."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def is_valid_at(certificate: x509.Certificate, when: datetime) -> bool:
    """Whether a time, which knows its zone, is between the dates of a certificate."""
    return certificate.not_valid_before_utc <= when <= certificate.not_valid_after_utc


def der(certificate: x509.Certificate) -> bytes:
    """A certificate's bytes."""
    return certificate.public_bytes(serialization.Encoding.DER)


def is_among(digest: str, certificates: Sequence[x509.Certificate]) -> bool:
    """Whether one of the certificates has that SHA-256."""
    return any(certificate_digest(each) == digest for each in certificates)


def _load_key(path: Path, passphrase: bytes | None) -> EllipticCurvePrivateKey:
    key = read_key(path, passphrase, _KIND)
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise FileAccessError(f"the {_KIND.name} {path} is not a P-256 key", _KIND.form)
    return key


def _is_of(certificate: x509.Certificate, key: EllipticCurvePrivateKey) -> bool:
    try:
        return certificate.public_key() == key.public_key()
    except (ValueError, UnsupportedAlgorithm):  # a key of a kind that nobody knows
        return False


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key usage, if it states one, allows signatures (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:  # extensions that are no such thing
        return False
    return usage.digital_signature or usage.content_commitment
