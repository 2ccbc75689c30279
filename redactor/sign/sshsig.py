"""The signature beside an envelope: SSHSIG (OpenSSH, PROTOCOL.sshsig).

Anyone can check it with no software of ours:

    ssh-keygen -Y verify -f allowed_signers -I WHO -n redactor-report -s R.json.sig < R.json

What is read from a signature is hostile until it held: bad bytes of any kind end in AnswerIsNo,
and nothing read from them is ever quoted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from redactor.errors import AnswerIsNo
from redactor.sign.keys import PrivateKey
from redactor.sign.public import AnyKey, fingerprint, key_blob, parse_key_blob
from redactor.sign.signer import SshSigner, signer_of
from redactor.sign.ssh_signature import raw_signature, ssh_holds
from redactor.sign.wire import Wire, base64_of, bytes_of, string

NAMESPACE = "redactor-report"

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

    key: AnyKey
    namespace: bytes
    reserved: bytes
    hash_name: str
    signature: bytes


def ssh_sign(message: bytes, key: PrivateKey | SshSigner, namespace: str = NAMESPACE) -> str:
    """An armored SSHSIG over `message`: what `ssh-keygen -Y sign` writes."""
    if not namespace:
        raise ValueError("a signature's namespace is never empty")
    name, hash_name = namespace.encode(), _HASHES[0]
    signer = signer_of(key)
    signature = signer.ssh_sign(_ssh_signed_data(message, name, b"", hash_name))
    blob = b"".join(
        (
            _MAGIC,
            _VERSION.to_bytes(4, "big"),
            string(key_blob(signer.public_key)),
            string(name),
            string(b""),
            string(hash_name.encode()),
            string(signature),
        )
    )
    return _armor(blob)


def ssh_verify(
    message: bytes, armored: str | bytes, namespace: str, trusted: Sequence[AnyKey]
) -> AnyKey:
    """The trusted key that signed `message` in `namespace`. Raises AnswerIsNo if none did.

    `allowed_keys` says which keys of an allowed-signers file to trust; `[embedded_key(armored)]`
    asks only whether the signature holds, whoever made it.
    """
    found = _read_ssh_signature(armored)
    if found.namespace != namespace.encode():
        raise AnswerIsNo(f"the signature was not made for {namespace}")
    signed = _ssh_signed_data(message, found.namespace, found.reserved, found.hash_name)
    if not ssh_holds(found.key, found.signature, signed):
        raise AnswerIsNo("the signature does not match the report")
    if found.key not in trusted:
        raise AnswerIsNo(f"the signature is by {fingerprint(found.key)}, which is not trusted")
    return found.key


def embedded_key(armored: str | bytes) -> AnyKey:
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
    return _MAGIC + b"".join(map(string, parts))


def _armor(blob: bytes) -> str:
    text = base64_of(blob)
    lines = [text[at : at + _ARMOR_WIDTH] for at in range(0, len(text), _ARMOR_WIDTH)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


def _read_ssh_signature(armored: str | bytes) -> _SshSig:
    try:
        text = armored if isinstance(armored, str) else armored.decode("ascii")
        match = _ARMOR.fullmatch(text)
        if not match:
            raise ValueError("the armor is missing or damaged")
        return _parse_ssh_signature(bytes_of(match[1].replace("\n", "")))
    except UnicodeDecodeError:
        raise AnswerIsNo("this is not an SSH signature: it is not text") from None
    except ValueError as error:
        raise AnswerIsNo(f"this is not a usable SSH signature: {error}") from None


def _parse_ssh_signature(blob: bytes) -> _SshSig:
    wire = Wire(blob)
    if wire.take(len(_MAGIC)) != _MAGIC or wire.uint32() != _VERSION:
        raise ValueError("not SSHSIG version 1")
    key = parse_key_blob(wire.string())
    namespace, reserved = wire.string(), wire.string()
    hash_name = wire.string().decode("ascii", "replace")
    signature = wire.string()
    wire.end()
    if hash_name not in _HASHES:
        raise ValueError("the hash is neither SHA-512 nor SHA-256")
    raw_signature(key, signature)
    return _SshSig(key, namespace, reserved, hash_name, signature)
