"""The fonts of the training lines: npm packages `@fontsource/NAME`, as `npm pack` left them.

Only open licenses are accepted (`LICENSES`), read from each package. The fonts of the sample
documents are on neither list, so that those documents stay a test.
"""

# ruff: noqa: SIM905 - the lists are long and read better without quotes

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

LICENSES = frozenset({"OFL-1.1", "Apache-2.0"})

HANDWRITING = tuple(
    """
    allison amatic-sc annie-use-your-telescope bad-script beth-ellen bilbo calligraffitti caramel
    coming-soon covered-by-your-grace crafty-girls dawning-of-a-new-day dekko delicious-handrawn
    delius east-sea-dokdo edu-nsw-act-foundation edu-sa-beginner edu-tas-beginner
    edu-vic-wa-nt-beginner fuggles gaegu gamja-flower give-you-glory gloria-hallelujah gochi-hand
    grape-nuts hachi-maru-pop handlee hi-melody homemade-apple hurricane indie-flower julee
    just-another-hand just-me-again-down-here kirang-haerang klee-one kristi la-belle-aurore
    licorice liu-jian-mao-cao long-cang loved-by-the-king mansalva marck-script meddon mr-bedfort
    mr-dafoe mr-de-haviland mrs-saint-delafield mynerve nanum-brush-script nanum-pen-script neucha
    oooh-baby over-the-rainbow pangolin patrick-hand permanent-marker playwrite-de-grund
    playwrite-fr-moderne playwrite-in playwrite-it-moderna playwrite-pl playwrite-us-modern
    playwrite-us-trad poor-story puppies-play qwitcher-grypen rancho rock-salt ruge-boogie ruthie
    schoolbell sedgwick-ave shadows-into-light shadows-into-light-two shantell-sans short-stack
    single-day square-peg sriracha sue-ellen-francisco swanky-and-moo-moo the-girl-next-door vibur
    vujahday-script waiting-for-the-sunrise walter-turncoat whisper yomogi zen-kurenaido zeyada
    """.split()
)
PRINT = tuple(
    """
    abel actor alegreya alegreya-sc aleo alfa-slab-one andika anonymous-pro anton antonio
    archivo archivo-black archivo-narrow arimo arvo asap-condensed atkinson-hyperlegible
    azeret-mono b612-mono barlow-condensed bebas-neue bitter bodoni-moda cabin caladea cardo
    carlito cormorant-garamond courier-prime cousine crimson-text cutive cutive-mono
    didact-gothic dm-mono domine eb-garamond encode-sans encode-sans-condensed fira-mono
    fira-sans fjalla-one fjord-one frank-ruhl-libre gelasio gothic-a1 hanken-grotesk heebo hind
    ibm-plex-mono ibm-plex-sans ibm-plex-serif im-fell-english inconsolata inter jetbrains-mono
    josefin-slab jura kameron karla lato league-gothic lekton libre-baskerville
    libre-caslon-text libre-franklin lora merriweather montserrat mukta nanum-gothic-coding
    news-cycle newsreader noto-sans noto-sans-mono noto-serif nova-mono nunito old-standard-tt
    open-sans oswald overpass-mono oxygen playfair-display playfair-display-sc poppins prata
    pt-mono pt-sans pt-sans-narrow pt-serif quattrocento questrial raleway rasa red-hat-mono
    roboto roboto-condensed roboto-mono roboto-slab rokkitt rubik saira-extra-condensed sanchez
    schibsted-grotesk share-tech-mono signika solway sometype-mono sorts-mill-goudy
    source-code-pro source-sans-3 space-mono special-elite spectral stix-two-text tinos
    titillium-web unna varela-round vollkorn vt323 work-sans xanh-mono yanone-kaffeesatz
    zilla-slab
    """.split()
)
HELD_OUT = frozenset(
    """
    annie-use-your-telescope edu-sa-beginner just-another-hand la-belle-aurore mynerve patrick-hand
    playwrite-in zeyada
    archivo-narrow cabin carlito fira-mono josefin-slab libre-caslon-text pt-serif special-elite
    """.split()
)
"""Never trained on: their lines tell how well fonts that were not seen are told apart."""
_STYLES = ("400-normal", "700-normal", "400-italic")


@dataclass(frozen=True)
class Face:
    """One style of a font family."""

    family: str
    style: str
    data: bytes = field(repr=False, hash=False, compare=False)

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face at a size in pixels an em."""
        return _sized(self, size)

    def size_for(self, x_height: int, least: int, most: int) -> int:
        """The size at which an x is that many pixels high, within limits."""
        _, top, _, bottom = self.at(100).getbbox("x", anchor="ls")
        return round(min(most, max(least, 100 * x_height / max(1.0, bottom - top))))

    def writable(self, text: str) -> str:
        """The text without the characters that the face has no glyph for."""
        return "".join(char for char in text if char == " " or _has(self, char))


@lru_cache(maxsize=4096)
def _sized(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(face.data), size)


@lru_cache(maxsize=100_000)
def _has(face: Face, char: str) -> bool:
    font = face.at(24)
    glyph, missing = font.getmask(char), font.getmask("\ufffe")
    return glyph.size != missing.size or bytes(glyph) != bytes(missing)


def load(folder: Path, families: Iterable[str]) -> tuple[Face, ...]:
    """The faces of the families whose packages lie in the folder, in the order of the names."""
    return tuple(face for name in sorted(families) for face in _faces(folder, name))


def _faces(folder: Path, name: str) -> Iterator[Face]:
    for package in sorted(folder.glob(f"fontsource-{name}-[0-9]*.tgz"))[-1:]:
        with tarfile.open(package) as archive:
            about = json.loads(_member(archive, "package/package.json") or b"{}")
            if about.get("license") not in LICENSES:
                continue
            for style in _STYLES:
                data = _member(archive, f"package/files/{name}-latin-{style}.woff")
                if data:
                    yield Face(name, style, data)


def _member(archive: tarfile.TarFile, path: str) -> bytes | None:
    try:
        file = archive.extractfile(path)
    except KeyError:
        return None
    return file.read() if file else None
