"""The view in which letters that OCR reads for digits are digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.folding import ascii_view, repaired_view


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("l23-4S-67B9", "123-45-6789"),
        ("41ll 1111 1111 llll", "4111 1111 1111 1111"),
        ("O4/15/198O", "04/15/1980"),
        ("2Z O1", "22 01"),
        ("DE89370400440532O13000", "DE89370400440532013000"),
        ("GB82WESTl2345698765432", "GB82WEST12345698765432"),
        ("SI56 191O", "SI56 1910"),
        ("SSN 2l2-O9-7694, so", "SSN 212-09-7694, so"),
    ],
)
def test_letters_among_digits_are_digits(text: str, repaired: str) -> None:
    assert repaired_view(text) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SOS",
        "BOSS 12",  # more letters than digits
        "tools2",
        "A1B2",
        "SI56 1910",
        "GB29BOSS",
        "I, O and Z",
        "123-45-6789",
        "NL91ABNA0417164300",
        "4ever",
    ],
)
def test_words_stay_words(text: str) -> None:
    assert repaired_view(text) == text


@given(st.text(max_size=300) | st.text("0123456789OolISBZAGW-/. \n", max_size=60))
def test_a_repaired_view_differs_in_such_letters_alone(text: str) -> None:
    view = ascii_view(text).text
    repaired = repaired_view(view)
    assert len(repaired) == len(view)
    pairs = {(old, new) for old, new in zip(view, repaired, strict=True) if old != new}
    assert pairs <= set(zip("OolISBZ", "0011582", strict=True))
    assert repaired_view(repaired) == repaired
