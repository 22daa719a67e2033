"""What a Chinese number counts or measures: the currency before it, the unit, classifier and noun after it, a rate.

Turns a number into a mention, or says why it is no statistic. What later words make of it (bounds, kinds, the noun
that is left out) has modules of its own.
"""

import re
from decimal import Decimal

from pipelines.catalogue.units import Unit
from pipelines.stages.quantities.chinese_bounds import is_bounded
from pipelines.stages.quantities.chinese_lexicon import (
    CLAUSE,
    NEAR,
    Tables,
    classifier_at,
    currency_before,
    last_noun,
    noun_at,
    settle,
    unit_at,
)
from pipelines.stages.quantities.chinese_numbers import HanNumber, opens_range
from pipelines.stages.quantities.chinese_parts import behind, is_short_money, is_short_time, short_coins
from pipelines.stages.quantities.mention import Mention

_YEAR_DIGITS = frozenset("零〇一二三四五六七八九")
_BELOW_ZERO = "零下"
_AND_MORE = ("个多", "個多")  # 6个多百分点
_SCALES = frozenset("十百千万萬亿億兆多余餘")
#: The hour of a day, which the catalogue of periods leaves to the figures of the sentence.
_DAY_OF_MONTH = re.compile(r"[日号號](?![内內均])")
_ENDS = frozenset("%‰℃万萬亿億千百元米吨人个)-")  # what ends a figure: the hyphen behind it is no minus sign
_RANGE_GOES_ON = re.compile(r"[-~—–]\d[\d,]*(?:\.\d+)?")
_RECORD = re.compile(r"(?:[个個]?(?:季度?|月)|年|日|天|周|週)[以之]?[来來]?(?:的?最|新)[高低]")  # 11季新高
_OPENS_NOTE = frozenset(":\uff1a;\uff1b")
_CAPTION = re.compile(r"(?:^|[附见見如(\uff08、。])[表图圖]$")
_PREFIXES = ("P", "E", "Z")
_QUANTITY = 40  # characters before a number in which the word of its quantity can stand
_VERB = 5
_GRADED = 8  # characters behind 百亿级 in which the noun stands that is of that size
OWN_MONEY = "元"
_TURNS = frozenset("波百千曲骨时時")  # 一波三折, 百折不挠; 限时8.5折 is what an advertisement says
_FOLDS = frozenset("腾騰叠疊射返旧舊合算现現桂戟屏页頁不扣磨断斷弯彎线線中")
_RANKING = re.compile(r"[强強](?![度劲勁大化烈制弱])")  # 世界500强
_THIS, _PART = frozenset("这那這"), frozenset("块塊")
_TOGETHER = re.compile(r"的|合[计計]|依次|分[别別]|均|各|都|共同")  # of things that have been named
_OPENS_CLAUSE = frozenset("\n。；;:：，,！？")
_OPENS_ITEM = _OPENS_CLAUSE | {"", " ", "、"}
_MANY = 10_000  # from here on nothing counts years or months right before a word of movement
_SHARES = ("占", "佔")
_INCLUDED = ("在内", "在內")
_MOVES = tuple("增减減成升降")
OPENS_RANGE = "opens a range"
_DAY = 86400  # seconds; from here on a length of time in numerals mostly says when: 三年来


