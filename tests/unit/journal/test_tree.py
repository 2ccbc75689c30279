"""The Merkle tree against the definitions of RFC 6962, written out as they stand there."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.journal.tree import (
    completed,
    inclusion,
    leaf_hash,
    node_hash,
    root,
    root_from,
    stored_count,
)


def defined_root(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1."""
    if not entries:
        return hashlib.sha256().digest()
    if len(entries) == 1:
        return leaf_hash(entries[0])
    half = 1 << (len(entries) - 1).bit_length() - 1
    return node_hash(defined_root(entries[:half]), defined_root(entries[half:]))


def stored(entries: list[bytes]) -> list[bytes]:
    hashes: list[bytes] = []
    for number, entry in enumerate(entries):
        hashes.extend(completed(number, leaf_hash(entry), hashes.__getitem__))
    return hashes


ENTRIES = [str(number).encode() for number in range(130)]
STORED = stored(ENTRIES)


def test_the_root_of_nothing_is_that_of_the_standard() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(0, STORED.__getitem__).hex() == empty


@given(st.integers(0, len(ENTRIES)))
def test_root(size: int) -> None:
    assert root(size, STORED.__getitem__) == defined_root(ENTRIES[:size])
    assert stored_count(size) == len(stored(ENTRIES[:size]))


@given(st.integers(1, len(ENTRIES)), st.data())
def test_inclusion(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(index, size, STORED.__getitem__)
    assert root_from(leaf_hash(ENTRIES[index]), index, size, path) == defined_root(ENTRIES[:size])
    other = data.draw(st.integers(0, size - 1).filter(lambda at: at != index) | st.none())
    if other is not None:
        with_other = root_from(leaf_hash(ENTRIES[other]), index, size, path)
        assert with_other != defined_root(ENTRIES[:size])


@pytest.mark.parametrize("change", [-1, 1])
def test_a_path_of_another_length_is_refused(change: int) -> None:
    path = inclusion(5, 9, STORED.__getitem__)
    wrong = path[:change] if change < 0 else (*path, path[0])
    with pytest.raises(ValueError, match="too"):
        root_from(leaf_hash(ENTRIES[5]), 5, 9, wrong)


@pytest.mark.parametrize("index", [-1, 9])
def test_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion(index, 9, STORED.__getitem__)
    with pytest.raises(ValueError, match="no such leaf"):
        root_from(leaf_hash(b""), index, 9, ())
