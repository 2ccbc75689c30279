"""What a policy does, in plain words for people who answer for it but do not write it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final

from redactor.findings import Action
from redactor.navigation import Aid
from redactor.policy.labels import KNOWN_LABELS, TERM, UNREAD_INK
from redactor.policy.model import DocumentParts, Keep, Policy, Rule, Settings
from redactor.words import Origin

_WIDTH: Final = 100
_SPOKEN: Final = {
    "ABA_ROUTING_NUMBER": "bank routing numbers",
    "AGE": "ages",
    "CRYPTO": "cryptocurrency wallets",
    "DATE_OF_BIRTH": "dates of birth",
    "DATE_TIME": "dates",
    "EMAIL_ADDRESS": "e-mail addresses",
    "GPS_COORDINATES": "coordinates",
    "IBAN_CODE": "IBANs",
    "IP_ADDRESS": "IP addresses",
    "LOCATION": "places",
    "MAC_ADDRESS": "MAC addresses",
    "MEMBER_ID": "member numbers of insurers",
    "ORGANIZATION": "names of organizations",
    "PERSON": "names of people",
    "QR_CODE": "QR codes",
    "STREET_ADDRESS": "street addresses",
    "UNREAD_INK": "ink that nobody could read",
    "URL": "web addresses",
    "US_NPI": "numbers of health care providers (NPI)",
    "US_SSN": "social security numbers",
    "US_ZIP_CODE": "ZIP codes",
    "VEHICLE_ID": "vehicle identification numbers",
}
_WRITTEN: Final = {
    Origin.TEXT_LAYER: "stored as text",
    Origin.PRINT: "printed",
    Origin.HANDWRITING: "handwritten",
}
_DOES: Final = {Action.REDACT: "redact", Action.KEEP: "keep", Action.REVIEW: "ask a person"}
_DONE: Final = {
    Action.REDACT: "redacted",
    Action.KEEP: "kept",
    Action.REVIEW: "left to a person",
}


def explained(policy: Policy) -> dict[str, Any]:
    """The explanation in parts.

    `rules` are in the order in which they are asked, without those that earlier ones leave nothing.
    """
    return {
        "name": policy.name,
        "description": " ".join(policy.description.split()),
        "first": list(_before_rules(policy)),
        "rules": [
            {
                "id": rule.id,
                "action": rule.action.value,
                "what": _what(rule, labels),
                "code": rule.code,
                "cite": rule.cite,
            }
            for rule, labels in _asked(policy)
        ],
        "unnamed": _together(_unnamed(policy)),
        "document": list(_beside_pages(policy.document)),
        "in_doubt": list(_in_doubt(policy.settings)),
    }


def lines(policy: Policy) -> Iterator[str]:
    """The same for people: about a screen."""
    parts = explained(policy)
    yield from _wrapped(f"{parts['name']}: {parts['description'] or 'no description'}")
    yield ""
    yield "Before all rules:"
    for number, what in enumerate(parts["first"], start=1):
        yield from _wrapped(what, f"{number:>4}. ")
    yield ""
    yield "The first rule that fits decides:" if parts["rules"] else "It has no rules."
    for number, rule in enumerate(parts["rules"], start=1):
        code = f" [{rule['code']}]" if rule["code"] else ""
        cite = f" ({rule['cite']})" if rule["cite"] else ""
        what = f"{_DOES[rule['action']]} {rule['what']}{code}{cite}"
        yield from _wrapped(what, f"{number:>4}. ")
    yield ""
    unnamed = ", ".join(parts["unnamed"])
    yield from _wrapped(f"Kept, since no rule names it: {unnamed or 'nothing that is found'}.")
    yield ""
    yield "Beside the pages:"
    for what in parts["document"]:
        yield from _wrapped(what, "  - ")
    yield ""
    yield "In doubt:"
    for what in parts["in_doubt"]:
        yield from _wrapped(what, "  - ")


def spoken(label: str) -> str:
    """A label in words, in the plural."""
    if label in _SPOKEN:
        return _SPOKEN[label]
    country, _, kind = label.partition("_")
    if country in _COUNTRIES and kind:
        return f"{_plural(kind)} of {_COUNTRIES[country]}"
    return _plural(label)


def _plural(name: str) -> str:
    words = name.split("_")
    return " ".join(word if word in _ABBREVIATED else word.lower() for word in words) + "s"


_ABBREVIATED: Final = (
    *("ABN", "ACN", "AHV", "AMKA", "BSN", "CNP", "CPR", "EGN", "EIN", "ID", "ITIN", "NHS", "NIE"),
    *("NIF", "NINO", "NIR", "NN", "OIB", "PAN", "PESEL", "PPS", "RC", "SIN", "TFN", "UK", "US"),
    "VAT",
)
_MANY: Final = 6
_COUNTRIES: Final = {
    "AU": "Australia",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "CA": "Canada",
    "CH": "Switzerland",
    "CZ": "Czechia",
    "DE": "Germany",
    "DK": "Denmark",
    "ES": "Spain",
    "EU": "the European Union",
    "FI": "Finland",
    "FR": "France",
    "GR": "Greece",
    "HR": "Croatia",
    "IE": "Ireland",
    "IN": "India",
    "IT": "Italy",
    "NL": "the Netherlands",
    "NO": "Norway",
    "PL": "Poland",
    "PT": "Portugal",
    "RO": "Romania",
    "SE": "Sweden",
}


def _before_rules(policy: Policy) -> Iterator[str]:
    if policy.subject:
        yield (
            "keep what is about the person whose data was asked for (a file names them); "
            "the rules are for all others"
        )
    yield "redact terms that are given for a job" + (
        f", and {_texts(len(policy.always))} that the policy always redacts"
        if policy.always
        else ""
    )
    if policy.never:
        yield f"keep {_texts(len(policy.never))} that the policy never redacts"


def _texts(count: int) -> str:
    return f"{count} text" if count == 1 else f"{count} texts"


def _asked(policy: Policy) -> Iterator[tuple[Rule, tuple[str, ...]]]:
    """The rules that can decide, each with those of its labels that it can still decide on."""
    settled: set[str] = set()
    for rule in policy.rules:
        labels = tuple(label for label in rule.labels if rule.find is None or label not in settled)
        if labels:
            yield rule, labels
        if rule.find and not rule.is_conditional:
            settled.update(rule.find)


def _what(rule: Rule, labels: tuple[str, ...]) -> str:
    """What the rule is for, and what of it stays: "names of people on pages 1-3, …"."""
    parts = [_found_by(rule, labels), *_where(rule)]
    if rule.unless:
        parts.append(f"but not {_texts(len(rule.unless))} that the rule lists")
    if rule.keep:
        parts.append(_staying(rule.keep))
    return ", ".join(parts)


def _together(labels: Iterable[str]) -> list[str]:
    """Labels in words; those of many countries as one."""
    given = tuple(labels)
    national = [label for label in given if label.partition("_")[0] in _COUNTRIES]
    if len(national) < _MANY:
        return [spoken(label) for label in given]
    countries = dict.fromkeys(_COUNTRIES[label.partition("_")[0]] for label in national)
    said = [spoken(label) for label in given if label not in national]
    return [*said, f"national numbers ({', '.join(countries)})"]


def _found_by(rule: Rule, labels: tuple[str, ...]) -> str:
    if rule.find:
        *others, last = _together(labels)
        over = f" over {rule.over}" if rule.over is not None else ""
        return (f"{', '.join(others)} and {last}" if others else last) + over
    name = spoken(rule.as_label or "")
    if rule.fields:
        return f"{name} filled in at {_quoted(rule.fields)}"
    if rule.pattern:
        near = f" near {_quoted(rule.context)}" if rule.context else ""
        return f"{name} that match a pattern{near}"
    if rule.known:
        return f"{name} that a file of known people names"
    return "everything"


def _quoted(texts: tuple[str, ...]) -> str:
    shown = ", ".join(f'"{text}"' for text in texts[:3])
    return f"{shown} and {len(texts) - 3} more" if len(texts) > 3 else shown


def _where(rule: Rule) -> Iterator[str]:
    if rule.pages:
        yield f"on pages {rule.pages}"
    if rule.region:
        x0, y0, x1, y1 = rule.region.as_tuple()
        yield f"between ({x0:g}, {y0:g}) and ({x1:g}, {y1:g}) pt from the top left"
    if rule.origin:
        yield "only where " + " or ".join(_WRITTEN[origin] for origin in rule.origin)


def _staying(keep: Keep) -> str:
    if keep.year:
        return "the year stays"
    if keep.initials:
        return "the initials stay"
    side, count = ("last", keep.last) if keep.last else ("first", keep.first)
    stays = f"the {side} {count} stay" if count and count > 1 else f"the {side} one stays"
    listed = len(keep.exceptions)
    return stays + (f" unless they are one of {listed} that the rule lists" if listed else "")


def _unnamed(policy: Policy) -> Iterator[str]:
    """What can be found and no rule names."""
    named = {label for rule in policy.rules for label in rule.find or ()}
    for label in KNOWN_LABELS:
        if label not in named and label not in (TERM, UNREAD_INK):
            yield label


_AIDS: Final = {
    Aid.BOOKMARKS: "bookmarks",
    Aid.LINKS: "links to web and e-mail addresses and within the document",
    Aid.PAGE_LABELS: "page labels",
    Aid.TITLE: "the title",
}


def _beside_pages(document: DocumentParts) -> Iterator[str]:
    kept = [_AIDS[aid] for aid in document.keep]
    if kept:
        said = ", ".join(kept)
        yield f"kept: {said}, each only if the rules would redact nothing of its text"
    others = "all else" if kept else "bookmarks, links, page labels and all else"
    yield f"{others} that is no page's content is removed"
    if document.title:
        instead = " where the document's own fails" if Aid.TITLE in document.keep else ""
        yield f"the title is one that the policy sets{instead}"
    language = document.language or "the document's own where it is a plain tag"
    yield f"the language is {language}"


def _in_doubt(settings: Settings) -> Iterator[str]:
    yield (
        f"what a rule would redact, but is found with a score under {settings.certain_score:g} or "
        f"read with a confidence under {settings.certain_confidence:g}, is "
        f"{_DONE[settings.uncertain]}"
    )
    yield f"what is found with a score under {settings.min_score:g} is kept, and listed as declined"
    yield f"ink that looks like writing and that nobody could read is {_DONE[settings.unread_ink]}"
    yield "all that is decided is in the signed report, with its rule and reason"


def _wrapped(text: str, lead: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [
        lead
    ]
