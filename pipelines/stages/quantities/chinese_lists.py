"""Chinese numbers that belong together: compounds, ranges, lists with a shared unit, shares of each so many, sizes."""

import re
from decimal import Decimal
from itertools import pairwise

from pipelines.catalogue.chinese import ChineseWords
from pipelines.stages.quantities.chinese_lexicon import Tables
from pipelines.stages.quantities.chinese_measures import OPENS_RANGE
from pipelines.stages.quantities.chinese_numbers import RANGE_GAP, scale_value, shared_scale
from pipelines.stages.quantities.mention import Mention, are_opposed
from pipelines.stages.quantities.ranges import compound_part
from pipelines.vocabulary.quantity import Size

#: What parts the members of a list.
_LINKS = frozenset(("、", "和", "与", "與", "及", "以及", ",", "\uff0c", ";", "\uff1b"))
_FAR = 4  # times the lower end that the upper one may be where a word of movement stands before
_SCALES = frozenset("十百千万萬亿億")
_LEAD = 8  # characters before a list in which a word stands that tells it one to one
_PARTS = frozenset((";", "\uff1b"))  # 每万人34.4个;330多个城市: each side counts its own
_BETWEEN, _BOTH, _AT = ("之间", "之間"), ("和", "与", "與", "跟"), ("在", "于", "於")
_SIDES = ("×", "x", "X", "*")
_COMPOUND_GAP = frozenset(("", "零", "又"))
#: 每百件里有38.58件, 每10名考生中就有4人: how many of each so many.
_OF_EACH = re.compile(
    r"每(?P<whole>\d{1,6}|[十百千万萬])(?P<classifier>[个個人件家名户戶辆輛台位])"
    r"(?P<gap>[^,\uff0c。;\uff1b\d]{0,8}?)有(?P<part>\d[\d.]{0,8}|[一二三四五六七八九两兩])(?P<counts>[个個人件家名户戶辆輛台位])"
)
_SIZED_NOUN = re.compile(r"[A-Za-z\u4e00-\u9fff]{2,12}")  # 万卡|智算集群大概有|二三十个
_AMONG = ("中", "里", "裡", "裏")  # 每十人中有三个: the part is of the whole, be it counted otherwise


def share_of_each(text: str, mentions: list[Mention]) -> list[Mention]:
    """Read "N of each M" as one share in percent; the M is no figure of its own."""
    if "每" not in text:
        return mentions
    by_start = {mention.start: mention for mention in mentions}
    wholes: set[int] = set()
    for match in _OF_EACH.finditer(text):
        if match["classifier"] != match["counts"] and not any(word in match["gap"] for word in _AMONG):
            continue  # 每万人拥有34.4个: so many things for as many people
        whole = match["whole"]
        number = Decimal(whole) if whole.isdecimal() else scale_value(whole)
        mention = by_start.get(match.start("part"))
        if mention is not None and number > mention.value:
            mention.value, mention.unit, mention.dimension = 100 * mention.value / number, "%", "ratio"
            mention.kind, mention.end, mention.noun_start = "share", match.end(), -1
            wholes.add(match.start("whole"))
    return [mention for mention in mentions if mention.start not in wholes]


