"""The shapes in which a text prints a time: each run of digits and each word of `period_words.csv`, by itself.

What lives here: the value `PeriodExpression`, and one function for each shape (2026-06-09, 3Q25, "Aug. 28", FY26) that
reads it at its place. What does not: how shapes join into one expression, and the words before it (see `periods`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.catalogue.calendar import Moment
from pipelines.vocabulary.values import light, replace


@light
@dataclass(frozen=True, slots=True)
class PeriodExpression:
    """One expression of time: `text[start:end]`, without the preposition before it.

    `kind` is date, time, year, month, quarter, half, months, range, decade, relative, base, now, weekday, plan or
    length. `lead` is the word class before it ("point", "within", "than", "from", "" …) and `lead_start` where its
    preposition begins. `is_sure` is False for a bare four-digit number that nothing marks as a year ("2025 users").
    `is_name` marks the year of a title or an event ("the 2025 edition", "Facts and Figures 2025").
    """

    start: int
    end: int
    kind: str
    moment: Moment
    lead: str = ""
    lead_start: int = -1
    is_sure: bool = True
    is_name: bool = False


#: Leads after which an expression is compared with, or only begins what is told.
COMPARED = ("than", "from", "since")
TIMELESS = Moment("none", "length")
NUMBER = re.compile(r"\d+")
_NO_MONTH = re.compile(r"[〇零一二三四五六七八九十百千万两兩几幾数數每]$")  # before what is no month: 每一月, 二十一月
_NUMBERED = re.compile(r"(?:\b[Nn]os?\.?\s?\d{1,6}|\d{3,6}|第\d{1,5}号?)/$")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[ap]\.?m\b\.?)?", re.I)
_HOUR = re.compile(r"\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b)", re.I)
_NUMERIC = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)")
_MONTH_NUMERIC = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])(?![\d/-])")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")
_SPLIT_YEAR = re.compile(r"(\d{4})\s?[-–—/]\s?(\d{2})(?!\d|[-/:.]\d|[a-zA-Z]|\s?(?:[%年月]|per ?cent|million|billion))")
_DECADE = re.compile(r"(\d{3}0)'?s\b|(\d{3}0)年代")
_SHORT_PART = re.compile(
    r"([1-4])[Qq]\s?(FY)?\s?['\u2019]?(\d{4}|\d{2})(?![A-Za-z\d])|([12])H\s?(FY)?\s?['\u2019]?(\d{4}|\d{2})(?![A-Za-z\d])"
)
#: Quarters and halves as the tables of results head them: FQ4-25, Q4'25, Q4FY25, FQ3; the F is of the fiscal year.
_CODE = re.compile(
    r"(F?)([QH])([1-4])(?:(?:-|\s?['\u2019]|\s(?=\d\d(?:\s*[|\n\t]|\s{2}|$))|\s?(FY)\s?['\u2019]?)(20\d\d|[0-4]\d)(?![A-Za-z\d%]|[.,]\d))?(?![A-Za-z\d])"
)
_YEAR_PART = re.compile(r"(\d{4})\s?[-/]?\s?([QqHh])([1-4])(?![A-Za-z\d])")
#: A year in two digits, as analysts write it: 25Q4, 24年底, 24年营收, 25-27年每股收益; 24年 by itself is a length.
_ZH_SHORT = re.compile(
    r"([1-3]\d)(?:([QH])([1-4])(?![A-Za-z\d])|(?:\s?[-–~～至]\s?([1-3]\d))?\s?年(?:度)?"
    r"(?=[底末初]|第?[1-4一二三四]季|[上下]半年|前三季|全年|年报|[总總]?(?:营|營|收入|归母|歸母|扣非|净利|淨利|毛利|业绩|業績|期间费用|每股|EPS|出货|出貨|销量|銷量)))"
)
_AFTER_NAME = frozenset("司团團,，;；。:：(（、至到由从") | {"", " ", "\n"}
#: 2025.12用户规模: the head of a column, and no figure with a scale or a unit behind it.
ZH_POINTED_MONTH = re.compile(
    r"(?:19|20)\d\d\.(0?[1-9]|1[0-2])(?![\d.])\s?(?=[\u4e00-\u9fff])(?![万萬亿億兆千百余餘多元个個人名户戶吨噸公平家座台臺件次倍项項张張米度以左])"
)
_ZH_FISCAL = re.compile(r"(\d{4})\s*年?(?:[财財]年|[财財]政年度|[会會][计計]年度)")
_ZH_FISCAL_BEFORE = ("财政年度", "財政年度", "会计年度", "會計年度", "财年", "財年")  # 會計年度2026年第三季
_ZH_YEAR = re.compile(r"(\d{4})(?:\s*[-–—~～至到]\s*(\d{4}))?\s*年(?!代)(度)?")
_ZH_YEARS = re.compile(r"(\d{4})[EeFf]?((?:[/、](?:20)?\d{2}[EeFf]?){1,4})\s?年")  # 2025/2026/2027年, 2025/26/27年
_ZH_MONTH = re.compile(
    r"(\d{1,2})\s*月?\s*[-–—~～至到、]\s*(\d{1,2})\s*月份?(?!\d)(?!\s*\d+\s*[日号號])|(\d{1,2})\s*月(?!\s?个|\s?個)份?(?:\s*(\d{1,2})\s*[日号號])?"
)
_ZH_DAYS = re.compile(r"(\d{1,2})月(\d{1,2})[日号號]?\s?[-–—~～至到]\s?(\d{1,2})[日号號]")  # 7月1-28日
_ZH_SCALES = "万萬亿億兆余餘多"
_ZH_DAY = re.compile(
    r"(\d{1,2})\s*[日号號](?=[,\uff0c、。\uff08至到上下在据股,\s表电電讯發发起前从公举召北获悉晚收开開盘盤涨漲跌升]|\d{1,2}[时時点點:\uff1a]|$)"
)
_AFTER_MONTH = re.compile(
    r"\.?(?:[ \t\u00a0]{1,2}|\n)(\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s?[-–]\s?(\d{1,2})|\s(?:to|through)\s(\d{1,2})(?=,\s|\.|;|\s(?:19|20)\d\d))?"
    r"(?!\d|:\d|[,.]\d|\s?(?:%|percent|per cent|million|billion|trillion))"
)
_BEFORE_MONTH = re.compile(r"(?<![\d.,$])(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?(?:[ \t\u00a0]{1,3}|\n)$")
_DAYS_BEFORE = re.compile(r"\b(?:between\s(\d{1,2})\sand\s|from\s(\d{1,2})\s(?:to|until|through)\s)$")
_FISCAL_YEAR = re.compile(
    r"(?:\s+(?:year|yr))?\s?'?((?:19|20)\d{2}|\d{2})(?:\s?[-–/]\s?(\d{4}|\d{2}))?(?![\d%]|[.,]\d)", re.I
)
_LENGTH = re.compile(
    r"(?:(?:few|several|couple of|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|\d{1,3})\s+)?"
    r"(?:fiscal\s+|financial\s+|calendar\s+|full\s+|straight\s+|consecutive\s+)?(?:years?|months?|quarters?|weeks?|days?|decades?)\b",
    re.I,
)
_ZH_LENGTH = re.compile(
    r"(?:\d{1,3}|[一二两兩三四五六七八九十]{1,2}|几|幾|数)\s?(?:多\s?)?(?:年|个月|個月|个季度|周|天)"
)
_ROC_YEAR = re.compile(r"(?:[5-9]\d|1[0-4]\d)\s?年(?!代)度?")
_PART_NEXT = re.compile(r"\s?(?:第?[1-4一二三四]季|[上下]半年|全年|前[三\d]|\d{1,2}月|同[期月季])")
CURRENCY = "$€£¥₹#"


#: What tables and analysts glue to a year that is estimated, forecast or actual.
ESTIMATED = "EFAef"


def _last_of(year: int, listed: str) -> int | None:
    """The last of some years that follow one another: "/2026/2027", "/26/27"; None where they do not."""
    years = [int(number[0]) % 100 for number in _LISTED_YEAR.finditer(listed)]
    return year + len(years) if years == [(year + k) % 100 for k in range(1, len(years) + 1)] else None


_LISTED_YEAR = re.compile(r"\d{4}|\d{2}")


def four_digits(text: str, start: int, end: int, before: str, after: str) -> PeriodExpression | None:
    """What a run of four digits at `start` begins: a year, a date, a range, a decade; else None."""
    year = int(text[start:end])
    if not 1900 <= year <= 2100:
        return None
    numeric = _NUMERIC.match(text, start)
    if numeric:
        if 1 <= int(numeric[3]) <= 12 and 1 <= int(numeric[4]) <= 31:
            month = int(numeric[3])
            return PeriodExpression(
                start, numeric.end(), "date", Moment("absolute", "day", year, month, month, int(numeric[4]))
            )
        return None
    pointed = ZH_POINTED_MONTH.match(text, start) if after == "." else None
    if pointed:
        month = int(pointed[1])
        return PeriodExpression(start, pointed.end(1), "month", Moment("absolute", "month", year, month, month))
    decade = _DECADE.match(text, start)
    if decade:
        return PeriodExpression(start, decade.end(), "decade", Moment("absolute", "decade", year))
    fiscal = _ZH_FISCAL.match(text, start)
    if fiscal:
        return PeriodExpression(start, fiscal.end(), "year", Moment("absolute", "year", year, is_fiscal=True))
    listed = _ZH_YEARS.match(text, start)
    if listed and (last := _last_of(year, listed[2])):
        moment = Moment("absolute", "year", year, until=Moment("absolute", "year", last))
        return PeriodExpression(start, listed.end(), "range", moment)
    zh = _ZH_YEAR.match(text, start)
    if zh:
        is_fiscal = text.endswith(_ZH_FISCAL_BEFORE, max(0, start - 4), start)
        moment = Moment("absolute", "year", year, is_fiscal=is_fiscal)
        if zh[2]:
            moment = replace(moment, until=Moment("absolute", "year", int(zh[2])))
        return PeriodExpression(start, zh.end(), "range" if zh[2] else "year", moment)
    part = _YEAR_PART.match(text, start)
    if part:
        return PeriodExpression(start, part.end(), *_part(part[2], int(part[3]), year))
    month_only = _MONTH_NUMERIC.match(text, start)
    if month_only and text[end] == "-" and int(month_only[2]) != (year + 1) % 100:
        month = int(month_only[2])
        return PeriodExpression(start, month_only.end(), "month", Moment("absolute", "month", year, month, month))
    split = _SPLIT_YEAR.match(text, start)
    if split and int(split[2]) == (year + 1) % 100:
        moment = Moment("absolute", "year", year + 1, is_fiscal=True)  # "2025-26" ends in the second of its years
        return PeriodExpression(start, split.end(), "year", moment)
    if split and int(split[2]) > year % 100 and text[end] in "-–—":
        until = Moment("absolute", "year", year // 100 * 100 + int(split[2]))
        return PeriodExpression(start, split.end(), "range", Moment("absolute", "year", year, until=until))
    if (after and after in "%‰°=") or (after == "," and text[end + 1 : end + 2].isdigit()):
        return None
    if after and after in ESTIMATED and not text[end + 1 : end + 2].isalnum():
        return PeriodExpression(start, end + 1, "year", Moment("absolute", "year", year))  # 2026E, 2027F
    if before == "/" and _NUMBERED.search(text, max(0, start - 16), start):
        return None  # "Note No. 138/2025"
    if (
        (before.isascii() and before.isalpha())
        or (after.isascii() and after.isalpha())
        or (before in "_/" and after in "_/")
    ):
        return None
    if after in (".", "/") and end + 1 < len(text) and text[end + 1].isdigit():
        return None
    if after and after in _ZH_SCALES:
        return None  # 在2000亿度上下
    return PeriodExpression(start, end, "year", Moment("absolute", "year", year), is_sure=False)


def three_digits(text: str, start: int, end: int) -> PeriodExpression | None:
    """A year counted from 1912 (民國114年, 114年第4季); None for a hundred and fourteen years."""
    year = _ROC_YEAR.match(text, start)
    if year is None or not (text.startswith(("民國", "民国"), max(0, start - 2)) or _PART_NEXT.match(text, year.end())):
        return None
    first = start - 2 if text.startswith(("民國", "民国"), max(0, start - 2)) else start
    return PeriodExpression(first, year.end(), "year", Moment("absolute", "year", int(text[start:end]) + 1911))


def _part(letter: str, number: int, year: int) -> tuple[str, Moment]:
    months = 3 if letter in "Qq" else 6
    kind = "quarter" if months == 3 else "half"
    return kind, Moment("absolute", kind, year, months * (number - 1) + 1, months * number)


def two_digits(text: str, start: int, end: int, before: str, after: str) -> PeriodExpression | None:
    """What a run of one or two digits begins: a time of day, "3Q25", 6月8日; None for a number that is none."""
    if end - start == 1 and before in ("Q", "H") and (code := _coded(text, start)) is not None:
        return code
    if not after:
        return None
    if after in ":：":
        time = _TIME.match(text, start)
        return PeriodExpression(start, time.end(), "time", TIMELESS) if time else None
    if after in "apAP " and text[end : end + 2].strip().lower()[:1] in ("a", "p"):
        hour = _HOUR.match(text, start)
        if hour:
            return PeriodExpression(start, hour.end(), "time", TIMELESS)
    if (
        end - start == 2
        and after in "QH年-–~～至 "
        and (before in _AFTER_NAME or (after in "QH" and before >= "\u2e80"))
        and (short := _ZH_SHORT.match(text, start))
    ):
        if short[2]:
            return PeriodExpression(start, short.end(), *_part(short[2], int(short[3]), 2000 + int(short[1])))
        moment = Moment("absolute", "year", 2000 + int(short[1]))
        if short[4]:
            moment = replace(moment, until=Moment("absolute", "year", 2000 + int(short[4])))
        return PeriodExpression(start, short.end(), "range" if short[4] else "year", moment)
    if after in "QqH" and end - start == 1 and not before.isalnum():
        part = _SHORT_PART.match(text, start)
        if part:
            letter, number, fiscal, year = ("Q", *part.group(1, 2, 3)) if part[1] else ("H", *part.group(4, 5, 6))
            kind, moment = _part(letter, int(number), int(year) + (2000 if len(year) == 2 else 0))
            return PeriodExpression(start, part.end(), kind, replace(moment, is_fiscal=bool(fiscal)))
        return None
    if after in "/.":
        day_first = _DAY_FIRST.match(text, start)
        if day_first and 1900 <= int(day_first[4]) <= 2100:
            day, month = int(day_first[1]), int(day_first[3])
            if month > 12:
                day, month = month, day
            if 1 <= month <= 12 and 1 <= day <= 31:
                moment = Moment("absolute", "day", int(day_first[4]), month, month, day)
                return PeriodExpression(start, day_first.end(), "date", moment)
        return None
    if after in "月" and (days := _ZH_DAYS.match(text, start)):
        month, day, until = int(days[1]), int(days[2]), int(days[3])
        if 1 <= month <= 12 and 1 <= day < until <= 31:
            moment = Moment("missing", "day", 0, month, month, day)
            return PeriodExpression(start, days.end(), "range", replace(moment, until=replace(moment, day=until)))
    if after in "月-–—~～至到、日号號 ":
        zh = _ZH_MONTH.match(text, start)
        if zh:
            if zh[1]:
                first, last = int(zh[1]), int(zh[2])
                if 1 <= first < last <= 12:
                    return PeriodExpression(start, zh.end(), "months", Moment("missing", "months", 0, first, last))
                return None
            month, day = int(zh[3]), int(zh[4] or 0)
            if not 1 <= month <= 12 or day > 31:
                return None
            unit = "day" if day else "month"
            return PeriodExpression(
                start, zh.end(), "date" if day else "month", Moment("missing", unit, 0, month, month, day)
            )
        day_only = _ZH_DAY.match(text, start)
        if day_only and 1 <= int(day_only[1]) <= 31:
            return PeriodExpression(start, day_only.end(), "date", Moment("missing", "day", 0, 0, 0, int(day_only[1])))
    return None


def _coded(text: str, digit: int) -> PeriodExpression | None:
    """The quarter or half that a code around a digit names, with its year or as a fiscal one; else None."""
    start = digit - (2 if digit > 1 and text[digit - 2] == "F" else 1)
    code = _CODE.match(text, start) if not (start and text[start - 1].isalnum()) else None
    if code is None or not (code[1] or code[5]) or (code[2] == "H" and code[3] > "2"):
        return None
    year = int(code[5] or 0)
    kind, moment = _part(code[2], int(code[3]), year if year > 99 else year + 2000)
    moment = replace(moment, is_fiscal=bool(code[1] or code[4]))
    return PeriodExpression(start, code.end(), kind, moment if code[5] else replace(moment, anchor="missing", year=0))


# -- words, by role: each gets the place of the word and its row ------------------------------------------------


def _month(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
    if text[start] > "\x7f":
        if _NO_MONTH.search(text, max(0, start - 1), start) or text.startswith(("个", "個", "份内", "子", "天"), end):
            return None
        last = end + 1 if text[end : end + 1] == "份" else end
        return PeriodExpression(start, last, "month", Moment("missing", "month", 0, int(value), int(value)))
    if not text[start].isupper():
        return None
    month, day, until, first, last = int(value), 0, 0, start, end
    before = _BEFORE_MONTH.search(folded, max(0, start - 12), start)
    after = _AFTER_MONTH.match(folded, end)
    if before and 1 <= int(before[1]) <= 31:
        day, first = int(before[1]), before.start()
        days = _DAYS_BEFORE.search(folded, max(0, first - 16), first)
        if days and 0 < int(days[1] or days[2]) < day:  # "between 1 and 14 October"
            day, until, first = int(days[1] or days[2]), day, days.start()
    elif after and 1 <= int(after[1]) <= 31:
        day, last = int(after[1]), after.end()
        until = int(after[2] or after[3] or 0)
    elif guard and not (
        _YEAR_NEXT.match(folded, end)
        or folded.startswith(_MONTH_OF, end)
        or _GUARD.search(folded, max(0, start - 14), start)
        or (_CELL_ENDS.match(text, end) and _CELL_BEGINS.search(text, max(0, start - 4), start))
    ):
        return None
    if not day and last < len(text) and text[last] == "." and guard:
        last += 1
    kind = "date" if day else "month"
    moment = Moment("missing", "day" if day else "month", 0, month, month, day)
    if day < until <= 31:  # "May 1-5"
        moment, kind = replace(moment, until=replace(moment, day=until)), "range"
    return PeriodExpression(first, last, kind, moment)


_MONTH_OF = (  # behind a month that could be another word: "March: +10.6%", "May sales"
    "'s ", "\u2019s ", ": ", " alone", " total", " figure", " level", " reading", " quarter", " sales", " exports",
    " imports", " data", " inflation", " cpi ", " output", " production", " shipments", " retail", " payrolls",
    " jobs", " revenue",
)  # fmt: skip
_CELL_BEGINS, _CELL_ENDS = re.compile(r"(?:\||\t)\s*$"), re.compile(r"\.?\s*(?:\||\t|\n|$)")  # a month as a head
_SEASON_YEAR = re.compile(
    r",?\s(?:of\s)?(?:19|20)\d\d(?!\d)(?!\s(?:forecast|outlook|projection|report|survey|update|edition|issue|round))"
)
_YEAR_NEXT = re.compile(
    r"\.?,?\s(?:of\s)?(?:19|20)\d\d(?!\d)|\.?\s?(?:-|–|to|through)\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_GUARD = re.compile(
    r"(?:\b(?:in|of|by|since|until|till|from|to|through|last|this|next|early|late|mid|end|during|"
    r"before|after|and|for|over|on|than|against|with|above|below|at|versus|vs\.?|previous|prior|ended|between"
    r"|ending)[ -]|[-–])$"
)


_BARE_QUARTER = 2  # characters: 一季, 四季
_YEAR_ENDS, _QUARTER_NEXT = (
    frozenset("年今去明前头頭首第度至到和、"),
    frozenset("报報度业業营營财財净淨末底的,，、至到和"),
)


def _part_word(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    first, last = map(int, value.split("-"))
    if (
        end - start == _BARE_QUARTER
        and text[end - 1] == "季"
        and not (text[max(0, start - 1) : start] in _YEAR_ENDS or text[end : end + 1] in _QUARTER_NEXT)
    ):
        return None  # 一季花掉千亿美元: in one quarter
    if guard and (not _SEASON_YEAR.match(folded, end) or folded.startswith("a ", start - 2)):
        return None  # "the autumn of 2024", not "a fall of 2000 points", nor a forecast of that autumn
    moment = Moment("missing", unit, 0, first, last, is_fiscal=text.endswith(("财季", "財季"), start, end))
    return PeriodExpression(start, end, "year" if unit == "year" else unit, moment)


def _year_word(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    if guard and _COUNTED.search(text, max(0, start - 1), start):
        return None
    return PeriodExpression(start, end, "relative", Moment("article", "year", int(value)))


def _relative(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    if unit == "that_day":  # 当日: the day that the sentence has named, or the article's
        return PeriodExpression(start, end, "date", Moment("current", "day", int(value)))
    return PeriodExpression(start, end, "date" if unit == "day" else "relative", Moment("article", unit, int(value)))


def _base(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    if unit == "whole" and folded.startswith(_RUNNING_FISCAL, start):
        return PeriodExpression(start, end, "relative", Moment("article", "year", 0, is_fiscal=True))
    run = _SAME_RUN.fullmatch(folded, start, end)
    if run and folded.endswith(_OVER_THE, 0, start) and not _OF_WHEN.match(folded, end):
        return PeriodExpression(start, end, "base", Moment("current", "run", last=_MONTHS[run[1]]))
    is_fiscal = unit == "whole" and ("fiscal" in folded[start:end] or folded[end - 2 : end] in ("财年", "財年"))
    return PeriodExpression(start, end, "base", Moment("current", unit, int(value), is_fiscal=is_fiscal))


_SAME_RUN = re.compile(r"same (three|six|nine|3|6|9) months")  # "were created over the same six months"
_MONTHS = {"three": 3, "six": 6, "nine": 9, "3": 3, "6": 6, "9": 9}
_OVER_THE = ("over the ", "in the ", "for the ", "during the ")
_OF_WHEN = re.compile(r"\s(?:of|last|a year|in|the year|the previous|period|to|through|ended|from)\b")
_RUNNING_FISCAL = ("this fiscal", "current fiscal")


def _run(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
    """ "Over the six months": those up to the end of the time that is told of, where nothing says which they are."""
    is_the = folded.endswith(("over the ", "in the ", "for the ", "during the "), 0, start)
    if not is_the or _OF_WHAT.match(folded, end):
        return None
    return PeriodExpression(start, end, "base", Moment("current", "run", last=int(value)))


_OF_WHAT = re.compile(
    r"\s(?:of|to|through|thru|until|till|up to|from|between|since|after|before|following|prior|preceding|ahead"
    r"|which|that|when|leading|beginning|starting|ended|ending|period|\(|\d)"
)


def _closing(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    """ "It ended the year with 11.9 billion in cash": the last day of the time that is told of."""
    if _OF_WHAT.match(folded, end) and folded[start : start + 3] in ("end", "clo") and "ed " not in folded[start:end]:
        return None  # "by the end of the period from 2021 to 2025"
    return PeriodExpression(start, end, "base", Moment("current", unit, int(value), edge="end"))


def _now(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    """ "Today"; "so far" is all that there is up to it (`edge` point)."""
    return PeriodExpression(start, end, "now", Moment("article", "day", 0, edge="point" if value == "point" else ""))


def _weekday(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    if folded[start] < "\x80" and not text[start].isupper():
        return None
    return PeriodExpression(start, end, "weekday", Moment("article", "weekday", int(value)))


def _plan(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    first, last = map(int, value.split("-"))
    moment = Moment("absolute", "year", first, until=Moment("absolute", "year", last))
    return PeriodExpression(start, end, "plan", moment)


def _length(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "length", TIMELESS)


def _stretch(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    pattern = _LENGTH if folded[start] < "\x80" else _ZH_LENGTH
    after = end + 1 if folded[start] < "\x80" else end
    match = pattern.match(folded, after)
    if match is None or match.end() <= after:
        return None
    fiscal = _FISCAL_NEAR.match(folded, start)
    if fiscal:
        moment = Moment("article", "year", -1 if fiscal[1] == "last" else 1, is_fiscal=True)
        return PeriodExpression(start, fiscal.end(), "relative", moment)
    if _TRAILING.fullmatch(folded, start, match.end()):
        return PeriodExpression(start, match.end(), "base", Moment("current", "run", last=12))
    soon = _SOON.fullmatch(folded, start, match.end())
    if soon:
        count = _COUNTS.get(soon[1]) or int(soon[1])
        return PeriodExpression(start, match.end(), "relative", Moment("article", "year", count))
    if folded.startswith("within", start):
        return None
    years = _COMING.fullmatch(folded, start, match.end())
    if years:  # "over the next four years": this year and those after it
        number = years[1] or years[2]
        count = _COUNTS.get(number) or int(number)
        moment = Moment("article", "year", until=Moment("article", "year", count - 1))
        return PeriodExpression(start, match.end(), "range", moment)
    return PeriodExpression(start, match.end(), "length", TIMELESS)


_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "两": 2,
    "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_FISCAL_NEAR = re.compile(r"(last|next|coming)\s(?:fiscal|financial)\syear\b")
#: The twelve months up to the end of what is told of.
_TRAILING = re.compile(r"(?:past|last|previous)\s(?:(?:twelve|12)\smonths|(?:four|4)\squarters)")
#: "Within five years": in the year that is so many years off.
_SOON = re.compile(r"within\s(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\syears")
_COMING = re.compile(
    r"(?:next|coming)\s(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s(?:calendar\s|full\s)?years"
    r"|未[来來]([两兩二三四五六七八九十]|\d{1,2})年"
)


def _fiscal(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    if folded[start] >= "\x80":
        return None
    year = _FISCAL_YEAR.match(folded, end)
    if year:
        named = int(year[1]) + (2000 if len(year[1]) == 2 else 0)
        if year[2]:
            named += 1  # "FY2024-25" is named here, as everywhere, after the year in which it ends
        return PeriodExpression(start, year.end(), "year", Moment("absolute", "year", named, is_fiscal=True))
    if folded.startswith("fiscal", start):
        return PeriodExpression(start, end, "fiscal", Moment("none", "fiscal", is_fiscal=True))
    return None


def _to_date(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "range", Moment("article", "year", until=Moment("article", "day")))


def _ended_span(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "ended_span", Moment("none", "ended", last=int(value)))


def _growth_base(
    text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool
) -> PeriodExpression | None:
    if guard and not (_RATE_NEXT.match(text, end) and not _COUNTED.search(text, max(0, start - 1), start)):
        return None
    return PeriodExpression(start, end, "versus", Moment("none", value))


_RATE_NEXT = re.compile(r"[\d０-９率幅逾近约約达達超多一二三四五六七八九十百倍-]")
_COUNTED = re.compile(r"[\d一二三四五六七八九十两兩几幾数數多今去每]")


#: What reads a word, by the role of its row: the text, the same in lower case, the word's place, and the row's cells.
ROLES: dict[str, Callable[[str, str, int, int, str, str, bool], PeriodExpression | None]] = {
    "versus": _growth_base, "ended_span": _ended_span, "month": _month, "part": _part_word,
    "year": _year_word, "to_date": _to_date, "relative": _relative, "base": _base, "run": _run,
    "closing": _closing, "now": _now,
    "no_period": _length, "weekday": _weekday, "plan": _plan, "length": _length, "stretch": _stretch, "fiscal": _fiscal,
}  # fmt: skip
