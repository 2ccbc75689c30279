"""The key of one job, under which removed text becomes an HMAC that only its holder can tie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from pathlib import Path

from redactor.errors import AnswerIsNo, FileAccessError
from redactor.sign.files import make_private_folder, read_private_file, shred, write_new
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
    return default_key_path().parent / "job_keys" / f"{report_sha256}.key"


def new_job_key_path(report_sha256: str) -> Path:
    """The same, in a folder that is there."""
    path = job_key_path(report_sha256)
    make_private_folder(path.parent)
    return path


def read_hmac_key(path: Path) -> bytes:
    """The key in a job's key file. Raises FileAccessError, AnswerIsNo where it was shredded."""
    if when := shredded(path):
        raise AnswerIsNo(
            f"the job's key was shredded on {when}: no value can be tied to the report any more",
            "that is final",
        )
    data = read_private_file(path, "job key", "give the file with --job-key")
    try:
        key = bytes.fromhex(data.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _HMAC_KEY_BYTES:
        raise FileAccessError(f"{path} is not the key of a job", "give the key file of the report")
    return key


def shred_hmac_key(path: Path, when: str) -> None:
    """Destroys a job's key and leaves a note of the time, which tells no more than that.

    Raises FileAccessError, AnswerIsNo where that was done before.
    """
    read_hmac_key(path)  # so that nothing else is destroyed by mistake
    try:
        shred(path)
        write_new(_note(path), when.encode("ascii") + b"\n")
    except OSError as error:
        raise FileAccessError(
            f"cannot shred {path}: {error.strerror}", "check its permissions and its folder's"
        ) from None


def shredded(path: Path) -> str:
    """When the key at `path` was shredded, by the note of that; empty where it was not."""
    try:
        text = _note(path).read_bytes()[:64].decode("ascii", "replace").strip()
    except OSError:
        return ""
    return text if text.isprintable() and not path.exists() else ""


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".shredded")


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
