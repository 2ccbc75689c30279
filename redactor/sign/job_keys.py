"""The key of one job, under which removed text becomes an HMAC that only its holder can tie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from pathlib import Path

from redactor.errors import FileAccessError
from redactor.sign.files import make_private_folder, write_new
from redactor.sign.keys import default_key_path

_HMAC_KEY_BYTES = 32


def job_hmac_key() -> bytes:
    """A fresh random key for one job; destroying it makes that job's HMACs meaningless."""
    return secrets.token_bytes(_HMAC_KEY_BYTES)


def text_hmac(key: bytes, text: str) -> str:
    """HMAC-SHA256 (RFC 2104) of removed text, as hex: the same text, the same value.

    The text is taken in NFKC, then case-folded, then with each run of white space as one space
    and none at the ends, as UTF-8. A plain digest would not do: all social security numbers can
    be tried in minutes.
    """
    if len(key) < _HMAC_KEY_BYTES:
        raise ValueError(f"the key has fewer than {_HMAC_KEY_BYTES} bytes")
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    # Broken fonts yield half surrogate pairs; an error would quote the text.
    return hmac.new(key, plain.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def job_key_path(report_sha256: str) -> Path:
    """Where the HMAC key of the job with that report (SHA-256 of its file, hex) is kept.

    With the signing key, not with the outputs: whoever is handed those must not get it too.
    """
    folder = default_key_path().parent / "job_keys"
    make_private_folder(folder)
    return folder / f"{report_sha256}.key"


def hmac_key_line(key: bytes) -> bytes:
    """What the file of a job's HMAC key holds: one line of hex."""
    return key.hex().encode("ascii") + b"\n"


def write_hmac_key(path: Path, key: bytes) -> None:
    """Writes the key as one line of hex to a new file of mode 0600; never overwrites."""
    try:
        write_new(path, hmac_key_line(key))
    except FileExistsError:
        raise FileAccessError(
            f"there is a file already: {path}", "move it away; keys are never overwritten"
        ) from None
    except OSError as error:
        raise FileAccessError(
            f"cannot write the key {path}: {error.strerror}",
            "check the folder's permissions and free space",
        ) from None
