"""What a percentage or a number of points is: growth, a change, a share or a level.

"rose to 15 percent" is a share on its way up; "15 percent of households" a share; "up 15 percent" growth. The rules
stand in order; the first that speaks decides.
"""

from pipelines.catalogue.grammar import Cue
from pipelines.stages.quantities.comparisons import find_comparison
from pipelines.stages.quantities.counted import behind_forecaster
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import FAR_COUNT, Mention, percentage_before
from pipelines.stages.quantities.movement import (
    TO,
    context_moves,
    is_point,
    left_cue,
    limits,
    move,
    movement_of_list,
    nearest_movement,
    right_movement,
)
from pipelines.vocabulary.words import Words

_LIST = 80  # words between a colon and the last figure of the list behind it
_GOVERNED = 40  # words before a figure in which one cue leaves the say to the next
_CLAUSE_ENDS = frozenset((";", "while", "whereas", "but"))
_GAPPED = 11  # words between a figure and the next one that its verb goes on to
_DONE_BY = "done by so many"
_BRACKETED = 6  # words from a bracket to the figure of another time in it
_GAP, _FAR_GAP = 12, 22  # words between two figures of one verb, and where it is said when
_OWN_BASE, _SAME_BASE = "own", "same"  # what the second of two is held against
_PACED = 3  # words from a verb to its pace
_DESCRIBED = 4  # words from a size to the figure whose noun it describes
_LEAD = 12  # words before the colon
_LAST = 4  # figures before
_TO_DO = (["to"], ["will"], ["would"], ["should"], ["could"], ["may"], ["might"], ["must"], ["can"])


def read_percentage(
    words: Words, mentions: list[Mention], k: int, left_stop: int, context: str, carried: str | None, lexicon: Lexicon
) -> None:
    """Percent and points: growth or change where a cue of movement governs them, else a share.

    `carried`: what the last percentage of the sentences before was.
    """
    mention, previous = mentions[k], mentions[k - 1] if k else None
    kind = "change" if is_point(mention) else "growth"
    if previous is not None and _is_modifier_of(words, mentions, k):
        previous = mentions[k - 2] if k > 1 else None
        left_stop = previous.right if previous is not None else 0
    if (
        _moves_after(words, mentions, k, left_stop, kind, lexicon)
        or _is_signed(words, mention, left_stop, kind, lexicon)
        or _is_share_of(words, mention, left_stop, lexicon)
        or (previous is not None and _joins(words, previous, mention, kind, lexicon))
        or _stands_apart(words, previous, mention, left_stop, kind, lexicon)
        or _is_governed(words, previous, mention, kind, lexicon)
    ):
        return
    if is_point(mention):
        is_set = words.low[mention.left - 1 : mention.left] == ["at"]  # "priced at 225 basis points over"
        mention.kind = "level" if is_set else "change"
        if not lexicon.grammar.classes["lesser"].isdisjoint(words.low[mention.right : mention.right + 1]):
            move(mention, "down")
    elif previous is not None and (reached := _after_step(words, mentions, k, lexicon)):
        mention.kind, mention.trend = reached, previous.trend
    elif (told := _is_further(words, mentions, k)) is not None:
        _go_on(told, mention)
    elif _leads_up_to(words, mention, lexicon):
        mention.kind = "growth"
        move(mention, nearest_movement(words, mention.left, left_stop, lexicon) or _before_it(mentions, k) or "up")
    elif previous is not None and (gapped := _is_parallel(words, previous, mention, lexicon)):
        _go_on(previous, mention)
        mention.versus = previous.versus if gapped == _SAME_BASE else None
    elif mention.form != "share" and _is_set_against(words, mentions, k, left_stop, carried, lexicon):
        mention.kind = "growth"
    elif _is_set_beside(words, mentions, k, lexicon):
        mention.kind = "ratio"
    else:
        lead = _lead(words, mention)
        is_growth = context_moves(context, lexicon) or context_moves(lead, lexicon)
        is_growth = is_growth or _is_yearly(words, mention, left_stop, lexicon)
        mention.kind = "growth" if is_growth else "share"
        mention.versus = find_comparison(Words(lead), 0, _LEAD, lexicon) if lead and is_growth else None


