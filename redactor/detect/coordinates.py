"""Places on the globe: latitude and longitude in degrees (ISO 6709), geo URIs (RFC 5870), and the
three words of what3words.

A pair of bare decimals is a pair of coordinates only after words that say so, or with more
decimals than a table has (five are a meter).
"""

from __future__ import annotations

from redactor.detect.context import Context
from redactor.detect.folding import OTHER
from redactor.detect.scan import (
    FORMAT,
    LABELED,
    LIKELY,
    NAMED,
    NEVER,
    Pattern,
    compiled,
    no_edges,
    whole,
    word_edges,
)

_LABEL = "GPS_COORDINATES"
_CONTEXT = Context(
    r"gps|coordinates?|coords?|lat(?:itude)?|lon(?:g(?:itude)?)?|lng|geo\w*|position|location"
    r"|located|map|pin|waypoint"
)

_DEGREE = rf" ?(?:{OTHER}|deg(?:rees)?\.?|o)?"
_LATITUDE = rf"\d{{1,2}}\.\d{{2,8}}{_DEGREE}"
_LONGITUDE = rf"\d{{1,3}}\.\d{{2,8}}{_DEGREE}"
_BETWEEN = r"[ ,;/\n]{1,3}"
_SIGNED = r"[-+]?\d{1,3}\.\d"
_MINUTES = rf" ?(?:{OTHER}|deg\.?|o) ?\d{{1,2}}(?:\.\d{{1,6}})? ?(?:'|min\.?)"
_SECONDS = r"(?: ?\d{1,2}(?:\.\d{1,4})? ?(?:''|\"|sec\.?))?"
_ANGLE = rf"\d{{1,3}}{_MINUTES}{_SECONDS}"
_LAT_NAME = r"(?:lat(?:itude)?)\b\.?[ :=]{0,3}"
_LON_NAME = r"(?:lon(?:g(?:itude)?)?|lng)\b\.?[ :=]{0,3}"


def _on_the_globe(candidate: str) -> bool:
    """Whether the first two numbers are a latitude and a longitude in degrees."""
    marked = "".join(char if char.isdigit() or char == "." else " " for char in candidate)
    numbers = [float(number) for number in marked.split() if number.strip(".").count(".") < 2]
    return len(numbers) >= 2 and numbers[0] <= 90 and numbers[1] <= 180


COORDINATES: tuple[Pattern, ...] = (
    Pattern(  # 40.7128 N, 74.0060 W
        _LABEL,
        compiled(rf"\b{_LATITUDE} ?[NS]\b{_BETWEEN}\b{_LONGITUDE} ?[EW]\b"),
        LABELED,
        fit=whole(_on_the_globe),
        edges=word_edges,
    ),
    Pattern(  # N 40.7128, W 74.0060
        _LABEL,
        compiled(rf"\b[NS] ?{_LATITUDE}{_BETWEEN}[EW] ?{_LONGITUDE}"),
        LABELED,
        fit=whole(_on_the_globe),
        edges=word_edges,
    ),
    Pattern(  # 40 deg 42'46" N, 74 deg 0'22" W
        _LABEL,
        compiled(rf"\b{_ANGLE} ?[NS]\b(?:{_BETWEEN}\b{_ANGLE} ?[EW]\b)?"),
        LABELED,
        edges=word_edges,
    ),
    Pattern(  # N 40 deg 42.767', W 74 deg 0.366'
        _LABEL,
        compiled(rf"\b[NS] ?{_ANGLE}{_BETWEEN}[EW] ?{_ANGLE}"),
        LABELED,
        edges=word_edges,
    ),
    Pattern(
        _LABEL,
        compiled(rf"\b{_ANGLE} ?[EW]\b"),
        FORMAT,
        edges=word_edges,
    ),
    Pattern(  # lat 40.7128, long -74.0060
        _LABEL,
        compiled(
            rf"\b{_LAT_NAME}({_SIGNED}\d{{1,12}}{_DEGREE}[ ,;\n]{{1,3}}{_LON_NAME}"
            rf"{_SIGNED}\d{{1,12}})",
            case=False,
        ),
        LABELED,
        fit=whole(_on_the_globe),
        edges=word_edges,
    ),
    Pattern(  # Longitude: -74.0060 alone
        _LABEL,
        compiled(rf"\b(?:{_LAT_NAME}|{_LON_NAME})({_SIGNED}\d{{1,12}})", case=False),
        NAMED,
        edges=word_edges,
    ),
    Pattern(  # Coordinates: 40.7128, -74.0060
        _LABEL,
        compiled(rf"{_SIGNED}\d{{2,12}} ?, ?{_SIGNED}\d{{2,12}}\b"),
        NEVER,
        in_context=LABELED,
        context=_CONTEXT,
        fit=whole(_on_the_globe),
        edges=word_edges,
    ),
    Pattern(  # 40.71281, -74.00604
        _LABEL,
        compiled(r"[-+]?\b[1-9]\d\.\d{5,8} ?, ?[-+]?[1-9]\d{0,2}\.\d{5,8}\b"),
        LIKELY,
        fit=whole(_on_the_globe),
        edges=word_edges,
    ),
    Pattern(
        _LABEL,
        compiled(r"\bgeo:[-+]?\d{1,2}(?:\.\d{1,12})?,[-+]?\d{1,3}(?:\.\d{1,12})?\b", case=False),
        LABELED,
        edges=word_edges,
    ),
    Pattern(  # ///filled.count.soap
        _LABEL,
        compiled(r"///[a-z]{2,24}\.[a-z]{2,24}\.[a-z]{2,24}\b"),
        NAMED,
        edges=no_edges,
    ),
)
