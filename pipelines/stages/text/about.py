"""What an article says about itself in words: date line, source line, dateline, closing notice, language.

Here: the readings shared by plain text, Markdown and HTML. Not here: the markup that states the same (`page`,
`markdown`), and dates inside the story, which belong to the statistics.
"""

import re
from dataclasses import dataclass
from datetime import date, time

_HEAD = 3000  # characters below the title, and at the end, that may tell about the article
_TOP = 10  # lines below the title that may be bylines
_LINE = 160  # a longer line is prose
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<{}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：](\d\d)(?:[:：](\d\d))?(?!\d)\s?([ap]\.?m\b)?", re.IGNORECASE)
_DATE = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})(?!\d)"
    rf"|\b{_MONTH.format('m2')}\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>(?:19|20)\d\d)\b"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH.format('m3')},?[\s-](?P<y3>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_STRETCH_END = re.compile(  # the last day of what is told of, not the day of telling: 截至2024年12月31日止年度
    r"(?:截至|截止|\b(?:as of|as at|ended|ending)(?: on)?)\s?(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}"
    r"|\b(?:as of|as at|ended|ending)(?: on)? (?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2},?)? (?:19|20)\d\d"
)
_ISO = re.compile(
    r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：", "0123456789:")

_SOURCE_LINE = re.compile(
    r"(?:^|[\s(（【|·])(?:source|来源|來源|稿源|文章来源|信息来源)\s?[:：]\s?([^\s|·【】][^|·【】\n]{0,60})",
    re.IGNORECASE,
)
_PAST_NAME = re.compile(r"\s{2,}|\u3000|\s(?=\d|\S{1,8}[:：])|\d{4}")
_REPORTED = re.compile(
    r"^(?:(?:en|www|m|news)\.)?([A-Za-z][\w-]{1,40})\.(?:com|cn|net|org|co)(?:\.\w\w)?\s+(?:reported|reports)\b",
    re.IGNORECASE,
)
_COUNTED_TO = re.compile(
    r"(?:截至|截止|迄|\b(?:as of|as at|ended|ending|until|since))\s?$", re.IGNORECASE
)  # no day of its own
CRUMBS = re.compile(
    r"[^>›»\n.。]{1,40}(?:\s?[>›»]\s?[^>›»\n.。]{1,40}){1,5}"  # the way to a page: "Home > News"
    r"|(?:[^|\d\n.。]{1,40}\s\|\s){3,}[^|\d\n.。]{1,24}"  # the sections of a site: "Home | News | Travel"
)
_CREDIT = re.compile(r"^\W{0,3}\(([^()\d]{2,40})\)\s+\d")
#: （編輯：某某）1141110, the day of a Taiwanese wire story counted from 1912.
_CLOSING_ROC = re.compile(r"[）)](1[01]\d)([01]\d)([0-3]\d)$")
_DATELINE = re.compile(
    r"^[A-Z][A-Za-z.'’ /-]{1,40},[^()\n]{0,20}\(([^()\n]{2,60})\)"
    r"|^[A-Z][A-Za-z ,.'’]{1,50}\(([A-Z][\w' .]{1,30})\)\s(?:[-–—]|[A-Z])"
)
_WIRE = re.compile(
    r"^[\s\u3000]*[《【（(]?\s?(?:据)?([\u3400-\u9fff]{2,10}?(?:社|网|網|日报|日報|晚报|晚報|时报|時報))[^，。,\n]{1,24}[电電]"
)
_COMPILED = re.compile(r"\b(?:compiled|published|issued) by ([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,4})(?=[.\s]|$)")
_RIGHTS = re.compile(
    r"(?:©|\([cC]\)|(?i:copyright)(?=\s?(?:©|\([cC]\)|(?:19|20)\d\d)))\s?(?:©\s?|\([cC]\)\s?)?"
    r"(?:(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?,?\s?)?(?:by )?"
    r"(?P<name>[A-Z][\w'’&-]*(?:\s[A-Z][\w'’&-]*){0,4}|[A-Za-z][\w'’&-]+)"
)
_DEMAND = re.compile(
    r"\b(?:cit(?:e|es|ing|ations?)|quot(?:e|es|ing|ations?)|re(?:print|produc|publish|us)\w{0,6})\b[^.。\n]{0,80}?"
    r"\b(?:indicat\w{1,4}|nam(?:e|es|ing)|credit|stat(?:e|es|ing)|attribut\w{1,5}|acknowledge|cite|mention)\b"
    r"[^.。“”\"\n]{0,60}[“\"]([^”\"\n]{1,80})[”\"]",
    re.IGNORECASE,
)
_DEMAND_ZH = re.compile(
    r"(?:转载|轉載|引用|转发|轉發|使用)[^。\n]{0,30}?(?:注明|註明|标明|標明|写明|寫明)[^。\n:：“「『\"]{0,12}"
    r"(?:[:：]\s?[“「『\"]?|[“「『\"])([^”」』\"。，,；;\s]{2,30})"
)
_HANS = frozenset(
    "国们这时电数据来发经过说为对开关与业务达网络万亿应规实现产报会长张东车见贝专区动农单计认设话还进运门问间题类样标机权"
)
_HANT = frozenset(
    "國們這時電數據來發經過說為對開關與業務達網絡萬億應規實現產報會長張東車見貝專區動農單計認設話還進運門問間題類樣標機權"
)
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about its article; null where it says nothing."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    fetched_at: str | None = None
    language: str | None = None
    attribution: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of an article tell: `source` in a line of its own, `agency` in a dateline or a notice."""

    source: str | None
    agency: str | None
    published_at: str | None
    attribution: str | None


def from_text(text: str) -> About:
    """All that the words of a text tell, whose first line is the title if it reads like one."""
    title, body = _title(text)
    said = from_lines([line.strip() for line in body[:_HEAD].split("\n") if line.strip()], text[-_HEAD:])
    return About(
        title=title,
        publisher=said.source or said.agency,
        published_at=said.published_at,
        attribution=said.attribution,
    )


def from_lines(lines: list[str], tail: str) -> Said:
    """What the first lines below the title and the last characters of an article tell."""
    published_at = _published_at(lines[:_TOP]) or _closing_date(tail)
    return Said(_source(lines[:_TOP]), _agency(lines[:_TOP], tail), published_at, attribution(tail))


def iso_date(text: str) -> str | None:
    """The text as an ISO 8601 date (`2023`, `2023-10`, `2023-10-08`) or date and time, or null when it is none."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        return find_date(text)
    year, month, day, hour, minute, second, zone = found.groups()
    if not _is_day(int(year), int(month or 1), int(day or 1)):
        return None
    if hour is None:
        return "-".join(filter(None, (year, month, day)))
    if int(hour) > 23 or int(minute) > 59:
        return None
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone or ''}"


def find_date(line: str) -> str | None:
    """The first complete date of a line, with the time of day beside it if there is one."""
    line = line.translate(_FULL_WIDTH)
    for found in _DATE.finditer(line):
        if _COUNTED_TO.search(line, 0, found.start()):
            continue
        part = found.groupdict()
        year = int(part["y1"] or part["y2"] or part["y3"])
        name = part["m2"] or part["m3"]
        month = _MONTHS.index(name.lower()) + 1 if name else int(part["m1"])
        day = int(part["d1"] or part["d2"] or part["d3"])
        if _is_day(year, month, day):
            return date(year, month, day).isoformat() + _clock(line)
    return None


def attribution(text: str) -> str | None:
    """The wording that a notice asks citations to carry: in quotation marks or, in Chinese, after a colon."""
    found = _DEMAND.search(text) or _DEMAND_ZH.search(text)
    return found[1].strip() if found else None


def language(text: str) -> str:
    """BCP 47 tag: "en", "zh-Hans" or "zh-Hant", by the share of ideographs and which script's forms prevail."""
    sample = text[:20_000]
    ideographs = len(_IDEOGRAPH.findall(sample))
    if ideographs <= len(_WORD.findall(sample)):
        return "en"
    hans, hant = sum(c in _HANS and c not in _HANT for c in sample), sum(c in _HANT and c not in _HANS for c in sample)
    return "zh-Hant" if hant > hans else "zh-Hans"


def _title(text: str) -> tuple[str | None, str]:
    first, _, rest = text.lstrip().partition("\n")
    if CRUMBS.fullmatch(first.strip()):
        first, _, rest = rest.lstrip().partition("\n")
    first = first.strip()
    if rest.strip() and len(first) <= 300 and first[-1:] not in ".。:：,，;；":
        return first, rest
    return None, text


def _published_at(lines: list[str]) -> str | None:
    for line in lines:
        if len(line) <= _LINE and (found := find_date(_STRETCH_END.sub("", line))):
            return found
        if len(line) > _LINE:  # the dateline of the first paragraph, if its date is complete
            wire = _WIRE.match(line)
            return find_date(line[: wire.end()]) if wire else find_date(line[:80]) if _DATELINE.match(line) else None
    return None


def _closing_date(tail: str) -> str | None:
    """The date that stands alone in the last line: "2025-03-19 19:42"."""
    last = tail.rstrip().rpartition("\n")[2].strip()
    if roc := _CLOSING_ROC.search(last):
        year, month, day = int(roc[1]) + 1911, int(roc[2]), int(roc[3])
        return date(year, month, day).isoformat() if _is_day(year, month, day) else None
    return find_date(last) if len(last) <= 30 and not _DATE.sub("", _CLOCK.sub("", last)).strip(" ()（）") else None


def _source(lines: list[str]) -> str | None:
    for line in lines:
        if len(line) > _LINE:
            return None
        if found := _SOURCE_LINE.search(line):
            return _name(_PAST_NAME.split(found[1])[0])
        if found := _CREDIT.match(line):
            return _name(found[1])
    return None


def _agency(lines: list[str], tail: str) -> str | None:
    for line in lines:
        if found := _REPORTED.match(line) or _WIRE.match(line):
            return _name(found[1])
        if found := _DATELINE.match(line):
            return _name(re.split(r"\s[-–—]\s", found[1] or found[2])[0])
    if found := _COMPILED.search(tail):
        return _name(found[1].rstrip("."))
    found = _RIGHTS.search(tail)
    return _name(found["name"]) if found else None


def _name(text: str) -> str | None:
    return re.sub(r"[(（](?:转载|轉載)[)）]", "", text).strip(" \t\u3000\xa0,;:，；：") or None


def _clock(line: str) -> str:
    found = _CLOCK.search(line)
    if not found:
        return ""
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4] and hour <= 12:
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    return f"T{time(hour, minute, second).isoformat()}" if hour < 24 and minute < 60 and second < 60 else ""


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