def _is_modifier_of(words: Words, mentions: list[Mention], k: int) -> bool:
    """The "four-decade" of "the four-decade peak of 9.1%": a size that only describes the noun of the figure."""
    gap = words.low[mentions[k - 1].right : mentions[k].left]
    return mentions[k - 1].kind == "size" and 0 < len(gap) < _DESCRIBED and gap[-1] == "of" and gap[0][0].isalpha()


def _moves_after(words: Words, mentions: list[Mention], k: int, left_stop: int, kind: str, lexicon: Lexicon) -> bool:
    """ "12 percent higher", "25% and 66% higher": the movement is stated after the number or its list."""
    mention = mentions[k]
    direction = right_movement(words, mention, lexicon) or movement_of_list(words, mentions, k, lexicon)
    if direction is None:
        return False
    if direction == "either":
        cue = left_cue(words, mention.left, left_stop, lexicon)
        told = cue[0].cue if cue is not None and cue[0].cue in ("up", "down") else None
        direction = told or _gapped_direction(words, mentions, k, lexicon) or "up"
    mention.kind = kind
    move(mention, direction)
    mention.rules.append("movement after")
    return True


def _gapped_direction(words: Words, mentions: list[Mention], k: int, lexicon: Lexicon) -> str | None:
    """ "Regular pay fell by 0.8% and total pay by 1.2% on the year": the verb of the figure before goes on."""
    previous = mentions[k - 1] if k else None
    if previous is None or previous.kind != "growth" or previous.dimension != mentions[k].dimension:
        return None
    gap = words.low[previous.right : mentions[k].left]
    is_clause = len(gap) <= _GAP and gap[-1:] == ["by"] and not lexicon.grammar.classes["clause_joins"].isdisjoint(gap)
    return previous.trend if is_clause and not any(lexicon.grammar.is_verb(word) for word in gap[:-2]) else None


def _is_signed(words: Words, mention: Mention, left_stop: int, kind: str, lexicon: Lexicon) -> bool:
    """ "+5.2%": a printed sign is growth, unless a word calls it a share."""
    if not mention.is_signed or is_point(mention) or mention.dimension != "ratio":
        return False
    cue = left_cue(words, mention.left, left_stop, lexicon)
    if cue is not None and cue[0].cue == "share":
        return False
    mention.kind, mention.trend = kind, "down" if mention.value < 0 else "up"
    mention.rules.append("printed sign")
    return True


def _is_share_of(words: Words, mention: Mention, left_stop: int, lexicon: Lexicon) -> bool:
    """ "15 percent of households", unless a movement stands right before it."""
    follows = words.low[mention.right : mention.right + 1]
    if not (is_point(mention) or lexicon.grammar.classes["responds"].isdisjoint(follows)):
        mention.kind = "share"  # "32% said that it had improved"
        mention.rules.append("share who say so")
        return True
    if mention.form != "share" and follows in (["share"], ["stake"]):
        mention.kind = "share"  # "higher than its 33.9 percent share in January"
        mention.rules.append("share named")
        return True
    if follows != ["of"] or is_point(mention) or _is_of_time_before(words, mention, lexicon):
        return False
    cue = left_cue(words, mention.left, max(left_stop, mention.left - 2), lexicon)
    is_farmed = not lexicon.grammar.classes["farmed"].isdisjoint(words.low[mention.left - 1 : mention.left])
    if cue is not None and cue[0].cue in ("up", "down") and not is_farmed:
        return False
    mention.kind = "share"
    mention.rules.append("share of")
    if words.low[mention.left - 1 : mention.left] == ["by"] and _is_done(words, mention.left, lexicon):
        mention.rules.append(_DONE_BY)
    return True


def _is_done(words: Words, by: int, lexicon: Lexicon) -> bool:
    """Does before the word "by", which ends here, stand what is done by somebody ("used by")?"""
    return by > 1 and words.low[by - 2] in lexicon.grammar.classes["done_by"]


