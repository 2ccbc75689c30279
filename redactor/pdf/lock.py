"""Puts an output under a password, and takes it off again so that what is published is verified."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from redactor.errors import Encrypted


def locked(data: bytes, password: str) -> bytes:
    """The PDF under AES-256 (ISO 32000-2, 7.6.4.4), metadata and all; only the password opens it.

    Owner and user have the same: a PDF that opens, but asks programs to forbid this and that, keeps
    nothing from anybody.
    """
    out = io.BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password, R=6, aes=True, metadata=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        # Of PDF 2.0, which has this encryption: an older one would need a key for an extension.
        pdf.save(out, encryption=lock, min_version="2.0", fix_metadata_version=False)
    return out.getvalue()


def unlocked(path: Path, data: bytes, password: str) -> bytes:
    """The PDF without its encryption; as it is where it opens without a password, or not at all.

    Raises Encrypted, which names `path`, where a password is needed and this is not it.
    """
    if not needs_password(data):
        return data
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), password=password) as pdf:
            pdf.save(out, encryption=False, deterministic_id=True, fix_metadata_version=False)
    except pikepdf.PasswordError as error:
        what = "the password is wrong" if password else "is encrypted"
        raise Encrypted(f"{path}: {what}", "give the password with --password-file") from error
    return out.getvalue()


def needs_password(data: bytes) -> bool:
    """Whether QPDF does not open it without one."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True):
            return False
    except pikepdf.PasswordError:
        return True
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return False
