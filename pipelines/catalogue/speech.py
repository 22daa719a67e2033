"""How a text shows who issued a figure: "according to X", "X said", "data from X", 据X, X发布.

What lives here: the patterns built from `speech_words.csv`, each tried only beside a name or an anchor. What does not:
the organisations (see `organisations`), and who goes on speaking in the next sentence (see the observation stage).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.sought import Anchored, Guarded
from pipelines.catalogue.table import Row, alternatives, read_table

COLUMNS = ("word", "role", "kind")
ROLES = (
    "verb", "noun", "source", "filler", "trade", "stand_in", "report", "report_hint", "verb_zh", "before_zh", "body_zh",
    "source_zh", "government_zh", "body",
)  # fmt: skip
_PROPER = r"([A-Z][\w&\u2019'-]*(?:\.(?:\w\.?)+)?(?:\s(?:(?:of|for|and|on|the|de|&)\s){0,2}[A-Z][\w&'\u2019-]*){0,8})"
_SUBJECT = re.compile(_PROPER + r"(?:\s\([^)\n]{2,20}\))?(?:\s(?:today|yesterday|also|on [A-Z]\w+day))?$")
_WHEN = ("today", "yesterday", "also")
_ZH = r"[\u4e00-\u9fff]"
_SEATS = "省市州县縣区區"  # whose the body of a province or town is: 省发改委
_HEADLINE = 400  # characters of a first line in which a name is looked for
_NOT_COUNTED = r"(?<![\d多余餘数數几幾两兩些十百千万萬]家)"  # 68家公司 are no company that was named
_ZH_HEAD = re.compile(rf"{_ZH}{{1,16}}$")
_ZH_CUT = re.compile(
    r".*(?:(?<![数數依证證占收])[据據]|企业(?=[^会協协联])|公司(?=[^会協协联])|于|於|由|和|与|及|在|从|对|了"
    r"|请来|請來|邀请|邀請|以及|来自|來自)"
)
_TITLE_ZH = re.compile(r"\u300a([^\u300b\n]{2,60})\u300b(?:[(\uff08](\d{4})年?[)\uff09])?")
_QUOTED = re.compile(r"[\"\u201c]([A-Z][^\"\u201d\n]{4,140})[\"\u201d]")
_CAPITALS = re.compile(r"(?:[A-Z][\w&'\u2019-]*\s(?:(?:of|on|and|for|the|in)\s){0,2}){1,8}$")
_LABEL = re.compile(
    r"^(?:Source|Issued by|Published by|Author|By|来源|來源|信息来源|发布机构|發布機構|发布单位)\s?[:：]\s?", re.I
)
_WORD = re.compile(r"\w+")
_EDITION = re.compile(r"\s?(?:[(\uff08]\d{4}年?[)\uff09]|\d{4}(?:[-\u2013]\d{2,4})?)")


class Speech:
    """The words of `speech_words.csv`, compiled."""

    def __init__(self, rows: Iterable[Row]) -> None:
        words: dict[str, list[str]] = {role: [] for role in ROLES}
        kinds: dict[str, list[str]] = {}
        alone: set[str] = set()
        for row in rows:
            if row["role"] not in words:
                raise row.unknown("role", row["role"], ROLES)
            words[row["role"]].append(row["word"])
            if row["kind"] == "alone":
                alone.add(row["word"])
            if row["role"] == "stand_in":
                kinds.setdefault(row["word"], []).append(row["kind"])
        verb, noun, filler = alternatives(words["verb"]), alternatives(words["noun"]), alternatives(words["filler"])
        source = alternatives([*words["verb"], *words["noun"], *words["source"]])
        self._after = re.compile(
            rf"['\u2019]s\s(?:[\w-]+\s){{0,4}}(?:{noun})\b|"
            r"(?:['\u2019]s)?(?:\s\([^)]{2,16}\))?(?:,[^,.;]{0,70},)?\s"
            rf"(?:(?:[\w-]+\s){{0,2}}?(?!adds?\b|added\s(?:(?:about|some|nearly|over)\s)?[$\d])(?:{verb})\b|"
            rf"(?:\w+\s){{0,2}}(?:{noun})\b|ha(?:s|ve) put)",
            re.I,
        )
        self._before = re.compile(
            rf"(?:according to|(?:{source})\b(?:\s\w+){{0,3}}?\s(?:by|from|of|that)|{verb})"
            rf"\s(?:(?:{filler})\s){{0,4}}$"
        )
        self._leading = {
            w.split()[-1].lower() for w in [*words["verb"], *words["filler"], *words["source"], *words["noun"]]
        }
        self._leading |= {"to", "by", "from", "of", "that"}
        # What `_before` matches, in lower case, opens with one of these.
        self._opening = {
            _WORD.findall(w.lower())[0] for w in ["according", *words["verb"], *words["noun"], *words["source"]]
        }
        self._appeal = re.compile(rf"(?:according to|\bby|\bfrom)\s(?:(?:{filler})\s){{0,4}}$", re.I)
        fill = rf"(?:(?:{filler})\s){{0,8}}"
        self._according = re.compile(rf"ccording to {fill}{_PROPER}")
        self._from = re.compile(rf" (?:from|by) {fill}{_PROPER}")
        self._source = re.compile(
            rf"\b(?:{noun})(?: (?:released|published|issued|compiled|collected))?(?: on [A-Z]\w+)?$"
        )
        self._analyst = Anchored(
            rf"[AaEeSsRr](?<!\w.)(?:nalysts?|conomists?|trategists?|esearchers?) (?:at|from|with|of) {_PROPER}"
            r"(?!(?: \w+)? (?:asked|wondered|wanted|pressed|questioned)\b)",
            [first + word for first in "AaEeSsRr" for word in ("nalyst", "conomist", "trategist", "esearcher")],
        )
        results = (
            r"['\u2019]s? (?:[\w-]+ ){0,4}?"
            r"(?:profit|revenue|sales|earnings|income|turnover|results|shipments|orders)\b"
        )
        self._of_results = re.compile(results)
        self._results = re.compile(_PROPER + results)
        self._trade = Anchored(
            rf" (?:{alternatives(words['trade'])})\s{_PROPER}\s(?:{verb})\b", [f" {word}" for word in words["trade"]]
        )
        self._after_zh = re.compile(
            rf"(?:[(\uff08][^)\uff09]{{2,30}}[)\uff09])?[^,\uff0c\u3002;\uff1b的]{{0,14}}?的?(?:{alternatives(words['verb_zh'])})"
        )
        self._before_zh = re.compile(rf"(?:{alternatives(words['before_zh'])})\s?$")
        self._body_zh = re.compile(
            rf"(?:{alternatives(words['body_zh'])})(?![长長])(?=[^,\uff0c\u3002;\uff1b的]{{0,16}}?的?(?:{alternatives(words['verb_zh'])})(?![会會]))"
        )
        sources = alternatives([*words["body_zh"], *words["source_zh"]])
        self._according_zh = Anchored(
            rf"(?<![数數占依证證收单單票論论凭])[据據]({_ZH}{{2,16}}?(?:{sources}))"  # not 数据企业
            rf"(?=[,\uff0c]|(?:的?初步)?(?:{alternatives(words['verb_zh'])}))",
            "据據",
        )
        self._source_zh = tuple(words["source_zh"])
        self._government_zh = re.compile(alternatives(words["government_zh"]))
        self._alone = alone
        says = [f" {v}" for v in words["verb"] if v.endswith(("d", "s", "t"))]
        self._says = AhoCorasick(says, matchkind=MatchKind.LeftmostLongest)
        self._body = re.compile(rf"\b(?:{alternatives(words['body'])})\b")
        self._opens_zh = re.compile(
            rf"(?:^|[\n\u3002])({_ZH}{{2,12}}?)(?:[(\uff08][^)\uff09\n]{{2,30}}[)\uff09])?"
            r"(?:\d{1,2}月)?(?:\d{1,2}日)?"
            r"(?:(?:近日|日前|今日|今天|昨日)?(?:发布|公布|宣布|披露|發布|公佈|公告)"
            r"|(?:的|最新|近期|本期|一项|一項){0,2}(?:报告|報告|数据|數據|调查|調查|统计|統計|研究)[^,\uff0c\u3002的]{0,4}(?:显示|顯示|指出|称|稱))"
        )
        self._line = re.compile(
            rf"(?:[A-Z][\w'\u2019-]*\s(?:(?:of|for|and|the|on|in)\s){{0,2}}){{0,8}}(?:{alternatives(words['body'])})\b"
            r"(?:\s(?:of|for|and|the|on|in|[A-Z][\w'-]*))*"
        )
        self._line_zh = re.compile(rf"{_ZH}{{2,20}}?(?:{alternatives(words['body_zh'])})(?!{_ZH})")
        self._stand_in = re.compile(rf"he (?:same )?({alternatives([w for w in kinds if w.isascii()])})\b")
        self._stand_in_zh = re.compile(f"{_NOT_COUNTED}(?:{alternatives([w for w in kinds if not w.isascii()])})")
        self._kinds = kinds
        self._seen: tuple[str, list[tuple[int, list[str]]]] = ("", [])
        english = [w for w in words["report"] if w.isascii()]
        hints = [*words["report"], *words["report_hint"]]
        self._reportish = Guarded("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else w for w in hints), hints)
        self._named = Anchored(rf" (?:{alternatives(english)})\b", [f" {word}" for word in english])

    def is_speaker(self, before: str, after: str, language: str) -> bool:
        """Whether the words around a name say that it issued what the sentence states."""
        if language == "zh":
            return bool(self._before_zh.search(before) or self._after_zh.match(after))
        last = before.rstrip().rsplit(None, 1)
        if last and last[-1].lower() in self._leading:
            lowered = before.lower()
            for word in _WORD.finditer(lowered):
                if word[0] in self._opening and self._before.match(lowered, word.start()):
                    return True
        return self._after.match(after) is not None

    def is_appealed_to(self, before: str) -> bool:
        """Whether a name is given as the source ("according to a …"), whoever it is."""
        return bool(self._appeal.search(before))

    def unlisted(self, text: str, publisher: str = "") -> Iterator[tuple[int, int]]:
        """The names, listed or not, that the text gives as a source: their places, in no order.

        Whoever publishes may speak of itself by a part of its name.
        """
        title = text[: max(text.find("\n"), 0)][:_HEADLINE]
        for _, at, end in self._says.find_matches_as_indexes(text):
            if not _ends_as_subject(text[max(0, at - 100) : at]):
                continue
            match = _SUBJECT.search(text, max(0, at - 100), at)
            name = match[1] if match and not text[end : end + 1].isalnum() else ""
            if (
                match
                and name
                and (
                    (self._body.search(name) and " " in name)
                    or (len(name) > 2 and (name in title or publisher.startswith(f"{name} ")))
                )
            ):
                yield match.span(1)
        for match in self._opens_zh.finditer(text) if title and title[0] >= "\u2e80" else ():
            if match[1] in title:
                yield match.span(1)
        for match in self._according.finditer(text):
            yield match.span(1)
        for word in (" from ", " by "):
            for at in _places_of(word, text):
                match = self._source.search(text, max(0, at - 40), at) and self._from.match(text, at)
                if match:
                    yield match.span(1)
        for match in self._analyst.finditer(text):
            yield match.span(1)
        is_told = title and self._of_results.search(text)
        for match in self._results.finditer(text) if is_told else ():  # a company's results are its own
            if match[1] in title and len(match[1]) > 2:
                yield match.span(1)
        for match in self._trade.finditer(text):
            yield match.span(1)
        for match in self._according_zh.finditer(text):
            yield match.span(1)
        for match in self._body_zh.finditer(text):
            head = _ZH_HEAD.search(text, max(0, match.start() - 16), match.start())
            if head:
                cut = _ZH_CUT.match(text, head.start(), match.start())
                start = cut.end() if cut else head.start()
                if match.start() - start >= 2 or text[start] in _SEATS:
                    yield start, match.end()
                    continue
            if match[0] in self._alone:
                yield match.span()

    def is_passing(self, name: str) -> bool:
        """Whether a name is only a kind of source (电网企业), which tells the one figure it is given for."""
        return name.endswith(self._source_zh)

    def government_reports(self, text: str) -> list[int]:
        """Where the text speaks of the report that a government gives to its assembly (政府工作报告)."""
        return [m.start() for m in self._government_zh.finditer(text)]

    def signature(self, line: str) -> str | None:
        """The body that signs with a line of its own below the headline ("Zhejiang Provincial Bureau of
        Statistics").
        """
        line = _LABEL.sub("", line.strip())
        found = None if line.startswith("From ") else self._line_zh.match(line) or self._line.match(line)
        return found[0] if found and (found.end() == len(line) or not line[found.end()].isalnum()) else None

    def stand_ins(self, text: str) -> list[tuple[int, list[str]]]:
        """Where the text says "the ministry", 该局 …, and the kinds of organisation it may mean, in order."""
        if self._seen[0] != text:  # two questions are asked of one text
            found = [(m.start(), self._kinds[m[1]]) for m in self._stand_in.finditer(text)]
            found += [(m.start(), self._kinds[m[0]]) for m in self._stand_in_zh.finditer(text)]
            self._seen = (text, sorted(found))
        return self._seen[1]

    def titles(self, text: str) -> list[tuple[int, int, str]]:
        """The titles of publications in a text, in order: place and title with its edition."""
        found = [
            (*match.span(), match[1] + (f"({match[2]}年)" if match[2] else ""))
            for match in _TITLE_ZH.finditer(text)
            if self._reportish.search(text, *match.span(1))
        ]
        found += [
            (*match.span(), match[1].rstrip(",."))
            for match in _QUOTED.finditer(text)
            if self._reportish.search(text, *match.span(1))
        ]
        quoted = sorted(found)
        for match in self._named.finditer(text):
            head = _CAPITALS.search(text, max(0, match.start() - 99), match.start() + 1)
            if head and len(head[0].split()) > 1 and not _covered(quoted, match.end()):
                end = edition_end(text, match.end())
                found.append((head.start(), end, text[head.start() : end].removeprefix("The ")))
        return sorted(found)


def _ends_as_subject(before: str) -> bool:
    """Whether words may end with what `_SUBJECT` finds: the last with a capital, a bracket, or a word of when."""
    last = before.rsplit(None, 1)[-1:]
    return bool(last) and (last[0][-1] == ")" or last[0] in _WHEN or not last[0].islower())


def _places_of(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _covered(titles: list[tuple[int, int, str]], offset: int) -> bool:
    k = bisect_left(titles, offset, key=lambda t: t[0])
    return k > 0 and titles[k - 1][1] >= offset


def edition_end(text: str, end: int) -> int:
    """Where a title that ends at `end` ends with its edition: "… Report (2025)", "Facts and Figures 2025"."""
    match = _EDITION.match(text, end)
    return match.end() if match else end


def load(overlay: Path | None = None) -> Speech:
    """The words of `speech_words.csv`. Raises CatalogueError for a row that cannot be read."""
    return Speech(read_table("speech_words.csv", COLUMNS, overlay))