def read_mention(text: str, number: HanNumber, table: Tables) -> Mention | str:
    """The mention that begins with a number, or the reason why the number is none."""
    if number.form in ("corrupt", "oversized"):
        return (
            "version"
            if number.form == "corrupt" and text[number.end : number.end + 1] not in "%亿億万萬"
            else number.form
        )
    start, end = number.start, number.end
    before = text[start - 1] if start else ""
    if before == "第":
        return "ordinal"
    if number.form == "digits" and number.value <= 31 and _DAY_OF_MONTH.match(text, end):
        return "date"
    if before == "(" and text[end : end + 2] in (")日", ")号", ")號") and number.value <= 31:
        return "date"
    is_short = number.form == "digits" and number.value < 100
    if is_short and before == "(" and text[end : end + 1] == ")" and text[start - 2 : start - 1] in _OPENS_ITEM:
        return "list_number"
    if is_short and _CAPTION.search(text, max(0, start - 3), start):
        return "section"
    if _RECORD.match(text, end):
        return "span"
    if before in _THIS and text[end : end + 1] in _PART:
        return "word"  # 充电这一块
    if before == "的" and number.form == "han" and number.value == 1 and text[end : end + 1] in _PART:
        return "word"  # 增长最快的一块
    if text[end : end + 1] == "折":
        return _discounted(text, number)
    if number.form != "share" and _RANKING.match(text, end):
        return "name"
    if text.startswith(("条款", "條款"), end):
        return "section"
    if text.startswith(_BELOW_ZERO, start):
        return "word"
    is_joined = before.isascii() and (before.isalpha() or before in tuple("_#@&"))
    is_named = number.form == "digits" and is_joined and not currency_before(text, start, table)
    is_whole = number.scale > 1 and before.isalpha() and text[start - 2 : start - 1].isdecimal()  # 其中5G 12亿户
    if is_named and not is_whole and not _is_measured(text, end, table):
        return "model"
    mention = Mention(
        start=start, end=end, i=0, j=0, value=number.value, form=number.form, digits=number.digits,
        decimals=number.decimals, scale=number.scale,
    )  # fmt: skip
    if number.is_inexact:
        inexact = table.words.by_role["inexact"]
        word = next((c for c in reversed(text[start:end]) if c in inexact), "多")
        mention.bound, mention.bound_text = inexact[word], word
    if number.high is not None:
        mention.high, mention.bound = number.high, "~"
    _sign(text, mention)
    if number.form == "share":
        mention.unit, mention.dimension = "%", "ratio"
        return mention
    currency = currency_before(text, mention.start, table)
    if currency is not None:
        mention.start -= currency[0]
        mention.unit, mention.dimension = currency[1], table.units.get(currency[1]).dimension
        suffix = unit_at(text, mention.end, table)
        if suffix is not None and table.units.get(suffix[1]).dimension.startswith("money"):
            mention.end += suffix[0]
            _add_part(text, mention, text[mention.end - suffix[0] : mention.end], table)
        return mention
    reason = _measure(text, mention, number, table)
    return mention if reason is None else reason


def _discounted(text: str, number: HanNumber) -> Mention | str:
    """八五折, 9.5折: what is left of a price, in tenths or hundredths of it. 一波三折 and 三折屏 have no price."""
    value, end = number.value, number.end + 1
    is_price = text[number.start - 1 : number.start] not in _TURNS and text[end : end + 1] not in _FOLDS
    if not is_price or number.scale != 1 or not 0 < value < 100 or (value >= 10 and number.decimals):
        return "idiom"
    return Mention(
        start=number.start, end=end, i=0, j=0, value=value * 10 if value < 10 else value, form="share", unit="%",
        dimension="ratio", kind="share", digits=number.digits, decimals=max(0, number.decimals - 1),
        rules=["what is left of a price"],
    )  # fmt: skip


def _is_measured(text: str, at: int, table: Tables) -> bool:
    """EPS15.36元, GDP5.2%: money and shares are no part of a name, though the number is glued to letters."""
    unit = unit_at(text, at, table)
    if unit is None or (text[at].isascii() and text[at] != "%"):
        return False
    dimension = table.units.get(unit[1]).dimension
    return dimension == "ratio" or dimension.startswith("money")


def _sign(text: str, mention: Mention) -> None:
    if (
        mention.start
        and text[mention.start - 1] in "+-"
        and not (mention.start > 1 and (text[mention.start - 2].isdecimal() or text[mention.start - 2] in _ENDS))
    ):
        mention.is_signed = True
        mention.start -= 1
        if text[mention.start] == "-":
            mention.value = -mention.value
    elif text.endswith(_BELOW_ZERO, max(0, mention.start - 2), mention.start):
        mention.is_signed, mention.start, mention.value = True, mention.start - 2, -mention.value
    elif text.endswith(("负", "負"), max(0, mention.start - 1), mention.start) and text[
        mention.start - 2 : mention.start - 1
    ] not in tuple("减減担擔自抱欠"):  # 减负1860万元
        mention.is_signed, mention.start, mention.value = True, mention.start - 1, -mention.value


