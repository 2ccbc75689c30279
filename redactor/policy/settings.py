"""Thresholds, what happens in doubt, and the look of the box."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field, PlainValidator, WithJsonSchema

from redactor.findings import Action
from redactor.policy.values import Choice, HostPort, KeyPath, Part, Share, problems

_NER: Final = "builtin|en_core_web_(?:sm|md|lg|trf)"
_NER_NAME = re.compile(_NER)


def _ner(value: Any) -> str | tuple[str, ...]:
    """One model's name, or those of several in order, so that the same are always written alike."""
    names = value if isinstance(value, (list, tuple)) else (value,)
    found: list[tuple[str, KeyPath]] = []
    for index, name in enumerate(names):
        at: KeyPath = (index,) if names is value else ()
        if not isinstance(name, str) or not _NER_NAME.fullmatch(name):
            found.append(("must be builtin or en_core_web_ with sm, md, lg or trf", at))
        elif name in names[:index]:
            found.append(("is listed twice", at))
    if not names:
        found.append(("must not be empty", ()))
    if found:
        raise problems(found)
    return names[0] if len(names) == 1 else tuple(sorted(names))


_NAME_SCHEMA: Final = {"type": "string", "pattern": f"^({_NER})$"}
Ner = Annotated[
    str | tuple[str, ...],
    PlainValidator(_ner),
    WithJsonSchema(
        {
            "anyOf": [
                _NAME_SCHEMA,
                {"type": "array", "items": _NAME_SCHEMA, "minItems": 1, "uniqueItems": True},
            ]
        }
    ),
]


class Settings(Part):
    """Thresholds, and what happens in doubt.

    A finding is certain when its score reaches `certain_score` and its words were read with at
    least `certain_confidence`.
    """

    uncertain: Choice = Action.REDACT
    """What happens to what a rule would redact but nobody is sure of."""

    unread_ink: Choice = Action.KEEP
    """What happens to ink that looks like writing and that nobody could read."""

    min_score: Share = 0.35
    """Below this score a finding is kept."""

    certain_score: Share = 0.5
    """From this score on a finding is certain."""

    certain_confidence: Share = 0.5
    """From this confidence on a word counts as surely read."""

    ner: Ner = "builtin"
    """The model of names, or a list of several whose findings unite."""

    known_alarms: Annotated[float, Field(ge=0.1, le=2)] = 0.3
    """False alarms a line that may be borne where known people are searched in handwriting."""

    vlm_hosts: Annotated[tuple[HostPort, ...], Field(strict=False)] = ()
    """Machines, beside this one, that mode vlm may send images of lines to, over TLS."""

    later: ClassVar = frozenset(("known_alarms",))

    @property
    def ner_models(self) -> tuple[str, ...]:
        """The names of all models that `ner` names."""
        return (self.ner,) if isinstance(self.ner, str) else self.ner


class BoxStyle(Part):
    """The box burnt on the page; lengths in points."""

    pad: Annotated[float, Field(ge=0, le=2)] = 0.25
    """How far it reaches beyond the ink of the words."""

    quantize_pt: Annotated[float, Field(ge=0, le=24)] = 0.0
    """Its width is rounded up to a multiple of this, to hide the length of the word."""

    show_code: bool = True
    """Print the rule's code on it."""
