"""Digits as they are written: their grouping, their decimals, how many of them count; and what a read number is.

The conventions of grouping (1,234.5; 1.234,5; 12,34,567) are true of both languages.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

MAX_DIGITS = 64  # digits, or number words, of one number
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f'\u2019")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_DECIMAL = re.compile(r"\d+\.\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
VULGAR = {
    sign: Decimal(part) / whole
    for sign, part, whole in (
        ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5),
        ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
    )
}  # fmt: skip


@dataclass(slots=True)
class Number:
    """A number between tokens `i` and `j` (exclusive). `form` says how it is written:

    digits, words, share (a fraction or "one in five", in percent), vague (a range of powers of ten), multiple, ordinal;
    or why it is none: corrupt, oversized, vague_alone, part.
    """

    i: int
    j: int
    value: Decimal
    form: str
    high: Decimal | None = None
    digits: int = 1
    decimals: int = 0
    scale: Decimal = Decimal(1)


@lru_cache(maxsize=4096)
def plain_value(token: str) -> Decimal | None:
    """The value of a written run of digits, or None where no convention of grouping fits ("9.4.0")."""
    token = token.translate(_SPACES)
    if "," not in token:
        if "." not in token or _DECIMAL.fullmatch(token):
            return Decimal(token)
        return Decimal(token.replace(".", "")) if _EUROPEAN.fullmatch(token) else None
    if _GROUPED.fullmatch(token) or _INDIAN.fullmatch(token):
        return Decimal(token.replace(",", ""))
    if _EUROPEAN.fullmatch(token):
        return Decimal(token.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(token):
        return Decimal(token.replace(",", "."))
    return None


@lru_cache(maxsize=4096)
def significant(token: str) -> tuple[int, int]:
    """Significant digits and decimals of written digits: trailing zeros of an integer do not count, at least two do."""
    bare = token.translate(_SPACES).replace(",", "")
    whole, _, part = bare.partition(".")
    if part:
        return max(2, len((whole + part).lstrip("0"))), len(part)
    return max(2, len(whole.strip("0")) if whole.strip("0") else 1), 0