def _measure(text: str, mention: Mention, number: HanNumber, table: Tables) -> str | None:
    """Set unit and quote's end: unit of measure, classifier and noun, or noun alone. Returns a reason where it
    is no statistic.
    """
    at = mention.end
    if _is_bare_scale(text, mention, number, table):
        if text[mention.start - 1 : mention.start] in table.words.by_role["towards"]:
            return _goal(text, mention, number, table)
        return None if _bare_scale(text, mention, table) else "vague"
    if text[at : at + 1] == "倍":
        mention.unit, mention.dimension, mention.end = "x", "multiple", at + 1
        return None
    money = is_short_money(text, at, number.form == "han", table)
    if money is not None:
        mention.unit, mention.dimension, mention.end = money, table.units.get(money).dimension, at + 1
        _add_part(text, mention, text[at], table)
        return None
    prefixed = _prefixed(text, mention.start, at, table)
    if prefixed is not None:
        mention.unit, mention.dimension, mention.end = prefixed, table.units.get(prefixed).dimension, at + 1
        _basis(text, mention, table)
        return None
    coins = short_coins(text, mention.start, at, table)
    if coins is not None:
        mention.unit, mention.value, mention.high, mention.end = coins
        mention.dimension = table.units.get(mention.unit).dimension
        mention.bound = "~" if mention.high is not None else mention.bound
        return None
    minutes = is_short_time(text, mention.start, at, table)
    if minutes is not None:
        mention.unit, mention.dimension, mention.end = minutes, table.units.get(minutes).dimension, at + 1
        return None
    classifier = classifier_at(text, at, table)
    if text.startswith(("个半", "個半"), at) and unit_at(text, at + 2, table) is not None:
        mention.value, at, classifier = mention.value + Decimal("0.5"), at + 2, None
    if text.startswith(_AND_MORE, at) and unit_at(text, at + 2, table) is not None:
        mention.bound, mention.bound_text, at, classifier = ">", text[at + 1], at + 2, None
    unit = unit_at(text, at, table)
    if unit is not None and (classifier is None or unit[0] >= classifier[0]):
        return _in_unit(text, mention, number, at, unit, table)
    if number.form == "han" and opens_range(text, number.end):
        mention.rules.append(OPENS_RANGE)
        return None
    is_small = number.form == "han" and number.scale == 1 and number.value <= 10 and number.value % 1 == 0
    is_small = is_small and number.high is None and not number.is_inexact and not is_bounded(text, mention.start, table)
    if is_small and (classifier is None or number.value <= 1 or _is_definite(text, mention, table)):
        return "word"
    reason = _counted(text, mention, number, classifier, table)
    return reason or ("word" if is_small and not _is_count(text, at, mention, table) else None)


def _prefixed(text: str, start: int, at: int, table: Tables) -> str | None:
    """算力达3000P: a prefix alone behind a number is of the unit that the word of the quantity before it tells."""
    following = text[at + 1 : at + 2]
    if text[at : at + 1] not in _PREFIXES or (following.isascii() and following.isalnum()):
        return None
    first = max(0, start - _QUANTITY)
    edge = max((m.end() for m in CLAUSE.finditer(text, first, start)), default=first)
    goes_on = start - edge < _VERB  # 智算规模翻一番,达到3000P
    named = list(table.words.prefix_unit.finditer(text, first if goes_on else edge, start))
    word = named[-1] if named else table.words.prefix_unit.match(text, at + 1 + text.startswith("的", at + 1))
    code = text[at] + table.words.by_role["prefix_unit"][word.group()] if word is not None else ""
    return code if code in table.units.by_code else None


def _is_definite(text: str, mention: Mention, table: Tables) -> bool:
    """这三家, 前两名, 另两座: the number tells which ones, not how many there are."""
    return table.words.definite.search(text, max(0, mention.start - 4), mention.start) is not None


def _is_count(text: str, at: int, mention: Mention, table: Tables) -> bool:
    """三家企业, 两座电站, 三人: a numeral below ten counts where a noun says what; 两人 mostly refers back. 只 and 棵
    are said of things alone, 个 and 种 of ideas, too.
    """
    is_first = not mention.start or text[mention.start - 1] in _OPENS_CLAUSE
    refers_back = is_first and text[at] in table.words.by_role["back_classifier"]
    if refers_back and _TOGETHER.match(text, max(mention.end, mention.noun_end)):
        return False  # 三家运营商合计投入15亿元
    if mention.noun_end > 0 or mention.value <= 2:
        return mention.noun_end > 0
    if refers_back and text[at + 1 : at + 2].isalnum():
        return False  # 三家分别投入15亿元
    return mention.unit is not None or text[at] in table.words.by_role["thing_classifier"]


