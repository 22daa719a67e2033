"""One shape for what prints alike: full-width digits, hyphens, minus signs; invisible characters left out.

The folded text is what rules read; `Folded.back` leads every offset home to the text as it is.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipelines.vocabulary.characters import Exchange

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SAME_LENGTH = Exchange(
    {chr(0xFF10 + d): chr(0x30 + d) for d in range(10)}
    | {chr(0xFF21 + c): chr(0x41 + c) for c in range(26)}
    | {chr(0xFF41 + c): chr(0x61 + c) for c in range(26)}
    | dict(zip("％．﹒＋－（）＄／～﹪\u2010\u2011\u2212", "%..+-()$/~%---", strict=True))
)
#: A full-width comma among full-width digits parts thousands: ４，５６５.
_WIDE_THOUSANDS = re.compile(
    r"\uff0c(?<=[\uff10-\uff19].)(?<![\uff10-\uff19]{4}.)(?=[\uff10-\uff19]{3}(?![\uff10-\uff19]))"
)
#: Ten and a small exponent, whose raising was lost: 10\u22125 mbar, p < 10\u22125. With a hyphen it would be a range.
_TENTH = re.compile(
    r"10\u2212(?<![\d.,]10.)(?=[2-9](?!\d|[.,]\d))(?:(?<=[<>\u2264\u2265~\u223c=]10.)"
    r"|(?<=[<>\u2264\u2265~\u223c=] 10.)|(?=. ?[A-Za-z\u00b5\u03bc\u03a9\u00c5]{1,4}\b))"
)
_DELETED = dict.fromkeys(map(ord, _INVISIBLE))


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text and, where characters were left out, the offsets at which the shift grows."""

    text: str
    shifts: tuple[int, ...] = ()  # folded offsets; from the k-th on, k characters have been left out

    def back(self, offset: int) -> int:
        """The offset in the original text of a folded offset."""
        return offset + bisect_right(self.shifts, offset) if self.shifts else offset

    def fold_offset(self, offset: int) -> int:
        """The folded offset of an original one."""
        if not self.shifts:
            return offset
        low, high = 0, len(self.shifts)
        while low < high:
            middle = (low + high) // 2
            if self.shifts[middle] + middle < offset:
                low = middle + 1
            else:
                high = middle
        return offset - low


def fold(text: str) -> Folded:
    """Fold a text. Plain ASCII comes back as it is."""
    if text.isascii():
        return Folded(text)
    spaced = _WIDE_THOUSANDS.sub(",", text) if "\uff0c" in text else text
    spaced = _TENTH.sub("10\u207b", spaced) if "\u2212" in spaced else spaced
    folded = _SAME_LENGTH.of(spaced)
    if not any(c in text for c in _INVISIBLE):
        return Folded(folded)
    shifts = []
    left_out = 0
    for at, character in enumerate(folded):
        if character in _INVISIBLE:
            shifts.append(at - left_out)
            left_out += 1
    return Folded(folded.translate(_DELETED), tuple(shifts))
