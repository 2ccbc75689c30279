"""Check digits and structures, right and wrong by one digit."""

from collections.abc import Callable

import pytest

from redactor.detect import checksums

GOOD: dict[Callable[[str], bool], list[str]] = {
    checksums.luhn: [
        "0", "18", "79927398713", "4111111111111111", "4111 1111 1111 1111",
        "5555-5555-5555-4444", "378282246310005", "30569309025904",
    ],
    checksums.card: [
        "4111111111111111", "4222222222222", "5555555555554444", "2223003122003222",
        "378282246310005", "6011111111111117", "3530111333300000", "30569309025904",
        "4111-1111 1111-1111",
    ],
    checksums.iban: [
        "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432",
        "gb82west12345698765432", "FR1420041010050500013M02606", "NL91ABNA0417164300",
        "CH9300762011623852957", "BE68539007547034",
    ],
    checksums.aba: [
        "021000021", "011401533", "091000019", "111000025", "322271627", "026009593",
        "0210-0002-1", "121000248",
    ],
    checksums.ssn: [
        "123-45-6789", "078-05-1120", "457-55-5462", "219-09-9999", "001-01-0001",
        "899999999", "123 45 6789", "665.99.9999",
    ],
    checksums.itin: [
        "912-90-3456", "912903456", "900-70-0000", "999-88-9999", "900-50-0001",
        "987 65 4320", "912-92-3456", "912-94-3456",
    ],
}  # fmt: skip

BAD: dict[Callable[[str], bool], list[str]] = {
    checksums.luhn: ["", "1", "79927398714", "4111111111111112", "41111111x1111111", "\u0664"],
    checksums.card: [
        "", "4111111111111112", "9111111111111111", "411111111111", "5555555555554445",
        "0000000000000000", "18", "41ll111111111111",
    ],
    checksums.iban: [
        "", "DE89370400440532013001", "XX89370400440532013000", "DE8937040044053201300",
        "GB82WEST1234569876543", "DE89\u0663704", "DE",
    ],
    checksums.aba: ["", "021000022", "000000000", "02100002", "0210000211", "02100002x"],
    checksums.ssn: [
        "", "000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000",
        "12345678", "1234567890", "12345678x",
    ],
    checksums.itin: ["", "812-90-3456", "912-93-3456", "912-89-3456", "912-49-3456", "91290345"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("check", "number"), [(check, number) for check, rows in GOOD.items() for number in rows]
)
def test_right(check: Callable[[str], bool], number: str) -> None:
    assert check(number) is True


@pytest.mark.parametrize(
    ("check", "number"), [(check, number) for check, rows in BAD.items() for number in rows]
)
def test_wrong(check: Callable[[str], bool], number: str) -> None:
    assert check(number) is False


@pytest.mark.parametrize(
    ("check", "number"), [(checksums.luhn, "4111111111111111"), (checksums.aba, "021000021")]
)
def test_every_single_wrong_digit_is_noticed(check: Callable[[str], bool], number: str) -> None:
    for at, digit in enumerate(number):
        for wrong in set("0123456789") - {digit}:
            assert not check(number[:at] + wrong + number[at + 1 :])