def _is_bare_scale(text: str, mention: Mention, number: HanNumber, table: Tables) -> bool:
    """千卡, 上百万: a scale without a digit; 十万 is a number, 几十 and 上十 are none."""
    numeral, before = text[number.start : mention.end], text[number.start - 1 : number.start]
    if number.form != "han" or set(numeral) - _SCALES or is_bounded(text, mention.start, table):
        return False
    return numeral[0] != "十" or before in tuple("几幾数數上好近" if numeral == "十" else "上好")


def _in_unit(
    text: str, mention: Mention, number: HanNumber, at: int, unit: tuple[int, str], table: Tables
) -> str | None:
    """Take the unit at offset `at` with what stands behind it, unless the number then is a time that says when."""
    size, code = unit
    surface = text[at : at + size]
    is_age = surface in table.words.by_role["age"]
    dimension = table.units.get(code).dimension
    is_length = dimension == "time" and table.words.lasts.search(text, max(0, mention.start - 14), mention.start)
    is_word = number.form == "han" and number.scale == 1 and table.units.get(code).factor >= _DAY
    _, end = behind(text, at + size, surface, dimension.startswith("money"), table)
    if is_word and dimension == "time" and not is_age and end == at + size and at == mention.end and not is_length:
        return "span"
    if _is_version(text, number, surface, dimension, table):
        return "model"
    if dimension == "frequency" and table.words.band.match(text, at + size):
        return "name"
    if is_age:
        is_own = table.words.mean_age.search(
            text, max(0, mention.start - NEAR), mention.start
        ) or table.words.own_age.search(text, max(0, mention.start - 8), mention.start)
        mention.kind = "" if is_own else "condition"
    elif dimension == "time" and not is_length and table.words.is_span(text, mention.start, end):
        return "span"
    if dimension == "time" and mention.scale >= _MANY and text[at + size : at + size + 1] in _MOVES:
        return None  # 獲利576.7億年增17%
    mention.unit, mention.dimension, mention.end = code, dimension, at + size
    if dimension.startswith("money"):
        _in_the_currency(mention, table.units.get(code))
    _add_part(text, mention, surface, table)
    if dimension in table.words.by_role["size_dimension"] and (
        noun_at(text, mention.end, table) is not None or _stands_for_a_class(text, mention)
    ):
        mention.kind = "size"
    read_rate(text, mention, table)
    _basis(text, mention, table)
    return None


def _add_part(text: str, mention: Mention, surface: str, table: Tables) -> None:
    added, end = behind(text, mention.end, surface, mention.dimension.startswith("money"), table)
    if end > mention.end:
        mention.decimals = max(mention.decimals, -int(added.as_tuple().exponent))
        mention.value, mention.end, mention.digits = mention.value + added, end, mention.digits + 1
        mention.j = end


def _is_version(text: str, number: HanNumber, surface: str, dimension: str, table: Tables) -> bool:
    """昇腾910B: a capital glued to a whole number behind a name is the name's, not a unit of one letter."""
    if (
        len(surface) > 1
        or not surface.isascii()
        or dimension not in table.words.by_role["letter_dimension"]
        or number.scale > 1
    ):
        return False
    before = text[number.start - 1 : number.start]
    return (
        number.decimals == 0 and "\u4e00" <= before <= "\u9fff" and before not in table.words.by_role["before_figure"]
    )


def _in_the_currency(mention: Mention, unit: Unit) -> None:
    """五角钱 is 0.5 yuan: money is always in the currency itself."""
    if unit.code != unit.canonical:
        part = Decimal(unit.factor.numerator) / Decimal(unit.factor.denominator)
        mention.value, mention.scale, mention.unit = mention.value * part, mention.scale * part, unit.canonical


