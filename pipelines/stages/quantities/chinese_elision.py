"""The noun that a Chinese number leaves out, and the whole that it is counted by.

高质量数据集多于3.5万个: a classifier alone counts the noun before it. 每万人…6.7台: the denominator stands before.
"""

import re

from pipelines.stages.quantities.chinese_lexicon import CLAUSE, Tables, noun_from, settle
from pipelines.stages.quantities.chinese_measures import OWN_MONEY, read_rate
from pipelines.stages.quantities.mention import FAR_COUNT, Mention
from pipelines.vocabulary.quantity import USUAL

_BESIDE = 12  # characters between two values of one rate
_REACH = 40  # characters of a clause before a number in which its noun can stand
_TOPIC_REACH = 60  # characters of the clauses before it
#: 6月底突破3亿,9月底已超4亿: a clause that names only a time goes on with the figure before it.
_GOES_ON = re.compile(
    r"[^\d]{0,6}[,\uff0c;\uff1b](?:而|但|到|至|截至)?(?=.{0,11}[年月季日底末])"
    r"[\d一二三四五六七八九十两前全去今明本上下半年月季度末底初份期日]{1,12}[已则則為为是達达就还還只才仅僅有]{0,3}$"
)
_NEIGHBOURS = 8
_FIRST_TIME = re.compile(r"[,\uff0c](?:首次?|已|再次?|一举|一舉|成功)?")
_AND = ("和", "与", "與", "及")
_PAUSES = ",\uff0c;\uff1b"
_IS = "为為是约約则則仅僅价價"  # words between what is priced and its price
DENOMINATOR = "what another figure is stated for"
_NUMERALS = frozenset("0123456789万萬亿億千百十")
_AMOUNT = re.compile(r"[\u4e00-\u9fff]{0,3}[量数數]")


def name_elided(text: str, mentions: list[Mention], k: int, table: Tables) -> None:
    """Name what mention `k` counts where no noun follows it: the noun before it (高质量数据集多于3.5万个), what
    the same classifier counted before (3755个大模型里,我国有1509个), else what the classifier mostly counts.
    """
    mention = mentions[k]
    per = _per_before(text, mention, table)
    if mention.unit is None and mention.scale > 1 and mention.form in ("digits", "han"):
        _as_money(text, mention, mentions[max(0, k - _NEIGHBOURS) : k + _NEIGHBOURS], table)
        if mention.unit is None and k and _FIRST_TIME.fullmatch(text, mentions[k - 1].end, mention.bound_start):
            _in_same_money(mention, mentions[k - 1])
    is_weak = mention.unit in table.words.by_role["weak_noun"] and mention.noun_start < 0
    if (mention.unit is None or is_weak) and mention.form in ("digits", "han"):
        start = _clause_start(text, mention.start)
        classifier = text[mention.end - 1] if text[mention.end - 1] not in _NUMERALS else ""
        found = named = _noun_before(text, start, mention.bound_start, table)
        if found is not None and not _is_finer(found, mention, table):
            found = None
        if (named is None or (per and found is None)) and classifier:
            found = _counted_before(text, mentions[max(0, k - FAR_COUNT) : k], classifier, table)
        if named is None and found is None and start and (classifier or mention.unit is None):
            found = _topic(text, start, classifier, table)
        if found is not None and (classifier or mention.scale > 1):
            mention.unit, mention.dimension = found, f"count:{found}"
        elif classifier in table.nouns.classifiers:
            code = mention.unit or table.nouns.defaults.get(classifier)
            if code is not None:
                mention.unit, mention.dimension = code, f"count:{code}"
            mention.rules.extend([USUAL] if named is None else [])
    if (
        mention.unit is not None
        and mention.dimension.startswith("count")
        and text[mention.end : mention.end + 1] == "/"
        and "/" not in mention.unit
    ):
        read_rate(text, mention, table)
    if k and _GOES_ON.search(text, mentions[k - 1].end, mention.bound_start):
        _go_on(text, mention, mentions[k - 1], table)
    if per and mention.unit and mention.dimension.startswith("count"):
        mention.unit = f"{mention.unit}/{per}"
    if not _rate_before(text, mention, mentions[k - 1] if k else None, table) and k:
        _rate_beside(text, mention, mentions[k - 1], table)


def _go_on(text: str, mention: Mention, last: Mention, table: Tables) -> None:
    """Take over what the figure before counts, where both are scaled or stand before one classifier."""
    if last.kind != "level" or not last.unit or not last.dimension.startswith("count"):
        return
    is_scaled = mention.unit is None and mention.scale > 1 and last.scale > 1
    classifier = text[mention.end - 1]
    is_counted = classifier in table.nouns.classifiers and classifier == text[last.end - 1] and mention.noun_start < 0
    if is_scaled or is_counted:
        mention.unit, mention.dimension = last.unit, last.dimension


def _as_money(text: str, mention: Mention, around: list[Mention], table: Tables) -> None:
    """净利逾49亿: an amount right behind a word of money is in the text's own currency, if none else is told."""
    if table.words.money_word.search(text, max(0, mention.bound_start - 6), mention.bound_start) is None:
        return
    code = settle(OWN_MONEY, table.units.zh[OWN_MONEY], text, mention.start, table)
    if all(m.unit == code for m in around if m.dimension.startswith("money")):
        mention.unit, mention.dimension = code, table.units.get(code).dimension