def _is_of_time_before(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Grew 45%, after the 39% of the quarter before", "of the previous year": no part of that time."""
    low, classes, k = words.low, lexicon.grammar.classes, mention.right + 1
    after = low[k : k + 3]
    if after[:1] in (["the"], ["a"]) and len(after) == 3:
        return (after[1] in classes["span_unit"] and after[2] in classes["time_before"]) or (
            after[1] in classes["time_before"] and after[2] in classes["span_unit"]
        )
    return len(after) > 1 and after[0] in classes["time_before"] and after[1] in classes["span_unit"]


def _joins(words: Words, previous: Mention, mention: Mention, kind: str, lexicon: Lexicon) -> bool:
    """What is said of the number right before is said of this one: a list, "or 5%", "from 10% to 12%"."""
    is_led_from = mention.high is not None and words.low[mention.left] == "from"  # the word is a part of its range
    gap = words.low[previous.right : mention.left + is_led_from]
    if previous.group is not None and previous.group == mention.group:
        _go_on(previous, mention)
        return True
    retold = gap[-2:] == [",", "or"] and _past_times(gap[:-2], gap[:1] in (["by"], ["until"]), lexicon) == len(gap) - 2
    if previous.kind == "change" and (retold or gap in ([",", "or"], ["or"], ["("])):
        mention.kind = kind
        move(mention, previous.trend or "up")
        return True
    if gap in ([",", "or"], ["or"]) and kind == "growth" and _is_part_restated(previous):
        mention.kind = "share"  # "data centres contributed $62 billion, or 91%"
        mention.rules.append("share restated")
        return True
    if previous.kind in ("growth", "share") and _is_next_place(words, previous, mention, gap):
        _go_on(previous, mention)
        return True
    if gap[-2:] in (["one", "of"], ["ones", "of"]) and len(gap) <= _GAP and previous.dimension == mention.dimension:
        _go_on(previous, mention)  # "an increase of 16%; coffee drinkers, one of nearly 19%"
        return True
    if gap[:1] == ["("] and gap[-1:] == [":"] and len(gap) <= _BRACKETED and previous.dimension == mention.dimension:
        _go_on(previous, mention)  # "went up 8.02% (in 2024: 7.09%)"
        return True
    gap = gap[:-1] if gap[-1:] == ["the"] else gap  # "up from the 7.1% of 2023"
    is_base = gap[-1:] in (["from"], ["against"], ["versus"], ["after"], ["following"]) or gap[-2:] in (
        ["compared", "with"],
        ["compared", "to"],
    )
    if (
        is_base
        and (1 < len(gap) <= 7 or gap in _RIGHT_AFTER)
        and ";" not in gap
        and previous.dimension == mention.dimension
        and kind == "growth"
    ):
        mention.kind = previous.kind
        if previous.value < 0 and not mention.is_signed:
            mention.value = -mention.value
        return True
    is_led = gap[-1:] == ["to"] and words.low[previous.left - 1 : previous.left] == ["from"]
    if is_led and _past_times(gap, 0, lexicon) == len(gap) - 1:  # "from 4.1 percent in 2025 to 3.8 percent"
        gap = gap[-1:]
    if gap in (["to"], ["from"]) and previous.dimension == "ratio" and previous.kind in ("share", "level", "growth"):
        mention.kind = previous.kind
        if previous.kind != "growth":
            mention.trend = "up" if mention.value > previous.value else "down"
        return True
    return False


#: Between a growth and the one before it: "grew 0.6% after 0.8%". Right behind "from" stands a level.
_RIGHT_AFTER = (["after"], ["following"], ["versus"], ["against"])


def _is_part_restated(previous: Mention) -> bool:
    """Whether an amount stands where it is, so that a percentage that says it again can be no movement."""
    return previous.kind == "level" and previous.is_stock and previous.trend is None


def _is_next_place(words: Words, previous: Mention, mention: Mention, gap: list[str]) -> bool:
    """ "Rose 28.3%, followed by Asia with 41.9%, China (10.1%)": the same of the next name of a list."""
    base = gap.index(",") if "," in gap[:_BRACKETED] else 0  # "28.3% year over year, followed by"
    gap = gap[base:]
    if not 3 <= len(gap) <= _GAP or gap[0] not in (",", "and") or previous.dimension != mention.dimension:
        return False
    if gap[1:3] == ["followed", "by"] or gap[:2] == ["followed", "by"]:
        return True
    names = words.text[previous.right + base + 1 : mention.left - 1]
    is_named = all(name[0].isupper() or name in ("the", "and", "/", "-") for name in names)
    return gap[-1] == "(" and is_named and words.text[mention.right : mention.right + 1] == [")"]


def _go_on(previous: Mention, mention: Mention) -> None:
    """Say of a mention what is said of the one before, a fall included."""
    mention.kind, mention.trend, mention.versus = previous.kind, previous.trend, previous.versus
    if previous.value < 0 < mention.value and not (mention.is_signed or previous.is_signed):
        mention.value = -mention.value


def _stands_apart(
    words: Words, previous: Mention | None, mention: Mention, left_stop: int, kind: str, lexicon: Lexicon
) -> bool:
    """ "(up 3%) ... (5%)" goes on in its own brackets; "by 5%" is growth by the nearest movement."""
    start = mention.left
    if (
        start > 1
        and words.text[start - 2] == "("
        and words.low[start - 1] in ("plus", "minus")
        and not is_point(mention)
    ):
        mention.kind = "growth"
        move(mention, "up" if words.low[start - 1] == "plus" else "down")  # "108 billion (plus 14.7%)"
        return True
    if start and words.text[start - 1] == "(":
        if previous is not None and _is_restated(words, previous, mention):
            mention.kind = "share"
            mention.rules.append("share restated")
            return True
        if (
            previous is None
            or left_cue(words, start - 1, left_stop, lexicon) is not None
            or words.text[previous.right : previous.right + 1] != [")"]
        ):
            return False
        _go_on(previous, mention)
        return True
    by = start
    while by and words.low[by - 1] in lexicon.grammar.classes["once_more"]:
        by -= 1
    goes_on = previous is not None and _DONE_BY in previous.rules and by - previous.right < _GAPPED
    if by > 1 and words.low[by - 1] == "by" and (_is_done(words, by, lexicon) or goes_on):
        mention.kind = "share"
        mention.rules.append(_DONE_BY)  # "messengers are used by 97.5% and video services by 94.7%"
        return True
    is_retold = previous is not None and words.low[previous.right : by - 1] in ([",", "or"], ["or"])
    if by and words.low[by - 1] == "by" and (is_retold or not is_point(mention)):
        mention.kind = kind  # "lowered its rate to 2.5 percent, or by 50 basis points"
        is_moved = previous is not None and (is_retold or previous.kind in ("growth", "change"))
        gapped = previous.trend if previous is not None and is_moved else None
        far = nearest_movement(words, start, max(0, start - _GOVERNED), lexicon) if is_retold else None
        move(mention, nearest_movement(words, start, left_stop, lexicon) or gapped or far or "up")
        return True
    return False


def _is_restated(words: Words, previous: Mention, mention: Mention) -> bool:
    """ "More than half of the increase was in China (53%)": the exact figure of a share said in words."""
    is_alone = words.text[mention.right : mention.right + 1] == [")"]
    is_said = previous.kind == "share" and words.text[previous.i][0].isalpha()
    return is_alone and is_said and abs(previous.value - mention.value) * 4 <= abs(previous.value)


def _is_governed(words: Words, previous: Mention | None, mention: Mention, kind: str, lexicon: Lexicon) -> bool:
    """The cues to the left, the nearest first: movement, share or rate; a level leaves the say to the next one."""
    start, is_level = mention.left, False
    left_stop = max(previous.right if previous is not None else 0, start - _GOVERNED)
    if start and words.text[start - 1] == "(":
        start -= 1
    while True:
        cue = left_cue(words, start, left_stop, lexicon)
        if cue is None:
            return False
        what, first, last = cue
        gap = words.low[last : mention.left]
        if what.cue in ("up", "down"):
            is_named = what.form == "noun" and gap[:1] == ["in"] and _names(gap, lexicon)
            if what.form == "noun" and what.cue == "up" and _is_told(gap, lexicon):
                mention.kind = kind  # "growth in sales will slow from 3% to 2%"
                move(mention, "up")
                return True
            is_span = what.form == "noun" and gap[:1] == ["in"]  # "growth in the first half works out to 8%"
            if not (is_named or is_span) and _is_within(gap or words.low[mention.left : mention.i]):
                mention.kind = _percentage(words, first, left_stop, lexicon, previous)
                return True
            if what.form == "by" and gap and gap[0] != "by" and not is_point(mention) and not set(gap) & TO:
                start = first
                continue
            paced = lexicon.grammar.classes["pace_most"]
            is_pace = gap[-1:] == ["at"] and paced.issuperset(word for word in gap[:-1] if word != ",")
            is_pace = is_pace or (gap[-2:] in (["at", "a"], ["at", "an"]) and _is_pace_behind(words, mention, lexicon))
            # "grew at 12% a year", "grew fastest, at 80%"
            is_done = what.form != "noun" or words.low[first - 1 : first] in _TO_DO  # "vacancy is to fall below 7%"
            if is_done and not is_pace and _reaches(mention, gap, lexicon):
                mention.kind, mention.trend = _percentage(words, first, left_stop, lexicon, previous), what.cue
                return True
            if "year" not in gap and (gap[-1:] == ["from"] or gap[-2:] == ["from", "the"] or _is_left(gap)):
                mention.kind = _percentage(words, first, left_stop, lexicon, previous)
                return True
            if is_level and what.form != "noun" and gap[-1:] != ["by"]:
                return False
            mention.kind = kind
            move(mention, _paced(words, cue, left_stop, lexicon))
            mention.rules.append(f"movement {' '.join(words.low[first:last])}")
            return True
        if what.cue == "change" and not gap:
            mention.kind = kind
            move(mention, "up")
            return True
        if what.cue in ("share", "rate") and not is_point(mention):
            mention.kind = "share" if what.cue == "share" else "level"
            return True
        is_level, start = True, first


def _paced(words: Words, cue: tuple[Cue, int, int], left_stop: int, lexicon: Lexicon) -> str:
    """The direction of a cue; a pace has that of its verb: "fell at an annual pace of 2%"."""
    what, first, last = cue
    verb = (
        left_cue(words, first, left_stop, lexicon) if words.low[last - 1] in lexicon.grammar.classes["pace"] else None
    )
    is_verb = verb is not None and verb[0].cue in ("up", "down") and "at" in words.low[verb[2] : first]
    return verb[0].cue if verb is not None and is_verb and first - verb[2] <= _PACED else what.cue


def _is_pace_behind(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Increased at a 2.1% pace", "at a 3% annualized rate": how fast, no level."""
    return not lexicon.grammar.classes["pace"].isdisjoint(words.low[mention.right : mention.right + _PACED])


def _names(gap: list[str], lexicon: Lexicon) -> bool:
    """ "Growth in services: 8%", "growth in pay was 7.3%": the figure is that of the noun."""
    return gap[-1] in (":", "of") or gap[-1] in lexicon.grammar.classes["auxiliary"]


def _is_left(gap: list[str]) -> bool:
    """ "Cooled from the peak of 9.1%", "down from its high of 8%": the level that was left, by the name of it."""
    return len(gap) > 2 and gap[0] == "from" and gap[-1] == "of" and not {",", ";", "to", "and"} & set(gap)


def _is_told(gap: list[str], lexicon: Lexicon) -> bool:
    """Whether a noun is the subject of a verb that leads from one figure to another: "inflation will slow from"."""
    if gap[-1:] not in (["from"], ["to"]) or len(gap) < 2:
        return False
    return gap[-2] in lexicon.grammar.classes["slows"] or lexicon.grammar.is_verb(gap[-2])


def _is_within(gap: list[str]) -> bool:
    """ "fell within 2%", "fall between 5 and 7%": the verb says where a level lies."""
    return gap[:1] in (["between"], ["within"], ["in"]) and gap != ["in"] and gap[-1] != "("


def _reaches(mention: Mention, gap: list[str], lexicon: Lexicon) -> bool:
    """Whether the words between a verb of movement and the number make it the level that is reached."""
    is_pace = not lexicon.grammar.classes["pace"].isdisjoint(gap)
    return (
        (bool(gap) and (gap[0] == "to" or (not is_pace and gap[0] in TO) or gap[-1] in TO))
        or _leads_to(gap, lexicon)
        or limits(mention, lexicon)
    )


def _is_set_against(
    words: Words, mentions: list[Mention], k: int, left_stop: int, carried: str | None, lexicon: Lexicon
) -> bool:
    """ "Output grew 8.02%, above the floor of 8%", "Output grew 8%. The bank expects 6.3%.": growth again."""
    mention, beside = mentions[k], percentage_before(mentions, k)
    last = beside.kind if beside is not None else carried
    said = words.low[max(left_stop, mention.left - 12) : mention.i]
    if last == "growth" and beside is not None and _is_foreseen(words, mention, lexicon):
        return True
    if last == "growth" and _takes_turn(words, mention, left_stop, lexicon):
        return True
    if last == "growth" and beside is not None and words.low[mention.left - 2 : mention.left] == [",", "from"]:
        return True  # "eased to 0.25% in October, the lowest of the series, from 1.44% in September"
    if last == "growth" and beside is not None and _is_hoped_for(said, lexicon):
        return True
    return last == "growth" and not lexicon.grammar.classes["set_against"].isdisjoint(said)


def _is_hoped_for(said: list[str], lexicon: Lexicon) -> bool:
    """ "Output rose 6.5%, beating expectations for 5%", "a consensus of 5%"."""
    return said[-1:] in (["of"], ["for"]) and said[-2:-1] != [] and said[-2] in lexicon.grammar.classes["expectation"]


def _takes_turn(words: Words, mention: Mention, left_stop: int, lexicon: Lexicon) -> bool:
    """ "Output grew 8.2%. Services clocked 10.2%.", "The previous high was 8.4%.": what was told of one, told of the
    next, or of another time.
    """
    low, classes = words.low, lexicon.grammar.classes
    before = low[max(left_stop, mention.left - 3) : mention.left]
    if before[-1:] == ["a"]:
        before = before[:-1]
    if not classes["clocks"].isdisjoint(before[-1:]):
        return True
    is_other = before[:1] != [] and before[0] in classes["time_before"] and before[1:2] != []
    return is_other and before[1] in classes["extreme"] and not classes["auxiliary"].isdisjoint(before[2:])


def _is_foreseen(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Rose 3%, against 2.5% in May and 2% expected by economists", "the 2% that analysts had forecast"."""
    j, _ = behind_forecaster(words, mention, lexicon)
    j = j + 1 if words.low[j : j + 1] in (["had"], ["have"], ["were"]) else j
    return not lexicon.grammar.classes["foresaw"].isdisjoint(words.low[j : j + 1])


def _is_set_beside(words: Words, mentions: list[Mention], k: int, lexicon: Lexicon) -> bool:
    """ "221 Mbps, 45% above 4G": one measure set beside another's, at one time."""
    low, j = words.low, mentions[k].right
    is_beside = not lexicon.grammar.classes["set_beside"].isdisjoint(low[j : j + 1])
    is_beside = is_beside and low[j + 1 : j + 2] != [] and low[j + 1][0].isalpha()
    return is_beside and any(m.is_stock for m in mentions[max(0, k - FAR_COUNT) : k])


def _is_yearly(words: Words, mention: Mention, left_stop: int, lexicon: Lexicon) -> bool:
    """ "That works out at 14% a year": so much in each year is a pace."""
    low, j = words.low, mention.right
    says = low[max(left_stop, mention.left - 3) : mention.left]
    is_pace = not lexicon.grammar.classes["works_out"].isdisjoint(says)
    return is_pace and low[j : j + 2] in (["a", "year"], ["per", "year"], ["each", "year"], ["every", "year"])


def _lead(words: Words, mention: Mention) -> str:
    """What stands before the colon that a percentage follows: "By region, year on year: Europe 11.1%, China 5%"."""
    text, first = words.text, max(0, mention.left - _LIST)
    colon = next((k for k in range(mention.left - 1, first - 1, -1) if text[k] in ":;"), -1)
    if colon < 0 or text[colon] == ";":
        return ""
    return words.source[words.start[max(0, colon - _LEAD)] : words.start[colon]].partition(" of ")[0]


def _is_further(words: Words, mentions: list[Mention], k: int) -> Mention | None:
    """ "An increase of 11.2%, and $760.7 billion for 2026, a further 8.5%": the growth that goes on."""
    before = words.low[max(0, mentions[k].left - 2) : mentions[k].left]
    told = percentage_before(mentions, k) if before == ["a", "further"] or before[-1:] == ["another"] else None
    return told if told is not None and told.kind == "growth" else None


def _leads_up_to(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Those to Spain 16.2 percent to $8.71 billion": a percentage before the level that is reached."""
    j = mention.right
    if mention.dimension != "ratio" or words.low[j : j + 1] != ["to"]:
        return False
    is_money = lexicon.currency_before.forward(words.low, j + 1) is not None
    k = j + 2 if is_money else j + 1
    is_number = words.text[k : k + 1] != [] and words.text[k][0].isdecimal()
    return is_number and (is_money or words.low[k + 1 : k + 2] in (["million"], ["billion"], ["trillion"]))


def _after_step(words: Words, mentions: list[Mention], k: int, lexicon: Lexicon) -> str:
    """ "The yield rose 4 basis points to 4.26%", "inflation slowed by 0.3 points, to 2.1%": what is reached by a step
    is what its subject is; "" where no step leads to it.
    """
    step, mention = mentions[k - 1], mentions[k]
    gap = words.low[step.right : mention.left]
    gap = gap[1:] if gap[:1] == [","] else gap
    if not is_point(step) or step.kind != "change" or mention.dimension != "ratio" or gap[:1] not in (["to"], ["at"]):
        return ""
    if not lexicon.grammar.classes["level_filler"].issuperset(gap[1:]):
        return ""
    moved = left_cue(words, step.left, mentions[k - 2].right if k > 1 else 0, lexicon)
    return _percentage(words, moved[1], mentions[k - 2].right if k > 1 else 0, lexicon) if moved is not None else ""


def _before_it(mentions: list[Mention], k: int) -> str | None:
    """Which way the last growth of the sentence went."""
    return next((m.trend for m in reversed(mentions[max(0, k - _LAST) : k]) if m.kind == "growth"), None)


def _is_parallel(words: Words, previous: Mention, mention: Mention, lexicon: Lexicon) -> str:
    """The second of two with one verb: the cloud business put on 13.2 percent, big data 69.2 percent; growth of 66%
    in a year and 25% in a quarter; and with one base: new routes rose 30% annually, and old ones 9%.
    """
    gap, classes = words.low[previous.right : mention.left], lexicon.grammar.classes
    if previous.kind not in ("growth", "level") or previous.dimension != mention.dimension:
        return ""
    if not 2 <= len(gap) <= _FAR_GAP or {";", "|", "share"} & set(gap):
        return ""
    if len(gap) <= _GAP and gap[0] in classes["preposition"] and gap[-1] in classes["clause_joins"]:
        return "" if any(lexicon.grammar.is_verb(word) for word in gap) else _OWN_BASE
    base = lexicon.grammar.comparisons.forward(words.low, previous.right)
    begin = _past_times(gap, base[0] if base is not None else 0, lexicon)
    if len(gap) - begin > _GAP:
        return ""
    is_gapped = gap[begin : begin + 1] != [] and gap[begin] in classes["clause_joins"]
    if not is_gapped or previous.kind != "growth" or not classes["auxiliary"].isdisjoint(gap):
        return ""
    if base is None:
        return _OWN_BASE
    return "" if any(lexicon.grammar.is_verb(word) for word in gap[begin:]) else _SAME_BASE


def _past_times(gap: list[str], begin: int, lexicon: Lexicon) -> int:
    """Where the words of time end that stand behind a figure: "grow 24% this year, and memory 12%"."""
    classes, k = lexicon.grammar.classes, begin
    while k < len(gap) and (
        _is_year(gap[k])
        or gap[k] in ("in", "during", "over", "half", "period")
        or _joins_years(gap, k)
        or gap[k] in lexicon.grammar.ordinals
        or any(gap[k] in classes[name] for name in ("article", "latest", "span_unit"))
    ):
        k += 1
    is_time = any(
        word.isdecimal() or word in ("half", "period") or word in classes["span_unit"] for word in gap[begin:k]
    )
    return k if is_time else begin


def _joins_years(gap: list[str], k: int) -> bool:
    """Whether a word belongs to "between 2019 and 2024", "from 2019 to 2024"."""
    if gap[k] in ("between", "from"):
        return gap[k + 1 : k + 2] != [] and _is_year(gap[k + 1])
    is_between = gap[k] in ("and", "to") and 0 < k < len(gap) - 1
    return is_between and _is_year(gap[k - 1]) and _is_year(gap[k + 1])


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) == len("2024")


def _leads_to(gap: list[str], lexicon: Lexicon) -> bool:
    """ "cut rates by a quarter point to a range of": the last "to" leads to the number over articles and fillers."""
    if "to" not in gap:
        return False
    tail = gap[len(gap) - 1 - gap[::-1].index("to") + 1 :]
    return lexicon.grammar.classes["level_filler"].issuperset(tail)


def _percentage(words: Words, start: int, stop: int, lexicon: Lexicon, previous: Mention | None = None) -> str:
    """What a percentage that rose or fell to a level is: "the vacancy rate fell to 1.9%" a level, "growth slowed to 5%"
    growth, "it eases to 3.2%" what was told of it before, else a share.
    """
    at = start
    while True:
        cue = left_cue(words, at, stop, lexicon)
        if cue is None or cue[0].cue != "level" or not _CLAUSE_ENDS.isdisjoint(words.low[cue[2] : at]):
            break
        at = cue[1]  # "growth is likely to decline from 4%"
    subject = start
    while subject > stop and words.low[subject - 1] in lexicon.grammar.classes["auxiliary"]:
        subject -= 1
    if not lexicon.grammar.classes["paced"].isdisjoint(words.low[start : start + 1]) and (
        cue is None or cue[0].cue not in ("share", "rate")
    ):
        return "growth"  # "investment slowed to 1.9%": what has a pace moves
    if words.low[subject - 1 : subject] == ["pace"]:
        return "growth"  # "the pace must quicken to 16.6% a year"
    names = lexicon.grammar.classes["figure_noun"].intersection(words.low[subject - 2 : subject - 1])
    if previous is not None and names and words.low[subject - 1] in ("that", "which"):
        return previous.kind or "share"  # "a rise of 45 percent, a figure that climbs to 50 percent"
    if cue is None and previous is not None and previous.kind == "growth":
        is_same = _is_apposed(words, start) or _is_taken_up(words, previous.right, start, lexicon)
        return "growth" if is_same else "share"
    if cue is not None and cue[0].form == "noun" and cue[0].cue in ("up", "down"):
        return "growth"
    return "level" if cue is not None and cue[0].cue == "rate" else "share"


def _is_apposed(words: Words, start: int) -> bool:
    """ "Output grew 4.8%, the office said, down from 5%", "slowing from": said of the figure before."""
    word, before = words.low[start], words.low[start - 1 : start]
    return before in ([","], ["and"], ["but"]) and (word in ("up", "down") or word.endswith("ing"))


def _is_taken_up(words: Words, start: int, stop: int, lexicon: Lexicon) -> bool:
    """Whether a verb goes on with the subject of the figure before: "in 2026 before it eases to", ", slowing to"."""
    classes, gap = lexicon.grammar.classes, words.low[start:stop]
    gap = gap[_past_times(gap, 0, lexicon) :]
    return len(gap) <= _GAPPED and all(
        word in ("it", "they", "which", "then", "before", "later", "to", "likely", "set")
        or word in classes["auxiliary"]
        or word in classes["clause_joins"]
        for word in gap
    )