def join_compounds(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    """2小时30分钟 is one figure: two and a half hours."""
    joined: list[Mention] = []
    for mention in reversed(mentions):  # seconds go into minutes before these go into hours
        after = joined[-1] if joined else None
        if after is not None and text[mention.end : after.start] in _COMPOUND_GAP:
            part = compound_part(mention, after, table.units)
            if part is not None:
                mention.value, mention.end, mention.digits = (
                    mention.value + part,
                    after.end,
                    mention.digits + after.digits,
                )
                joined.pop()
        joined.append(mention)
    return joined[::-1]


def join_tolerances(text: str, mentions: list[Mention]) -> list[Mention]:
    """5.2±0.1米 is one figure, about 5.2 metres: the tolerance is the words of its bound."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is None or text[last.end : mention.start] != "±" or last.unit not in (None, mention.unit):
            joined.append(mention)
            continue
        last.unit, last.dimension = mention.unit, mention.dimension
        last.bound, last.bound_text, last.end = "~", text[last.end : mention.end], mention.end
    return joined


def share_sides(text: str, mentions: list[Mention]) -> None:
    """30×20×10厘米: each side is in the unit that the last one states."""
    for first, second in reversed(list(pairwise(mentions))):
        if first.unit is None and second.dimension == "length" and text[first.end : second.start] in _SIDES:
            first.unit, first.dimension = second.unit, second.dimension


def join_ranges(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    """Fold each pair of ends (5-7万张, 30至50亿元) into one mention."""
    joined: list[Mention] = []
    for mention in mentions:
        low = _lower_end(text, joined[-1], mention) if joined and _are_ends(text, joined[-1], mention, table) else None
        if low is None or low >= mention.value:
            joined.append(mention)
            continue
        last = joined[-1]
        last.kind = last.kind or mention.kind
        last.value, last.high, last.unit, last.dimension = low, mention.value, mention.unit, mention.dimension
        last.end, last.scale = mention.end, mention.scale
        last.noun_start, last.noun_end = mention.noun_start, mention.noun_end
    return [m for m in joined if m.unit is not None or m.high is not None or OPENS_RANGE not in m.rules]


#: What may stand between two ends each of which has a bound of its own: 大于100并且小于300, 1000以上,1500以下.
_BETWEEN_ENDS = re.compile(r"(?:以上|以下)?[,，、]?(?:并且|而且|且|并|但|又)?")


def join_ends(text: str, mentions: list[Mention]) -> list[Mention]:
    """大于100并且小于300 is one figure between two ends, whichever comes first."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is None or not _bound_it(text, last, mention):
            joined.append(mention)
            continue
        last.value, last.high = min(last.value, mention.value), max(last.value, mention.value)
        last.unit, last.dimension, last.kind = mention.unit, mention.dimension, mention.kind
        last.bound, last.bound_text, last.end, last.scale = "=", None, mention.end, mention.scale
        last.noun_start, last.noun_end = mention.noun_start, mention.noun_end
    return joined


def _bound_it(text: str, first: Mention, second: Mention) -> bool:
    if first.high is not None or second.high is not None or first.kind != second.kind:
        return False
    if first.unit not in (None, second.unit):
        return False
    start = second.bound_start if 0 <= second.bound_start < second.start else second.start
    is_between = are_opposed(first, first.value, second)
    return is_between and _BETWEEN_ENDS.fullmatch(text, first.end, max(first.end, start)) is not None


def _are_ends(text: str, first: Mention, second: Mention, table: Tables) -> bool:
    """Whether only a sign of range stands between two numbers; 从5万人到8万人 and 下跌150点至3200点 are two figures."""
    if first.high is not None or first.unit not in (None, second.unit) or second.kind == "rank":
        return False
    is_numeral = first.form in ("digits", "han") and second.form in ("digits", "han")
    if not is_numeral and not first.form == second.form == "share":  # 3成5至4成
        return False
    has_own = first.unit is not None or not (text[first.end - 1].isdecimal() or text[first.end - 1] in _SCALES)
    bound = table.words.bound_before.search(text, max(0, first.start - 4), first.start)
    begin = bound.start() if bound is not None else first.start  # 下跌约150点至3200点
    is_far = 0 < first.value < second.value / _FAR  # but 季增0%至6% has two ends
    if has_own and is_far and table.words.is_changed(text, begin):
        return False
    if text.startswith(_BETWEEN, second.end) and text[first.end : second.start] in _BOTH:
        return text[max(0, first.start - 1) : first.start] in _AT  # 介于5%和7%之间
    is_from = first.unit is not None and text[max(0, first.start - 1)] in "从由從"
    is_move = is_from and _MOVES_ON.match(text, second.end) is None
    return not is_move and RANGE_GAP.fullmatch(text, first.end, second.start) is not None


#: 由2%至3%上调至3.2%: the two ends of what is moved to a third.
_MOVES_ON = re.compile(r"[上下调調提降修升增缩縮][\u3400-\u9fff]{0,2}[至到为為]")


def _lower_end(text: str, first: Mention, second: Mention) -> Decimal:
    """两到三万 is from 20,000; 8500到3万 from 8,500, for 85 million to 30,000 is no range."""
    if first.scale != 1 or first.unit is not None:
        return first.value
    is_lone = first.value < 10 and first.form != "digits"
    scaled = first.value * (shared_scale(text, second.start, second.scale) if is_lone else second.scale)
    return scaled if scaled < second.value else first.value


def share_lists(text: str, mentions: list[Mention], table: Tables) -> None:
    """Group the members of a list and give those without unit or scale what the last one states."""
    start, group = 0, 0
    while start < len(mentions):
        stop = start + 1
        while stop < len(mentions) and _are_linked(text, mentions[stop - 1], mentions[stop]):
            if mentions[stop].kind == "rank" or mentions[stop - 1].kind == "rank":
                break
            stop += 1
        members = mentions[start:stop]
        if len(members) > 1:
            is_in_turn = tells_in_turn(text, members[0].start, table.words)
            for member in members:
                member.group, member.respectively = group, is_in_turn
                last = members[-1]
                classifier = text[member.end - 1]
                is_whole = classifier not in text[last.start : last.end] or text[member.end : member.end + 1] in _PARTS
                is_counted = classifier in table.nouns.classifiers and is_whole
                # 过了4亿,一年半; 达10.9亿,96%以上: a length of time and a percentage are of no such list
                is_own = last.dimension in ("time", "ratio") and member.scale > 1
                if member.unit is None and last.unit and member is not last and not (is_counted or is_own):
                    if member.scale == 1 and last.scale > 1 and member.form == "digits":
                        member.value, member.scale = member.value * last.scale, last.scale
                    member.unit, member.dimension = last.unit, last.dimension
            group += 1
        start = stop


def _are_linked(text: str, first: Mention, second: Mention) -> bool:
    """Whether only a mark or word of lists parts two numbers; a stroke parts those of one unit (增长103%/136%)."""
    between = text[first.end : second.start]
    return between in _LINKS or (between == "/" and first.unit in (None, second.unit))


def set_sizes(text: str, mentions: list[Mention]) -> None:
    """Give a counted thing the size that is stated in its own quote (3个万卡集群) or right before it (万卡集群3个)."""
    for k in range(1, len(mentions)):
        outer, inner = mentions[k - 1], mentions[k]
        if outer.kind == "size" and outer.unit and _counts_what_is_sized(text, outer, inner):
            inner.size = Size(outer.value, outer.unit)
        if (
            inner.kind == "size"
            and inner.unit
            and outer.start <= inner.start
            and inner.end <= outer.end
            and outer.size is None
        ):
            outer.size = Size(inner.value, inner.unit)


def _counts_what_is_sized(text: str, size: Mention, count: Mention) -> bool:
    """万卡集群42个, 千亿级产业集群已有21个: the count of a noun that stands behind its own size."""
    is_count = count.kind in ("level", "change") and count.dimension.startswith("count") and count.noun_start < 0
    return is_count and count.size is None and _SIZED_NOUN.fullmatch(text, size.end, count.bound_start) is not None


def tells_in_turn(text: str, start: int, words: ChineseWords) -> bool:
    """Whether a word before a list says that its figures belong to as many things in turn: 分别为5、3和2."""
    lead = text[max(0, start - _LEAD) : start]
    return any(word in lead for word in words.by_role["in_turn"])
