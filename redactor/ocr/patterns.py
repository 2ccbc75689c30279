"""Where a pattern of characters matches in a line, judged on its posteriors.

The pattern's automaton is run over the steps by Viterbi decoding with free start and end, so that
`\\d{3}-\\d{2}-\\d{4}` is found also where the best path reads a digit as a letter: the match is the
likeliest text of that form. Scores are as in `search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from redactor.ocr.automaton import Automaton, compile_pattern
from redactor.ocr.lattice import FloatArray, IntArray
from redactor.ocr.search import MIN_SCORE, Emissions, Match, emissions
from redactor.words import Lattice

_BONUS = 0.05  # nats a character: of matches equally likely the longest


@dataclass(frozen=True, slots=True, repr=False)
class _Machine:
    """An automaton over the columns of a table: its characters that the alphabet has.

    Row i is state i, row P (one more than there are states) what comes before a match, row P + 1
    nothing. `before` are the rows that may precede each state, filled up with P + 1; `classes` is
    each column's class, `columns` each column's character; `allowed` says which a state takes.
    """

    before: IntArray
    classes: IntArray
    columns: tuple[str, ...]
    allowed: npt.NDArray[np.bool_]
    last: IntArray


@dataclass(frozen=True, slots=True, repr=False)
class _Trace:
    """How each cell (step, state, column) was reached, for walking back from the end.

    `stay`: from itself. Else from `source` (row, column), but from `other` where `source` has the
    cell's own character: the same character twice needs a blank between. `blank` is the column
    from which the blank after a state was reached.
    """

    stay: npt.NDArray[np.bool_]
    source: IntArray
    other: IntArray
    blank: IntArray
    ends: FloatArray
    end_cells: IntArray


def find_pattern(
    lattice: Lattice, pattern: str, min_score: float = MIN_SCORE, whole_words: bool = True
) -> tuple[Match, ...]:
    """Every place where `pattern` may match, the best first; places do not overlap.

    A match's text is the likeliest that the pattern allows there, in the letter case of the
    pattern; of equally likely ones the longest. With `whole_words` a blank, a mark or the end of
    the line must stand on both sides. Raises ValueError, see `compile_pattern`.
    """
    machine = _machine(pattern, lattice.alphabet)
    if not len(machine.columns) or not len(lattice.posteriors):
        return ()
    costs = emissions(lattice, True, whole_words)
    trace = _run(machine, costs)
    taken = np.zeros(len(costs.blank), np.bool_)
    found = []
    for end in np.argsort(-trace.ends, kind="stable").tolist():
        if trace.ends[end] == -np.inf:
            break
        if taken[end]:
            continue
        text, start = _walked(machine, trace, end)
        total = float(trace.ends[end]) - _BONUS * len(text)
        score = min(1.0, float(np.exp(total / len(text))))
        if score >= min_score and not taken[start : end + 1].any():
            taken[start : end + 1] = True
            found.append(Match(text, start, end + 1, score))
    return tuple(sorted(found, key=lambda match: (-match.score, match.start)))


@lru_cache(maxsize=64)
def _machine(pattern: str, alphabet: tuple[str, ...]) -> _Machine:
    automaton = compile_pattern(pattern, alphabet)
    used = frozenset().union(*automaton.sets)
    classes = [number for number, char in enumerate(alphabet, start=1) if char in used]
    columns = tuple(alphabet[number - 1] for number in classes)
    allowed = [[char in chars for char in columns] for chars in automaton.sets]
    return _Machine(
        _predecessors(automaton),
        np.array(classes, np.intp),
        columns,
        np.array(allowed, np.bool_),
        np.array(sorted(automaton.last), np.intp),
    )


def _predecessors(automaton: Automaton) -> IntArray:
    states = len(automaton.sets)
    rows: list[list[int]] = [[] for _ in range(states)]
    for state in automaton.first:
        rows[state].append(states)
    for state, following in enumerate(automaton.follow):
        for after in following:
            rows[after].append(state)
    width = max(len(row) for row in rows)
    return np.array([row + [states + 1] * (width - len(row)) for row in rows], np.intp)


def _run(machine: _Machine, costs: Emissions) -> _Trace:
    """Viterbi decoding; the last column of the table is the blank after each state."""
    steps, (states, columns) = len(costs.blank), machine.allowed.shape
    table = np.full((states + 2, columns + 1), -np.inf, np.float32)
    closed = np.where(machine.allowed, 0, -np.inf).astype(np.float32)
    trace = _Trace(
        np.zeros((steps, states, columns), np.bool_),
        np.zeros((steps, states, 2), np.intp),
        np.zeros((steps, states, 2), np.intp),
        np.zeros((steps, states), np.intp),
        np.full(steps, -np.inf, np.float32),
        np.zeros((steps, 2), np.intp),
    )
    for step in range(steps):
        table[states, columns] = costs.before[step]
        entering, blanks = _entering(machine, table, trace, step)
        trace.stay[step] = table[:states, :columns] >= entering
        table[:states, columns] = blanks + costs.blank[step]
        held = np.maximum(table[:states, :columns], entering) + closed
        table[:states, :columns] = held + costs.groups[step, machine.classes]
        ending = table[machine.last, :columns]
        row, column = divmod(int(ending.argmax()), columns)
        trace.ends[step] = ending[row, column] + costs.after[step]
        trace.end_cells[step] = machine.last[row], column
    return trace


def _entering(
    machine: _Machine, table: FloatArray, trace: _Trace, step: int
) -> tuple[FloatArray, FloatArray]:
    """The best value to enter each (state, column) with, and to pass to each state's blank.

    The best of a state's predecessors serves all columns but its own character's, for which the
    best of another character is found: two of the best of each row are enough.
    """
    rows, states = np.arange(len(table)), len(machine.before)
    best = table.argmax(axis=1)
    values = table[rows, best]
    rest = table.copy()
    rest[rows, best] = -np.inf
    second = rest.argmax(axis=1)
    seconds = rest[rows, second]
    every = np.arange(states)
    source = machine.before[every, values[machine.before].argmax(axis=1)]
    char = best[source]
    same = best[machine.before] == char[:, None]
    others = np.where(same, seconds[machine.before], values[machine.before])
    at = others.argmax(axis=1)
    other = machine.before[every, at]
    entering = np.repeat(values[source][:, None], table.shape[1], axis=1)
    is_char = char < table.shape[1] - 1
    entering[every[is_char], char[is_char]] = others[every, at][is_char]
    trace.source[step] = np.stack([source, char], axis=1)
    trace.other[step] = np.stack([other, np.where(same[every, at], second[other], best[other])], 1)
    trace.blank[step] = best[:states]
    return entering[:, :-1] + np.float32(_BONUS), values[:states]


def _walked(machine: _Machine, trace: _Trace, end: int) -> tuple[str, int]:
    """The text of the match that ends on step `end`, and the step it starts on."""
    chars = list(_back(machine, trace, end))
    return "".join(char for char, _ in reversed(chars)), chars[-1][1]


def _back(machine: _Machine, trace: _Trace, end: int) -> Iterator[tuple[str, int]]:
    """The characters of a match with the step each begins on, the last one first."""
    states, columns = machine.allowed.shape
    state, column = trace.end_cells[end].tolist()
    step = end
    while state < states:
        if column == columns:
            column = int(trace.blank[step, state])
        elif not trace.stay[step, state, column]:
            yield machine.columns[column], step
            came = trace.source[step, state]
            if came[1] == column:
                came = trace.other[step, state]
            state, column = came.tolist()
        step -= 1
