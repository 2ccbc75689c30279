"""What was read, as JSON and as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from redactor.geometry import POINTS_PER_INCH, Box
from redactor.words import Line, Mark, Page

_HALF_PAIR = re.compile("[\ud800-\udfff]")  # broken fonts yield them; no encoding takes them


def to_json(pages: Sequence[Page], dpi: int, engine: Iterable[tuple[str, str, str]]) -> str:
    """Pages as JSON: bounds in pixels at `dpi`, origin top-left of the displayed page.

    `engine` are (name, version, SHA-256) of the models. The same pages give the same text.
    """
    text = json.dumps(
        {
            "pages": [_page(page, dpi) for page in pages],
            "engine": {
                name: {"version": version, "sha256": digest} for name, version, digest in engine
            },
        },
        ensure_ascii=False,
        indent=1,
    )
    return _HALF_PAIR.sub("\ufffd", text)


def to_text(pages: Sequence[Page]) -> str:
    """A line of text a line, pages parted by a form feed."""
    text = "\n\f".join("\n".join(line.text for line in page.lines) for page in pages)
    return _HALF_PAIR.sub("\ufffd", text)


def _page(page: Page, dpi: int) -> dict[str, Any]:
    scale = dpi / POINTS_PER_INCH
    return {
        "pageNumber": page.number,
        "width": round(page.width * scale),
        "height": round(page.height * scale),
        "dpi": dpi,
        "elements": [_element(line, order, scale) for order, line in enumerate(page.lines)],
        "unread": [{"bounds": _bounds(box, scale)} for box in page.ink.unread],
        "marks": [_mark(mark, scale) for mark in page.marks],
        "ink": {
            "word": page.ink.word,
            "rule": page.ink.rule,
            "picture": page.ink.picture,
            "speck": page.ink.speck,
            "mark": page.ink.mark,
            "unread": len(page.ink.unread),
        },
    }


def _element(line: Line, order: int, scale: float) -> dict[str, Any]:
    return {
        "type": line.kind.value,
        "text": line.text,
        "words": [
            {
                "text": word.text,
                "bounds": _bounds(word.box, scale),
                "confidence": round(word.confidence, 4),
                "origin": word.origin.value,
                **({"alternatives": list(word.alternatives)} if word.alternatives else {}),
            }
            for word in line.words
        ],
        "readingOrder": order,
        "bounds": _bounds(line.box, scale),
        "confidence": round(line.confidence, 4),
    }


def _mark(mark: Mark, scale: float) -> dict[str, Any]:
    return {
        "label": mark.label.value,
        "bounds": _bounds(mark.box, scale),
        "confidence": round(mark.confidence, 4),
        **({"text": mark.text} if mark.text else {}),
    }


def _bounds(box: Box, scale: float) -> dict[str, float]:
    scaled = box.scaled(scale)
    return {
        "x": round(scaled.x0, 2),
        "y": round(scaled.y0, 2),
        "width": round(scaled.width, 2),
        "height": round(scaled.height, 2),
    }
