"""Names, streets, towns and companies of many countries, from the package ``Faker`` (MIT).

The lists in ``names`` and ``vocabulary`` are mostly American; letters and records are not. Faker
knows how a street line or a company is written in each country, with lists of real name parts.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any

from faker.factory import Factory

LOCALES = (
    "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "en_AU", "en_CA", "en_GB", "en_IE", "en_IN",
    "en_NZ", "en_PH", "en_US", "es_AR", "es_CL", "es_CO", "es_ES", "es_MX", "et_EE", "fi_FI",
    "fr_BE", "fr_CA", "fr_CH", "fr_FR", "hr_HR", "hu_HU", "id_ID", "it_IT", "lt_LT", "lv_LV",
    "nl_BE", "nl_NL", "no_NO", "pl_PL", "pt_BR", "pt_PT", "ro_RO", "sk_SK", "sl_SI", "sv_SE",
    "tr_TR", "vi_VN",
)  # fmt: skip
_UNITS = ("Apt.", "Apt", "Suite", "Unit", "Flat", "Apartment", "Floor", "Room", "Bldg", "#", "Lot")
_LATIN = 0x250  # letters below are Latin


@cache
def _generator(locale: str) -> Any:
    return Factory.create(locale)


def _made(rng: random.Random, kind: str) -> str:
    """What a random country's generator makes, on one line and in Latin letters."""
    for _ in range(8):
        generator = _generator(rng.choice(LOCALES))
        generator.random = rng
        try:
            text = " ".join(str(getattr(generator, kind)()).split())
        except AttributeError:
            continue  # that country has none
        if text and all(ord(char) < _LATIN or char in "’–" for char in text):
            return text
    return "Springfield"


def _kind(name: str) -> Callable[[random.Random], str]:
    return lambda rng: _made(rng, name)


given = _kind("first_name")
surname = _kind("last_name")
town = _kind("city")
company = _kind("company")
country = _kind("country")
_street = _kind("street_address")
_street_name = _kind("street_name")


def street(rng: random.Random) -> str:
    """A street line with its number before or after, or both, as forms get them."""
    roll = rng.random()
    if roll < 0.55:
        return _street(rng)
    name = _street_name(rng)
    number = rng.randint(1, 999)
    if roll < 0.8:
        return f"{name} {number}"
    return f"{number} {name}" if roll < 0.9 else f"{rng.randint(1, 99)} {name} {number}"


def postcode(rng: random.Random) -> str:
    """A postal code of any country."""
    return _made(rng, "postcode")


def unit(rng: random.Random) -> str:
    """The line that names a part of a house."""
    return f"{rng.choice(_UNITS)} {rng.randint(1, 999):0{rng.choice((1, 3))}}"


def address_lines(rng: random.Random) -> list[str]:
    """An address as the lines of an envelope, the country's name or code where it has one."""
    lines = [street(rng)]
    if rng.random() < 0.5:
        lines.append(unit(rng))
    place, code = town(rng), postcode(rng)
    place = place.upper() if rng.random() < 0.2 else place
    last = rng.choice((f"{code} {place}", f"{place} {code}", place, f"{place}, {code}"))
    lines.append(last)
    if rng.random() < 0.6:
        land = country_name(rng)
        lines.append(f"{land} {code}" if last == place else land)
    return lines


def country_name(rng: random.Random) -> str:
    """A country's English name."""
    generator = _generator("en_US")
    generator.random = rng
    return str(generator.country())
