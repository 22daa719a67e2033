"""By whom: the organisation that issued each figure of an article, and the named report it stands in.

What lives here: who is speaking, sentence by sentence, until another speaker takes over. What does not: the organisations,
their people and reports (see `organisations.csv`). Whoever prints a figure is not its reporter: an outlet counts only
where the text appeals to it ("according to a People's Daily story").
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

_SILENT = ("meta", "boilerplate")
_WORDS = (
    "said|says|say|stated|states|reported|reports|showed|shows|show|found|finds|added|adds|noted|notes|announced|announces|disclosed|revealed|"
    "reveals|estimates|estimated|forecasts|forecast|predicts|predicted|projects|projected|expects|expected|calculates|calculated|counted|counts|"
    "claims|insists|regards|argues|told|put|puts|released|releases|published|publishes|issued|unveiled|posted|recorded|confirmed|credited|"
    "explained|wrote|writes|spoken|speaking|outlined|takes stock|condenses|indicated|indicates|sees|gave|gives|warned|believes"
)
_NOUNS = (
    "data|figures|statistics|estimates?|report|survey|study|count|forecast|judge?ment|reading|numbers|bulletin|analysis|research|release|"
    "projections?|findings|booklet|index|white paper|spokes\\w+|director|head|chief|minister|official|chairman|president|ceo|cfo|analysts?"
)
_AFTER = re.compile(
    rf"(?:['\u2019]s)?(?:\s\([^)]{{2,16}}\))?(?:,[^,.;]{{0,70}},)?\s(?:(?:[\w-]+\s){{0,2}}?(?:{_WORDS})\b|(?:\w+\s){{0,2}}(?:{_NOUNS})\b|has put|have put)",
    re.I,
)
_BEFORE = re.compile(
    rf"(?:according to|(?:\b(?:{_WORDS}|{_NOUNS}|reckoning|made public|compiled|collected|drawn up|names?|signed|words|come|comes|jointly)\b)(?:\s\w+){{0,3}}?\s(?:by|from|of|that)|so says|"
    rf"\b(?:said|says|told|added|noted|reported|stated|explained))\s(?:(?:the|a|an|new|latest|china's|data|figures|from|official|market|research|firm|consultancy|tracker|industry|body|agency|regulator|group)\s){{0,4}}$",
    re.I,
)
_APPEAL = re.compile(
    r"(?:according to|\bby|\bfrom|cit(?:es|ing|ed))\s(?:the |a |an |data |figures |calculations |from |by )*$", re.I
)
_ZH_AFTER = re.compile(
    r"(?:[(\uff08][^)\uff09]{2,30}[)\uff09])?[^,\uff0c\u3002;\uff1b]{0,14}?(?:发布|公布|数据|统计|表示|介绍|称|指出|披露|显示|预计|预测|报告|认为|說|说|談到|谈到|透露|印发|通报|發布|數據|統計|介紹|認為|報告|局长|部长|主任)"
)
_ZH_BEFORE = re.compile(r"(?:据|據|根据|根據|按照|来自|來自|由|援引)\s?$")
_PROPER = r"([A-Z][\w&.'\u2019-]*(?:\s(?:(?:of|for|and|on|the|de|&)\s){0,2}[A-Z][\w&'\u2019-]*){0,8})"
_FILLER = (
    r"(?:(?:the|a|an|new|latest|data|figures|statistics|estimates|report|survey|study|research|released|published|issued|by|from|"
    r"official|market|firm|consultancy|tracker|industry|body)\s){0,8}"
)
_ACCORDING = re.compile(rf"ccording to {_FILLER}{_PROPER}")
_FROM = re.compile(rf" (?:from|by) {_FILLER}{_PROPER}")
_SOURCE_NOUN = re.compile(
    r"\b(?:data|figures|statistics|estimates|numbers|report|survey|study|research)"
    r"(?: (?:released|published|issued|compiled|collected))?(?: on [A-Z]\w+)?$"
)
_FIRM = re.compile(
    r" (?:firm|consultancy|tracker|researcher|think tank|brokerage|agency|regulator|provider|bank|group|body|association)\s"
    rf"([A-Z][\w&.'\u2019-]*(?:\s[A-Z][\w&'\u2019-]*){{0,4}})\s(?:{_WORDS})\b"
)
_ZH_UNKNOWN = re.compile(
    r"(?:据|據|根据|根據)?([\u4e00-\u9fff]{2,16}?(?:局|委员会|研究院|研究中心|协会|公司|集团|研究所|厅|银行|大学|商会|联盟|統計處|統計局|协會|協會|研究機構|研究机构))(?:[^,\uff0c\u3002;\uff1b]{0,10}?)(?:发布|公布|数据显示|统计|最新数据|表示|介绍|预计|预测|称|發布|公佈|數據顯示|統計)"
)
_TITLE_ZH = re.compile(r"《([^》\n]{2,60})》(?:[(\uff08](\d{4})年?[)\uff09])?")
_QUOTED = re.compile(r"[\"“]([A-Z][^\"”\n]{4,140})[\"”]")
_REPORTISH = re.compile(
    r"\b(?:Reports?|Bulletin|Survey|Outlook|Yearbook|White Paper|Index|Review|Study|Statistic\w*|Performance|Figures|Communiqu\w+|Indicators|Monitor|Barometer|Tracker)\b|报告|公报|白皮书|年鉴|報告|公報|蓝皮书|调查|统计|情况"
)
_NAMED = re.compile(
    r"\b((?:[A-Z][\w&'’-]*\s(?:(?:of|on|and|for|the|in)\s){0,2}){1,8}(?:Report|Outlook|Survey|Yearbook|Index|Bulletin|Review|Monitor|White Paper)(?:\s\(?\d{4}\)?|\s\d{4}(?:[-–]\d{2,4})?)?)"
)
_EDITION = re.compile(r"\s?(?:[(\uff08]\d{4}年?[)\uff09]|(?:\d{4})(?:[-–]\d{2,4})?)")
_STANDS_FOR = (
    (("ministry",), re.compile(r"\bthe (?:same |\w+ )?ministry\b|该部", re.I)),
    (("agency", "international"), re.compile(r"\bthe (?:same )?(?:administration|bureau|agency|regulator|authority|center|centre|watchdog|central bank|union|organi[sz]ation)\b|该局|该机构|该中心", re.I)),
    (("research",), re.compile(r"\bthe (?:same )?(?:academy|consultancy|institute|think tank|research firm|market researcher|researcher|property consultant|consultant)\b|该院", re.I)),
    (("association",), re.compile(r"\bthe (?:same )?(?:association|industry group|trade group)\b|该协会", re.I)),
    (("company",), re.compile(r"\bthe (?:same )?(?:company|chipmaker|carmaker|automaker|group|carrier|operator|firm)\b|公司", re.I)),
    (("outlet",), re.compile(r"\bthe (?:same )?(?:newspaper|paper|magazine|daily)\b", re.I)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """The reporter's canonical name and the report's title with its edition; `why` names the words that decided."""

    reporter: str | None
    report: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Speaker:
    at: int
    name: str
    kind: str
    words: str


def reporters(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue
) -> list[Who]:
    """One `Who` for each quantity, in their order. A speaker goes on until another takes over."""
    text = article.text
    mentions = catalogue.organisations.find(text)
    starts = [m.start for m in mentions]
    speakers: list[list[_Speaker]] = []
    titles: list[list[tuple[int, str]]] = []
    for sentence in sentences:
        if sentence.block in _SILENT:
            speakers.append([])
            titles.append([])
            continue
        here = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        found = [s for m in here if (s := _speaks(text, m, sentence, article)) is not None]
        for pattern in (_UNKNOWN, _FIRM) if sentence.language == "en" else (_ZH_UNKNOWN,):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                if not any(m.start < match.end(1) and match.start(1) < m.end for m in here):
                    name = match[1].rstrip(".'’").removesuffix("'s").removesuffix("’s")
                    if len(name) > 2 and name.split()[0] not in _NOT_A_NAME:
                        found.append(_Speaker(match.start(1), name, "", match[0]))
        speakers.append(sorted(found, key=lambda s: s.at))
        titles.append(_reports(text, sentence, here))
    main, main_report = _main(text, sentences, speakers, titles, mentions)
    carried: dict[int, tuple[_Speaker | None, tuple[str, str] | None]] = {}
    speaker: _Speaker | None = None
    reported: tuple[str, str] | None = None  # title, reporter
    last_of: dict[str, _Speaker] = {}
    ahead: dict[int, _Speaker | None] = {}
    for number, sentence in enumerate(sentences):
        for s in speakers[number]:
            last_of[s.kind] = s
        if not speakers[number]:
            again = _again(text, sentence, speaker, last_of)
            speaker = again or speaker
        ahead[number] = speaker
        if speakers[number]:
            speaker = speakers[number][-1]
        if titles[number]:
            owner = speaker.name if speaker else main.name if main else ""
            reported = (titles[number][-1][1], owner)
        carried[number] = (speaker, reported)
    answers: list[Who] = []
    for q in quantities:
        own = speakers[q.sentence]
        past, report = carried[q.sentence]
        before = [s for s in own if s.at < q.start]
        chosen = before[-1] if before else own[0] if own else past or main
        why = "sentence" if own else "carried" if past else "article"
        if chosen is None:
            answers.append(Who(None))
            continue
        if report is None and main_report is not None and main is not None and chosen.name == main.name:
            report = (main_report, main.name)
        title = report[0] if report and report[1] in (chosen.name, "") else None
        answers.append(Who(chosen.name, title, (why, chosen.words)))
    return answers


_NOT_A_NAME = frozenset(
    "Its It The This That His Her Their On In At By For A An He She They January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


def _speaks(text: str, m: OrganisationMention, sentence: Sentence, article: Article) -> _Speaker | None:
    """The mention as a speaker, where the words beside it say that it issued something."""
    o = m.organisation
    low = max(sentence.start, m.start - 90)
    before, after = text[low : m.start], text[m.end : min(sentence.end, m.end + 110)]
    if o.kind == "outlet":
        if not (_APPEAL.search(before) and "citing" not in before) or article.publisher and o.name in article.publisher:
            return None
        return _Speaker(m.start, o.name, o.kind, text[m.start : m.end])
    if m.by in ("person", "report"):
        return _Speaker(m.start, o.name, o.kind, text[m.start : m.end])
    if sentence.language == "zh":
        match = _ZH_BEFORE.search(before) or _ZH_AFTER.match(after)
    else:
        match = _BEFORE.search(before) or _AFTER.match(after)
    if match is None and sentence.block not in ("title", "heading") and o.kind != "company":
        is_first = not before.strip(" \"“'—-–*\n") or before.rstrip().lower() in ("the", "figures that the", "china's")
        match = re.match(r"\s", after) if is_first and sentence.language == "en" else None
    return _Speaker(m.start, o.name, o.kind, text[m.start : m.end]) if match else None


def _again(text: str, sentence: Sentence, speaker: _Speaker | None, last_of: dict[str, _Speaker]) -> _Speaker | None:
    """Whom "the ministry", "the academy" or 该局 stands for: the last speaker of that kind."""
    for kinds, pattern in _STANDS_FOR:
        known = [last_of[k] for k in kinds if k in last_of]
        if (
            known
            and (speaker is None or speaker.kind not in kinds)
            and pattern.search(text, sentence.start, sentence.end)
        ):
            return max(known, key=lambda s: s.at)
    return None


def _reports(text: str, sentence: Sentence, here: list[OrganisationMention]) -> list[tuple[int, str]]:
    """The titles of reports named in a sentence, with their edition."""
    found: list[tuple[int, str]] = []
    for match in _TITLE_ZH.finditer(text, sentence.start, sentence.end):
        if _REPORTISH.search(match[1]):
            found.append((match.start(), match[1] + (f"({match[2]}年)" if match[2] else "")))
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        if _REPORTISH.search(match[1]):
            found.append((match.start(), match[1].rstrip(",.")))
    taken = [(s, s + len(t) + 4) for s, t in found]
    for m in here:
        if m.by == "report" and not any(s <= m.start < e for s, e in taken):
            edition = _EDITION.match(text, m.end)
            found.append((m.start, text[m.start : edition.end() if edition else m.end]))
            taken.append((m.start, m.end))
    if sentence.language == "en":
        for match in _NAMED.finditer(text, sentence.start, sentence.end):
            if not any(s < match.end() and match.start() < e for s, e in taken) and len(match[1].split()) > 2:
                found.append((match.start(), match[1].strip().removeprefix("The ")))
    return sorted(found)


def _main(
    text: str, sentences: list[Sentence], speakers: list[list[_Speaker]], titles: list[list[tuple[int, str]]],
    mentions: list[OrganisationMention],
) -> tuple[_Speaker | None, str | None]:  # fmt: skip
    """Who an article's unattributed figures come from: its first speaker, else the organisation its text keeps naming."""
    first = next((group[0] for group in speakers if group), None)
    report = next((group[0][1] for group in titles if group), None)
    if first is None:
        silent = [(s.start, s.end) for s in sentences if s.block in _SILENT]
        named = [
            m for m in mentions if m.organisation.kind != "outlet" and not any(s <= m.start < e for s, e in silent)
        ]
        if named:
            name = Counter(m.organisation.name for m in named).most_common(1)[0][0]
            m = next(x for x in named if x.organisation.name == name)
            first = _Speaker(m.start, name, m.organisation.kind, text[m.start : m.end])
    return first, report
