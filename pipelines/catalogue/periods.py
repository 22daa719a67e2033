"""Words about time: every date, year, period and time of day in a text, in one pass.

What lives here: the words of `period_words.csv`, how they join into expressions ("by the end of the third quarter of
2025", 截至2025年6月底), and what each names as a `Moment`. What does not: which figure an expression belongs to, any
decision that needs the article. Years and dates are found whether or not a figure stands near, because the quantity
stage asks for them to know which numbers are no quantities.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue import status_words
from pipelines.catalogue.calendar import Moment
from pipelines.catalogue.period_shapes import (
    COMPARED,
    CURRENCY,
    ESTIMATED,
    NUMBER,
    ROLES,
    PeriodExpression,
    four_digits,
    three_digits,
    two_digits,
)
from pipelines.catalogue.status_words import StatusWords
from pipelines.catalogue.table import Row, alternatives, read_table
from pipelines.vocabulary.values import replace

__all__ = ["COMPARED", "PeriodExpression", "Periods", "any_within", "fold", "load", "within"]

_start, _end = attrgetter("start"), attrgetter("end")
COLUMNS = ("words", "role", "unit", "value", "guard")
_JOIN = re.compile(
    r"\)?(?:'s)?[ \t\n]{0,3},?[ \t\n]{0,3}"
    r"(?:(?:of|in|for|the|ended|ending|(?:total|level|figure|result|number|period) of)[ \t\n]{1,2}){0,3}"
)
_JOIN_ZH = re.compile(r"[的\s]{0,2}")
_ENDED_GAP = re.compile(r",?\s\(?(?:which |that )?(?:ended|ending|ends)\s(?:on\s)?")
_RANGE_AND = re.compile(r"\sand\s", re.I)
_ALONE = (("month", "month"), ("quarter", "quarter"))
_CLOSED = ("month", "quarter", "half", "year")
_SPANS = ("quarter", "half", "year", "months")
_RANGE = re.compile(
    r"-(?:to|through)-|\s?[-–—~～至到]\s?(?:the end of )?|"
    r"\s(?:to|through|thru|until)\s(?:the end of |end-|late |early )?",
    re.I,
)
_AFTER = (
    "edge",
    "point",
    "within",
    "than",
    "on",
    "ended",
    "closes",
    "alone",
    "alone_before",
)  # roles that are looked up beside an expression, not searched


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
            if role not in ROLES:
                raise row.unknown("role", role, [*ROLES, *_AFTER])
            for word in row.list("words"):
                words.append(word.lower())
                self._rows.append((role, row["unit"], row["value"], row["guard"] == "yes"))
        for word in (
            "past",
            "last",
            "previous",
            "next",
            "coming",
            "recent",
            "within",
            "过去",
            "過去",
            "近",
            "未来",
            "未來",
            "最近",
            "连续",
        ):
            words.append(word)
            self._rows.append(("stretch", "", "", False))
        for word in ("fy", "fiscal", "financial", "财年", "財年", "财政年度"):
            words.append(word)
            self._rows.append(("fiscal", "", "", False))
        self._words = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        self._ended = re.compile(rf"\s(?:{alternatives(beside['ended'])})\b")
        self._closes = re.compile(rf"\b(?:{alternatives(beside['closes'])})\s$")
        self._alone = re.compile(
            rf"的?\s?(?:{alternatives(beside['alone'])})(?!\w)|"
            rf"(?:{'|'.join(w for w in beside['alone'] if w[0] > chr(0x2E80))})"
        )
        self._alone_before = tuple(beside["alone_before"])
        self._leads = dict.fromkeys(beside["within"], ("within", ""))
        self._leads.update(dict.fromkeys(beside["than"], ("than", "")), **dict.fromkeys(beside["point"], ("point", "")))
        self._leads.update(
            {word: ("edge", edge) for word, edge in edges.items()}, **dict.fromkeys(beside["on"], ("on", ""))
        )
        self._leads.update({"from": ("from", ""), "since": ("since", ""), "the": ("", "")})
        self._lead_ends = frozenset(phrase.rpartition(" ")[2] for phrase in self._leads)
        self._seen: tuple[str, list[PeriodExpression], list[PeriodExpression]] = ("", [], [])

    def is_exception(self, text: str, e: PeriodExpression, *, opens: bool = False) -> bool:
        """Whether an expression is an exception to what the text goes on about: "in October alone", 單看第二季.

        A paragraph that 單看第二季 opens is of that quarter.
        """
        return bool(self._alone.match(text, e.end)) or (not opens and text.endswith(self._alone_before, 0, e.start))

    def find(self, text: str) -> list[PeriodExpression]:
        """Every expression of time in the text, in order and without overlap. Linear in its length."""
        return self._scan(text)[0]

    def growth_bases(self, text: str) -> list[PeriodExpression]:
        """The words that say what a growth is measured against ("year on year"); the base is `moment.unit`."""
        return self._scan(text)[1]

    def _scan(self, text: str) -> tuple[list[PeriodExpression], list[PeriodExpression]]:
        seen = self._seen  # two stages ask about one text; the second gets the first one's answer
        if seen[0] != text:
            folded = fold(text)
            found = [*self._numbers(text), *self._named(text, folded)]
            found.sort(key=lambda e: (e.start, -e.end))
            bases = [e for e in found if e.kind == "versus"]
            if bases:
                found = [e for e in found if e.kind != "versus"]
            seen = self._seen = (text, _steps(folded, self._joined(text, folded, found)), bases)
        return seen[1], seen[2]

    # -- single words -----------------------------------------------------------------------------------------

    def _named(self, text: str, folded: str) -> Iterator[PeriodExpression]:
        rows = self._rows
        for index, start, end in self._matches(folded):
            ascii_word = folded[start] < "\x80"
            if ascii_word and (
                (
                    end < len(folded)
                    and folded[end - 1].isdecimal()
                    and folded[end].isdecimal()
                    and rows[index][0] != "fiscal"
                )
                or (end < len(folded) and folded[end].isalpha() and folded[end] < "\x80" and rows[index][0] != "fiscal")
            ):
                continue
            role, unit, value, guard = rows[index]
            item = ROLES[role](text, folded, start, end, unit, value, guard)
            if item is not None:
                yield item

    def _matches(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """The words, none from the middle of another, which hides none either ("billi|on the year before")."""
        for index, start, end in self._words.find_matches_as_indexes(folded):
            is_cut = start and folded[start] in "过過" and folded[start - 1] in "超经經"  # 超过去年 tells of 去年
            if is_cut or (folded[end - 1] == "今" and folded[end : end + 1] in _THIS):  # 截至今年 of 今年
                for inner, first, last in self._words.find_matches_as_indexes(folded[start + 1 : end + 8]):
                    if first + start < end:
                        yield inner, first + start + 1, last + start + 1
            elif not (folded[start] < "\x80" and start and folded[start - 1] < "\x80" and folded[start - 1].isalnum()):
                yield index, start, end
            elif folded.find(" ", start, end) > 0:
                for inner, first, last in self._words.find_matches_as_indexes(folded[start + 1 : end + 60]):
                    if first + start < end and not folded[first + start].isalnum():
                        yield inner, first + start + 1, last + start + 1

    # -- runs of digits ---------------------------------------------------------------------------------------

    def _numbers(self, text: str) -> Iterator[PeriodExpression]:
        size = len(text)
        for run in NUMBER.finditer(text):
            start, end = run.span()
            width = end - start
            if width > 4:
                continue
            after = text[end] if end < size else ""
            before = text[start - 1] if start else ""
            if before and (before in CURRENCY or (before in ".,:" and start > 1 and text[start - 2].isdigit())):
                continue
            if width == 3:
                item = three_digits(text, start, end) if after in "年 " else None
            elif width == 4:
                item = four_digits(text, start, end, before, after)
            else:
                item = two_digits(text, start, end, before, after)
            if item is not None and after == "月" and text.endswith(_IN_A_ROW, max(0, start - 2), start):
                item = replace(item, kind="length")  # 连6月低于2%: so many months in a row
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
            if (
                last is not None
                and item.start - last.end <= 24
                and "\n\n" not in text[last.end : item.start]
                and not (text[last.end - 1] == "." and any(map(str.isupper, text[last.end : item.start])))
            ):  # "in August. In 2024 it was" are two
                joined = _join(last, item, folded[last.end : item.start])
                if joined is not None:
                    kept[-1] = joined
                    continue
            kept.append(item)
        if text and kept:
            kept = _years_to(folded, _with_years(folded, _with_ellipses(folded, kept)))
        ranged: list[PeriodExpression] = []
        for item in kept:
            last = ranged[-1] if ranged else None
            if last is not None and item.start - last.end <= 20:
                joined = _range(last, item, folded, last.end, item.start)
                if joined is not None:
                    ranged[-1] = joined
                    continue
            ranged.append(item)
        led: list[PeriodExpression] = []
        for item in ranged:
            if item.kind not in ("fiscal", "ended_span") and not (
                led and item.start < led[-1].end
            ):  # 截至6月底止[全年]
                led.append(self._with_lead(text, folded, item))
        return led

    def _with_lead(self, text: str, folded: str, item: PeriodExpression) -> PeriodExpression:
        if item.kind in ("time", "length"):
            return item
        moment = item.moment
        edge, lead, lead_start = self._before(folded, item.start)
        if item.kind in _CLOSED and self._is_closed(folded, item):
            edge = "end"
        if lead == "on":
            lead = "within" if item.kind in ("date", "weekday", "now", "base") or moment.unit == "day" else "than"
        is_stretch = item.kind in ("range", "plan", "decade", "ended", "months") or (
            item.kind == "base" and (moment.year > 1 or moment.unit == "run")
        )
        is_stretch = is_stretch or text.startswith("Over ", max(lead_start, 0))  # "Over the first three quarters it"
        if lead == "than" and is_stretch and folded.startswith("over", lead_start):
            lead = "within"  # "over the next four years"
        if lead == "than" and (text[lead_start] == "T" or _BRINGS.search(folded, max(0, lead_start - 12), lead_start)):
            lead = "within"  # "bringing the total for the first nine months to 414 MW", "The figure for 2024 was"
        if edge and not moment.until and edge != moment.edge:
            moment = replace(moment, edge=edge)
        elif lead == "point" and not moment.edge and moment.unit != "day":
            moment = replace(moment, edge="point")
        zh = _zh_lead(text, item.start)
        if zh:
            lead, lead_start = zh[0], zh[1]
            if lead == "point" and text[item.end : item.end + 1] == "的" and moment.unit == "year" and not moment.edge:
                lead = "than"  # 恢复至2019年的98%
            if lead == "point" and not moment.edge:
                moment = replace(moment, edge="point")
        end = item.end
        suffix = _ZH_EDGE.match(text, end) if text[end : end + 1] > "\x7f" or not text.isascii() else None
        if suffix:
            end = suffix.end()
            moment = replace(moment, edge="end" if suffix[1] else "start" if suffix[2] else "mid")
        elif (
            item.kind in ("month", "quarter", "half", "year")
            and self._ended.match(folded, end)
            and lead in ("", "within")
        ) and not (folded[end : end + 7] == " ended " and folded[end + 7 : end + 10].isdigit()):
            moment = replace(moment, edge="end")
        since = _ZH_SINCE.match(text, end)
        if since is None and text[max(0, item.start - 1) : item.start] in ("自", "从", "從"):
            since = _ZH_SINCE_DONE.match(text, end)  # 自2022年2月启动以来
        if since:
            lead, end = "since", since.end()
            lead_start = lead_start if lead_start >= 0 else item.start
        if not lead and text.startswith(("相比", "相较", "相較"), end):
            lead, lead_start = "than", item.start
        is_stop = moment.unit in ("day", "month", "whole") and (
            text[end : end + 1] == "止" or (lead == "point" and text[end : end + 1] == "的")
        )
        stop = _ZH_STOP.match(text, end) if is_stop else None
        if stop:  # 截至6月30日止六个月
            moment = replace(moment, unit="ended", first=moment.last, last=_STOP_MONTHS[stop[1] or stop[2]], edge="")
            return PeriodExpression(item.start, stop.end(), "ended", moment, "within", lead_start)
        if moment.unit == "start" and moment.edge != "start":
            moment = replace(moment, edge="start")
        if moment.unit == "end" and moment.edge != "end":
            moment = replace(moment, edge="end")
        if item.kind == "base" and moment.unit == "year" and moment.year < 0 and moment.edge == "end":
            moment = replace(moment, unit="whole")  # 上年末, "the end of the previous year": its last day
        is_bare = not lead or (folded.startswith("the ", item.start - 4) and item.end == end)
        name = (item.kind == "year" and moment.anchor == "absolute" and is_bare and _is_name(text, item)) or bool(
            item.kind in ("year", "quarter", "half", "month", "relative") and _MEETING.match(text, end)
        )
        sure = item.is_sure or bool(lead) or name or moment.edge != ""
        if (
            moment is item.moment
            and not lead
            and not name
            and end == item.end
            and sure == item.is_sure
            and lead_start < 0
        ):
            return item
        return PeriodExpression(item.start, end, item.kind, moment, lead, lead_start, sure, name)

    def _is_closed(self, folded: str, item: PeriodExpression) -> bool:
        """Whether a time is one that was ended with something: "It finished 2024 with 13,000 stores"."""
        is_with = folded.startswith((" with ", " having ", " holding "), item.end)
        return is_with and self._closes.search(folded, max(0, item.start - 12), item.start) is not None

    def _before(self, folded: str, start: int) -> tuple[str, str, int]:
        """The edge ("by the end of"), the class of the preposition, and where it begins, of what starts at `start`."""
        edge, lead, begin = "", "", -1
        if start and folded[start - 1] in "\"\u201c\u2018'":
            start -= 1
        if not start or folded[start - 1] not in " \n-":
            return edge, lead, begin
        part = folded[max(0, start - 40) : start]
        words = part.replace("-", "- ").split()[-6:]
        if not words or words[-1] not in self._lead_ends:
            return edge, lead, begin
        at, k = len(part), len(words)
        for _ in range(4):
            for size in (3, 2, 1):
                phrase = " ".join(words[k - size : k]) if size <= k else ""
                if phrase in self._leads:
                    break
            else:
                break
            role, which = self._leads[phrase]
            for word in reversed(words[k - size : k]):
                at = part.rfind(word, 0, at)
            k -= size
            begin = start - len(part) + at
            if role == "edge":
                edge = which if which in ("end", "start", "mid") or not edge else edge
            elif role and (not lead or role in COMPARED) and not (role == "on" and lead):
                lead = role
        return edge, lead, begin if lead or edge else -1


_BRINGS = re.compile(r"\b(?:bring|tak|lift|push|rais)(?:s|es|ing)\s$|\b(?:brought|took|lifted|pushed|raised)\s$")
_ZH_EDGE = re.compile(
    r"[”」』\"\s]?(?:份)?(?:时期|時期|期间|期間)?(?:(年?[底末]|月[底末]|底|末|年终)|(年?初)|(中旬|年中))(?![级端])"
)
_ZH_POINT = re.compile(r"(?:截至|截止到|截止至|截止|截至到|到|(?<![增升降减減扩擴提高])至|到了)\s?$")
_ZH_THAN = re.compile(r"(?:较|較|(?<![占佔])比|倍[于於]|与|與|同|相比|相较于|相較於|从|從|由|對比|对比)\s?[“「『\"]?$")
_ZH_LEAD_ENDS = frozenset('至止到了较較比与與同于於从由比在自從 “「『"')
_STOP_MONTHS = dict.fromkeys(
    ("年度", "财年", "財年", "财政年度", "財政年度", "会计年度", "會計年度", "一年", "全年"), 12
)
_STOP_MONTHS.update(dict.fromkeys(("半年", "半年度", "上半年", "中期"), 6))
_STOP_MONTHS.update(dict.fromkeys(("季度", "首季"), 3))
_STOP_MONTHS.update((f"第{number}{quarter}", 3) for number in "一二三四1234" for quarter in ("季度", "季"))
_LENGTHS = {
    f"{number}{month}": months
    for months, numbers in ((3, "三3"), (6, "六6"), (9, "九9"), (12, ("十二", "12")))
    for number in numbers
    for month in ("个月", "個月")
}
_FISCAL_QUARTERS = [f"第{number}{quarter}" for number in "一二三四" for quarter in ("财季", "財季")]
_STOP_MONTHS.update(_LENGTHS)
_STOP_MONTHS.update(dict.fromkeys(_FISCAL_QUARTERS, 3))
_ZH_STOP = re.compile(
    rf"止(?:的)?({'|'.join(sorted(_STOP_MONTHS, key=len, reverse=True))})"
    rf"|的(?:过去|過去|前)?({'|'.join([*_LENGTHS, '一年', *_FISCAL_QUARTERS])})"  # 截至9月的三個月內
)
_ZH_SINCE = re.compile(r"[”」』\"]?(?:时期|時期|期间|期間)?以[来來]")
_ZH_SINCE_DONE = re.compile(r"[^,\uff0c。;\uff1b、\d]{1,12}?以[来來]")
_ZH_WITHIN = re.compile(r"(?:在|于|於|自)\s?$")


def _zh_lead(text: str, start: int) -> tuple[str, int] | None:
    if not start or text[start - 1] not in _ZH_LEAD_ENDS or (text[start - 1] == " " and text[start - 2] < "\x80"):
        return None
    low = max(0, start - 4)
    for lead, pattern in (("point", _ZH_POINT), ("than", _ZH_THAN), ("within", _ZH_WITHIN)):
        match = pattern.search(text, low, start)
        if match:
            return lead, match.start()
    return None


#: Words that open a sentence and make no name of the year behind them ("The 2026 capital budget").
_NO_NAMES = {
    "the", "this", "our", "its", "their", "his", "her", "in", "by", "for", "from", "since", "until", "during", "before",
    "after", "and", "but", "of", "on", "at", "as", "with", "through", "than", "between", "into", "throughout", "about",
    "full", "late", "early", "mid", "end",
}  # fmt: skip


_MEETING = re.compile(  # the period of a meeting that tells of another
    r"[的度]?(?:例行|新闻|新聞|首场|首場|工作){0,3}(?:新闻|新聞)?(?:发布会|發布會|记者会|記者會|通气会|吹风会)"
    r"|['\u2019]?s? (?:regular |routine )?(?:news|press) (?:conference|briefing)"
)


_ZH_NAME = re.compile(  # a bare year before a name: 2025中国算力大会
    r"[\u4e00-\u9fff]{0,12}?(?:大会|大會|论坛|論壇|峰会|峰會|指数|指數|报告|報告|白皮书|白皮書|博览会|博覽會|年会|年會|榜)"
)


_IS_YEAR = frozenset("年" + ESTIMATED)  # 2025年, 2026E: what says that the number is a year's


def _is_name(text: str, item: PeriodExpression) -> bool:
    """A year printed beside a capitalised name, without a preposition: "Expo 2025", "2025 China Conference"."""
    before = text[item.start - 1] if item.start else ""
    if before in ("(", "\uff08") and item.end < len(text) and text[item.end] in ")\uff09":
        return True
    if _ZH_NAME.match(text, item.end):
        return True
    if text[item.end - 1] in _IS_YEAR:
        return False  # 2025 年 AI 服务器出货, 2026E EPS
    after = text[item.end : item.end + 2]
    if len(after) == 2 and after[0] == " " and after[1].isupper():
        return True
    if re.match(
        r" (?:edition|report|survey|study|yearbook|white paper|index|conference|summit|expo|forum)\b",
        text[item.end : item.end + 13],
    ):
        return True
    if before == " ":
        word = text[max(0, item.start - 30) : item.start - 1].rsplit(None, 1)
        last = word[-1] if word else ""
        return len(last) > 1 and last[0].isupper() and last[-1].isalpha() and last.lower() not in _NO_NAMES
    return False


_IN_A_ROW = ("连", "連", "连续", "連續")


def _join(left: PeriodExpression, right: PeriodExpression, gap: str) -> PeriodExpression | None:
    """Two neighbours as one: "June" + "2025", "third quarter" + "of last year", 2025年 + 上半年; None for two."""
    if left.kind == "ended_span":
        if right.kind not in ("date", "month") or gap.strip(" ,-") not in (
            "", "on", "the end of", "end of", "end", "late", "mid", "early", "next", "last", "this", "this coming",
        ):  # fmt: skip
            return None
        return replace(
            left, end=right.end, kind="ended", moment=replace(right.moment, unit="ended", last=left.moment.last)
        )
    if not (
        _JOIN.fullmatch(gap)
        or _ENDED_GAP.fullmatch(gap)
        or _JOIN_ZH.fullmatch(gap)
        or gap in (" (", "\uff08", " '", "'", "-", " – ")
    ):
        return None
    one, two = left.moment, right.moment
    if one.until is not None or two.until is not None:
        return None
    if gap[:1] == "的" and right.kind == "year":
        return None  # 截至10月26日的2026财年: a Chinese date begins with its year
    if left.kind in ("quarter", "half") and right.kind == "months" and gap in (" (", "("):
        is_other = (one.first, one.last) != (two.first, two.last)  # "second quarter (July-September)"
        return replace(left, end=right.end, moment=replace(one, is_fiscal=one.is_fiscal or is_other))
    if left.kind in _SPANS and right.kind == "date" and _ENDED_GAP.fullmatch(gap):
        months = one.last - one.first + 1 if left.kind != "base" else 3
        return replace(
            left, end=right.end, kind="ended", moment=replace(two, unit="ended", last=months, is_fiscal=True)
        )
    if left.kind == "fiscal":
        return replace(right, start=left.start, moment=replace(two, is_fiscal=True)) if "," not in gap else None
    if right.kind == "fiscal":
        return replace(left, end=right.end, moment=replace(one, is_fiscal=True)) if "," not in gap else None
    if right.kind == "relative" and two.year == 0 and not gap and (left.kind, two.unit) in _ALONE:
        return left  # 5月当月
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
    if (
        right.kind == "base"
        and one.anchor == "missing"
        and two.year < 0
        and gap.strip() in ("", "of", "of the", "in", "in the")
    ):
        return replace(left, end=right.end, kind="base", moment=two)
    return None


_THIS = frozenset("年天日")  # 今年, 今天, 今日


# That a word begins here is asked behind its letters, so that most of a text is passed over quickly.
_IN_THE_NTH = re.compile(r"in the (?<!\w.{7})(first|second|third|fourth)(?=[,.;)]|\sand\b|\sto\b)")
_NTH = {"first": 1, "second": 4, "third": 7, "fourth": 10}


#: "7.3 percent in the fiscal year that ends in March and 6.4 percent in the next": the year behind the one just named.
_IN_THE_NEXT = re.compile(r"(?:in|for) the (next|following)(?: one)?(?=[,.;)]|\sand\b)")


def _with_ellipses(folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
    """Quarters of which only the first is called one: "5 in the first quarter, 4 in the second and 3 in the third"."""
    added = [*_next_years(folded, found), *_annual(folded, found)]
    k, last = 0, None
    for match in _IN_THE_NTH.finditer(folded):
        while k < len(found) and found[k].start < match.start(1):
            last, k = found[k], k + 1
        if last is None or last.moment.unit != "quarter" or match.start() - last.end > 120:
            continue
        first = _NTH[match[1]]
        if last.end <= match.start(1) and last.moment.first != first:
            moment = replace(last.moment, first=first, last=first + 2)
            last = PeriodExpression(match.start(1), match.end(1), "quarter", moment)
            added.append(last)
    return sorted([*found, *added], key=lambda e: e.start) if added else found


#: "Its annual revenue growth forecast", "China's annual target": that of the year that runs.
_ANNUAL = re.compile(
    r"annual (?=(?:[a-z-]{2,14} ){0,3}(?:forecasts?|guidance|outlook|targets?|projections?|estimates?)\b)"
    r"(?<!an annual )(?<!semi-annual )(?<!bi-annual )"
)


def _annual(folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
    """The year of which only an annual forecast or target is said."""
    places = [(m.start(), m.end() - 1) for m in _ANNUAL.finditer(folded)]
    return [
        PeriodExpression(start, end, "base", Moment("current", "whole"))
        for start, end in places
        if (k := bisect_left(found, start, key=_start)) == len(found) or found[k].start > end
    ]


def _next_years(folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
    """The years of which is only said that they are the next."""
    added: list[PeriodExpression] = []
    for match in _IN_THE_NEXT.finditer(folded):
        k = bisect_left(found, match.start(1), key=_start)
        last = found[k - 1] if k else None
        if last is None or match.start() - last.end > 60 or (k < len(found) and found[k].start < match.end()):
            continue
        if last.kind in ("year", "ended") or last.moment.unit in ("year", "whole"):
            added.append(PeriodExpression(match.start(1), match.end(), "base", Moment("current", "year", 1)))
    return added


def _with_years(folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
    """Parts of a year that share the year named after them: "the fourth quarter and full year of fiscal 2025"."""
    for k in range(len(found) - 1, 0, -1):
        one, two = found[k - 1], found[k]
        is_bare = two.kind == "year" and two.end - two.start < _BARE
        if one.moment.anchor != "missing" or one.kind not in ("quarter", "half", "months") or one.moment.until:
            continue
        if two.moment.anchor != "absolute" or two.kind not in _SPANS or two.moment.until or is_bare:
            continue
        if folded[one.end : two.start] in _WITH:
            moment = replace(one.moment, anchor="absolute", year=two.moment.year, is_fiscal=two.moment.is_fiscal)
            found[k - 1] = replace(one, moment=moment)
    return found


def _steps(folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
    """The expressions, "15.8% from Q2 to Q3" as the two times that it compares, which follow one another."""
    kept: list[PeriodExpression] = []
    for item in found:
        at = folded.find(" to ", item.start, item.end) if item.lead == "from" and item.lead_start > 0 else -1
        one = item.moment
        two = one.until
        if at < 0 or not folded.endswith(_PERCENT_BEFORE, max(0, item.lead_start - 12), item.lead_start):
            kept.append(item)
            continue
        if item.kind == "months" and two is None and one.last == one.first + 1:
            two = replace(one, unit="month", first=one.last)
            one = replace(one, unit="month", last=one.first)
        elif two is None or (one.unit, two.unit) != ("quarter", "quarter") or two.first != one.last + 1:
            kept.append(item)
            continue
        kept.append(replace(item, end=at, kind=one.unit, moment=replace(one, until=None)))
        kept.append(replace(item, start=at + 4, kind=two.unit, moment=two, lead="within", lead_start=at + 1))
    return kept


_PERCENT_BEFORE = ("% ", "percent ", "per cent ", "pct ")


#: "The ten years to 2023": how many years end with the one named.
_YEARS_TO = re.compile(
    r"\b(?:the|its|their) (?:(?:last|past|first|previous|full) )?"
    r"(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|\d{1,2}(?= )|decade)(?:[ -]years?)? "
    r"(?:(?:up )?to|through|until|end(?:ed|ing)(?: in| with)?|running to) $"
)
_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "decade": 10,
}  # fmt: skip
_MOST_BEFORE = 44  # characters before such a year


def _years_to(folded: str, found: list[PeriodExpression]) -> list[PeriodExpression]:
    """The expressions, with the years that end with one: of "the decade to 2024" only the whole is one."""
    kept: list[PeriodExpression] = []
    for item in found:
        whole = _of_years_to(folded, item)
        if kept and kept[-1].end > whole.start:
            kept.pop()
        kept.append(whole)
    return kept


def _of_years_to(folded: str, item: PeriodExpression) -> PeriodExpression:
    """An expression; the years that end with it where it is the last of a number of them."""
    moment = item.moment
    if item.kind != "year" or moment.anchor != "absolute" or moment.until or moment.edge or moment.is_fiscal:
        return item
    match = _YEARS_TO.search(folded, max(0, item.start - _MOST_BEFORE), item.start)
    if match is None:
        return item
    count = _COUNTS.get(match[1]) or int(match[1])
    if not 1 < count <= _MANY:
        return item
    first = replace(moment, year=moment.year - count + 1, until=moment)
    return replace(item, start=match.start(1), kind="range", moment=first, is_sure=True)


_MANY = 30  # years
_BARE = 5  # characters of a year without a word of its own
_WITH = (" and ", " and the ", " and its ", " and for the ", " & ", " and in the ")


def _is_year(item: PeriodExpression) -> bool:
    moment = item.moment
    return moment.unit == "year" and moment.anchor in ("absolute", "article") and (moment.first, moment.last) == (1, 12)


def _whole(moment: Moment) -> Moment:
    if moment.anchor != "article":
        return moment
    edge = moment.unit if moment.unit in ("end", "start") else moment.edge  # 去年 + 年底
    return replace(moment, unit="whole", edge=edge)


def _range(
    left: PeriodExpression, right: PeriodExpression, folded: str, start: int, end: int
) -> PeriodExpression | None:
    """ "2021 to 2025", "January to May 2026", 2021–2025: one range, where both ends are of one grain."""
    one, two = left.moment, right.moment
    if one.until or two.until or left.kind == "fiscal":
        return None
    between = re.search(r"(?:between|from)\s(?:the\s)?$", folded[max(0, left.start - 14) : left.start])
    linked = _RANGE.fullmatch(folded, start, end) or (between and _RANGE_AND.fullmatch(folded, start, end))
    if (
        not linked
        or one.anchor not in ("absolute", "missing", "article")
        or two.anchor not in ("absolute", "missing", "article")
    ):
        return None
    grains = {"day": 0, "month": 1, "quarter": 2, "half": 2, "year": 3}
    if left.kind == "now":  # "between now and 2030", "from now until the end of 2027", 从现在到2030年
        is_led = folded[start - 3 : start] != "now" or between
        return replace(left, end=right.end, kind="range", moment=replace(one, edge="", until=two)) if is_led else None
    if one.unit == "whole" or two.unit == "whole":
        if one.unit not in ("month", "whole"):
            return None
    elif grains.get(one.unit, -1) != grains.get(two.unit, -2):
        return None
    if one.anchor == two.anchor == "absolute" and (one.year, one.first, one.day) >= (two.year, two.first, two.day):
        return None
    if one.unit == "day" and two.unit == "day" and two.anchor == "missing" and not two.first:  # 5月1日至5日
        two = replace(two, first=one.first, last=one.last, anchor=one.anchor, year=one.year)
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


def any_within(found: list[PeriodExpression], start: int, end: int) -> PeriodExpression | None:
    """The first expression that lies in `text[start:end]`, if any."""
    k = bisect_left(found, start, key=_start)
    return found[k] if k < len(found) and found[k].end <= end else None


def within(found: list[PeriodExpression], start: int, end: int) -> list[PeriodExpression]:
    """The expressions that lie in `text[start:end]`, of a list in order."""
    return found[bisect_left(found, start, key=_start) : bisect_right(found, end, key=_end)]
