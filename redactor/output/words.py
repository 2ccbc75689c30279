"""What was read, as JSON and as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from redactor.engine import TOOL, Engine
from redactor.geometry import POINTS_PER_INCH, Box
from redactor.output.characters import encodable, harmless
from redactor.words import Line, Mark, Page


def to_json(pages: Sequence[Page], dpi: int, engine: Engine) -> str:
    """Pages as JSON: bounds in pixels at `dpi`, origin top-left of the displayed page.

    The same pages give the same text.
    """
    data = {"pages": [_page(page, dpi) for page in pages], "engine": _engine(engine)}
    return encodable(json.dumps(data, ensure_ascii=False, indent=1))


def to_text(pages: Sequence[Page]) -> str:
    """A line of text a line, pages parted by a form feed."""
    return "\n\f".join("\n".join(harmless(line.text) for line in page.lines) for page in pages)


def _engine(engine: Engine) -> dict[str, Any]:
    return {
        TOOL: {"version": engine.version, "sha256": engine.code},
        "models": {m.name: {"version": m.version, "sha256": m.sha256} for m in engine.models},
        "packages": {p.name: p.version for p in engine.packages},
        "settings": dict(engine.settings),
    }


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
