"""The encodings that SSH's formats are made of: RFC 4251, 5, and base64."""

from __future__ import annotations

import base64
import binascii


def string(data: bytes) -> bytes:
    """A `string` of RFC 4251, 5: its length in four bytes, then itself."""
    return len(data).to_bytes(4, "big") + data


class Wire:
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


def base64_of(data: bytes) -> str:
    """Standard base64, padded, in one line."""
    return base64.b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Strict base64 (RFC 4648, 4): padded, and no second spelling of the same bytes (3.5).

    Raises ValueError.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):  # messages of ours, which quote nothing
        raise ValueError("not base64") from None
    if base64_of(data) != text:
        raise ValueError("not base64 as it is written")
    return data
