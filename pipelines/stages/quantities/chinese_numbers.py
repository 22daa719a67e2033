"""Chinese numbers: 1.2万亿, 3.5 萬, 两千三百五十, 肆佰叁拾, 百分之三十二, 三成, 三分之一, 1300多万, 十几, 数十万.

A number is read here with its scale and the 多, 余 or 几 inside it, without its unit.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.stages.quantities.powers import RAISED
from pipelines.stages.quantities.written import MAX_DIGITS, plain_value, significant

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_GLUED = {"k": 1000, "K": 1000, "w": 10**4, "W": 10**4}  # as chats and job offers write
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
#: The numerals of cheques and contracts, which nobody can alter with a stroke.
CAPITALS = "贰貳叁參肆伍陆陸柒捌玖"
PLAIN = str.maketrans("壹" + CAPITALS + "拾佰仟點", "一" + "二二三三四五六六七八九" + "十百千点")
_HAN = "零〇一二两兩三四五六七八九十百千万萬亿億壹佰仟"
_SCALE = (
    r"(?:[十百千]?(?:万亿|萬億|亿亿|億億|[万萬][万萬])|[十百千]?[万萬]|[十百千]?个?[亿億]"
    r"|[kKwW](?=[元块左])|兆(?![瓦字比赫帕焦])|[百千佰仟](?!欧(?!元|洲|盟)|[瓦米克卡帕赫伏安焦分兆吨噸字比]))"
)

#: Digits with a scale and an inexact 多, 余 or 几 between; or a run of numerals. Alternatives do not overlap.
_NUMBER = re.compile(
    rf"(?P<digits>\d[\d,]*(?:\.\d+)*)(?P<inner>[多余餘来來]?)(?P<scale>(?:{_SCALE})?)(?P<outer>[多余餘]?)"
    rf"|(?P<han>(?:[{_HAN}]|[{CAPITALS}](?=[拾佰仟])|(?<=[拾佰仟])[{CAPITALS}]|拾(?<![收捡撿掇].)(?=[零万萬{CAPITALS}])"
    rf"|拾(?<![收捡撿掇].)(?=[一二三四五六七八九]?[万萬亿億])|兆(?<=[{_HAN}].)(?=[{_HAN}]{{0,8}}[亿億])"
    rf"|(?<=[壹{CAPITALS}])拾){{1,40}}"
    rf"(?:[点點][{_HAN}]{{1,20}})?)(?P<hanouter>(?:[多余餘几幾]|[来來](?=[万萬亿億个個人岁歲位名家户戶公米元块塊斤里吨噸条條]))?)(?P<hanscale>(?:[万萬]|个?[亿億])?)"
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
    high: Decimal | None = None  # 二三十: from 20 to 30; 数十万: from 100,000 to a million
    is_inexact: bool = False  # 多 or 余: more than the number says, 来: about as many


def scale_value(word: str) -> Decimal:
    """What 万, 百万, 万亿 or 亿亿 multiplies by."""
    value = Decimal(1)
    for character in word.translate(PLAIN).replace("个", ""):
        value *= _SMALL.get(character) or _GLUED.get(character) or _LARGE[character]
    return value


def han_value(numeral: str) -> Decimal | None:
    """The value of a run of Chinese numerals by the rules of 十百千万亿, or None where it is no number."""
    whole, _, fraction = numeral.translate(PLAIN).partition("点")
    if all(c in _DIGIT for c in whole):
        if len(whole) > 1 and not fraction:
            return Decimal("".join(str(_DIGIT[c]) for c in whole)) if whole[0] not in "零〇" else None
        total = Decimal("".join(str(_DIGIT[c]) for c in whole))
    else:
        total, section, digit = Decimal(0), 0, 0
        unit = 1  # what a digit right behind 百 or 千 counts before 万 or 亿: 千二亿 is 120 billion
        for character in whole:
            if character in _DIGIT:
                digit = _DIGIT[character]
                unit = unit if digit else 1
            elif character in _SMALL:
                section += (digit or 1) * _SMALL[character]
                digit, unit = 0, _SMALL[character] // 10
            else:
                group = section + digit * unit
                large = _LARGE[character]
                if total and (group == 0 or large > total):
                    total = (total + group) * large
                else:
                    total += (group or 1) * large
                section, digit, unit = 0, 0, 1
        total += section + digit * _shortened(whole)
    if fraction:
        digits = "".join(str(_DIGIT[c]) for c in fraction if c in _DIGIT)
        total += Decimal("0." + digits) if digits else 0
        for character in fraction:
            if character in _LARGE:
                total *= _LARGE[character]
    return total


#: What joins the ends of a range; "(含)" says that the lower one is in it.
RANGE_GAP = re.compile(r"(?:\(含\))?(?:--?|——?|[–~～−至到])")


def opens_range(text: str, end: int) -> bool:
    """Whether the number that ends here is the lower end of a range: 两到三万, 八百至九百亿."""
    gap = RANGE_GAP.match(text, end)
    return gap is not None and _NUMBER.match(text, gap.end()) is not None


_LEADING = re.compile(r"[一二两兩三四五六七八九]([十百千万萬亿億佰仟]+)")


def shared_scale(text: str, start: int, scale: Decimal) -> Decimal:
    """What a lower end without scale takes from the upper one that starts here: 两到三千万 is 20 to 30 million."""
    match = _LEADING.match(text, start)
    return scale_value(match[1]) if match is not None else scale


def _shortened(whole: str) -> int:
    """What a last digit counts that stands right behind a scale: 一百五 is 150, 一万三 is 13,000."""
    scale = _SMALL.get(whole[-2:-1]) or _LARGE.get(whole[-2:-1], 10)
    return scale // 10 if whole[-1] in _DIGIT else 1


def scan(text: str) -> list[HanNumber]:
    """Every number of a compact sentence, in order: shares and fractions first, then digits and numerals."""
    found: list[HanNumber] = []
    at = 0
    while True:
        match = _NUMBER.search(text, at)
        if match is None:
            return found
        number = _percent_of(text, match.start()) or _fraction(text, match) or _read(text, match)
        if text[number.end : number.end + 1] in _RAISES and number.form == "digits" and not number.is_inexact:
            _raise(text, number)
        _continue(text, number)
        at = max(number.end, match.start() + 1)
        found.append(number)


_POWER = re.compile(
    r"[×x*]10(?:\^?(?P<below>-\d{1,2})|\^(?P<above>\d{1,2})|(?P<raised>[\u207b\u207a]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
)
_RAISES = frozenset("×x*点點")
_SPOKEN = re.compile(r"[点點](?P<part>\d{1,2})(?=个?百分[点點]|个?[万萬亿億倍%])")


def _raise(text: str, number: HanNumber) -> None:
    """5.97×10^24, 3×10⁻³, and 3点5个百分点 as it is spoken."""
    match = _POWER.match(text, number.end)
    if match is not None:
        power = Decimal(10) ** int((match["below"] or match["above"] or match["raised"]).translate(RAISED))
        number.value, number.scale, number.end = number.value * power, number.scale * power, match.end()
        return
    spoken = _SPOKEN.match(text, number.end) if number.decimals == 0 and number.scale == 1 else None
    if spoken is not None:
        part = spoken["part"]
        number.value, number.end = number.value + Decimal("0." + part), spoken.end()
        number.digits, number.decimals = number.digits + len(part), len(part)


def _continue(text: str, number: HanNumber) -> None:
    """9,899億2千萬 is one number: a smaller scale goes on where a larger one ends."""
    while number.form == "digits" and number.scale >= 100 and not number.is_inexact:
        match = _NUMBER.match(text, number.end)
        if match is None or not match["digits"]:
            return
        tail = _read(text, match)
        is_figure = tail.scale > 1 or tail.value >= 100
        if tail.form != "digits" or tail.value >= number.scale or number.decimals or not is_figure:
            return  # 2.97亿60岁以上老人 are two numbers
        number.value, number.end, number.is_inexact = number.value + tail.value, tail.end, tail.is_inexact
        number.digits += tail.digits
        number.scale = max(tail.scale, Decimal(1))
        number.decimals = tail.decimals


_SHARE_OF = re.compile(
    rf"(?P<of>[百千万萬])分之(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<han>[{_HAN}]{{1,20}}(?:点[{_HAN}]{{1,10}})?))"
)
_PARTS = re.compile(rf"(?P<whole>[{_HAN}]{{1,8}}|\d{{1,6}})分之(?P<part>[{_HAN}]{{1,8}}|\d{{1,6}})")
_QUARTER = re.compile(r"(?P<whole>[三四五])分(?P<part>一)(?![秒钟鐘刻天之])")
_SLASHED = re.compile(r"(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?=的|以上|左右|强|弱|多)")
_TENTHS = re.compile(
    r"(?P<tens>[一二两兩三四五六七八九](?:[点點][一二三四五六七八九])?|十|10|\d(?:\.\d{1,2})?)成"
    r"(?:(?P<digit>\d(?![\dA-Za-z.,%]))|(?P<half>[一二三四五六七八九半]?)(?![立功为為员員果都绩績交长長熟品分型效因本人語语倍為套就]))"
)


def _percent_of(text: str, at: int) -> HanNumber | None:
    """百分之三十二, 千分之三, and 三成, 六成五, 7.2成."""
    match = _SHARE_OF.match(text, at)
    if match is not None:
        per = {"百": 1, "千": 10, "万": 100, "萬": 100}[match["of"]]
        value = plain_value(match["digits"]) if match["digits"] else han_value(match["han"])
        if value is not None:
            digits, decimals = significant(match["digits"]) if match["digits"] else (2, 0)
            return HanNumber(at, match.end(), value / per, "share", digits, decimals)
    match = _TENTHS.match(text, at)
    if match is not None:
        tens = match["tens"]
        value = 10 * (Decimal(tens) if tens[0].isdecimal() else han_value(tens) or Decimal(0))
        if match["half"]:
            value += 5 if match["half"] == "半" else _DIGIT[match["half"]]
        elif match["digit"]:  # 7成4
            value += int(match["digit"])
        return HanNumber(at, match.end(), value, "share")
    return None


def _fraction(text: str, match: re.Match[str]) -> HanNumber | None:
    parts = _PARTS.match(text, match.start()) or _QUARTER.match(text, match.start())
    slashed = (
        _SLASHED.match(text, match.start()) if parts is None and text[match.end() : match.end() + 1] == "/" else None
    )
    if slashed is not None and int(slashed["part"]) < int(slashed["whole"]):
        is_joined = match.start() > 0 and text[match.start() - 1] in "/-"  # a date
        parts = None if is_joined else slashed
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
    return _read_numerals(text, match)


#: Prefixes that belong to the unit: 一百二十万千瓦 is 1,200,000 kilowatts. 三千米 and 三千卡 may be either.
_PREFIXED = frozenset("瓦克伏赫帕焦安")
#: What ends in 数 without meaning "some": 人数十万.
_COUNTS = frozenset("人户戶总總次件台辆家车票指参系倍岁函分基个単单")


def _is_some(text: str, start: int, scales: str) -> bool:
    """数十万, 几百万: some of a scale of scales, a range; 数万 is vague, like "millions"."""
    if len(scales) < 2 or set(scales) - {*_SMALL, *_LARGE}:
        return False
    before = text[max(0, start - 2) : start]
    return before[-1:] in ("几", "幾") or (before[-1:] in ("数", "數") and before[:-1] not in _COUNTS)


def _read_numerals(text: str, match: re.Match[str]) -> HanNumber:
    start, end = match.span()
    numeral, outer, scale_word = match["han"], match["hanouter"], match["hanscale"]
    if not outer and not scale_word:
        is_unit = numeral[-1] == "千" and text[end : end + 1] in _PREFIXED
        if len(numeral) > 1 and (is_unit or (numeral[-1] in "两兩" and numeral[-2] not in _DIGIT)):
            numeral, end = numeral[:-1], end - 1  # 两 behind a scale is the unit of weight
    if len(numeral) == 2 and numeral[0] in "零〇" and not scale_word:
        numeral, start = numeral[1], start + 1  # 七年零六个月
    if _is_some(text, start, numeral.translate(PLAIN)):
        low = scale_value(numeral)
        return HanNumber(start - 1, end, low, "han", 1, 0, Decimal(10**4), low * 10)
    pair = _PAIR.fullmatch(numeral)
    if pair is not None and 0 < _DIGIT[pair[2]] - _DIGIT[pair[1]] < 3:
        each = scale_value(pair[3])
        scale = each if each >= 10**4 else Decimal(1)
        low, high = _DIGIT[pair[1]] * each, _DIGIT[pair[2]] * each
        return HanNumber(start, end, low, "han", 1, 0, scale, high, bool(outer))
    value = han_value(numeral)
    if value is None:
        return HanNumber(start, end, Decimal(0), "corrupt")
    large = max((_LARGE[c] for c in numeral if c in _LARGE), default=1) * int(scale_value(scale_word))
    top: Decimal | None = None
    if outer in ("几", "幾"):
        if numeral[-1] not in "十零百千拾":
            outer, end, scale_word, large = "", match.end("han"), "", large // int(scale_value(scale_word))
        else:
            top = value + (10 if numeral[-1] in "十零拾" else scale_value(numeral[-1]))
    value *= scale_value(scale_word)
    top = top * scale_value(scale_word) if top is not None else None
    return HanNumber(start, end, value, "han", 2, 0, Decimal(large), top, outer in tuple("多余餘来來"))
