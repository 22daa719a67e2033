"""Companies that no catalogue lists, and short names of those it does, as an article calls them.

What lives here: a name with its ticker or its form of company, one in a column of companies, one whose results are
told, and the short Chinese name before a colon that opens a paragraph. What does not: which figures are told of them
(see `companies`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.catalogue import Catalogue
from pipelines.catalogue.dimension_keys import HEADING
from pipelines.catalogue.organisations import Organisation, OrganisationMention
from pipelines.catalogue.places import Places
from pipelines.catalogue.script import fold
from pipelines.stages.observations.about_place import LOCAL
from pipelines.stages.observations.stretches import Blocks
from pipelines.vocabulary.article import Sentence

_COMPANY = "company"
_NAME = r"[\u3400-\u9fff]{2,5}[\u3400-\u9fffA-Z]"
#: 某某科技（600001.SH）
_TICKER = re.compile(
    rf"({_NAME}?)(?:股份有限公司|有限公司)?[(（](?:(?:[\u3400-\u9fff]{{2,6}})?(?:股票)?代[码碼號号][:：]?\s?[A-Z0-9]{{1,6}}"
    r"|(?:NYSE|NASDAQ|Nasdaq|HKEX|SEHK|纽交所|紐交所|纳斯达克|納斯達克|港交所|上交所|深交所|北交所|科创板|创业板)[:：]\s?[A-Z0-9]{1,6}"
    r"|\d{4,6}\.(?:SH|SZ|HK|BJ|TWO?|US)\b"
    r"|(?!(?:19|20)\d\d[)）])(?:\d{4,6}|\d{3}(?:xxx|XXX|\*\*\*))[)）])"  # a year in brackets is none
)
#: Whose results a sentence opens with: 某某科技业绩快报, 某某科技预计净利.
_RESULTS = re.compile(
    rf"({_NAME}?)(?:发布|發布|披露|公布|公告)?(?:20\d\d年)?(?:年度|全年|半年度|上半年|前三季度?|第?[一二三四]季度?)?(?:的)?"
    r"(?:[:：](?:预计|預計)?(?:(?:20\d\d年|全年|上半年|前三季度)?(?:实现)?(?:归母|歸母|扣非)?(?:净利|淨利|营业收入|营收|營收))"
    r"|业绩快报|業績快報|业绩预告|業績預告|财报|財報|年报显示|半年报显示|季报显示"
    r"|(?:预计|預計|预告|預告)(?:[^,，。;；]{0,8}?)(?:归母|歸母|扣非)?(?:净利|淨利|营收|營收))"
)
#: Who makes something known: 36氪获悉,某某科技公告,2025年….
_ANNOUNCED = re.compile(
    rf"(?:^|[,，。\s\n])({_NAME}?)(?:晚间|晚間|今日|昨日|日前|近日|\d{{1,2}}日)?(?:发布|發布)?公告[称稱,，:：]"
)
#: Who runs what an article tells of: 运营方某某智算的技术负责人.
_RUNS = re.compile(
    r"(?:运营方|運營方|建设方|建設方|承建方|业主方|業主方|投资方|投資方)(?:是|为|為)?([\u3400-\u9fff]{2,6}?)"
    r"(?:的?(?:[\u3400-\u9fff]{0,2}(?:负责人|負責人)|总监|總監|技术总监|总经理|總經理|董事长|董事長|总裁|總裁|创始人|創辦人|CEO)"
    r"|[,，]|告诉|介绍|表示|称)"
)
_SHORT = re.compile(r"([\u3400-\u9fff]{2,6})[:：]")
#: What is a writing with its year behind it in brackets, and no company with its ticker.
_WRITING = re.compile(r"(?:皮书|皮書|报告|報告|年鉴|年鑑|公报|公報|规划|規劃|方案|办法|辦法|条例)$")
_IN_FULL = re.compile(
    r"[a-z,] [A-Z][\w.'\u2019-]{1,30} ([A-Z][\w.'\u2019-]{1,30})"
)  # a name of two words in a sentence
_BEHIND = 90  # characters before such words in which the name stands
_PLACE_NAME = 24  # characters behind the first word of a headline in which the name of a place goes on
#: A headline that begins with a name and goes on with a verb.
_OPENS = re.compile(r"([A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,2})(?:['\u2019]s)?\s[a-z]")
#: The rest of a name that a story begins with its first word: Vantera Data Centers.
_MORE = re.compile(r"(?: [A-Z][a-z]+){1,3}(?= (?:has|had|is|was|will|plans?|said|says)\b)")
_LEAD = 8  # sentences of a page up to those that open its story
_SHORTEST = 2  # characters of a name
_TOLD = ("paragraph", "item")  # blocks of a story
_ROWS = 40  # names of columns that are looked for in the text


def unlisted(
    text: str, sentences: Sequence[Sentence], listed: Sequence[OrganisationMention], catalogue: Catalogue
) -> list[OrganisationMention]:
    """The mentions of companies that are not among `listed`, in order."""
    if text.isascii() or not sentences or sentences[0].language != "zh":
        return _latin(text, sentences, listed, catalogue)
    taken = {at for m in listed for at in range(m.start, m.end)}
    known = {text[m.start : m.end] for m in listed}
    names = dict.fromkeys(
        name for name in _named(text, sentences, catalogue) if name not in known and not is_place(name, catalogue)
    )
    found = [
        OrganisationMention(m.start(), m.end(), Organisation(name, _COMPANY, "", ""), "name")
        for name in list(names)[:_ROWS]
        for m in re.finditer(re.escape(name), text)
        if not taken.intersection((m.start(), m.end() - 1))
    ]
    found += _branches(text, taken, catalogue)
    return sorted([*found, *_shortened(text, sentences, listed, taken)], key=lambda m: m.start)


def _branches(text: str, taken: set[int], catalogue: Catalogue) -> Iterator[OrganisationMention]:
    """宁夏移动, 广东联通: where a carrier is named by the place of its branch."""
    for m in catalogue.places.find(text):
        branch = catalogue.company_words.branch_zh.match(text, m.end) if m.place.kind in LOCAL else None
        if branch is not None and not taken.intersection((m.start, branch.end() - 1)):
            name = text[m.start : branch.end()]
            yield OrganisationMention(m.start, branch.end(), Organisation(name, _COMPANY, "", ""), "name")


def _latin(
    text: str, sentences: Sequence[Sentence], listed: Sequence[OrganisationMention], catalogue: Catalogue
) -> list[OrganisationMention]:
    """Names in Latin letters of which results are told, wherever they stand, in full or by their first word."""
    starts = {m.start for m in listed}
    known = {text[m.start : m.end].partition(" ")[0] for m in listed}
    names: dict[str, None] = {}
    words = catalogue.company_words
    blocks = Blocks(list(sentences))
    for told in words.told.finditer(text):
        found = words.name.search(text, max(0, told.start() - _BEHIND), told.start())
        if found is not None and blocks.at(told.start()) != "boilerplate":
            names.setdefault(words.form.sub("", found[1]))
    names |= dict.fromkeys(_headed(text, sentences, listed, catalogue))
    names |= dict.fromkeys(_opening(text, sentences, catalogue))
    for called in (*(name for _, name in words.introduces.find(text)), *(m[1] for m in words.called.finditer(text))):
        names.setdefault(words.form.sub("", called.partition(". ")[0]).rstrip("."))
    for row in sentences:
        cell = _head_of_column(text, row, catalogue) if row.block == "row" else None
        if cell is not None and cell.isascii() and cell[:1].isupper():
            names.setdefault(cell)
    mentions: dict[int, OrganisationMention] = {}
    for name in sorted(list(names)[:_ROWS], key=len, reverse=True):
        first = name.partition(" ")[0]
        if first in known or words.none.search(name) or catalogue.places.find(name) or _is_word(text, first):
            continue
        if words.form.fullmatch(f" {name}"):
            continue  # "hynix Inc." has its form behind a name in small letters
        if first.lower() in catalogue.metrics.first_words:
            continue  # what is measured: "Internet use grows"
        if any(m.organisation.kind != _COMPANY for m in catalogue.organisations.find(name)):
            continue
        short = text.find(f"({name})")
        if short > 0 and words.none.search(text, max(0, short - _BEHIND), short):
            continue  # "the Storage Federation (SSFE)" is no company
        known.add(first)
        organisation = Organisation(name, _COMPANY, "", "")
        for called in dict.fromkeys((name, first)):
            for m in re.finditer(rf"(?<![\w&-]){re.escape(called)}(?![\w&])", text):
                if m.start() not in starts and m.start() not in mentions:
                    more = _MORE.match(text, m.end())
                    end = more.end() if more is not None and not words.none.search(more[0]) else m.end()
                    mentions[m.start()] = OrganisationMention(m.start(), end, organisation, "name")
    return [mentions[at] for at in sorted(mentions)]


def _headed(
    text: str, sentences: Sequence[Sentence], listed: Sequence[OrganisationMention], catalogue: Catalogue
) -> Iterator[str]:
    """The name that a headline opens with, where the story goes on to speak of "the company" and has named no other."""
    title = sentences[0] if sentences and sentences[0].block == "title" else None
    if title is None:
        return
    end = next((s.end for s in sentences[_LEAD:]), len(text))
    meant = catalogue.company_words.the_kind.search(text, title.end, end)
    if meant is None or any(m.start < meant.start() for m in listed):
        return
    for name in headline_names(text, title, catalogue.places):
        if any(name in text[s.start : s.start + _BEHIND] for s in sentences[1:_LEAD]):
            yield name
            return


def _opening(text: str, sentences: Sequence[Sentence], catalogue: Catalogue) -> Iterator[str]:
    """The name that opens a paragraph, where it tells its own results ("Nordvik Seafood said revenue fell") or the next
    sentence calls it by its kind ("Carrefour will close 39 shops in Italy. The French retailer had sales of").
    """
    words = catalogue.company_words
    surnames = {match[1] for match in _IN_FULL.finditer(text)}  # Duarte, where a Maria Duarte was introduced
    for here, following in pairwise((*sentences, None)):
        if here is None or here.block not in _TOLD:
            continue
        opened = words.opener.match(text, here.start, here.end)
        if opened is None or opened[1] in surnames:
            continue
        tells = words.tells.match(text, opened.end(), here.end)
        is_taken_up = (
            following is not None
            and following.paragraph == here.paragraph
            and words.no_company.match(text, opened.end(), here.end) is None
            and words.the_kind.match(text, following.start, following.end) is not None
        )
        if tells is not None or is_taken_up:
            yield opened[1]


def headline_names(text: str, title: Sentence, places: Places) -> Iterator[str]:
    """The name that a headline opens with, in full and by its first word; none where a place stands there ("Latin
    America's phone market" is of no firm Latin)."""
    opened = _OPENS.match(text, title.start, title.end)
    if opened is None:
        return
    if not any(m.start == 0 for m in places.find(text[opened.start(1) : opened.end(1) + _PLACE_NAME])):
        yield from dict.fromkeys((opened[1], opened[1].partition(" ")[0]))


def _is_word(text: str, name: str) -> bool:
    """Whether the text has a name in small letters, too, outside of addresses: "Cloud" is none beside a cloud."""
    word = rf"(?<![\w./@-]){re.escape(name.lower())}(?![\w@/-]|\.\w)"
    return len(name) < 3 or re.search(word, text) is not None


def _head_of_column(text: str, row: Sentence, catalogue: Catalogue) -> str | None:
    """The first cell of a row, where the column over it is one of companies."""
    start, end = row.context[0] if row.context else (0, 0)
    if catalogue.dimension_keys.of_heading(fold(text[start : min(end, start + HEADING)])) != _COMPANY:
        return None
    cell = text[row.start : row.end].partition("|")[0].strip()
    return None if cell.lower() in catalogue.grammar.classes["table_total"] else cell


def is_place(name: str, catalogue: Catalogue) -> bool:
    """Whether a name is that of a place, with no more words than a rank (上海市); 上海电气 is none."""
    return any(m.start == 0 and len(name) - m.end < 2 for m in catalogue.places.find(name))


def bare_name(name: str, catalogue: Catalogue) -> str:
    """A Chinese name without the words that lead it in (龙头某某科技), empty for what is no company's."""
    words = catalogue.company_words
    lead = words.lead_zh.match(name)
    rest = name[lead.end() :] if lead is not None and len(name) - lead.end() >= _SHORTEST else name
    return rest if words.none_zh.search(rest) is None else ""


def _named(text: str, sentences: Sequence[Sentence], catalogue: Catalogue) -> Iterator[str]:
    for match in _TICKER.finditer(text):
        listed = bare_name(match[1], catalogue)
        if listed and _WRITING.search(listed) is None:
            yield listed
    for match in _RUNS.finditer(text):
        runs = bare_name(match[1], catalogue)
        if runs:
            yield runs
    for sentence in sentences:
        if sentence.block == "row":
            name = _in_column(text, sentence, catalogue)
        else:
            announced = _RESULTS.match(text, sentence.start, sentence.end) or _ANNOUNCED.search(
                text, sentence.start, min(sentence.end, sentence.start + _BEHIND)
            )
            name = announced[1] if announced is not None else None
        bare = bare_name(name, catalogue) if name is not None else ""
        if bare:
            yield bare


def _in_column(text: str, row: Sentence, catalogue: Catalogue) -> str | None:
    """The Chinese name in the first cell of a row, where the column over it is one of companies."""
    cell = _head_of_column(text, row, catalogue)
    name = re.fullmatch(_NAME, cell) if cell is not None else None
    return name.group() if name is not None else None


def _shortened(
    text: str, sentences: Sequence[Sentence], listed: Sequence[OrganisationMention], taken: set[int]
) -> Iterator[OrganisationMention]:
    """移动：…  电信：…  where each opens a paragraph and ends the name of one company that the article tells of."""
    called = {text[m.start : m.end]: m.organisation for m in listed}
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph == paragraph or sentence.block == "row":
            continue
        paragraph = sentence.paragraph
        short = _SHORT.match(text, sentence.start, sentence.end)
        if short is None or short.start() in taken:
            continue
        whose = {organisation.name: organisation for name, organisation in called.items() if name.endswith(short[1])}
        if len(whose) == 1:
            yield OrganisationMention(short.start(), short.end() - 1, whose.popitem()[1], "short")
