"""How much memory a process and all that it started take, looked at from outside (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PARENT, _RESIDENT = 1, 21  # fields of /proc/PID/stat after the name (proc(5)), from 0
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 0.05  # seconds between two looks


@dataclass(slots=True)
class Peak:
    """The most that was seen so far, in bytes; memory that processes share counts for each."""

    bytes: int = 0


@contextmanager
def watched(root: int) -> Iterator[Peak]:
    """Looks at a process and its descendants while the block runs."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        while not over.wait(_PAUSE):
            peak.bytes = max(peak.bytes, of_family(root, _processes()))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def of_family(root: int, processes: Mapping[int, tuple[int, int]]) -> int:
    """The memory of a process and its descendants; `processes` has the parent and memory of all."""
    total, left = 0, [root]
    while left:
        number = left.pop()
        total += processes.get(number, (0, 0))[1]
        left += [child for child, (parent, _) in processes.items() if parent == number]
    return total


def _processes() -> dict[int, tuple[int, int]]:
    found = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            found[int(entry.name)] = int(stat[_PARENT]), int(stat[_RESIDENT]) * _PAGE
    return found
