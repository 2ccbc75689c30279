"""Keys, messages and signatures that the tests of signing share."""

from __future__ import annotations

import shutil
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redactor.sign.envelope import PAYLOAD_TYPE, seal
from redactor.sign.keys import PrivateKey
from redactor.sign.public import public_line
from redactor.sign.signer import Ed25519Signer
from redactor.sign.sshsig import ssh_sign

SSH_KEYGEN = shutil.which("ssh-keygen")
needs_ssh_keygen = pytest.mark.skipif(SSH_KEYGEN is None, reason="ssh-keygen is not installed")

# The keys of RFC 8032, 7.1, tests 1 and 2.
KEY = PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
OTHER = PrivateKey.from_private_bytes(
    bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
)
PUBLIC, OTHER_PUBLIC = KEY.public_key(), OTHER.public_key()
PAYLOAD = b'{"_type":"https://in-toto.io/Statement/v1"}'
ENVELOPE = seal(PAYLOAD, PAYLOAD_TYPE, Ed25519Signer(KEY))
MESSAGE = b"signed bytes \x00\xff"
ARMORED = ssh_sign(MESSAGE, KEY)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
LINE = public_line(PUBLIC)


def keygen(*args: str | Path, message: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    assert SSH_KEYGEN is not None
    return subprocess.run(
        [SSH_KEYGEN, *map(str, args)], input=message, capture_output=True, check=False, timeout=60
    )


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def flipped(data: bytes, at: int, bits: int) -> bytes:
    return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]
