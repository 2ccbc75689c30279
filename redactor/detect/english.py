"""English as our entity model reads it: spaCy's, whose words also tell how they are used.

Registered as the spaCy language `redactor_en` (entry point `spacy_languages`), so that
`spacy.load` on the model's folder works wherever this package is installed.
"""

from __future__ import annotations

from typing import ClassVar

from spacy.attrs import PREFIX, SHAPE
from spacy.lang.en import English
from spacy.lang.lex_attrs import word_shape
from spacy.util import registry

from redactor.detect.usage import FOLDER, load

LANGUAGE = "redactor_en"


def cluster(word: str) -> str:
    """The word's cluster; of a word that has none its first letter."""
    return load(FOLDER).cluster(word) or word[:1]


def shape(word: str) -> str:
    """The word's shape, and how it is capitalized elsewhere."""
    return f"{word_shape(word)} {load(FOLDER).habit(word)}"


class _Defaults(English.Defaults):  # type: ignore[misc] # spaCy has no types
    lex_attr_getters: ClassVar = {
        **English.Defaults.lex_attr_getters,
        PREFIX: cluster,
        SHAPE: shape,
    }


@registry.languages(LANGUAGE)
class RedactorEnglish(English):  # type: ignore[misc]
    """See the module."""

    lang = LANGUAGE
    Defaults = _Defaults
