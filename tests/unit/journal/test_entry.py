from __future__ import annotations

import pytest

from redactor.journal.entry import NO_ENTRY, Entry, Job, from_line, to_line

DIGEST = "ab" * 32
ENTRY = Entry(3, NO_ENTRY, Job("2026-01-31T12:00:00Z", 0, DIGEST, DIGEST, DIGEST))
LINE = to_line(ENTRY)


def test_there_and_back() -> None:
    assert from_line(LINE) == ENTRY


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{}",
        LINE.replace(b":3,", b":3.0,"),
        LINE.replace(b":3,", b":-3,"),
        LINE.replace(b":3,", b":true,"),
        LINE.replace(b":3,", b": 3,"),
        LINE.replace(b'"outcome":0', b'"outcome":"0"'),
        LINE.replace(b'"outcome":0', b'"outcome":256'),
        LINE.replace(b"T12", b" 12"),
        LINE.replace(b"ab", b"AB", 1),
        LINE.replace(b'"previous"', b'"before"'),
        LINE[:-1] + b',"more":1}',
        LINE + b" ",
    ],
)
def test_what_is_no_entry_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_line(line)
