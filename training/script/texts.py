"""What the training lines say: stretches of open text, and the kinds of values forms hold."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

GENRES = frozenset({"academic", "bio", "court", "interview", "news", "voyage"})
"""The genres of the GUM corpus whose texts may be used without a non-commercial clause."""
_ASCII = re.compile(r"[^ -~]+")


def read_words(path: Path) -> tuple[str, ...]:
    """The words of a JSON-lines corpus (`text`, `genre`), in order; ASCII only."""
    words: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["genre"] in GENRES:
                words.extend(_ASCII.sub(" ", row["text"]).split())
    return tuple(words)


class Texts:
    """Random strings; a seeded generator makes a seeded sequence."""

    def __init__(self, words: Sequence[str], rng: random.Random) -> None:
        self._words = words
        self._names = tuple(word for word in words if re.fullmatch(r"[A-Z][a-z]{2,9}", word))
        self._rng = rng

    def line(self) -> str:
        """One line of one to nine words."""
        kinds: tuple[Callable[[], str], ...] = (
            self._prose, self._prose, self._prose, self._word, self._name, self._name,
            self._value, self._value, self._label,
        )  # fmt: skip
        text = self._rng.choice(kinds)()
        if self._rng.random() < 0.3:
            text = text.upper()
        return text

    def _prose(self) -> str:
        start = self._rng.randrange(len(self._words) - 10)
        return " ".join(self._words[start : start + self._rng.randint(1, 9)])

    def _word(self) -> str:
        return self._rng.choice(self._words)

    def _name(self) -> str:
        name = " ".join(self._rng.choice(self._names) for _ in range(self._rng.randint(1, 3)))
        return f"{self._number('##')}{name}" if self._rng.random() < 0.1 else name

    def _value(self) -> str:
        pattern = self._rng.choice(
            (
                "###-###-####", "(###) ###-####", "##/##/####", "#/##/##", "####-##-##",
                "$#,###.##", "###-##-####", "MRN ######", "^^-####-##", "#####", "##", "####",
                "No. ##-####", "^##^#^", "##:## pm", "## mg", "+1 ### ### ####", "% ##, ####",
                "#### % Street", "### % Ave.", "% Road, ^^ #####", "%, ^^ #####", "%.%@example.com",
                "#.# / #.#", "###/##", "Apt. #^", "%##",
            )
        )  # fmt: skip
        return self._number(pattern)

    def _label(self) -> str:
        start = self._rng.randrange(len(self._words) - 4)
        words = self._words[start : start + self._rng.randint(1, 3)]
        return " ".join(words).strip(".,;:").capitalize() + ":"

    def _number(self, pattern: str) -> str:
        return "".join(self._fill(char) for char in pattern)

    def _fill(self, char: str) -> str:
        if char == "#":
            return str(self._rng.randint(0, 9))
        if char == "^":
            return self._rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if char == "%":
            return self._rng.choice(self._names)
        return char
