"""A fresh folder to work in, for the verbs."""

from __future__ import annotations

from tests.faults.conftest import place

__all__ = ["place"]
