import pytest

from benchmarks.reading_names import holds


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("NOM: Durand", "DURAND", True),
        ("Jean-Luc", "JEANLUC", True),
        ("DE LA TOUR", "La Tour", True),
        ("DURANDO", "DURAND", False),
        ("LA GRANDE TOUR", "LA TOUR", False),
        ("", "LA", False),
    ],
)
def test_a_name_is_found_word_by_word(text: str, name: str, expected: bool) -> None:
    assert holds(text, name) is expected