def _in_same_money(mention: Mention, last: Mention) -> None:
    """6.71万亿元,首超6.7万亿: the mark that an amount has passed is in its currency."""
    if last.dimension.startswith("money") and "/" not in (last.unit or "") and mention.bound == ">":
        mention.unit, mention.dimension = last.unit, last.dimension


def _rate_beside(text: str, mention: Mention, previous: Mention, table: Tables) -> None:
    """从每度电8角降到6角, 每吨进价2元、售价3元: what a rate moves to, or what is told beside one, is a rate, too."""
    gap = text[previous.end : mention.start]
    if len(gap) > _BESIDE or not mention.dimension.startswith("money") or (previous.unit or "").count("/") != 1:
        return
    money, per = (previous.unit or "").split("/")
    moves = any(word in gap for role in ("level_up", "level_down") for word in table.words.by_role[role])
    goes_on = gap[0] in _PAUSES and gap[1:].rstrip(_IS).removesuffix("价格") in table.words.by_role["rate_goes_on"]
    if money == mention.unit and (gap[0] == "、" or gap in _AND or goes_on or (moves and CLAUSE.search(gap) is None)):
        mention.unit = f"{money}/{per}"
        mention.dimension = table.units.get(mention.unit).dimension
        mention.rules.append("a rate as beside")


def _rate_before(text: str, mention: Mention, previous: Mention | None, table: Tables) -> bool:
    """每天喝水2升, 每小时150公里: what a measure is stated per stands right before it, a short verb between."""
    if (
        mention.unit is None
        or "/" in mention.unit
        or mention.dimension in ("ratio", "multiple", "time", "points", "rank")
    ):
        return False
    match = table.words.rate_before.search(text, max(0, mention.bound_start - 11), mention.bound_start)
    if match is None or (previous is not None and previous.start == match.start() and previous.unit == mention.unit):
        return False  # 一斤一斤地称
    if previous is not None and previous.start == match.start():
        previous.rules.append(DENOMINATOR)  # 一斤三块五
    mention.unit = table.units.join(mention.unit, table.words.by_role["rate_before"][match["per"]])
    mention.dimension = table.units.get(mention.unit).dimension
    mention.rules.append(match["per"])
    return True


def _clause_start(text: str, before: int) -> int:
    first = max(0, before - _REACH)
    return max((m.end() for m in CLAUSE.finditer(text, first, before)), default=first)


def _noun_before(text: str, start: int, stop: int, table: Tables) -> str | None:
    """The last noun of a clause that its number is a figure of: 大模型的数量达3755, 手机出货量为2.8亿."""
    k, found = start, None
    while k < stop:
        size, code = noun_from(text, k, table)
        k += size
        if code and size > 1 and k <= stop and (k == stop or _is_figured(text, k, table)):
            found = None if text[k - size : k] in table.words.by_role["sold_in"] else code
    return found


def _is_figured(text: str, at: int, table: Tables) -> bool:
    """Whether what follows a noun makes a figure its own: 的, 数, 申请量, 已."""
    words = table.words
    return (words.after_noun.match(text, at) or words.stop.match(text, at) or _AMOUNT.match(text, at)) is not None


def _counted_before(text: str, earlier: list[Mention], classifier: str, table: Tables) -> str | None:
    """What the same classifier counted before in the sentence."""
    for mention in reversed(earlier):
        is_counted = mention.unit is not None and mention.dimension.startswith("count") and "/" not in mention.unit
        if is_counted and text[(mention.noun_start if mention.noun_start > 0 else mention.end) - 1] == classifier:
            return mention.unit
    return None


def _topic(text: str, start: int, classifier: str, table: Tables) -> str | None:
    """The last noun of the clauses before, where the classifier may count it: 专利增长很快,累计3.8万件. A number
    without classifier goes on after a bracket: 词元(Token)调用量.
    """
    if not classifier:
        edge = start - 1
        return _noun_before(text, _clause_start(text, edge), edge, table) if text[edge] == ")" else None
    kinds = table.nouns.counts.get(classifier)
    if kinds is None:
        return None
    found, k = None, max(0, start - _TOPIC_REACH)
    while k < start - 1:
        size, code = noun_from(text, k, table)
        k += size
        if code in kinds:
            found = code
    return found


def counted_by(classifier: str, named: str, table: Tables) -> str | None:
    """What a classifier counts in a column or row named so: the last noun of 5G基站(年末) that may be counted so."""
    found, k = None, 0
    while k < len(named):
        size, code = noun_from(named, k, table)
        is_where = named[k : k + size] in table.words.by_role["sold_in"]
        found, k = (found if is_where else code or found), k + size
    code = table.nouns.classifiers[classifier]
    kinds = table.words.finer_nouns.get(code)
    is_open = not code or code in table.words.by_role["weak_noun"]
    return found if is_open and (kinds is None or found in kinds) else None


def _is_finer(found: str, mention: Mention, table: Tables) -> bool:
    """Whether a noun before a classifier may stand for what the classifier counts: 家 counts shops, not users."""
    kinds = table.words.finer_nouns.get(mention.unit or "")
    return kinds is None or found in kinds


def _per_before(text: str, mention: Mention, table: Tables) -> str | None:
    for word, code in table.words.by_role["measure_of"].items():
        at = text.rfind(word, max(0, mention.start - 24), mention.start)
        if at >= 0 and CLAUSE.search(text, at, mention.start) is None:
            return code
    return None
