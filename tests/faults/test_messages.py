"""What is refused: the documented exit code, one line that says why, and nothing left behind."""

from __future__ import annotations

import pytest

from redactor.errors import ExitCode
from tests.faults.cases import CASES, Case
from tests.faults.command import LINE, LINE_WITH_HINT, Done, make_place

# A policy's line says where and what; what to do follows from it.
_NO_HINT_NEEDED = {ExitCode.BAD_POLICY}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Done, list[str]]]:
    """Each case is run once: how it ended, and what it left behind or changed."""
    results = {}
    for case in CASES:
        place = make_place(tmp_path_factory.mktemp("case"))
        arguments = case.make(place)
        before = place.listing()
        done = place.run(*arguments)
        changed = {*before.items()} ^ {*place.listing().items()}
        results[case.name] = done, sorted({path for path, _ in changed})
    return results


_PARAMETERS = [pytest.param(case, id=case.name) for case in CASES]


def test_names_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", _PARAMETERS)
def test_code_and_nothing_left(case: Case, refused: dict[str, tuple[Done, list[str]]]) -> None:
    done, left = refused[case.name]
    assert done.code == case.code, done.err
    assert left == []
    assert done.out == ""
    assert "Traceback" not in done.err


@pytest.mark.parametrize("case", _PARAMETERS)
def test_one_clear_line(case: Case, refused: dict[str, tuple[Done, list[str]]]) -> None:
    err = refused[case.name][0].err
    assert (LINE if case.code in _NO_HINT_NEEDED else LINE_WITH_HINT).fullmatch(err)
    assert case.names in err
