"""Values and patterns that a user gives: a roster, `--term`, the `pattern` of a policy rule.

Values are looked up in one pass (`phrases.py`), patterns are RE2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import re2

from redactor.detect.context import Context
from redactor.detect.folding import Folded, same_length_view, term_view, with_whole_words
from redactor.detect.people.lattice import MAX_TEXTS, Sought
from redactor.detect.phrases import Phrases
from redactor.detect.spans import Span
from redactor.errors import BadPolicy
from redactor.findings import RULE_DETECTOR
from redactor.policy.model import TERM

_SURROGATE = re.compile("[\ud800-\udfff]")
_TERM_SCORE = 1.0
_RULE_SCORE = 0.9


def encodable(text: str) -> str:
    """`text` with the halves of broken surrogate pairs replaced, one character for one."""
    return text.encode("utf-16", "replace").decode("utf-16") if _SURROGATE.search(text) else text


class TermDetector:
    """Finds given values wherever they stand as whole words, in any case.

    A blank in a term matches any run of blanks and line breaks. All dashes are equal, and straight
    and curly quotes; accents differ. A word hyphenated at the end of a line is read with and
    without its hyphen. At an edge where a term has a mark of its own (`#12`) any letter may follow.
    """

    def __init__(self, terms: Sequence[str], name: str = "terms") -> None:
        self.name = name
        self._phrases = Phrases()
        self._terms = tuple(terms)
        for term in self._terms:
            self._phrases.add(encodable(term_view(term).text))

    def spans(self, text: str) -> Iterable[Span]:
        """The longest term from every place where one begins."""
        found: set[tuple[int, int]] = set()
        for view in views(text):
            for start, end in self._phrases.matches(view.text):
                found.add(view.original(start, end))
        return [Span(start, end, TERM, _TERM_SCORE, self.name) for start, end in sorted(found)]

    def sought(self, text: str) -> Sought:
        """The terms, to be looked for in posteriors too; none where they are too many."""
        terms = self._terms if len(self._terms) <= MAX_TEXTS else ()
        return Sought(terms, TERM, self.name)


def views(text: str) -> Iterator[Folded]:
    """The folded text; where lines end in hyphens also with whole words, hyphened and not."""
    view = term_view(text)
    return with_whole_words(Folded(encodable(view.text), view.starts, view.ends))


class RulePatternDetector:
    """Finds what the RE2 pattern of one policy rule matches, given its context words if any.

    The pattern is tried on the text as it is and with plain dashes, quotes and blanks.
    """

    def __init__(
        self, rule_id: str, pattern: str, label: str, context: tuple[str, ...] = ()
    ) -> None:
        self.name = f"{RULE_DETECTOR}{rule_id}"
        self._label = label
        self._regex = _compiled(rule_id, pattern)
        words = tuple(same_length_view(word) for word in context if word.strip())
        self._context = Context.of(words) if words else None

    def spans(self, text: str) -> Iterable[Span]:
        """Every match that is not empty and has its context."""
        given = encodable(text)
        plain = same_length_view(given)
        found = set(self._matches(given, plain))
        if plain != given:
            found.update(self._matches(plain, plain))
        return [
            Span(start, end, self._label, _RULE_SCORE, self.name) for start, end in sorted(found)
        ]

    def _matches(self, text: str, plain: str) -> Iterator[tuple[int, int]]:
        for match in self._regex.finditer(text):
            start, end = match.span()
            if start < end and (self._context is None or self._context.near(plain, start)):
                yield start, end


def _compiled(rule_id: str, pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPolicy(
            f"rule {rule_id}: its pattern is no valid RE2 expression",
            "RE2 has no look-around and no back-references; see github.com/google/re2/wiki/Syntax",
        ) from error
