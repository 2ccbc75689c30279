"""Keys, signatures and the envelope around a report.

A report is signed twice with one Ed25519 key (RFC 8032). The statement's bytes go into a DSSE
envelope (secure-systems-lab/dsse, protocol.md and envelope.md, v1.0), which in-toto tools read.
Beside the envelope lies an SSHSIG over the envelope's bytes (OpenSSH, PROTOCOL.sshsig), which
anyone can check with no software of ours:

    ssh-keygen -Y verify -f allowed_signers -I WHO -n redactor-report -s R.json.sig < R.json

What is read from an envelope or a signature is hostile until a signature held: bad bytes of any
kind end in AnswerIsNo, and nothing read from them is ever quoted.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from redactor.errors import AnswerIsNo, FileAccessError, UsageError
from redactor.strict_json import canonical_json, strict_json

PrivateKey = Ed25519PrivateKey
PublicKey = Ed25519PublicKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
NAMESPACE = "redactor-report"

_KEY_TYPE = "ssh-ed25519"
_KEY_TYPE_STARTS = ("ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-")
_MAX_KEY_FILE = 64 * 1024
_MAX_SIGNATURES = 64
_HMAC_KEY_BYTES = 32


# ---------------------------------------------------------------------------- private keys


def new_key(path: Path, passphrase: bytes | None = None) -> PrivateKey:
    """Makes a key and its file: OpenSSH format, mode 0600, missing folders 0700.

    Raises FileAccessError when anything is at `path` already; nothing is ever overwritten.
    """
    if passphrase == b"":
        raise UsageError("the passphrase for the new key is empty", "give one, or none at all")
    key = PrivateKey.generate()
    encryption = (
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption()
    )
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, encryption
    )
    try:
        _make_private_folder(path.parent)
        _write_new_whole(path, data)
    except FileExistsError:
        raise FileAccessError(
            f"there is a file already: {path}", "choose another path; keys are never overwritten"
        ) from None
    except OSError as error:
        raise FileAccessError(
            f"cannot write the key {path}: {error.strerror}",
            "check the folder's permissions and free space",
        ) from None
    return key


def load_key(path: Path, passphrase: bytes | None = None) -> PrivateKey:
    """Reads an Ed25519 private key in OpenSSH or PEM (PKCS #8) form.

    Raises FileAccessError when it is missing, readable by others, locked, or something else.
    """
    data = _read_private_file(path)
    openssh = data.lstrip().startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----")
    load = serialization.load_ssh_private_key if openssh else serialization.load_pem_private_key
    try:
        key = load(data, passphrase)
    except TypeError:  # cryptography's way to say that passphrase and key do not go together
        raise _passphrase_error(path, given=passphrase is not None) from None
    except (ValueError, UnsupportedAlgorithm):
        what = f"cannot read the signing key {path}: damaged, or not a private key"
        if passphrase is not None:
            what += ", or the passphrase is wrong"
        raise FileAccessError(what, "give an Ed25519 key in OpenSSH or PEM form") from None
    if not isinstance(key, PrivateKey):
        raise FileAccessError(
            f"the signing key {path} is not an Ed25519 key", "make one with: redactor keys new"
        )
    return key


def default_key_path() -> Path:
    """Where the key is that signs when the user names none.

    In $REDACTOR_CONFIG_DIR, or in `redactor` under $XDG_CONFIG_HOME or ~/.config. A relative
    $XDG_CONFIG_HOME is ignored (XDG Base Directory Specification, Basics).
    """
    if own := os.environ.get("REDACTOR_CONFIG_DIR"):
        return Path(own) / "signing_key"
    xdg = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    try:
        base = xdg if xdg.is_absolute() else Path.home() / ".config"
    except RuntimeError:
        raise FileAccessError(
            "there is no home folder to keep a signing key in", "set REDACTOR_CONFIG_DIR"
        ) from None
    return base / "redactor" / "signing_key"


def load_or_create_default_key() -> tuple[PrivateKey, bool]:
    """The user's own key, and whether it was made just now. Safe to call from many processes."""
    path = default_key_path()
    if not os.path.lexists(path):
        try:
            return new_key(path), True
        except FileAccessError:
            if not os.path.lexists(path):  # else another process made it meanwhile
                raise
    return load_key(path), False


def _passphrase_error(path: Path, *, given: bool) -> FileAccessError:
    if given:
        return FileAccessError(f"the signing key {path} has no passphrase", "give none")
    return FileAccessError(f"the signing key {path} needs a passphrase", "give its passphrase")


def _read_private_file(path: Path) -> bytes:
    """A small regular file that only its owner can read; checked on what was really opened."""
    try:
        # Not blocking: opening a named pipe would otherwise wait for a writer for ever.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise FileAccessError(
                    f"the signing key {path} is not a file", "give the path of a key file"
                )
            if stat.S_IMODE(mode) & 0o077:
                raise FileAccessError(
                    f"the signing key {path} is open to other users", f"chmod 600 {path}"
                )
            data = file.read(_MAX_KEY_FILE + 1)
    except FileNotFoundError:
        raise FileAccessError(
            f"there is no signing key {path}", "make one with: redactor keys new"
        ) from None
    except OSError as error:
        raise FileAccessError(
            f"cannot read the signing key {path}: {error.strerror}",
            "check the path and its permissions",
        ) from None
    if len(data) > _MAX_KEY_FILE:
        raise FileAccessError(
            f"the signing key {path} is too large to be a key", "give the path of a key file"
        )
    return data


