"""What is said of a Chinese quantity: level, share, growth, change or ratio, with its sign; and multiples
without a number.

The nearest governing word decides: 同比增长21.5%, 占比达43.63%, 提高到32%, 增长近3倍, 翻一番.
"""

import re
from decimal import Decimal

from pipelines.catalogue.chinese import ChineseWords
from pipelines.stages.quantities.mention import Mention, percentage_before

_REACH = 24  # characters to the left in which a word can govern a number
_HARD_STOPS = re.compile(r"[。;\uff1b!?\uff01\uff1f\n|]")
_CLAUSE_EDGES = re.compile(r"[,\uff0c。;\uff1b!?\uff01\uff1f\n|]")
_ITEM_EDGES = re.compile(r"[,\uff0c、。;\uff1b!?\uff01\uff1f\n|]")
_TIME_ONLY = re.compile(
    r"(?=.*[年月季半日])[\d一二三四前三全去今明本上下半年月季度末底初份期同的]{1,12}[则則]?[为為是达達]?"
)
_RATIO = re.compile(
    r"[\u4e00-\u9fff](?<![相对對环環同占佔])比[例值]?[由从從为為达達至到是约約降升缩縮扩擴小大去上今年同期的\d.]{0,16}$"
)
_DOUBLED = re.compile(
    r"翻了?(?:(?P<about>近|将近|約|约)|(?P<over>超过?))?(?P<n>[一两兩二三四五六七八九\d])?(?:番|倍)|翻番"
    r"|(?<![\d成一二两兩三四五六七八九十百几幾数數多])倍增(?![长長加器计計效行])(?![”」』\"]?(?:行动|行動|计划|計劃|計畫|工程|方案|战略|戰略))"
)
_FOLDED = re.compile(r"翻了?$")  # 翻了300多倍: so many times the base
_IS_OF = re.compile(r"(?:[是为為]|相[当當][于於])[^,\uff0c]{1,12}的$")
_BASE = re.compile(
    r"(?:(?<![占佔对對])[比较較](?![例重])|(?<!不)[高低快慢优優]于|(?<!不)[高低快慢]於)[^,\uff0c。;\uff1b、]{1,10}[年月季期周度]的$"
)
_AGAIN = ("或", ",或", "、或", "(", "(或", ",即", "(即")
_TIMES = {"一": 1, "两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def find_multiples(text: str) -> list[Mention]:
    """翻一番 is twice, 翻两番 four times the base."""
    found = []
    for match in _DOUBLED.finditer(text):
        number = match["n"]
        times = _TIMES.get(number, int(number) if number and number.isdecimal() else 1) if number else 1
        found.append(
            Mention(
                start=match.start(),
                end=match.end(),
                i=0,
                j=0,
                value=Decimal(2) ** times,
                form="multiple",
                unit="x",
                dimension="multiple",
                bound="~" if match["about"] else ">" if match["over"] else "=",
                bound_text=match["about"] or match["over"],
                kind="growth",
                trend="up",
                rules=["翻番"],
            )
        )
    return found


_HALF = re.compile(r"(?:一半|半数|半數)(?P<more>以上)?|(?P<over>过半|過半)(?!年)(?:数|數)?")


def find_halves(text: str) -> list[Mention]:
    """一半, 半数, 过半: half, or more than half."""
    return [
        Mention(
            start=m.start(),
            end=m.start() + 2,
            i=0,
            j=0,
            value=Decimal(50),
            form="share",
            unit="%",
            dimension="ratio",
            bound=">" if m["over"] else "=",
            bound_text=m["over"],
            digits=2,
            rules=["half"],
        )
        for m in _HALF.finditer(text)
    ]


def read_kind(text: str, mentions: list[Mention], k: int, context: str, words: ChineseWords) -> None:
    """Set kind, sign, trend and versus of mention `k`."""
    mention = mentions[k]
    previous = mentions[k - 1] if k else None
    if mention.kind == "growth":
        mention.versus = mention.versus or _versus(text, mention, previous, words)
    if mention.kind:
        return
    if (
        previous is not None
        and previous.group is not None
        and previous.group == mention.group
        and previous.kind != "rank"
    ) and (previous.dimension == mention.dimension or (previous.unit or "").partition("/")[0] == mention.unit):
        mention.kind, mention.trend, mention.versus = previous.kind, previous.trend, previous.versus
        if previous.value < 0 < mention.value and not (mention.is_signed or previous.is_signed):
            mention.value = -mention.value
        return
    if mention.unit is None and mention.form == "digits" and mention.scale == 1 and _is_of_ratio(text, mention):
        mention.unit, mention.dimension, mention.kind = "1", "pure", "ratio"
        return
    if previous is not None and _says_again(text, previous, mention):
        mention.kind = "growth"
        _sign(mention, previous.trend or "up")
        mention.versus = previous.versus
        return
    left = previous.end if previous is not None else 0
    roles, cue_end, cue = _governor(text, mention, left, words)
    if mention.dimension == "points":
        mention.kind = "change"
        _sign(mention, "down" if "down" in roles else "up")
    elif mention.dimension == "ratio":
        _percent(text, mention, roles, cue_end, context, words, percentage_before(mentions, k))
    elif mention.dimension == "multiple":
        _times(text, mention, roles, cue, cue_end, words)
    else:
        _absolute(text, mention, roles, cue_end, words)
    if mention.kind in ("growth", "change"):
        mention.versus = _versus(text, mention, previous, words)


def _says_again(text: str, previous: Mention, mention: Mention) -> bool:
    """上涨20元或1.37%, 减少30家(2%): the same movement as a share of what it was; 增速近两成(19.1%): the same."""
    if mention.dimension != "ratio" or previous.dimension == "points":
        return False
    is_moved = previous.kind == "change" or (previous.kind == "growth" and previous.dimension == "ratio")
    return is_moved and text[previous.end : mention.start] in _AGAIN


def _is_of_ratio(text: str, mention: Mention) -> bool:
    """城乡收入比由2.61缩小至2.57: a bare number behind such a word is how many times one is the other."""
    return _RATIO.search(text, max(0, mention.bound_start - _REACH), mention.bound_start) is not None


def _governor(text: str, mention: Mention, left: int, words: ChineseWords) -> tuple[str, int, str]:
    """The roles of the nearest cue before the number, where it ends, and its text."""
    start = max(left, mention.start - _REACH)
    stops = [m.end() for m in _HARD_STOPS.finditer(text, start, mention.start)]
    start = stops[-1] if stops else start
    stop = mention.bound_start if mention.bound_start >= 0 else mention.start
    window = text[start : max(start, stop)]
    compares, comparatives = _compares(text, start, stop, words), words.by_role["comparative"]
    hits = [
        hit
        for hit in words.cues.find_matches_as_indexes(window)
        if words.cue_roles[hit[0]] != "neutral" and (compares or window[hit[1] : hit[2]] not in comparatives)
    ]
    if not hits:
        return "", -1, ""
    index, a, b = hits[-1]
    # a word that only introduces a number (达, 为) leaves the say to the noun before it: 增速达21%, 占比为32%
    position = len(hits) - 1
    while position > 0 and text[start + a : start + b] in words.by_role["introduces"]:
        position -= 1
        index, a, b = hits[position]
    if position and mention.dimension == "ratio" and words.cue_roles[hits[position - 1][0]] == "share":
        # 占全国新增装机的80%: what moved is the whole of which it is a part; but 华为同比增长5%
        whole = window[b:].lstrip("长長").strip("了约近超逾的")
        if whole and whole[0] not in "到至为達达" and not _CLAUSE_EDGES.search(window, hits[position - 1][2]):
            index, a, b = hits[position - 1]
    return words.cue_roles[index], start + b, text[start + a : start + b]


def _compares(text: str, start: int, stop: int, words: ChineseWords) -> bool:
    """Whether the clause compares, be it before another number: 比5月的590亿美元多1.5%."""
    first = max(0, stop - _REACH)
    edges = [m.end() for m in _CLAUSE_EDGES.finditer(text, first, stop)]
    if edges and text[edges[-1] : stop] in words.by_role["comparative"]:
        return True  # 会员2.6万人,多7%: all that the clause says
    return words.compares.search(text, min(start, edges[-1] if edges else first), max(start, stop)) is not None


def _sign(mention: Mention, direction: str) -> None:
    if direction == "down" and mention.value > 0 and not mention.is_signed:
        mention.value = -mention.value
        if mention.high is not None:
            mention.value, mention.high = -mention.high, mention.value
    mention.trend = direction


def is_of_time_only(text: str, end: int, floor: int = -1) -> bool:
    """失业率均值为5.2%,6月为5.0%: a clause that names only a time goes on with the measure before it.

    From `floor` on, where it is given, a sentence is looked at, which opens a clause as well.
    """
    first = max(0, floor, end - _REACH)
    edges = [first] if first == floor else []
    edges += [m.end() for m in _ITEM_EDGES.finditer(text, first, end)]
    return bool(edges) and _TIME_ONLY.fullmatch(text, edges[-1], end) is not None


def _percent(
    text: str, mention: Mention, roles: str, cue_end: int, context: str, words: ChineseWords, beside: Mention | None
) -> None:
    after = words.movement_after.match(text, _past_bound(text, mention.end, words))
    direction = words.by_role["movement_after"][after.group()] if after is not None else ""
    if direction:
        mention.kind = "growth"
        _sign(mention, direction)
        return
    if mention.is_signed and not roles:
        mention.kind, mention.trend = "growth", "down" if mention.value < 0 else "up"
        return
    if roles == "rate":
        mention.kind = "level"
        return
    if not roles and _OF_MARKET.match(text, mention.end):
        mention.kind = "share"  # 增长5.6%,26.9%的市场份额居首
        return
    goes_on = beside is not None and not roles and is_of_time_only(text, mention.bound_start)
    if beside is not None and goes_on and beside.kind in ("level", "growth"):
        mention.kind = beside.kind
        return
    if "level" in roles:
        _moved_to(text, mention, "up" if "level_up" in roles else "down", words)
        return
    if "up" in roles.split() or "down" in roles.split() or "change" in roles:
        gap = text[cue_end : mention.start]
        if gap.startswith(("到", "至")):
            _moved_to(text, mention, "up" if "up" in roles else "down", words)
            return
        mention.kind = "growth"
        _sign(mention, "down" if "down" in roles.split() or "change_down" in roles else "up")
        return
    if not roles and beside is not None and beside.kind == "growth" and _is_named_reference(text, mention.end, words):
        mention.kind = "growth"
        return
    is_base = not roles and beside is not None and _BASE.search(text, max(0, mention.start - _REACH), mention.start)
    if beside is not None and is_base and beside.kind in ("growth", "level"):
        mention.kind = beside.kind  # 增速19%,比2021年的32.5%低
        return
    if not roles and moves(context, words):
        mention.kind = "growth"
        mention.trend = "down" if mention.value < 0 else "up"
        return
    mention.kind = "share"


_OF_MARKET = re.compile(r"的[\u4e00-\u9fff]{0,4}(?:份[额額]|占有率|佔有率|市占率)")


def _is_named_reference(text: str, end: int, words: ChineseWords) -> bool:
    """增长5.6%,高于5.5%的目标: what a growth is held against is one, too."""
    phrase = text[end + 1 : end + 6] if text.startswith("的", end) else ""
    return any(word in phrase for word in words.by_role["reference"])


def _past_bound(text: str, at: int, words: ChineseWords) -> int:
    """Where a bound ends that stands behind a number, which its movement may follow: 5%左右的增长."""
    bound = words.bound_after.match(text, at)
    return bound.end() if bound is not None else at


def _moved_to(text: str, mention: Mention, trend: str, words: ChineseWords) -> None:
    """What a percentage that moved to a value is: 增速由8%提高到10% a growth, 失业率降至5.1% a level, 占比升至18% a
    share. The last noun of the clause that names a growth or a rate decides.
    """
    window = text[max(0, mention.start - _REACH) : mention.start]
    stops = [m.end() for m in _HARD_STOPS.finditer(window)]
    window = window[stops[-1] if stops else 0 :]
    rate = max(window.rfind(word) for word in words.by_role["rate"])
    at, movement = max((window.rfind(word), word) for word in words.by_role["growth_noun"])
    if at > rate and at > max(window.rfind(word) for word in words.by_role["share_head"]):
        mention.kind = "growth"
        _sign(mention, words.by_role["growth_noun"][movement])
        return
    mention.kind, mention.trend = "level" if rate >= 0 else "share", trend


def moves(context: str, words: ChineseWords) -> bool:
    """Whether what governs a cell says that it is a movement: 同比增长(%)."""
    if not context:
        return False
    if any(word in context for word in words.by_role["versus"]):
        return True
    hits = words.cues.find_matches_as_indexes(context)
    return any("up" in words.cue_roles[index].split() for index, _, _ in hits)


def _times(text: str, mention: Mention, roles: str, cue: str, cue_end: int, words: ChineseWords) -> None:
    """增长3倍 is four times the base, as the language counts; 增至3倍 is three; 达到3倍 and 是3倍 are ratios."""
    gap = text[cue_end : mention.start] if cue_end >= 0 else ""
    if _IS_OF.search(text, max(0, mention.bound_start - _REACH), mention.bound_start):
        mention.kind = "ratio"  # 增幅是通算的4.3倍, 是用电增速的四倍
    elif _FOLDED.search(text, max(0, mention.bound_start - 3), mention.bound_start):
        mention.kind, mention.trend = "growth", "up"
    elif ("up" in roles.split() or "change_up" in roles) and words.leads_to.match(gap) is None and "level" not in roles:
        mention.kind, mention.trend = "growth", "up"
        mention.value += 1
        mention.rules.append(f"{cue} N倍 is N + 1 times the base")
        if mention.high is not None:
            mention.high += 1
    elif _is_moved_to(gap, roles, cue, words) and not _is_told_in_times(text, mention, words):
        mention.kind, mention.trend = "growth", "up"
    else:
        mention.kind = "ratio"


def _is_moved_to(gap: str, roles: str, cue: str, words: ChineseWords) -> bool:
    """增至3倍, 扩大到3倍: does a verb of growth lead to a multiple?"""
    if "level_up" in roles:
        return cue not in words.by_role["introduces"]
    return ("up" in roles.split() or "change_up" in roles) and gap.startswith(("到", "至"))


def _is_told_in_times(text: str, mention: Mention, words: ChineseWords) -> bool:
    """市盈率升至30倍: does the clause name what is a multiple by itself?"""
    clause = text[max(0, mention.bound_start - _REACH) : mention.bound_start]
    clause = clause[max((m.end() for m in _CLAUSE_EDGES.finditer(clause)), default=0) :]
    return "倍" in clause or any(word in clause for word in words.by_role["multiple_noun"])


def _absolute(text: str, mention: Mention, roles: str, cue_end: int, words: ChineseWords) -> None:
    """Counts, money and physical units: a change where a word of change or movement stands right before them."""
    gap = text[cue_end : mention.start] if cue_end >= 0 else ""
    if "level" in roles or words.leads_to.match(gap) is not None:
        mention.kind = "level"
        mention.trend = "up" if "up" in roles else "down" if "down" in roles else None
    elif "change" in roles and len(gap) <= 8 and not re.search(r"[,\uff0c、]", gap):
        mention.kind = "change"
        _sign(mention, "down" if "change_down" in roles else "up")
    elif ("up" in roles.split() or "down" in roles.split()) and len(gap) <= 3 and not re.search(r"[,\uff0c、]", gap):
        mention.kind = "change"
        _sign(mention, "down" if "down" in roles.split() else "up")
    else:
        mention.kind = "level"


def _versus(text: str, mention: Mention, previous: Mention | None, words: ChineseWords) -> str | None:
    left = max(previous.end if previous is not None else 0, mention.start - _REACH)
    window = text[left : mention.start]
    best, at = None, -1
    for index, found, _ in words.versus.find_matches_as_indexes(window, overlapping=True):
        if found > at:
            best, at = words.versus_values[index], found
    if best is None:
        tail = text[mention.end : mention.end + 8]
        for index, found, _ in words.versus.find_matches_as_indexes(tail, overlapping=True):
            if found < 2:
                return words.versus_values[index]
    return best
