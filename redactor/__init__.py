"""Redacts PDFs, printed and handwritten, to the exact word; verifies and signs the result.

from pathlib import Path
import redactor

policy = redactor.load_policy("default")
key, _ = redactor.load_or_create_default_key()
done = redactor.redact(Path("in.pdf"), Path("out.pdf"), policy, key)
"""

from __future__ import annotations

import importlib
from typing import Any

# Each name with the module it lives in; imported when first asked for, since models are heavy.
_PUBLIC = {
    "redact": "redactor.pipeline",
    "Redacted": "redactor.pipeline",
    "load_policy": "redactor.policy.load:load",
    "Policy": "redactor.policy.model",
    "load_key": "redactor.sign.keys",
    "load_or_create_default_key": "redactor.sign.keys",
    "verify_published": "redactor.verify.published",
    "Box": "redactor.geometry",
    "Word": "redactor.words",
    "Line": "redactor.words",
    "Page": "redactor.words",
    "Finding": "redactor.findings",
    "Decision": "redactor.findings",
    "Report": "redactor.report",
    "ExitCode": "redactor.errors",
    "RedactorError": "redactor.errors",
}
__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'redactor' has no attribute {name!r}")
    module, _, attribute = _PUBLIC[name].partition(":")
    return getattr(importlib.import_module(module), attribute or name)