def _goal(text: str, mention: Mention, number: HanNumber, table: Tables) -> str | None:
    """GDP向万亿迈进, 向万亿元迈进: a bare scale is a figure where something moves towards it."""
    unit = unit_at(text, mention.end, table)
    if unit is not None:
        return _in_unit(text, mention, number, mention.end, unit, table)
    return None if table.words.moves_on.match(text, mention.end) else "vague"


def _bare_scale(text: str, mention: Mention, table: Tables) -> bool:
    """万卡集群, 千卡: a scale without a digit is a size where a counted noun and what it measures follow;
    百亿级企业 is one of money.
    """
    if text[mention.end : mention.end + 1] in ("级", "級"):
        return _is_grade(text, mention, table)
    noun = noun_at(text, mention.end, table)
    if (
        noun is None
        or text[mention.end : mention.end + noun[0]] not in table.words.by_role["size_noun"]
        or last_noun(text, mention.end + noun[0], table) is None
    ):
        return False
    mention.unit, mention.dimension = noun[1], f"count:{noun[1]}"
    mention.noun_start, mention.end = mention.end, mention.end + noun[0]
    mention.noun_end, mention.is_attributive, mention.kind = mention.end, True, "size"
    return True


def _stands_for_a_class(text: str, mention: Mention) -> bool:
    """Whether a size is the name of what has it: 3奈米占23%, 包含7奈米在內."""
    opens = mention.start == 0 or CLAUSE.match(text, mention.start - 1) is not None
    return text.startswith(_INCLUDED, mention.end) or (opens and text.startswith(_SHARES, mention.end))


def _is_grade(text: str, mention: Mention, table: Tables) -> bool:
    """千亿级产业集群: what is said so of a business, an industry or a project is its turnover or cost."""
    at = mention.end + 1
    edge = CLAUSE.search(text, at, at + _GRADED)
    if table.words.money_sized.search(text, at, edge.start() if edge else min(len(text), at + _GRADED)) is None:
        return False
    code = settle(OWN_MONEY, table.units.zh[OWN_MONEY], text, mention.start, table)
    mention.unit, mention.dimension, mention.end = code, table.units.get(code).dimension, at
    mention.is_attributive, mention.kind = True, "size"
    return True


def _counted(
    text: str, mention: Mention, number: HanNumber, classifier: tuple[int, str] | None, table: Tables
) -> str | None:
    at = mention.end
    noun = noun_at(text, at, table) if classifier is None else None
    if noun is not None and classifier is None:
        end, code = at + noun[0], noun[1]
        longer = last_noun(text, at, table)
        if longer is not None and longer[0] > end and mention.kind != "size" and text[end : end + 1] != "的":
            end, code = longer
        if number.form != "digits" and number.scale == 1 and number.value <= 10 and number.high is None:
            return "word"
        following = last_noun(text, at + noun[0], table)
        is_size = text[at : at + noun[0]] in table.words.by_role["size_noun"]
        if is_size and following is not None and noun[1] != following[1]:
            end, code = at + noun[0], noun[1]
            mention.is_attributive, mention.kind = True, "size"
        _set_noun(mention, at, end, code)
        return None
    if classifier is None:
        return (
            None
            if (number.form == "digits" and (number.scale > 1 or _stands_free(text, mention, table)))
            or (number.form == "han" and _is_figure(text, number, table))
            else ("model" if number.form == "digits" else "word")
        )
    size, code = classifier
    after = at + size
    if number.scale == 1 and _tells_figures(text, after, table) and _is_definite(text, mention, table):
        return "definite"
    bound = table.words.bound_after.match(text, after)
    if bound is not None and bound.group() in table.words.by_role["bound_after_classifier"]:
        after = bound.end()
        mention.bound, mention.bound_text = table.words.by_role["bound_after"][bound.group()], bound.group()
    last = last_noun(text, after, table)
    if last is None and (joined := noun_at(text, at, table)) is not None and joined[0] > size:
        last = at + joined[0], joined[1]  # 800张图
    if last is not None:
        mention.noun_start = after
        _set_noun(mention, at, last[0], last[1])
        return None
    mention.end = at + size
    if code:
        mention.unit, mention.dimension = code, f"count:{code}"
        if text[mention.end : mention.end + 1] == "/":
            read_rate(text, mention, table)
    return None