def _make_private_folder(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def _write_new(path: Path, data: bytes) -> None:
    """Writes a file of mode 0600 that was not there before, whole or not at all."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(path, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write_new_whole(path: Path, data: bytes) -> None:
    """Like `_write_new`, but no other process ever sees the file half written.

    A hard link appears at once and, unlike a rename, never replaces anything.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write_new(draft, data)
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        _write_new(path, data)
    finally:
        draft.unlink()


# ---------------------------------------------------------------------------- public keys


def public_line(key: PublicKey, comment: str = "") -> str:
    """The key as a line of OpenSSH's: `ssh-ed25519 AAAA... comment`."""
    if not comment.isprintable():
        raise ValueError("a key's comment is one line of printable characters")
    return f"{_KEY_TYPE} {_base64(_key_blob(key))} {comment}".rstrip()


def fingerprint(key: PublicKey) -> str:
    """As `ssh-keygen -l` prints it: SHA256: and the unpadded base64 of the key's digest."""
    return "SHA256:" + _base64(hashlib.sha256(_key_blob(key)).digest()).rstrip("=")


def _key_blob(key: PublicKey) -> bytes:
    """The key in SSH's wire format (RFC 8709, 4)."""
    return _string(_KEY_TYPE.encode()) + _string(key.public_bytes_raw())


def _parse_key_blob(blob: bytes) -> PublicKey:
    """Raises ValueError when it is not an Ed25519 key."""
    wire = _Wire(blob)
    if wire.string() != _KEY_TYPE.encode():
        raise ValueError("not an Ed25519 key")
    key = PublicKey.from_public_bytes(wire.string())
    wire.end()
    return key


def _string(data: bytes) -> bytes:
    """A `string` of RFC 4251, 5: its length in four bytes, then itself."""
    return len(data).to_bytes(4, "big") + data


class _Wire:
    """Reads a blob of RFC 4251, 5 from the front. Raises ValueError where it does not fit."""

    def __init__(self, blob: bytes) -> None:
        self._rest = blob

    def take(self, count: int) -> bytes:
        if count > len(self._rest):
            raise ValueError("it ends too soon")
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def uint32(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        return self.take(self.uint32())

    def end(self) -> None:
        if self._rest:
            raise ValueError("there is more than expected")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unbase64(text: str) -> bytes:
    """Strict base64 (RFC 4648, 4): padded, and no second spelling of the same bytes (3.5).

    Raises ValueError.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):  # messages of ours, which quote nothing
        raise ValueError("not base64") from None
    if _base64(data) != text:
        raise ValueError("not base64 as it is written")
    return data


# ---------------------------------------------------------------------------- signers


@dataclass(frozen=True, slots=True)
class Signature:
    """The raw signature, and the SSH fingerprint of the key that made it."""

    keyid: str
    value: bytes


class Signer(Protocol):
    """Something that signs bytes: a key in a file, or a plug-in for a token or a service."""

    def sign(self, payload: bytes) -> Signature: ...


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Signs with a key in memory."""

    key: PrivateKey

    def sign(self, payload: bytes) -> Signature:
        return Signature(fingerprint(self.key.public_key()), self.key.sign(payload))


def _holds(key: PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


# ---------------------------------------------------------------------------- DSSE


def seal(payload: bytes, payload_type: str, signer: Signer) -> bytes:
    """A DSSE envelope around `payload`, as canonical JSON (envelope.md)."""
    signature = signer.sign(_pae(payload_type, payload))
    return canonical_json(
        {
            "payload": _base64(payload),
            "payloadType": payload_type,
            "signatures": [{"keyid": signature.keyid, "sig": _base64(signature.value)}],
        }
    )


def open_envelope(
    data: bytes, trusted: Sequence[PublicKey], payload_type: str = PAYLOAD_TYPE
) -> bytes:
    """The payload, once a signature by a trusted key held (protocol.md, Protocol).

    Raises AnswerIsNo otherwise, whatever is wrong. A signature's keyid is no part of what is
    signed and decides nothing: every signature is tried with every trusted key. Unknown keys of
    the JSON are ignored.
    """
    try:
        payload, found_type, signatures = _parse_envelope(data)
        signed = _pae(found_type, payload)
    except ValueError as error:
        raise AnswerIsNo(f"the report is not a signed envelope: {error}") from None
    if not any(_holds(key, signature, signed) for signature in signatures for key in trusted):
        raise AnswerIsNo("no signature in the report's envelope is by a trusted key")
    if found_type != payload_type:
        raise AnswerIsNo(f"the envelope's payload is not of type {payload_type}")
    return payload


def _pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's Pre-Authentication Encoding: what is signed (protocol.md, Signature Definition)."""
    try:
        kind = payload_type.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("its payloadType is not text") from None
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _parse_envelope(data: bytes) -> tuple[bytes, str, list[bytes]]:
    envelope = strict_json(data)
    if not isinstance(envelope, dict):
        raise ValueError("it is not a JSON object")
    payload_type, signatures = envelope.get("payloadType"), envelope.get("signatures")
    if not isinstance(payload_type, str):
        raise ValueError("it has no payloadType")
    if not isinstance(signatures, list) or not 0 < len(signatures) <= _MAX_SIGNATURES:
        raise ValueError(f"it has not between 1 and {_MAX_SIGNATURES} signatures")
    return (
        _either_base64(envelope.get("payload"), "payload"),
        payload_type,
        [_parse_signature(signature) for signature in signatures],
    )


def _parse_signature(signature: object) -> bytes:
    if not isinstance(signature, dict) or not isinstance(signature.get("keyid", ""), str):
        raise ValueError("a signature is malformed")
    return _either_base64(signature.get("sig"), "sig")


def _either_base64(value: object, name: str) -> bytes:
    """Standard or URL-safe base64: a verifier accepts either (protocol.md, Protocol)."""
    if not isinstance(value, str):
        raise ValueError(f"it has no {name}")
    if not set(value) & set("+/"):
        value = value.translate(str.maketrans("-_", "+/"))
    try:
        return _unbase64(value)
    except ValueError as error:
        raise ValueError(f"its {name} is {error}") from None


# ---------------------------------------------------------------------------- SSHSIG

_MAGIC = b"SSHSIG"
_VERSION = 1
_HASHES = ("sha512", "sha256")
_ARMOR = re.compile(
    r"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----[ \t\r\n]*"
)
_ARMOR_WIDTH = 70  # as ssh-keygen does; the specification asks for at most 76


@dataclass(frozen=True, slots=True)
class _SshSig:
    """The fields of a signature blob (PROTOCOL.sshsig, 2), parsed but not checked."""

    key: PublicKey
    namespace: bytes
    reserved: bytes
    hash_name: str
    signature: bytes


def ssh_sign(message: bytes, key: PrivateKey, namespace: str = NAMESPACE) -> str:
    """An armored SSHSIG over `message`: what `ssh-keygen -Y sign` writes."""
    if not namespace:
        raise ValueError("a signature's namespace is never empty")
    name, hash_name = namespace.encode(), _HASHES[0]
    signature = key.sign(_ssh_signed_data(message, name, b"", hash_name))
    blob = b"".join(
        (
            _MAGIC,
            _VERSION.to_bytes(4, "big"),
            _string(_key_blob(key.public_key())),
            _string(name),
            _string(b""),
            _string(hash_name.encode()),
            _string(_string(_KEY_TYPE.encode()) + _string(signature)),
        )
    )
    return _armor(blob)


def ssh_verify(
    message: bytes, armored: str | bytes, namespace: str, trusted: Sequence[PublicKey]
) -> PublicKey:
    """The trusted key that signed `message` in `namespace`. Raises AnswerIsNo if none did.

    `allowed_keys` says which keys of an allowed-signers file to trust; `[embedded_key(armored)]`
    asks only whether the signature holds, whoever made it.
    """
    found = _read_ssh_signature(armored)
    if found.namespace != namespace.encode():
        raise AnswerIsNo(f"the signature was not made for {namespace}")
    signed = _ssh_signed_data(message, found.namespace, found.reserved, found.hash_name)
    if not _holds(found.key, found.signature, signed):
        raise AnswerIsNo("the signature does not match the report")
    if found.key not in trusted:
        raise AnswerIsNo(f"the signature is by {fingerprint(found.key)}, which is not trusted")
    return found.key


def embedded_key(armored: str | bytes) -> PublicKey:
    """The key that the signature *says* made it; believe it only after `ssh_verify`.

    Raises AnswerIsNo when it is no signature.
    """
    return _read_ssh_signature(armored).key


def _ssh_signed_data(message: bytes, namespace: bytes, reserved: bytes, hash_name: str) -> bytes:
    """What is signed (PROTOCOL.sshsig, 3).

    The reserved field means nothing yet, but it is covered by the signature as found, so that
    nobody can add one later.
    """
    digest = hashlib.new(hash_name, message).digest()
    parts = (namespace, reserved, hash_name.encode(), digest)
    return _MAGIC + b"".join(map(_string, parts))


def _armor(blob: bytes) -> str:
    text = _base64(blob)
    lines = [text[at : at + _ARMOR_WIDTH] for at in range(0, len(text), _ARMOR_WIDTH)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


def _read_ssh_signature(armored: str | bytes) -> _SshSig:
    try:
        text = armored if isinstance(armored, str) else armored.decode("ascii")
        match = _ARMOR.fullmatch(text)
        if not match:
            raise ValueError("the armor is missing or damaged")
        return _parse_ssh_signature(_unbase64(match[1].replace("\n", "")))
    except UnicodeDecodeError:
        raise AnswerIsNo("this is not an SSH signature: it is not text") from None
    except ValueError as error:
        raise AnswerIsNo(f"this is not a usable SSH signature: {error}") from None


def _parse_ssh_signature(blob: bytes) -> _SshSig:
    wire = _Wire(blob)
    if wire.take(len(_MAGIC)) != _MAGIC or wire.uint32() != _VERSION:
        raise ValueError("not SSHSIG version 1")
    key = _parse_key_blob(wire.string())
    namespace, reserved = wire.string(), wire.string()
    hash_name = wire.string().decode("ascii", "replace")
    signature = _Wire(wire.string())
    wire.end()
    if hash_name not in _HASHES:
        raise ValueError("the hash is neither SHA-512 nor SHA-256")
    if signature.string() != _KEY_TYPE.encode():
        raise ValueError("not an Ed25519 signature")
    value = signature.string()
    signature.end()
    return _SshSig(key, namespace, reserved, hash_name, value)


# ---------------------------------------------------------------------------- allowed signers

_QUOTED = r'"(?:\\"|\\(?!")|[^"\\])*"'
_PRINCIPALS = re.compile(r'(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]\S*))(?:\s+|$)')
_OPTIONS = re.compile(rf'((?:{_QUOTED}|\\"|\\(?!")|[^\s"\\])+)\s+')
_OPTION = re.compile(rf"([A-Za-z-]+)(?:=({_QUOTED}))?(,(?=.)|$)")
_TIME = re.compile(r"([0-9]{8})([0-9]{4})?([0-9]{2})?(Z|UTC)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """A line of an allowed-signers file: whom the key stands for, for what and how long.

    `principals` and `namespaces` are patterns (ssh_config(5), PATTERNS); no namespaces is all.
    """

    principals: tuple[str, ...]
    key: PublicKey
    namespaces: tuple[str, ...] = ()
    valid_after: datetime | None = None
    valid_before: datetime | None = None

    def permits(self, namespace: str, when: datetime) -> bool:
        """Whether the key may sign in `namespace` at `when`, which knows its time zone."""
        return (
            (not self.namespaces or _matches(namespace, self.namespaces))
            and (self.valid_after is None or self.valid_after <= when)
            and (self.valid_before is None or when <= self.valid_before)
        )


def read_allowed_signers(path: Path) -> tuple[AllowedSigner, ...]:
    """The Ed25519 keys of an allowed-signers file (ssh-keygen(1), ALLOWED SIGNERS).

    Keys of other types are passed over, for no report is signed with one. Raises UsageError,
    naming the line, where the file is wrong or asks for a certificate authority.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileAccessError(
            f"cannot read {path}: {error.strerror}", "check the path and its permissions"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{path} is not an allowed-signers file: it is not text",
            "see ALLOWED SIGNERS in man ssh-keygen",
        ) from None
    signers: list[AllowedSigner] = []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            signers.extend(_parse_signer(line.strip()))
        except ValueError as error:
            raise UsageError(
                f"{path}, line {number}: {error}", "see ALLOWED SIGNERS in man ssh-keygen"
            ) from None
    return tuple(signers)


def allowed_keys(
    signers: Sequence[AllowedSigner], namespace: str = NAMESPACE, when: datetime | None = None
) -> tuple[PublicKey, ...]:
    """The keys that may sign in `namespace` at `when` (now)."""
    moment = when or datetime.now(UTC)
    return tuple(each.key for each in signers if each.permits(namespace, moment))


def principals_of(
    key: PublicKey,
    signers: Sequence[AllowedSigner],
    namespace: str = NAMESPACE,
    when: datetime | None = None,
) -> tuple[str, ...]:
    """Whom `key` stands for, as the file says it, where it may sign in `namespace` at `when`."""
    moment = when or datetime.now(UTC)
    mine = (each for each in signers if each.key == key and each.permits(namespace, moment))
    return tuple(dict.fromkeys(name for each in mine for name in each.principals))


def _parse_signer(line: str) -> Iterator[AllowedSigner]:
    if not line or line.startswith("#"):
        return
    who = _PRINCIPALS.match(line)
    if not who:
        raise ValueError("it does not start with a principal")
    rest, options = line[who.end() :], ""
    if not rest.startswith(_KEY_TYPE_STARTS):
        found = _OPTIONS.match(rest)
        if not found:
            raise ValueError("there is no key, or a quote is open")
        rest, options = rest[found.end() :], found[1]
    namespaces, after, before = _parse_options(options)
    kind, blob = (*rest.split(maxsplit=2), "", "")[:2]
    if not kind.startswith(_KEY_TYPE_STARTS):
        raise ValueError("there is no key")
    if kind == _KEY_TYPE:
        key = _parse_line_key(blob)
        principals = who["plain"] if who["quoted"] is None else who["quoted"]
        yield AllowedSigner(tuple(principals.split(",")), key, namespaces, after, before)


def _parse_line_key(blob: str) -> PublicKey:
    try:
        return _parse_key_blob(_unbase64(blob))
    except ValueError:
        raise ValueError("the key is damaged") from None


def _parse_options(text: str) -> tuple[tuple[str, ...], datetime | None, datetime | None]:
    options = dict(_split_options(text))
    namespaces = options.get("namespaces")
    after, before = options.get("valid-after"), options.get("valid-before")
    start = None if after is None else _parse_time(after)
    end = None if before is None else _parse_time(before)
    if start and end and end <= start:
        raise ValueError("valid-before is not after valid-after")
    return () if namespaces is None else tuple(namespaces.split(",")), start, end


def _split_options(text: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if not match:
            raise ValueError("the options are malformed; values stand in double quotes")
        name, quoted, at = match[1].lower(), match[2], match.end()
        if name == "cert-authority":
            raise ValueError("certificate authorities are not supported; list the keys themselves")
        if name not in ("namespaces", "valid-after", "valid-before") or quoted is None:
            raise ValueError("there is an option that allowed-signers files do not have")
        if name in seen:
            raise ValueError(f"{name} is there twice")
        seen.add(name)
        yield name, quoted[1:-1].replace('\\"', '"')


def _parse_time(text: str) -> datetime:
    """YYYYMMDD[HHMM[SS]], in local time unless a Z or UTC follows."""
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError("a time is not YYYYMMDD[HHMM[SS]][Z]")
    try:
        moment = datetime.strptime(
            match[1] + (match[2] or "0000") + (match[3] or "00"), "%Y%m%d%H%M%S"
        )
        return moment.replace(tzinfo=UTC) if match[4] else moment.astimezone()
    except (ValueError, OverflowError, OSError):
        raise ValueError("a time is not on the calendar") from None


def _matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern list takes `name` in (ssh_config(5), PATTERNS): `*`, `?`, `!` to veto."""
    hits = [p for p in patterns if re.fullmatch(_pattern(p.removeprefix("!")), name, re.DOTALL)]
    return bool(hits) and not any(p.startswith("!") for p in hits)


def _pattern(pattern: str) -> str:
    wild = {"*": ".*", "?": "."}
    return "".join(wild.get(c, re.escape(c)) for c in re.sub(r"\*+", "*", pattern))


# ---------------------------------------------------------------------------- removed text


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
    _make_private_folder(folder)
    return folder / f"{report_sha256}.key"


def hmac_key_line(key: bytes) -> bytes:
    """What the file of a job's HMAC key holds: one line of hex."""
    return key.hex().encode("ascii") + b"\n"


def write_hmac_key(path: Path, key: bytes) -> None:
    """Writes the key as one line of hex to a new file of mode 0600; never overwrites."""
    try:
        _write_new(path, hmac_key_line(key))
    except FileExistsError:
        raise FileAccessError(
            f"there is a file already: {path}", "move it away; keys are never overwritten"
        ) from None
    except OSError as error:
        raise FileAccessError(
            f"cannot write the key {path}: {error.strerror}",
            "check the folder's permissions and free space",
        ) from None
