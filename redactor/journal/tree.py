"""A Merkle tree over entries in order: roots, and proofs that one entry is in it.

The hashes are those of RFC 6962, section 2.1: a leaf is SHA-256 over 00 and the entry, a node over
01 and its two children, and a tree whose size is no power of two splits at the largest below it.

Nodes are stored in the order in which they become complete: leaf 0, leaf 1, node (0,1), leaf 2, ...
The place of each follows from its level and number alone, so that the tree lives in a file to which
is only ever added, and root and proof of any size need a few reads (Cox, "Transparent Logs for
Skeptical Clients", 2019).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32

Read = Callable[[int], bytes]
"""The stored hash at a place."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node with two children."""
    return hashlib.sha256(b"\1" + left + right).digest()


def stored_place(level: int, number: int) -> int:
    """Where node `number` of a level is stored; leaves are level 0."""
    # As the last of its subtree, it comes after all that is complete once its last leaf is there.
    last_leaf = ((number + 1) << level) - 1
    return stored_count(last_leaf) + level


def stored_count(size: int) -> int:
    """How many hashes are stored of a tree of `size` leaves."""
    return 2 * size - size.bit_count()


def completed(size: int, leaf: bytes, read: Read) -> Iterator[bytes]:
    """What to store when a leaf is added to a tree of `size`: its hash, and those it completes."""
    yield leaf
    level, number, right = 0, size, leaf
    while number & 1:
        right = node_hash(read(stored_place(level, number - 1)), right)
        level, number = level + 1, number >> 1
        yield right


def root(size: int, read: Read) -> bytes:
    """The root of the tree of the first `size` leaves (MTH of the RFC)."""
    if size == 0:
        return hashlib.sha256().digest()
    return _range_hash(0, size, read)


def inclusion(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """The audit path of a leaf in the tree of the first `size` leaves (PATH of the RFC)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    return tuple(_path(index, 0, size, read))


def root_from(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf and its audit path lead to (RFC 9162, section 2.1.3.2).

    Raises ValueError where the path is not as long as the tree is deep at that leaf.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise ValueError("the path is too long")
        if at & 1 or at == last:
            found = node_hash(step, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return found


def _range_hash(start: int, end: int, read: Read) -> bytes:
    """The hash of the leaves from `start` to `end`, where `start` is where a subtree begins."""
    size = end - start
    level = size.bit_length() - 1
    if size == 1 << level:
        return read(stored_place(level, start >> level))
    middle = start + (1 << level)
    return node_hash(_range_hash(start, middle, read), _range_hash(middle, end, read))


def _path(index: int, start: int, end: int, read: Read) -> Iterator[bytes]:
    """From the leaf up."""
    size = end - start
    if size == 1:
        return
    middle = start + (1 << (size - 1).bit_length() - 1)
    if index < middle:
        yield from _path(index, start, middle, read)
        yield _range_hash(middle, end, read)
    else:
        yield from _path(index, middle, end, read)
        yield _range_hash(start, middle, read)
