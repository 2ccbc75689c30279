"""Names, places, organizations and dates by a spaCy pipeline: the only file that knows spaCy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from redactor.detect import usage
from redactor.detect.organizations import designated, settle
from redactor.detect.spans import Span
from redactor.detect.titles import titled_names, titles_alone, titles_before
from redactor.detect.whole_names import whole_names
from redactor.errors import MissingDependency

if TYPE_CHECKING:
    from spacy.language import Language

BUILTIN = "builtin"
BUILTIN_NAME = "redactor_ner_en"
_FOLDER = usage.FOLDER

# From the label sets of our model and of spaCy's English ones to Presidio's names.
_LABELS = {
    "PERSON": "PERSON",
    "LOCATION": "LOCATION",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORGANIZATION": "ORGANIZATION",
    "ORG": "ORGANIZATION",
    "DATE": "DATE_TIME",
}
# spaCy's parser gives no probabilities: the score is the share of entities of that label that
# were right on the development texts (training/ner/results.json), rounded down.
_SCORES = {"PERSON": 0.55, "LOCATION": 0.6, "ORGANIZATION": 0.4, "DATE_TIME": 0.8}
_ONE_YEAR = r"(?:(?:early|mid|late)[ -])?(?:1[4-9]|20)\d\d(?:'?s| seasons?)?"
_YEAR = re.compile(
    rf"(?i){_ONE_YEAR}(?: ?(?:-|–|/|,|to|and|through|until) ?{_ONE_YEAR}"
    r"|[-–](?:\d|1[3-9]|[2-9]\d))?"  # 2004-5 and 2014-15; 2004-05 may be a month
)
_DOUBTFUL = 0.3
_WHOSE = re.compile(r"^(?:Our|My|Your|His|Her|Their|Its) (?!Lady|Savio)(?=[A-Z])")
_EDGES = " \t\r\n,.;:()[]{}\"'|*_-/\\#"
_NUMBERS = re.compile(r"^(?:\S*\d\S*(?:\s+|$))+|(?:\s+\S*\d\S*)+$")  # at the ends of a name
# The tokenizer parts words at hyphens, and a name may end at one: Harris-Wall, Barton-upon-Humber.
_HYPHENED = re.compile(
    r"(?:-(?:(?:upon|on|under|sur|sous|de|la|le|du|des|en|am|an|der|al|el|ul|ur|bin|ben|ibn)-)?"
    r"[A-Z][\w'’]*)*"
)
_CHUNK = 20_000  # characters; a cut is made at a line feed, so that no name is cut
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # broken fonts yield them, spaCy takes none


class EntityDetector:
    """Named entities by `model`: "builtin", or the name of an installed spaCy package."""

    name = "entities"

    def __init__(self, model: str = BUILTIN) -> None:
        self._nlp = load_pipeline(model)

    def spans(self, text: str) -> Iterable[Span]:
        """Entities with blanks and punctuation at their edges cut off, and their titles."""
        found = (*whole_names(text, settle(text, self._entities(text))), *titled_names(text))
        return (*found, *designated(text), *titles_before(text, found), *titles_alone(text))

    def _entities(self, text: str) -> Iterator[Span]:
        for offset, chunk in _chunks(_HALF_PAIR.sub("\ufffd", text)):
            for entity in self._nlp(chunk).ents:
                label = _LABELS.get(entity.label_)
                if label:
                    yield from _by_line(chunk, offset, entity.start_char, entity.end_char, label)


def _says_little(text: str, label: str) -> bool:
    """Whether an entity is found, and below what most policies ask.

    Years alone are no date of anything; an organization's name without a capital is seldom one.
    """
    if label == "DATE_TIME":
        return _YEAR.fullmatch(text) is not None
    return label == "ORGANIZATION" and text == text.lower()


def digest(model: str = BUILTIN) -> str:
    """SHA-256 (hex) over the names and contents of a model's files, in order of name."""
    folder = _FOLDER if model == BUILTIN else Path(load_pipeline(model).path)
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def version(model: str = BUILTIN) -> str:
    """The model's own version."""
    return str(load_pipeline(model).meta.get("version", ""))


@cache
def load_pipeline(model: str = BUILTIN) -> Language:
    """The spaCy pipeline of a model.

    Raises MissingDependency where the model, or spaCy itself, is not installed.
    """
    try:
        import spacy

        from redactor.detect import english  # noqa: F401 - registers our language

        if model == BUILTIN:
            usage.load(_FOLDER)
        return spacy.load(_FOLDER if model == BUILTIN else model)
    except (ImportError, OSError, ValueError) as error:
        hint = "reinstall redactor" if model == BUILTIN else f"pip install the package of {model}"
        raise MissingDependency(f"spaCy model {model} is not installed", hint) from error


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces of bounded length, each with its offset."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _CHUNK:
            cuts = (text.rfind(mark, start, start + _CHUNK) for mark in "\n ")
            end = next((cut + 1 for cut in cuts if cut > start), start + _CHUNK)
        yield start, text[start:end]
        start = end


def _by_line(chunk: str, offset: int, start: int, end: int, label: str) -> Iterator[Span]:
    """An entity that runs over a line end is one span a line: lines of a form are not one name."""
    for part in chunk[start:end].splitlines(keepends=True):
        inner = _WHOSE.sub("", part.strip(_EDGES))
        if label == "PERSON":
            inner = _NUMBERS.sub("", inner).strip(_EDGES)
        if inner:
            begin = start + part.index(inner)
            end = _HYPHENED.match(chunk, begin + len(inner)).end()  # type: ignore[union-attr]
            score = _DOUBTFUL if _says_little(inner, label) else _SCORES[label]
            yield Span(offset + begin, offset + end, label, score, EntityDetector.name)
        start += len(part)
