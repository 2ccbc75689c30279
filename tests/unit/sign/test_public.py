"""Public keys as OpenSSH writes them."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import serialization

from redactor.sign.public import fingerprint, public_line
from tests.unit.sign.given import PUBLIC


def test_public_line_and_fingerprint() -> None:
    kind, blob, comment = public_line(PUBLIC, "me@example.com").split(" ")
    assert (kind, comment) == ("ssh-ed25519", "me@example.com")
    assert base64.b64decode(blob)[-32:] == PUBLIC.public_bytes_raw()
    expected = PUBLIC.public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    assert public_line(PUBLIC).encode() == expected
    assert fingerprint(PUBLIC).startswith("SHA256:")
    assert len(fingerprint(PUBLIC)) == 50


@pytest.mark.parametrize("comment", ["a\nb", "a\rb", "\x00"])
def test_a_comment_cannot_start_a_second_line(comment: str) -> None:
    with pytest.raises(ValueError):
        public_line(PUBLIC, comment)
