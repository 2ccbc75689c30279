"""Signing through an SSH agent, which keeps the key to itself (draft-ietf-sshm-ssh-agent).

So keys work that are in no file: those of gpg-agent and of password managers, and keys in FIDO
tokens. A token cannot sign an envelope, though, for it never signs bytes as they are: DSSE has no
place for what it adds.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from redactor.errors import FileAccessError, ResourceLimit, UsageError
from redactor.sign.public import (
    HARDWARE_KEY_TYPE,
    AnyKey,
    HardwareKey,
    fingerprint,
    key_blob,
    parse_key_blob,
)
from redactor.sign.signer import Signature
from redactor.sign.ssh_signature import raw_signature, ssh_holds
from redactor.sign.wire import Wire, string

VARIABLE = "SSH_AUTH_SOCK"

_REQUEST_IDENTITIES, _IDENTITIES_ANSWER = 11, 12
_SIGN_REQUEST, _SIGN_RESPONSE = 13, 14
_MAX_MESSAGE = 256 * 1024  # of OpenSSH's own agent, either way
_PATIENCE = 120.0  # seconds: a person may have to confirm, or to find and touch the token


@dataclass(frozen=True, slots=True)
class AgentSigner:
    """Signs with a key of the agent at `path`."""

    path: str
    public_key: AnyKey

    def sign(self, payload: bytes) -> Signature:
        """Raises UsageError for the key of a token, ResourceLimit, FileAccessError."""
        refuse_hardware(self.public_key)
        value = raw_signature(self.public_key, self.ssh_sign(payload))
        return Signature(fingerprint(self.public_key), value)

    def ssh_sign(self, data: bytes) -> bytes:
        """Raises ResourceLimit where the agent cannot take it, FileAccessError if it will not."""
        request = string(key_blob(self.public_key)) + string(data) + bytes(4)
        if len(request) >= _MAX_MESSAGE:
            raise ResourceLimit(
                f"the report is too large for an SSH agent, which takes {_MAX_MESSAGE >> 10} KiB",
                "sign with a key file, and add the agent's signature with: redactor keys sign",
            )
        answer = _ask(self.path, _SIGN_REQUEST, request, _SIGN_RESPONSE)
        try:
            wire = Wire(answer)
            signature = wire.string()
            wire.end()
        except ValueError:
            raise _nonsense() from None
        if not ssh_holds(self.public_key, signature, data):
            raise _nonsense()
        return signature


def agent_signer(wanted: AnyKey | str) -> AgentSigner:
    """The signer for a key, or for the key with that fingerprint, of the user's agent.

    Raises UsageError where there is no agent, FileAccessError where it has no such key.
    """
    path = os.environ.get(VARIABLE, "")
    if not path:
        raise UsageError(f"there is no SSH agent: {VARIABLE} is not set", "start ssh-agent")
    name = wanted if isinstance(wanted, str) else fingerprint(wanted)
    for key in agent_keys(path):
        if fingerprint(key) == name:
            return AgentSigner(path, key)
    raise FileAccessError(
        f"the SSH agent has no Ed25519 key {name}", "see ssh-add -l, and add it with: ssh-add"
    )


def agent_keys(path: str) -> Iterator[AnyKey]:
    """The Ed25519 keys of the agent at `path`, those in tokens too. Raises FileAccessError."""
    wire = Wire(_ask(path, _REQUEST_IDENTITIES, b"", _IDENTITIES_ANSWER))
    try:
        for _ in range(wire.uint32()):
            blob, _comment = wire.string(), wire.string()
            try:
                yield parse_key_blob(blob)
            except ValueError:  # a key of another kind
                continue
    except ValueError:
        raise _nonsense() from None


def refuse_hardware(key: AnyKey) -> None:
    """Raises UsageError for a key in a token, which cannot sign an envelope."""
    if isinstance(key, HardwareKey):
        raise UsageError(
            f"a key of type {HARDWARE_KEY_TYPE} cannot sign a report's envelope",
            "sign with a key file, and add this one's signature with: redactor keys sign",
        )


def _ask(path: str, request: int, body: bytes, expected: int) -> bytes:
    """The body of the agent's answer to a request."""
    with _connected(path) as connection:
        connection.sendall(string(bytes([request]) + body))
        size = int.from_bytes(_received(connection, 4), "big")
        if not 0 < size <= _MAX_MESSAGE:
            raise _nonsense()
        kind, *_ = answer = _received(connection, size)
    if kind != expected:
        raise FileAccessError(
            "the SSH agent refused", "confirm the request, touch the token, or unlock the agent"
        )
    return answer[1:]


@contextmanager
def _connected(path: str) -> Iterator[socket.socket]:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_PATIENCE)
            connection.connect(path)
            yield connection
    except TimeoutError:
        raise FileAccessError("the SSH agent did not answer", "try again") from None
    except OSError as error:
        raise FileAccessError(
            f"cannot speak to the SSH agent: {(error.strerror or 'no usable path').lower()}",
            f"check {VARIABLE}, and that the agent runs",
        ) from None


def _received(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise _nonsense()
        data += more
    return data


def _nonsense() -> FileAccessError:
    return FileAccessError("the SSH agent gave no usable answer", f"check what {VARIABLE} leads to")
