"""Chinese numbers: 1.2万亿, 3.5 萬, 两千三百五十, 百分之三十二, 三成, 三分之一, 1300多万.

A number is read here with its scale and the 多 or 余 inside it, without its unit.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.stages.quantities.written import MAX_DIGITS, plain_value, significant

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HAN = "零〇一二两兩三四五六七八九十百千万萬亿億"
_SCALE = (
    r"(?:[十百千]?(?:万亿|萬億|亿亿|億億)|[十百千]?[万萬亿億]"
    r"|兆(?![瓦字比赫帕焦])|[百千](?![瓦米克卡帕赫伏安焦分兆吨噸字比]))"
)

#: Digits with a scale and an inexact 多, 余 or 几 between; or a run of numerals. Alternatives do not overlap.
_NUMBER = re.compile(
    rf"(?P<digits>\d[\d,]*(?:\.\d+)*)(?P<inner>[多余餘来來]?)(?P<scale>(?:{_SCALE})?)(?P<outer>[多余餘]?)"
    rf"|(?P<han>[{_HAN}]{{1,40}}(?:点[{_HAN}]{{1,20}})?)(?P<hanouter>[多余餘]?)"
)


@dataclass(slots=True)
class HanNumber:
    """A number between offsets `start` and `end` of the compact sentence. `form`: digits, han, share, corrupt,
    oversized.
    """

    start: int
    end: int
    value: Decimal
    form: str
    digits: int = 2
    decimals: int = 0
    scale: Decimal = Decimal(1)
    high: Decimal | None = None  # 二三十: from 20 to 30
    is_inexact: bool = False  # 多 or 余: more than the number says


def scale_value(word: str) -> Decimal:
    """What 万, 百万, 万亿 or 亿亿 multiplies by."""
    value = Decimal(1)
    for character in word:
        value *= _SMALL.get(character) or _LARGE[character]
    return value


def han_value(numeral: str) -> Decimal | None:
    """The value of a run of Chinese numerals by the rules of 十百千万亿, or None where it is no number."""
    whole, _, fraction = numeral.partition("点")
    if all(c in _DIGIT for c in whole):
        if len(whole) > 1 and not fraction:
            return Decimal("".join(str(_DIGIT[c]) for c in whole)) if whole[0] not in "零〇" else None
        total = Decimal("".join(str(_DIGIT[c]) for c in whole))
    else:
        total, section, digit = Decimal(0), 0, 0
        for character in whole:
            if character in _DIGIT:
                digit = _DIGIT[character]
            elif character in _SMALL:
                section += (digit or 1) * _SMALL[character]
                digit = 0
            else:
                group = section + digit
                large = _LARGE[character]
                if total and (group == 0 or large > total):
                    total = (total + group) * large
                else:
                    total += (group or 1) * large
                section = digit = 0
        total += section + digit
    if fraction:
        digits = "".join(str(_DIGIT[c]) for c in fraction if c in _DIGIT)
        total += Decimal("0." + digits) if digits else 0
        for character in fraction:
            if character in _LARGE:
                total *= _LARGE[character]
    return total


def scan(text: str) -> list[HanNumber]:
    """Every number of a compact sentence, in order: shares and fractions first, then digits and numerals."""
    found: list[HanNumber] = []
    at = 0
    while True:
        match = _NUMBER.search(text, at)
        if match is None:
            return found
        number = _percent_of(text, match.start()) or _fraction(text, match) or _read(text, match)
        _continue(text, number)
        at = max(number.end, match.start() + 1)
        found.append(number)


def _continue(text: str, number: HanNumber) -> None:
    """9,899億2千萬 is one number: a smaller scale goes on where a larger one ends."""
    while number.form == "digits" and number.scale >= 10**4 and not number.is_inexact:
        match = _NUMBER.match(text, number.end)
        if match is None or not match["digits"]:
            return
        tail = _read(text, match)
        if tail.form != "digits" or tail.value >= number.scale:
            return
        number.value, number.end, number.is_inexact = number.value + tail.value, tail.end, tail.is_inexact
        number.digits += tail.digits
        number.scale = max(tail.scale, Decimal(1))
        number.decimals = tail.decimals


_SHARE_OF = re.compile(
    rf"(?P<of>[百千万萬])分之(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<han>[{_HAN}]{{1,20}}(?:点[{_HAN}]{{1,10}})?))"
)
_PARTS = re.compile(rf"(?P<whole>[{_HAN}]{{1,8}}|\d{{1,6}})分之(?P<part>[{_HAN}]{{1,8}}|\d{{1,6}})")
_TENTHS = re.compile(
    r"(?P<tens>[一二两兩三四五六七八九]|\d)成(?P<half>[一二三四五六七八九半]?)(?![立功为為员員果都绩績交长長熟品分型效因本人語语倍為])"
)


def _percent_of(text: str, at: int) -> HanNumber | None:
    """百分之三十二, 千分之三, and 三成, 六成五."""
    match = _SHARE_OF.match(text, at)
    if match is not None:
        per = {"百": 1, "千": 10, "万": 100, "萬": 100}[match["of"]]
        value = plain_value(match["digits"]) if match["digits"] else han_value(match["han"])
        if value is not None:
            digits, decimals = significant(match["digits"]) if match["digits"] else (2, 0)
            return HanNumber(at, match.end(), value / per, "share", digits, decimals)
    match = _TENTHS.match(text, at)
    if match is not None:
        tens = _DIGIT.get(match["tens"])
        value = Decimal(tens if tens is not None else int(match["tens"])) * 10
        if match["half"]:
            value += 5 if match["half"] == "半" else _DIGIT[match["half"]]
        return HanNumber(at, match.end(), value, "share")
    return None


def _fraction(text: str, match: re.Match[str]) -> HanNumber | None:
    parts = _PARTS.match(text, match.start())
    if parts is None:
        return None
    whole = Decimal(parts["whole"]) if parts["whole"].isdecimal() else han_value(parts["whole"])
    part = Decimal(parts["part"]) if parts["part"].isdecimal() else han_value(parts["part"])
    if not whole or part is None:
        return None
    return HanNumber(parts.start(), parts.end(), 100 * part / whole, "share")


_PAIR = re.compile(r"([一二两兩三四五六七八])([二三四五六七八九])([十百千万萬亿億]{1,3})")


def _read(text: str, match: re.Match[str]) -> HanNumber:
    start, end = match.span()
    if match["digits"]:
        digits = match["digits"].rstrip(",")
        if digits != match["digits"]:
            end = start + len(digits)
            scale_word, inexact = "", False
        else:
            scale_word, inexact = match["scale"], bool(match["inner"] or match["outer"])
            if match["inner"] and not match["scale"]:
                inexact = True
        if len(digits) > MAX_DIGITS:
            return HanNumber(start, end, Decimal(0), "oversized")
        value = plain_value(digits)
        if value is None:
            return HanNumber(start, end, Decimal(0), "corrupt")
        scale = scale_value(scale_word) if scale_word else Decimal(1)
        count, decimals = significant(digits)
        return HanNumber(start, end, value * scale, "digits", count, decimals, scale, None, inexact)
    numeral = match["han"]
    pair = _PAIR.fullmatch(numeral)
    if pair is not None and 0 < _DIGIT[pair[2]] - _DIGIT[pair[1]] < 3:
        each = scale_value(pair[3])
        scale = each if each >= 10**4 else Decimal(1)
        low, high = _DIGIT[pair[1]] * each, _DIGIT[pair[2]] * each
        return HanNumber(start, end, low, "han", 1, 0, scale, high, bool(match["hanouter"]))
    value = han_value(numeral)
    if value is None:
        return HanNumber(start, end, Decimal(0), "corrupt")
    large = max((_LARGE[c] for c in numeral if c in _LARGE), default=1)
    return HanNumber(start, end, value, "han", 2, 0, Decimal(large), None, bool(match["hanouter"]))
