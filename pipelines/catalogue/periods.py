"""Words about time: every date, year, period and time of day in a text, in one pass.

What lives here: the words of `period_words.csv`, how they join into expressions ("by the end of the third quarter of
2025", 截至2025年6月底), and what each names as a `Moment`. What does not: which figure an expression belongs to, and any
decision that needs the article. Years and dates are found whether or not a figure stands near, because the quantity
stage asks for them to know which numbers are no quantities.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue import status_words
from pipelines.catalogue.calendar import Moment
from pipelines.catalogue.status_words import StatusWords
from pipelines.catalogue.table import Row, read_table

COLUMNS = ("words", "role", "unit", "value", "guard")
_AFTER = ("edge", "point", "within", "than", "ended")  # roles that are looked up beside an expression, not searched


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


_TIMELESS = Moment("none", "length")
_NUMBER = re.compile(r"\d+")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[ap]\.?m\b\.?)?", re.I)
_HOUR = re.compile(r"\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b)", re.I)
_NUMERIC = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d)")
_MONTH_NUMERIC = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])(?![\d/-])")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")
_SPLIT_YEAR = re.compile(r"(\d{4})\s?[-–—/]\s?(\d{2})(?!\d|[-/:.]\d|\s?[%a-zA-Z年月])")
_DECADE = re.compile(r"(\d{3}0)'?s\b|(\d{3}0)年代")
_SHORT_PART = re.compile(r"([1-4])[Qq]\s?'?(\d{4}|\d{2})\b|([12])H\s?'?(\d{4}|\d{2})\b")
_YEAR_PART = re.compile(r"(\d{4})\s?[-/]?\s?([QqHh])([1-4])\b")
_ZH_YEAR = re.compile(r"(\d{4})(?:\s*[-–—~～至到]\s*(\d{4}))?\s*年(?!代)(度)?")
_ZH_MONTH = re.compile(
    r"(\d{1,2})\s*月?\s*[-–—~～至到、]\s*(\d{1,2})\s*月份?(?!\d)(?!\s*\d+\s*[日号號])|(\d{1,2})\s*月(?!\s?个|\s?個)份?(?:\s*(\d{1,2})\s*[日号號])?"
)
_ZH_DAY = re.compile(r"(\d{1,2})\s*[日号號](?=[,,、。至到上下在据,\s表电電讯發发起前从公举召北获悉晚]|$)")
_AFTER_MONTH = re.compile(
    r"\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?(\d{1,2}))?(?!\d|:\d|[,.]\d|\s?(?:%|percent|per cent|million|billion|trillion))"
)
_BEFORE_MONTH = re.compile(r"(?<![\d.,$])(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+$")
_FISCAL_YEAR = re.compile(r"(?:\s+(?:year|yr))?\s?'?((?:19|20)\d{2}|\d{2})(?:\s?[-–/]\s?(\d{4}|\d{2}))?(?![\d%]|[.,]\d)", re.I)
_LENGTH = re.compile(
    r"(?:(?:few|several|couple of|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|\d{1,3})\s+)?"
    r"(?:fiscal\s+|calendar\s+|full\s+|straight\s+|consecutive\s+)?(?:years?|months?|quarters?|weeks?|days?|decades?)\b",
    re.I,
)
_ZH_LENGTH = re.compile(r"(?:\d{1,3}|[一二两兩三四五六七八九十]{1,2}|几|幾|数)\s?(?:多\s?)?(?:年|个月|個月|个季度|周|天)")
_JOIN = re.compile(r"(?:'s)?[ \t\n]{0,3},?[ \t\n]{0,3}(?:(?:of|in|for|the|ended|ending)[ \t\n]{1,2}){0,3}")
_JOIN_ZH = re.compile(r"[的\s]{0,2}")
_RANGE = re.compile(r"\s?[-–—~～至到]\s?(?:the end of )?|\s(?:to|through|thru|until)\s(?:the end of |end-|late |early )?", re.I)
_RANGE_AND = re.compile(r"\sand\s", re.I)
_ENDED_GAP = re.compile(r",?\s\(?(?:which |that )?(?:ended|ending)\s(?:on\s)?")
_SPANS = ("quarter", "half", "year", "months")
_CURRENCY = "$€£¥₹#"


class Periods:
    """The words of time, compiled: `find` scans a text once. `status` are the words of goal and expectation."""

    def __init__(self, rows: Iterable[Row], status: StatusWords) -> None:
        self.status = status
        words: list[str] = []
        self._rows: list[tuple[str, str, str, bool]] = []
        beside: dict[str, list[str]] = {role: [] for role in _AFTER}
        edges: dict[str, str] = {}
        for row in rows:
            role = row["role"]
            if role in beside:
                beside[role] += [w.lower() for w in row.list("words")]
                if role == "edge":
                    edges.update(dict.fromkeys((w.lower() for w in row.list("words")), row["value"]))
                continue
            if role not in _ROLES:
                raise row.unknown("role", role, [*_ROLES, *_AFTER])
            for word in row.list("words"):
                words.append(word.lower())
                self._rows.append((role, row["unit"], row["value"], row["guard"] == "yes"))
        for word in ("past", "last", "previous", "next", "coming", "recent", "过去", "過去", "近", "未来", "未來", "最近", "连续"):
            words.append(word)
            self._rows.append(("stretch", "", "", False))
        for word in ("fy", "fiscal", "financial", "财年", "財年", "财政年度"):
            words.append(word)
            self._rows.append(("fiscal", "", "", False))
        self._words = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        self._edges = edges
        leads = sorted({*edges, *beside["point"], *beside["within"], *beside["than"]}, key=len, reverse=True)
        self._before = re.compile(rf"(?:(?<![a-z])(?:{'|'.join(map(re.escape, leads))})[ \n]?(?:the )?){{0,4}}$")
        self._lead_word = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, leads))})(?![a-z])")
        self._ended = re.compile(rf"\s(?:{'|'.join(map(re.escape, sorted(beside['ended'], key=len, reverse=True)))})\b")
        self._classes = [(role, frozenset(beside[role])) for role in ("point", "than", "within")]

    def find(self, text: str) -> list[PeriodExpression]:
        """Every expression of time in the text, in order and without overlap. Linear in its length."""
        folded = fold(text)
        found = [*self._numbers(text, folded), *self._named(text, folded)]
        found.sort(key=lambda e: (e.start, -e.end))
        return self._joined(text, folded, found)

    # -- single words -----------------------------------------------------------------------------------------

    def _named(self, text: str, folded: str) -> Iterator[PeriodExpression]:
        rows = self._rows
        for index, start, end in self._words.find_matches_as_indexes(folded):
            ascii_word = folded[start] < "\x80"
            if ascii_word and (
                (start and (folded[start - 1].isalnum() and folded[start - 1] < "\x80"))
                or (end < len(folded) and folded[end].isalpha() and folded[end] < "\x80" and rows[index][0] != "fiscal")
            ):
                continue
            role, unit, value, guard = rows[index]
            item = _ROLES[role](text, folded, start, end, unit, value, guard)
            if item is not None:
                yield item

    # -- runs of digits ---------------------------------------------------------------------------------------

    def _numbers(self, text: str, folded: str) -> Iterator[PeriodExpression]:
        size = len(text)
        for run in _NUMBER.finditer(text):
            start, end = run.span()
            width = end - start
            if width > 4 or width == 3:
                continue
            after = text[end] if end < size else ""
            before = text[start - 1] if start else ""
            if before and (before in _CURRENCY or (before in ".,:" and start > 1 and text[start - 2].isdigit())):
                continue
            item = _four(text, start, end, before, after) if width == 4 else _two(text, start, end, before, after)
            if item is not None:
                yield item

    # -- joining ----------------------------------------------------------------------------------------------

    def _joined(self, text: str, folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
        kept: list[PeriodExpression] = []
        for item in found:
            if kept and item.start < kept[-1].end:
                if item.end > kept[-1].end and item.start == kept[-1].start:
                    kept[-1] = item
                continue
            last = kept[-1] if kept else None
            if last is not None and item.start - last.end <= 24:
                joined = _join(last, item, folded[last.end : item.start])
                if joined is not None:
                    kept[-1] = joined
                    continue
            kept.append(item)
        ranged: list[PeriodExpression] = []
        for item in kept:
            last = ranged[-1] if ranged else None
            if last is not None and item.start - last.end <= 20:
                joined = _range(last, item, folded, last.end, item.start)
                if joined is not None:
                    ranged[-1] = joined
                    continue
            ranged.append(item)
        return [self._with_lead(text, folded, item) for item in ranged if item.kind not in ("fiscal", "ended_span")]

    def _with_lead(self, text: str, folded: str, item: PeriodExpression) -> PeriodExpression:
        if item.kind in ("time", "length"):
            return item
        moment, lead, lead_start = item.moment, "", -1
        low = max(0, item.start - 36)
        before = self._before.search(folded, low, item.start)
        if before is not None and before.start() < item.start:
            lead_start = before.start()
            phrase = " ".join(folded[lead_start : item.start].split())
            for word in self._lead_word.findall(phrase):
                if word in self._edges:
                    moment = replace(moment, edge=self._edges[word]) if not moment.until else moment
                else:
                    if lead not in ("than", "from"):
                        lead = next((role for role, words in self._classes if word in words), lead)
                    lead = "from" if word in ("from", "since") else lead
            if lead == "point" and not moment.edge and moment.unit != "day":
                moment = replace(moment, edge="point")
        zh = _zh_lead(text, item.start)
        if zh:
            lead, lead_start = zh[0], zh[1]
            if lead == "point" and not moment.edge:
                moment = replace(moment, edge="point")
        end = item.end
        suffix = _ZH_EDGE.match(text, end)
        if suffix:
            end = suffix.end()
            moment = replace(moment, edge="end" if suffix[1] else "start" if suffix[2] else "mid")
        elif item.kind in ("month", "quarter", "half", "year") and self._ended.match(folded, end) and lead in ("", "within"):
            if not (folded[end : end + 7] == " ended " and folded[end + 7 : end + 10].isdigit()):
                moment = replace(moment, edge="end")
        if moment.unit == "end":
            moment = replace(moment, edge="end")
        name = item.kind == "year" and moment.anchor == "absolute" and not lead and _is_name(text, item)
        sure = item.is_sure or bool(lead) or name or moment.edge != ""
        return replace(item, end=end, moment=moment, lead=lead, lead_start=lead_start, is_name=name, is_sure=sure)


_ZH_EDGE = re.compile(r"\s?(?:份)?(?:(年?[底末]|月[底末]|底|末|年终)|(年?初)|(中旬|年中))(?![级端])")
_ZH_POINT = re.compile(r"(?:截至|截止到|截止至|截止|截至到|到|至|到了)\s?$")
_ZH_THAN = re.compile(r"(?:较|較|比|与|同|相比|相较于|从|由|对比)\s?$")
_ZH_WITHIN = re.compile(r"(?:在|于|於|自)\s?$")


def _zh_lead(text: str, start: int) -> tuple[str, int] | None:
    if not start or text[start - 1] < "⺀" and text[start - 1] != " ":
        return None
    low = max(0, start - 4)
    for lead, pattern in (("point", _ZH_POINT), ("than", _ZH_THAN), ("within", _ZH_WITHIN)):
        match = pattern.search(text, low, start)
        if match:
            return lead, match.start()
    return None


def _is_name(text: str, item: PeriodExpression) -> bool:
    """A year printed beside a capitalised name, without a preposition: "Expo 2025", "2025 China Conference"."""
    before = text[item.start - 1] if item.start else ""
    if before in ("(", "(") and item.end < len(text) and text[item.end] in "))":
        return True
    after = text[item.end : item.end + 2]
    if len(after) == 2 and after[0] == " " and after[1].isupper():
        return True
    if re.match(r" (?:edition|report|survey|study|yearbook|white paper|index|conference|summit|expo|forum)\b", text[item.end : item.end + 13]):
        return True
    if before == " ":
        word = text[max(0, item.start - 30) : item.start - 1].rsplit(None, 1)
        last = word[-1] if word else ""
        return len(last) > 1 and last[0].isupper() and last[-1].isalpha()
    return False


def _four(text: str, start: int, end: int, before: str, after: str) -> PeriodExpression | None:
    year = int(text[start:end])
    if not 1900 <= year <= 2100:
        return None
    numeric = _NUMERIC.match(text, start)
    if numeric:
        if 1 <= int(numeric[3]) <= 12 and 1 <= int(numeric[4]) <= 31:
            month = int(numeric[3])
            return PeriodExpression(start, numeric.end(), "date", Moment("absolute", "day", year, month, month, int(numeric[4])))
        return None
    decade = _DECADE.match(text, start)
    if decade:
        return PeriodExpression(start, decade.end(), "decade", Moment("absolute", "decade", year))
    zh = _ZH_YEAR.match(text, start)
    if zh:
        moment = Moment("absolute", "year", year)
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
        moment = Moment("absolute", "year", year, until=Moment("absolute", "year", year + 1), is_fiscal=True)
        return PeriodExpression(start, split.end(), "range", moment)
    if split and int(split[2]) > year % 100 and text[end] in "-–—":
        until = Moment("absolute", "year", year // 100 * 100 + int(split[2]))
        return PeriodExpression(start, split.end(), "range", Moment("absolute", "year", year, until=until))
    if after in ("%", "‰", ",", "°") and end + 1 < len(text) and (after != "," or text[end + 1].isdigit()):
        return None
    if before.isascii() and before.isalpha() or after.isascii() and after.isalpha() or before in "_/" and after in "_/":
        return None
    if after in (".", "/") and end + 1 < len(text) and text[end + 1].isdigit():
        return None
    return PeriodExpression(start, end, "year", Moment("absolute", "year", year), is_sure=False)


def _part(letter: str, number: int, year: int) -> tuple[str, Moment]:
    months = 3 if letter in "Qq" else 6
    kind = "quarter" if months == 3 else "half"
    return kind, Moment("absolute", kind, year, months * (number - 1) + 1, months * number)


def _two(text: str, start: int, end: int, before: str, after: str) -> PeriodExpression | None:
    if not after:
        return None
    if after in ":：":
        time = _TIME.match(text, start)
        return PeriodExpression(start, time.end(), "time", _TIMELESS) if time else None
    if after in "apAP " and text[end : end + 2].strip().lower()[:1] in ("a", "p"):
        hour = _HOUR.match(text, start)
        if hour:
            return PeriodExpression(start, hour.end(), "time", _TIMELESS)
    if after in "QqH" and end - start == 1 and not before.isalnum():
        part = _SHORT_PART.match(text, start)
        if part:
            letter, number, year = ("Q", part[1], part[2]) if part[1] else ("H", part[3], part[4])
            return PeriodExpression(start, part.end(), *_part(letter, int(number), int(year) + (2000 if len(year) == 2 else 0)))
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
            return PeriodExpression(start, zh.end(), "date" if day else "month", Moment("missing", unit, 0, month, month, day))
        day_only = _ZH_DAY.match(text, start)
        if day_only and 1 <= int(day_only[1]) <= 31:
            return PeriodExpression(start, day_only.end(), "date", Moment("missing", "day", 0, 0, 0, int(day_only[1])))
    return None


# -- words, by role: each gets the place of the word and its row ------------------------------------------------


def _month(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
    if not text[start].isupper():
        return None
    month, day, first, last = int(value), 0, start, end
    before = _BEFORE_MONTH.search(folded, max(0, start - 12), start)
    after = _AFTER_MONTH.match(folded, end)
    if before and 1 <= int(before[1]) <= 31:
        day, first = int(before[1]), before.start()
    elif after and 1 <= int(after[1]) <= 31:
        day, last = int(after[1]), after.end()
    elif guard and not (_YEAR_NEXT.match(folded, end) or _GUARD.search(folded, max(0, start - 14), start)):
        return None
    if not day and last < len(text) and text[last] == "." and guard:
        last += 1
    kind = "date" if day else "month"
    return PeriodExpression(first, last, kind, Moment("missing", "day" if day else "month", 0, month, month, day))


_YEAR_NEXT = re.compile(r"\.?,?\s(?:of\s)?(?:19|20)\d\d(?!\d)|\.?\s?(?:-|–|to|through)\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_GUARD = re.compile(
    r"(?:\b(?:in|of|by|since|until|till|from|to|through|last|this|next|early|late|mid|end|during|before|after|and|for)[ -]|[-–])$"
)


def _part_word(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
    first, last = map(int, value.split("-"))
    return PeriodExpression(start, end, "year" if unit == "year" else unit, Moment("missing", unit, 0, first, last))


def _year_word(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "relative", Moment("article", "year", int(value)))


def _relative(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "date" if unit == "day" else "relative", Moment("article", unit, int(value)))


def _base(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "base", Moment("current", unit, int(value)))


def _now(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "now", Moment("article", "day", 0))


def _weekday(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
    if folded[start] < "\x80" and not text[start].isupper():
        return None
    return PeriodExpression(start, end, "weekday", Moment("article", "weekday", int(value)))


def _plan(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    first, last = map(int, value.split("-"))
    moment = Moment("absolute", "year", first, until=Moment("absolute", "year", last))
    return PeriodExpression(start, end, "plan", moment)


def _length(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "length", _TIMELESS)


def _stretch(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
    pattern = _LENGTH if folded[start] < "\x80" else _ZH_LENGTH
    after = end + 1 if folded[start] < "\x80" else end
    match = pattern.match(folded, after)
    return PeriodExpression(start, match.end(), "length", _TIMELESS) if match and match.end() > after else None


def _fiscal(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression | None:
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


def _ended_span(text: str, folded: str, start: int, end: int, unit: str, value: str, guard: bool) -> PeriodExpression:
    return PeriodExpression(start, end, "ended_span", Moment("none", "ended", last=int(value)))


_ROLES = {
    "ended_span": _ended_span, "month": _month, "part": _part_word, "year": _year_word, "relative": _relative, "base": _base, "now": _now,
    "weekday": _weekday, "plan": _plan, "length": _length, "stretch": _stretch, "fiscal": _fiscal,
}  # fmt: skip


def _join(left: PeriodExpression, right: PeriodExpression, gap: str) -> PeriodExpression | None:
    """Two neighbours as one: "June" + "2025", "third quarter" + "of last year", 2025年 + 上半年; None if they are two."""
    if not (_JOIN.fullmatch(gap) or _ENDED_GAP.fullmatch(gap) or _JOIN_ZH.fullmatch(gap) or gap in (" (", " '", "'", "-", " – ")):
        return None
    one, two = left.moment, right.moment
    if one.until is not None or two.until is not None:
        return None
    if left.kind in _SPANS and right.kind == "date" and _ENDED_GAP.fullmatch(gap):
        months = one.last - one.first + 1 if left.kind != "base" else 3
        return replace(left, end=right.end, kind="ended", moment=replace(two, unit="ended", last=months, is_fiscal=True))
    if left.kind == "fiscal":
        return replace(right, start=left.start, moment=replace(two, is_fiscal=True)) if "," not in gap else None
    if right.kind == "fiscal":
        return replace(left, end=right.end, moment=replace(one, is_fiscal=True)) if "," not in gap else None
    if left.kind == "ended_span":
        if right.kind not in ("date", "month") or gap.strip(" ,") not in ("", "on"):
            return None
        return replace(left, end=right.end, kind="ended", moment=replace(two, unit="ended", last=one.last))
    if left.kind == "weekday" and right.kind == "date":
        return replace(right, start=left.start)
    is_year = _is_year(right)
    if one.anchor == "missing" and is_year:
        moment = replace(one, anchor=two.anchor, year=two.year, is_fiscal=one.is_fiscal or two.is_fiscal)
        return replace(left, end=right.end, moment=_whole(moment), is_sure=True)
    if two.anchor == "missing" and _is_year(left) and "," not in gap and two.first:
        moment = replace(two, anchor=one.anchor, year=one.year, is_fiscal=one.is_fiscal or two.is_fiscal)
        return replace(right, start=left.start, moment=_whole(moment), is_sure=True)
    if one.unit == "whole" and left.kind == "base" and is_year:
        return replace(right, start=left.start)
    if two.unit == "whole" and right.kind == "base" and _is_year(left) and "," not in gap:
        return replace(left, end=right.end)
    if left.kind == "base" and is_year and one.anchor == "current":
        if two.anchor == "absolute":
            return replace(left, end=right.end, moment=Moment("current", "same", two.year))
        return replace(left, end=right.end, moment=replace(one, year=min(one.year, -1) if two.year < 0 else one.year))
    if right.kind == "base" and _is_year(left) and two.unit != "whole" and "," not in gap:
        if one.anchor == "absolute":
            return replace(right, start=left.start, moment=Moment("current", "same", one.year))
        return replace(right, start=left.start, moment=replace(two, year=one.year))
    if right.kind == "base" and one.anchor == "missing" and two.year < 0 and gap.strip() in ("", "of", "of the", "in", "in the"):
        return replace(left, end=right.end, kind="base", moment=two)
    return None


def _is_year(item: PeriodExpression) -> bool:
    moment = item.moment
    return moment.unit == "year" and moment.anchor in ("absolute", "article") and (moment.first, moment.last) == (1, 12)


def _whole(moment: Moment) -> Moment:
    return replace(moment, unit="whole") if moment.anchor == "article" else moment


def _range(left: PeriodExpression, right: PeriodExpression, folded: str, start: int, end: int) -> PeriodExpression | None:
    """ "2021 to 2025", "January to May 2026", 2021–2025: one range, where both ends are of one grain."""
    one, two = left.moment, right.moment
    if one.until or two.until or left.kind == "fiscal":
        return None
    between = re.search(r"(?:between|from)\s(?:the\s)?$", folded[max(0, left.start - 14) : left.start])
    linked = _RANGE.fullmatch(folded, start, end) or (between and _RANGE_AND.fullmatch(folded, start, end))
    if not linked or one.anchor not in ("absolute", "missing", "article") or two.anchor not in ("absolute", "missing", "article"):
        return None
    grains = {"day": 0, "month": 1, "quarter": 2, "half": 2, "year": 3}
    if one.unit == "whole" or two.unit == "whole":
        if one.unit not in ("month", "whole"):
            return None
    elif grains.get(one.unit, -1) != grains.get(two.unit, -2):
        return None
    if one.anchor == two.anchor == "absolute" and (one.year, one.first, one.day) >= (two.year, two.first, two.day):
        return None
    moment = replace(one, until=two)
    if one.anchor == "missing" and two.anchor == "missing" and one.unit == "month" and one.first < two.last:
        moment = Moment("missing", "months", 0, one.first, two.last)
    return replace(left, end=right.end, kind="months" if one.unit == "month" else "range", moment=moment, is_sure=True)


def load(overlay: Path | None = None) -> Periods:
    """The words of `period_words.csv`. Raises CatalogueError for a row that cannot be read."""
    return Periods(read_table("period_words.csv", COLUMNS, overlay), status_words.load(overlay))


def fold(text: str) -> str:
    """The text in lower case, with every character at its offset."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def within(found: list[PeriodExpression], start: int, end: int) -> list[PeriodExpression]:
    """The expressions that lie in `text[start:end]`, of a list in order."""
    return found[bisect_left(found, start, key=lambda e: e.start) : bisect_right(found, end, key=lambda e: e.end)]
