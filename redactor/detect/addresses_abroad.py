"""Street addresses in other languages of Europe and the Americas.

Either the street's type ends its name and the number follows (`Hauptstrasse 12`), or it begins the
name (`Calle Mayor 5`, `12 rue de Rivoli`). A postal code with its town, and a unit, are taken
along. Streets without such a word are not known here.
"""

from __future__ import annotations

import re2

from redactor.detect.context import Context
from redactor.detect.scan import FORMAT, LABELED, LIKELY, Pattern, compiled, word_edges

_LABEL = "STREET_ADDRESS"
_HOME = Context(
    r"address|addr|residence|residing|resides?|lives?|living|located|home|adresse|anschrift"
    r"|direccion|domicilio|indirizzo|endereco|adres"
)

_HOUSE = r"\d{1,4}(?: ?[a-zA-Z]\b)?(?:[-/]\d{1,4}[a-zA-Z]?)?"
_BEFORE = r"(?:\b\d{1,4}[a-z]?,? )?"  # a building or a flat, or the number of the house
_TOWN = r"[A-Z][A-Za-z'-]{1,24}(?: [A-Z][A-Za-z'-]{1,24}){0,3}"
_POSTAL = (
    rf"(?:(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?: [A-Z]{{2}}\b)? {_TOWN}|\d{{3}} \d\d {_TOWN}"
    rf"|\d\d-\d{{3}} {_TOWN}|\d{{5}}-\d{{3}}\b)"
)
_FLOOR = (
    r"(?:[ ,\n]{1,3}(?i:apartment|apt|suite|unit|floor|piso|etage|appt|interno|int|dpto|depto)\b\.?"
    r" ?#?[A-Za-z0-9-]{1,6}\b)?"
)
_TAIL = rf"{_FLOOR}(?:[ ,\n]{{1,3}}{_POSTAL})?"

# What ends the name of a street (in ASCII as `folding` has it: `straqe` for the German sharp s).
# Endings of English words (ring, hof, pad, tie) are left out, though they are streets elsewhere.
_ENDING = (
    r"(?:stra(?:sse|qe)|str|gasse|weg|allee|platz|damm|ufer|chaussee|steig|graben|markt"
    r"|laan|straat|gracht|plein|kade|dijk|singel|dreef|steenweg"
    r"|gatan|vagen|vag|torget|stigen|backen|veien|vegen|vei|gata|gaten|gade|vej|stien"
    r"|katu|kuja|polku|gatu|gotu|vegur|braut|utca|korut|ulica)"
)
# What begins it.
_ITALIAN = r"(?:Via|Viale|Piazza|Piazzale|Corso|Vicolo|Largo|Strada|Lungomare)"
_SPANISH = (
    r"(?:Calle|C/|Avenida|Avda\.?|Av\.|Paseo|Plaza|Carrera|Camino|Ronda|Travesia|Carretera"
    r"|Ctra\.?|Callejon|Boulevard|Rua|Travessa|Praca|Largo|Estrada|Alameda)"
)
_SLAVIC = r"(?:[Uu]l\.|[Uu]lica|[Uu]lice|[Aa]l\.|[Pp]l\.|[Oo]s\.|[Tt]rg|[Nn]am\.)"
_FRENCH = (
    r"(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d\.?|[Pp]lace|[Cc]hemin|[Aa]llees?|[Qq]uai|[Ii]mpasse"
    r"|[Cc]ours|[Rr]oute|[Ss]quare|[Pp]assage|[Ff]aubourg)"
)
_LITTLE = r"(?:de|du|des|la|le|les|las|los|del|della|delle|dei|di|da|do|dos|das|al|et|y|e|von|van)"
_NAME = rf"(?:(?:{_LITTLE}|[dl]') ?){{0,3}}[A-Z0-9][A-Za-z0-9'.-]{{1,24}}"
_CAPITAL_NAME = _NAME.replace("[A-Z0-9][A", "[A-Z][A")  # not: Via 12 March 2020
_NAMES = rf"{_CAPITAL_NAME}(?: {_NAME}){{0,4}}"


_ENGLISH_TOO = ("Plaza", "Square", "Place", "Passage", "Avenue", "Boulevard", "Route", "Largo")
_NAME_BEFORE = re2.compile(r"\b[A-Z][A-Za-z'.-]* $")
_BEFORE_LENGTH = 30


def _edges(text: str, start: int, end: int) -> bool:
    """Not the end of an English name: `Century Plaza Los Angeles 796`."""
    if not word_edges(text, start, end):
        return False
    ends_name = _NAME_BEFORE.search(text[max(0, start - _BEFORE_LENGTH) : start]) is not None
    return not (ends_name and text[start:end].startswith(_ENGLISH_TOO))


def _fit(candidate: str) -> int:
    return 0 if "Brigade" in candidate else len(candidate)  # no -gade of Denmark


def _row(regex: str, score: float) -> Pattern:
    return Pattern(
        _LABEL,
        compiled(regex),
        score,
        in_context=LABELED,
        context=_HOME,
        fit=_fit,
        edges=_edges,
    )


ABROAD: tuple[Pattern, ...] = (
    # Hauptstrasse 12, 10115 Berlin; Lange Straat 5
    _row(
        rf"{_BEFORE}\b[A-Z][A-Za-z'-]{{2,24}}{_ENDING}\.? {_HOUSE}{_TAIL}",
        LIKELY,
    ),
    _row(
        rf"{_BEFORE}\b(?:[A-Z][A-Za-z'.-]{{1,24}} ){{1,3}}(?i:{_ENDING})\b\.? {_HOUSE}{_TAIL}",
        LIKELY,
    ),
    # Via Roma 12; Calle Mayor, 5; ul. Nowa 3
    _row(
        rf"{_BEFORE}\b(?:{_ITALIAN}|{_SPANISH}|{_SLAVIC}) {_NAMES},? (?:n\.? ?)?{_HOUSE}{_TAIL}",
        FORMAT,
    ),
    # 12 rue de Rivoli, 75001 Paris; 5, avenue Foch
    _row(
        rf"\b\d{{1,4}}(?: ?(?:bis|ter|[a-zA-Z]))?,? {_FRENCH} {_NAMES}{_TAIL}",
        FORMAT,
    ),
    # Rue de la Loi 16, 1000 Bruxelles
    _row(rf"{_BEFORE}\b{_FRENCH} {_NAMES},? {_HOUSE}{_TAIL}", LIKELY),
    # Postfach 1234, 10115 Berlin
    _row(
        r"\b(?i:postfach|case postale|boite postale|apartado(?: de correos| postal)?"
        r"|casella postale|caixa postal|postbus|postboks|skr\. pocztowa)"
        rf" \d{{1,6}}(?: \d\d){{0,2}}\b{_TAIL}",
        FORMAT,
    ),
)