def _tells_figures(text: str, at: int, table: Tables) -> bool:
    """这3个数字: figures that have just been told, no 数据中心."""
    told = next((word for word in table.words.by_role["told_figure"] if text.startswith(word, at)), "")
    noun = noun_at(text, at, table)
    return bool(told) and (noun is None or noun[0] <= len(told))


def _set_noun(mention: Mention, start: int, end: int, code: str) -> None:
    mention.unit, mention.dimension = code, f"count:{code}"
    mention.noun_start, mention.noun_end, mention.end = max(mention.noun_start, start), end, end


def _stands_free(text: str, mention: Mention, table: Tables) -> bool:
    """A bare number is a figure where nothing is glued to it: 平均PUE为1.42, not 5G or 第12号."""
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
    if before == "(" and after == ")" and mention.value >= 100 and mention.decimals == 0:
        return False
    if mention.end - mention.start >= 7 and text[mention.start : mention.end].isdecimal():
        return False
    if after in "-~" and after and _is_range_start(text, mention.end, table):
        return True
    if (
        (after.isascii() and after.isalpha())
        or before in ("第", "〔", "[", "号", "-", "/")
        or after in ("号", "號", "-", "/", ":")
    ):
        return False
    if before in _OPENS_NOTE and after in (".", "\uff0e"):
        return False  # 注:1.单位为万元;2.合计含港澳
    return not (mention.start == 0 and after in ("、", ".", ")", "\uff0e"))


def _is_figure(text: str, number: HanNumber, table: Tables) -> bool:
    """超过三百万。 约为十五点七, a bare numeral is a figure where it is a full one and its clause ends behind it;
    one that ends in a scale is one anywhere with a bound: 逾千二亿, 大于三百, 三十以上.
    """
    numeral = text[number.start : number.end]
    is_full = len(numeral) > 1 and (number.value >= 100 or "点" in numeral) and not set(numeral) <= _YEAR_DIGITS
    is_scaled = numeral[-1] in "十百千万萬亿億"
    if is_full and is_scaled and is_bounded(text, number.start, table):
        return True
    if is_scaled and len(numeral) > 1 and number.value > 10 and _is_bounded_behind(text, number.end, table):
        return True
    return is_full and (
        number.end == len(text) or text[number.end] == "、" or CLAUSE.match(text, number.end) is not None
    )


def _is_bounded_behind(text: str, end: int, table: Tables) -> bool:
    """五百以上, 三千左右: a bound of more than one character, which is no other word."""
    match = table.words.bound_after.match(text, end)
    return match is not None and match.end() - end > 1 and not table.words.not_bound_after.match(text, end)


def _is_range_start(text: str, dash: int, table: Tables) -> bool:
    """15-20℃: a dash and a figure with a unit or scale behind it."""
    match = _RANGE_GOES_ON.match(text, dash)
    return match is not None and text[match.end() : match.end() + 1] in table.words.by_role["range_unit"]


def read_rate(text: str, mention: Mention, table: Tables) -> None:
    """Read the whole that a measure is stated per: 元/千瓦时, GB/户·月, 元每吨."""
    if text[mention.end : mention.end + 1] not in ("/", "每"):
        return
    at = mention.end + 1
    unit = unit_at(text, at, table) or noun_at(text, at, table) or classifier_at(text, at, table)
    if unit is None or not unit[1]:
        return
    mention.unit, mention.end = f"{mention.unit}/{unit[1]}", at + unit[0]
    if text[mention.end : mention.end + 2] in ("·月", "•月", "/月"):
        mention.end += 2
    mention.dimension = table.units.get(mention.unit).dimension


def _basis(text: str, mention: Mention, table: Tables) -> None:
    at = mention.end
    opened = text[at : at + 1] == "("
    for qualifier in table.qualifiers:
        surface = qualifier.surface
        if mention.dimension in qualifier.dimensions and text.startswith(surface, at + opened):
            following = text[at + opened + len(surface) : at + opened + len(surface) + 1]
            mention.basis = qualifier.basis
            if not opened or following == ")":
                mention.end = at + 2 * opened + len(surface)
            return
    near = text[max(0, mention.start - NEAR) : mention.end + NEAR]
    for qualifier in table.qualifiers:
        if not qualifier.is_adjacent and mention.dimension in qualifier.dimensions and qualifier.surface in near:
            mention.basis = qualifier.basis
