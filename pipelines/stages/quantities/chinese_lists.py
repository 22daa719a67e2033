"""Chinese numbers that belong together: compounds, ranges, lists with a shared unit, shares of each so many, sizes."""

import re
from decimal import Decimal

from pipelines.stages.quantities.chinese_lexicon import Tables
from pipelines.stages.quantities.chinese_numbers import scale_value
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.ranges import compound_part
from pipelines.vocabulary.quantity import Size

#: What parts the members of a list.
_LINKS = frozenset(("、", "和", "与", "與", "及", "以及", ",", "\uff0c", ";", "\uff1b"))
_COMPOUND_GAP = frozenset(("", "零", "又"))
#: 每百件里有38.58件, 每10名考生中就有4人: how many of each so many.
_OF_EACH = re.compile(
    r"每(?P<whole>\d{1,6}|[百千万萬])(?P<classifier>[个個人件家名户戶辆輛台位])"
    r"(?P<gap>[^,\uff0c。;\uff1b\d]{0,8}?)有(?P<part>\d[\d.]{0,8})(?P<counts>[个個人件家名户戶辆輛台位])"
)
_AMONG = ("中", "里", "裡", "裏")  # 每十人中有三个: the part is of the whole, be it counted otherwise


def share_of_each(text: str, mentions: list[Mention]) -> list[Mention]:
    """Read "N of each M" as one share in percent; the M is no figure of its own."""
    if "每" not in text:
        return mentions
    for match in _OF_EACH.finditer(text):
        if match["classifier"] != match["counts"] and not any(word in match["gap"] for word in _AMONG):
            continue  # 每万人拥有34.4个: so many things for as many people
        whole = match["whole"]
        number = Decimal(whole) if whole.isdecimal() else scale_value(whole)
        for mention in mentions:
            if mention.start == match.start("part") and number > mention.value:
                mention.value, mention.unit, mention.dimension = 100 * mention.value / number, "%", "ratio"
                mention.kind, mention.end, mention.noun_start = "share", match.end(), -1
                mentions = [m for m in mentions if m.start != match.start("whole")]
                break
    return mentions


def join_compounds(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    """2小时30分钟 is one figure: two and a half hours."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and text[last.end : mention.start] in _COMPOUND_GAP:
            part = compound_part(last, mention, table.units)
            if part is not None:
                last.value, last.end, last.digits = last.value + part, mention.end, last.digits + mention.digits
                continue
        joined.append(mention)
    return joined


def join_ranges(text: str, mentions: list[Mention]) -> list[Mention]:
    """Fold each pair of ends (5-7万张, 30至50亿元) into one mention."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.high is None
            and last.unit in (None, mention.unit)
            and mention.form in ("digits", "han")
            and last.form in ("digits", "han")
        ):
            gap = text[last.end : mention.start]
            if gap in ("-", "—", "–", "~", "～", "至", "到", "——", "−") and mention.kind != "rank":
                low = last.value * (mention.scale if last.scale == 1 and last.unit is None else 1)
                if low < mention.value and not (last.unit and text[max(0, last.start - 1)] in "从由從"):
                    last.kind = last.kind or mention.kind
                    last.value, last.high, last.unit, last.dimension = (
                        low,
                        mention.value,
                        mention.unit,
                        mention.dimension,
                    )
                    last.end, last.scale, last.noun_start, last.noun_end = (
                        mention.end,
                        mention.scale,
                        mention.noun_start,
                        mention.noun_end,
                    )
                    continue
        joined.append(mention)
    return joined


def share_lists(text: str, mentions: list[Mention], table: Tables) -> None:
    """Group the members of a list and give those without unit or scale what the last one states."""
    start, group = 0, 0
    while start < len(mentions):
        stop = start + 1
        while stop < len(mentions) and text[mentions[stop - 1].end : mentions[stop].start] in _LINKS:
            if mentions[stop].kind == "rank" or mentions[stop - 1].kind == "rank":
                break
            stop += 1
        members = mentions[start:stop]
        if len(members) > 1:
            lead = text[max(0, members[0].start - 8) : members[0].start]
            for member in members:
                member.group, member.respectively = group, "分别" in lead or "分別" in lead or "依次" in lead
                last = members[-1]
                is_counted = text[member.end - 1] in table.nouns.classifiers
                if member.unit is None and last.unit is not None and member is not last and not is_counted:
                    if member.scale == 1 and last.scale > 1 and member.form == "digits":
                        member.value, member.scale = member.value * last.scale, last.scale
                    member.unit, member.dimension = last.unit, last.dimension
            group += 1
        start = stop


def set_sizes(mentions: list[Mention]) -> None:
    """Give a counted thing the size that is stated inside its own quote: 万卡集群."""
    for k in range(1, len(mentions)):
        outer, inner = mentions[k - 1], mentions[k]
        if (
            inner.kind == "size"
            and inner.unit
            and outer.start <= inner.start
            and inner.end <= outer.end
            and outer.size is None
        ):
            outer.size = Size(inner.value, inner.unit)
