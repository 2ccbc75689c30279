"""E-mail addresses (RFC 5322), URLs (RFC 3986) and IP addresses (RFC 791, RFC 4291).

OCR sets blanks around `@` and the last dot; they are taken along. An e-mail's domain is found as
a URL too and goes away in `patterns.resolve`, since it stands inside the e-mail address.
"""

from __future__ import annotations

import ipaddress

from redactor.detect.context import Context
from redactor.detect.scan import (
    FORMAT,
    LABELED,
    NAMED,
    WEAK,
    Pattern,
    compiled,
    no_edges,
    word_edges,
)

_VERSION = Context(
    r"version|ver|v|v|release|build|section|sections|sec|chapter|clause|paragraph|rule|item"
)
_IP = Context(r"ip|ipv4|ipv6|host|server|address|addr|gateway|dns")

_LABEL = r"[a-z0-9][a-z0-9-]*"
_LOCAL = r"[a-z0-9_][a-z0-9._%+'#&=!~-]*"
_TOP_SPACED = r"(?-i:com|org|net|edu|gov|mil)"
_TOP_WORD = r"(?:com|org|net|edu|gov|mil|info|biz|health|online|site|app|dev)"
_TOP_CODE = r"(?-i:us|uk|ca|de|fr|eu|au|nl|ch|io|ai|co|mx|jp|br|es|ie|nz|se)"
_PATH_END = ".,;:!?'\")]}>"


def _fit_url(candidate: str) -> int:
    """All but the punctuation of the sentence around it; a closing bracket that it opened stays."""
    text = candidate.rstrip(_PATH_END)
    if candidate[len(text) : len(text) + 1] == ")" and "(" in text:
        return len(text) + 1
    return len(text)


def _fit_ip4(candidate: str) -> int:
    try:
        ipaddress.IPv4Address(candidate)
    except ValueError:
        return 0
    return len(candidate)


def _fit_ip6(candidate: str) -> int:
    """An address with two groups and a digit at least: `a::b` is more likely source code."""
    text = candidate.rstrip(":") if not candidate.endswith("::") else candidate
    groups = [group for group in text.split(":") if group]
    if len(groups) < 2 or not any(char.isdigit() for char in text):
        return 0
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return 0
    return len(text)


_SCHEME = r"\b(?:https?|ftps?|sftp|file)(?: ?:[ \n]?/ ?/ ?)"

INTERNET: tuple[Pattern, ...] = (
    Pattern(  # thomas.rahman@ example .com: a blank before the last part
        "EMAIL_ADDRESS",
        compiled(
            rf"\b{_LOCAL} ?@ ?{_LABEL}(?:\.{_LABEL})*(?: \. ?|\. ){_TOP_SPACED}\b",
            case=False,
        ),
        FORMAT,
        edges=no_edges,
    ),
    Pattern(
        "EMAIL_ADDRESS",
        compiled(rf"\b{_LOCAL}[ \n]?@[ \n]?{_LABEL}(?:\.{_LABEL})*\.[a-z]{{2,24}}\b", case=False),
        LABELED,
        edges=no_edges,
    ),
    Pattern(
        "URL",
        compiled(rf'{_SCHEME}[^\s<>"\x01]+', case=False),
        NAMED,
        fit=_fit_url,
        edges=no_edges,
    ),
    Pattern(
        "URL",
        compiled(rf'\bwww ?\. ?{_LABEL}(?:\.{_LABEL})+(?:[:/?#][^\s<>"\x01]*)?', case=False),
        NAMED,
        fit=_fit_url,
        edges=no_edges,
    ),
    Pattern(
        "URL",
        compiled(
            rf"\b(?:{_LABEL}\.)+(?:{_TOP_WORD}|{_TOP_CODE})\b(?::\d{{1,5}})?"
            r'(?:[/?#][^\s<>"\x01]*)?',
            case=False,
        ),
        FORMAT,
        fit=_fit_url,
        edges=no_edges,
    ),
    Pattern(  # some.host/path
        "URL",
        compiled(rf'\b{_LABEL}(?:\.{_LABEL})*\.[a-z]{{2,6}}/[a-z0-9_~][^\s<>"\x01]*', case=False),
        WEAK,
        fit=_fit_url,
        edges=no_edges,
    ),
    Pattern(
        "IP_ADDRESS",
        compiled(r"\b(?:[1-9]\d{1,2}|2[0-4]\d)\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"),
        FORMAT,
        in_context=LABELED,
        context=_IP,
        unless=_VERSION,
        fit=_fit_ip4,
    ),
    Pattern(  # 1.2.3.4 may be a section too
        "IP_ADDRESS",
        compiled(r"\b\d\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"),
        WEAK,
        in_context=LABELED,
        context=_IP,
        unless=_VERSION,
        fit=_fit_ip4,
    ),
    Pattern(
        "IP_ADDRESS",
        compiled(
            r"(?:\b[0-9a-f]{1,4}|:)(?::[0-9a-f]{0,4}){0,6}:(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})",
            case=False,
        ),
        NAMED,
        fit=_fit_ip6,
        edges=word_edges,
    ),
)
