"""The tool's own outputs give its audit nothing to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redactor.audit.run import audit
from tests.end_to_end.conftest import Job
from tests.samples import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_our_outputs_are_clean(name: str, redacted: Callable[[str], Job]) -> None:
    assert audit(redacted(name).output).found == ()
