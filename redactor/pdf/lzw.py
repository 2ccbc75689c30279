"""How many bytes an LZW stream inflates to, without inflating it: QPDF has no limit for these.

Fifty kilobytes can ask for five gigabytes. Only the lengths of the strings in the table are kept
(ISO 32000-2, 7.4.4).
"""

from __future__ import annotations

_CLEAR, _END = 256, 257
_LITERALS = [1] * 256 + [0, 0]
_LAST_WIDTH, _FULL = 12, 4096


def inflated_size(data: bytes, most: int, early: bool = True) -> int:
    """The bytes that come out, counted until they are more than `most` or the data makes no sense.

    `early` is the filter's EarlyChange: codes grow by a bit one code before they must.
    """
    lengths = list(_LITERALS)
    total = previous = held = n_held = 0
    width = 9
    for byte in data:
        held, n_held = held << 8 | byte, n_held + 8
        if n_held < width:
            continue
        n_held -= width
        code, held = held >> n_held, held & ((1 << n_held) - 1)
        if code == _CLEAR:
            lengths, previous, width = list(_LITERALS), 0, 9
            continue
        if previous and len(lengths) < _FULL:
            lengths.append(previous + 1)
        if code == _END or code >= len(lengths):
            break
        previous = lengths[code]
        total += previous
        if total > most:
            break
        if width < _LAST_WIDTH and len(lengths) + early >= 1 << width:
            width += 1
    return total
