"""Numbers that belong together: ranges with a shared scale, lists with an elided unit, "respectively".

"between 5 and 7 million cards" is one quantity with two ends; "1.2, 1.5 and 1.8 billion yuan" are three quantities of
which the first two take scale and unit from the third; "rose from 11 trillion yuan to 45 trillion" are two.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipelines.catalogue.units import Units
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention, are_opposed
from pipelines.vocabulary.words import Words

_WIDEST = 10  # times its lower end that a range may reach
_FAR = 4  # times its lower end that a range of percentages below one may reach
_DASHES = frozenset("-–—~～")
_LINKS = frozenset((",", "and", "or", "&", "to", "versus", "against"))


def join_ranges(words: Words, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Fold each pair of ends into one mention; the rest stays as it is."""
    joined: list[Mention] = []
    for mention in mentions:
        if joined and _is_range(words, joined[-1], mention, lexicon):
            _fold(words, joined[-1], mention, lexicon)
        else:
            joined.append(mention)
    return joined


_BETWEEN_ENDS = frozenset(("and", "or", "but", ","))


def join_ends(words: Words, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """ "More than 20 and less than 35" is one figure between two ends, whichever comes first."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and _are_ends(words, last, mention, lexicon):
            _fold(words, last, mention, lexicon)
            last.bound, last.bound_text = "=", None
        else:
            joined.append(mention)
    return joined


def _are_ends(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    gap = words.low[first.right : second.left]
    if first.high is not None or second.high is not None or not 0 < len(gap) <= 2 or not _same_measure(first, second):
        return False
    if not _BETWEEN_ENDS.issuperset(gap) or not {first.form, second.form} <= {"digits", "words"}:
        return False
    return are_opposed(first, _value(first, second, lexicon), second)


_ADJECTIVES = 4  # words from a number to "and" and the number of the other adjective
_TOLERANCES = frozenset(("±", "+/-", "+/\u2212"))


def join_tolerances(words: Words, mentions: list[Mention]) -> list[Mention]:
    """ "5.2 ± 0.3 kg" is one figure, about 5.2 kg: the tolerance is the words of its bound."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is None or "".join(words.low[last.right : mention.left]) not in _TOLERANCES:
            joined.append(mention)
            continue
        sign = words.start[last.right]
        if last.unit is None:
            last.unit, last.dimension, last.basis = mention.unit, mention.dimension, mention.basis
            last.noun_start, last.noun_end = mention.noun_start, mention.noun_end
            last.currency, last.is_attributive = last.currency or mention.currency, mention.is_attributive
        if last.scale == 1 and mention.scale > 1 and mention.form == "digits":
            last.value, last.scale = last.value * mention.scale, mention.scale
        last.bound, last.bound_text = "~", words.source[sign : mention.end]
        last.end, last.right, last.j = mention.end, mention.right, mention.j
        last.rules.append("tolerance")
    return joined


def join_ratios(words: Words, mentions: list[Mention]) -> None:
    """ "2.9 : 38.6 : 58.5" are shares of one whole, where they add up to it."""
    start = 0
    while start < len(mentions):
        stop = start + 1
        while (
            stop < len(mentions)
            and words.text[mentions[stop - 1].right : mentions[stop].left] == [":"]
            and mentions[stop].unit is None
        ):
            stop += 1
        parts = mentions[start:stop]
        if len(parts) > 2 and parts[0].unit is None and abs(sum((m.value for m in parts), Decimal(-100))) <= 1:
            for part in parts:
                part.unit, part.dimension, part.kind, part.group = "%", "ratio", "share", -1 - start
                part.rules.append("parts of a whole")
        start = stop


def share_dimensions(words: Words, mentions: list[Mention]) -> None:
    """30 × 20 × 10 cm, a 10-by-12-foot room, 40 by 60 metres, 120/80 mmHg: each is in the unit that the last one
    states.
    """
    for first, second in reversed(list(pairwise(mentions))):
        gap = _between(words, first, second)
        is_side = gap in (["by"], ["-", "by", "-"], ["x"], ["×"]) and second.dimension == "length"
        is_level = gap == ["/"] and second.rules[:1] == ["symbol"] and first.currency is None  # 120/80 mmHg
        is_side = is_side or (is_level and words.is_glued(first.right) and words.is_glued(second.left))
        if is_side and first.unit is None and first.form in ("digits", "words") and first.high is None:
            first.unit, first.dimension, first.is_attributive = second.unit, second.dimension, second.is_attributive
            first.kind = first.kind or second.kind
            first.rules.append("unit of the other side")


_LIKE = 2  # times that the upper end of a growth in percent may be the lower one
_TO_COME = frozenset(("to", "will", "would", "should", "could", "may", "might"))
_COMPOUND = frozenset(("length", "mass", "time"))


def join_compounds(words: Words, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """ "6 feet 2 inches", "2 hours and 30 minutes", "10 dollars and 50 cents": one figure in its first unit."""
    joined: list[Mention] = []
    for mention in reversed(mentions):  # seconds go into minutes before these go into hours
        after = joined[-1] if joined else None
        if after is not None and words.low[mention.right : after.left] in ([], ["and"]):
            rate = _lift_rate(mention, after, lexicon)
            part = compound_part(mention, after, lexicon.units)
            if part is None and rate:
                after.unit = f"{after.unit}/{rate}"
                after.dimension = lexicon.units.get(after.unit).dimension
            if part is None and mention.right == after.left:
                part = _bare_cents(words, mention, after)
            if part is not None:
                mention.value, mention.digits, mention.j = mention.value + part, mention.digits + after.digits, after.j
                mention.end, mention.right, mention.scale = after.end, after.right, Decimal(1)
                if rate:
                    mention.unit = f"{mention.unit}/{rate}"
                    mention.dimension = lexicon.units.get(mention.unit).dimension
                mention.rules.append("compound")
                joined.pop()
        joined.append(mention)
    return joined[::-1]


def _lift_rate(first: Mention, second: Mention, lexicon: Lexicon) -> str:
    """ "Six hours and 20 minutes a day": the rate of the last part is that of the whole; it is taken off the part."""
    unit, _, rate = (second.unit or "").partition("/")
    if not rate or first.dimension not in _COMPOUND or lexicon.units.get(unit).dimension != first.dimension:
        return ""
    second.unit, second.dimension = unit, first.dimension
    return rate


def _bare_cents(words: Words, first: Mention, second: Mention) -> Decimal | None:
    """ "Thirteen dollars forty-five", "20 rupees 43": two digits right behind a whole sum are its hundredths."""
    is_sum = first.dimension.startswith("money") and first.rules[-1:] == ["unit name"] and first.scale == 1
    is_bare = second.unit is None and second.scale == 1 and second.high is None and second.form in ("digits", "words")
    follows = words.low[second.right] if second.right < len(words) else ""
    if not is_sum or not is_bare or follows[:1].isalnum() or first.value % 1 or not 10 <= second.value < 100:
        return None
    return second.value / 100 if second.value % 1 == 0 else None


def compound_part(first: Mention, second: Mention, units: Units) -> Decimal | None:
    """What the second of two adjacent measures adds to the first in its unit, or None where they are two figures."""
    if first.unit is None or second.unit is None or first.dimension != second.dimension or first.is_attributive:
        return None
    if first.high is not None or second.high is not None or second.bound != "=" or first.scale >= 1000:
        return None
    if first.value != first.value.to_integral_value() or second.value <= 0:
        return None
    if first.dimension.startswith("money"):
        is_cents = first.unit == second.unit and second.scale < 1 and second.value < 1
        return second.value if is_cents else None
    if first.dimension not in _COMPOUND or second.scale != 1 or first.unit == second.unit:
        return None
    ratio = units.get(second.unit).factor / units.get(first.unit).factor
    part = second.value * Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return part if ratio < 1 and part < 1 else None


def join_rates_of_exchange(words: Words, mentions: list[Mention]) -> list[Mention]:
    """ "1 US dollar to 31.6 NT dollars" is one figure: 31.6 TWD/USD."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.dimension.startswith("money")
            and mention.dimension.startswith("money")
            and last.dimension != mention.dimension
            and last.value in (1, 100)
            and last.scale == mention.scale == 1
            and words.low[last.right : mention.left] in (["to"], ["="], ["equals"], ["is"], ["buys"], ["was", "worth"])
        ):
            last.value, last.digits, last.decimals = mention.value / last.value, mention.digits, mention.decimals
            last.unit = f"{mention.unit}/{last.unit}"
            last.dimension = "exchange_rate"
            last.end, last.right, last.j, last.kind = mention.end, mention.right, mention.j, "ratio"
            last.rules.append("rate of exchange")
        else:
            joined.append(mention)
    return joined


def _between(words: Words, first: Mention, second: Mention) -> list[str]:
    return words.low[first.right : second.left]


def _is_range(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    if first.high is not None or second.form not in ("digits", "words") or first.form not in ("digits", "words"):
        return False
    gap = _between(words, first, second)
    if not 1 <= len(gap) <= 5 or not _same_measure(first, second):
        return False
    before = words.low[first.left - 1] if first.left else ""
    verb = words.low[first.left - 2] if first.left > 1 else ""
    if gap == ["through"] and first.unit is None:
        return _value(first, second, lexicon) < second.value
    if gap in (["-", "to", "-"], ["-", "to"]):
        return _value(first, second, lexicon) < second.value
    if len(gap) == 1 and gap[0] in _DASHES:
        return _value(first, second, lexicon) < second.value or before in ("between", "from")
    if before == "between" and gap[0] == "and":
        return _value(first, second, lexicon) != second.value
    classes = lexicon.grammar.classes
    if gap[0] == "to" and classes["range_filler"].issuperset(gap[1:]):
        if _value(first, second, lexicon) >= second.value:
            return before == "from" and verb in classes["range_verb"]
        if before == "from" and first.unit is None and words.low[second.right : second.right + 1] == ["to"]:
            return True  # from 5 to 7 per cent to 3 to 5 per cent
        if before == "from" and second.dimension != "ratio" and verb in classes["change_noun"]:
            return False  # "growth from 524 million to 528 million users" is two levels
        if before == "from":
            clause = words.low[max(0, first.left - 12) : first.left - 1]
            moves = {*classes["change_verb"], *classes["leads_over"], *lexicon.grammar.multiples}
            told = next((w for w in reversed(clause) if w in moves or w in classes["range_verb"]), "")
            return told not in moves
        is_like = second.dimension == "ratio" and second.value <= _LIKE * first.value
        is_to_come = not _TO_COME.isdisjoint(words.low[first.left - 2 : first.left - 1])
        if is_like and (before == "by" or (is_to_come and before in classes["change_verb"])):
            return True  # "growing by 1% to 1.5%", "should rise 5% to 7%"
        if before == "by" and first.value == 0:
            return True
        if before == "by" and second.dimension == "ratio" and first.value < 1 and second.value > _FAR * first.value:
            return False  # "raised the forecast by 0.2 to 1.7 percent"
        if before == "by":  # "by 12 million to 899 million" is an increase and its level
            return _shares_measure(first, second) and second.value <= _WIDEST * _value(first, second, lexicon)
        return not (before in classes["change_verb"] or _is_moved(words, first, second, lexicon)) or first.value == 0
    return gap == ["or"] and first.unit is None and second.value - _value(first, second, lexicon) in (second.scale, 1)


def _is_moved(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """ "Gained 74 cents to $65.31", "an advance of $1.20 to $84": a step right behind a word of movement, and the
    level it leads to.
    """
    cue = lexicon.grammar.cues.backward(words.low, first.left - (words.low[first.left - 1] == "of"))
    is_step = first.dimension.startswith("money") and second.value > _WIDEST * first.value
    return cue is not None and cue[1].cue in ("up", "down") and is_step


def _same_measure(first: Mention, second: Mention) -> bool:
    if first.unit is None or second.unit is None:
        return first.unit is None or first.currency is not None
    is_rated = second.unit.startswith(f"{first.unit}/")  # between $48,000 and $90,000 a year
    return (
        is_rated
        or first.unit == second.unit
        or (first.dimension == second.dimension and not first.dimension.startswith("count"))
    )


def _shares_measure(first: Mention, second: Mention) -> bool:
    """ "fell by 1 to 1.5 degrees" is one range; "fell by $3 million to $9 million" are two figures."""
    return first.unit is None or (first.currency is not None and first.scale == 1 < second.scale)


def _value(first: Mention, second: Mention, lexicon: Lexicon) -> Decimal:
    """The lower end in the unit of the upper one, "400 nm to 1.1 \u00b5m", and in the scale it shares with it:
    "$10 to $15 billion", not "$200 to $4 million".
    """
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        ours, theirs = lexicon.units.get(first.unit), lexicon.units.get(second.unit)
        if ours.canonical == theirs.canonical:
            value = (Fraction(first.value) + ours.offset) * ours.factor / theirs.factor - theirs.offset
            return Decimal(value.numerator) / Decimal(value.denominator)
    shares = first.scale == 1 and second.scale > 1 and first.value < 1000
    shares = shares and (first.unit in (None, second.unit) or (first.currency is not None and second.unit is None))
    scaled = first.value * second.scale
    return scaled if shares and first.form in ("digits", "words") and scaled <= second.value else first.value


def _fold(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> None:
    low_end = _value(first, second, lexicon)
    high = second.value
    first.value, first.high = min(low_end, high), max(low_end, high)
    first.scale, first.digits, first.decimals = second.scale, max(first.digits, second.digits), second.decimals
    first.unit, first.dimension = second.unit or first.unit, second.dimension or first.dimension
    first.noun_start, first.noun_end = second.noun_start, second.noun_end
    first.basis, first.is_attributive = second.basis or first.basis, second.is_attributive
    first.end, first.right, first.j = second.end, second.right, second.j
    if first.bound == "=" and second.bound in ("~",):
        first.bound, first.bound_text = second.bound, second.bound_text
    if first.left and words.low[first.left - 1] in ("between", "from"):
        first.left -= 1
        first.bound_start = words.start[first.left]
    first.rules += ["range", *second.rules]


def share_by_to(words: Words, mentions: list[Mention], lexicon: Lexicon) -> None:
    """ "Raised the forecast by 0.2 to 1.7 percent": the step to a percentage is in points."""
    for first, second in pairwise(mentions):
        is_step = words.low[first.left - 1 : first.left] == ["by"] and _between(words, first, second) == ["to"]
        if is_step and first.unit is None and second.dimension == "ratio" and first.form == "digits":
            first.unit, first.dimension = lexicon.units.dimensions["points"], "points"
            first.rules.append("points of the level that is reached")


def share_from_to(words: Words, mentions: list[Mention]) -> None:
    """ "increased from 13.5 to 14 mm", "from 3.1 to 4.2 million users", "from 45 minutes to 10": the one without a
    unit is in the other one's.
    """
    for first, second in pairwise(mentions):
        if words.low[first.left - 1 : first.left] != ["from"] or _between(words, first, second) != ["to"]:
            continue
        if second.unit is None and first.unit is not None and first.scale == second.scale and second.form == "digits":
            second.unit, second.dimension = first.unit, first.dimension
            second.rules.append("unit of the first figure")
            continue
        if (
            first.unit is not None
            or first.high is not None
            or second.unit is None
            or first.form not in ("digits", "words")
        ):
            continue
        first.unit, first.dimension, first.basis = second.unit, second.dimension, second.basis
        first.rules.append("unit of the second figure")
        if first.scale == 1 and second.scale > 1 and first.value < 1000 and not _has_own_scale(first, second):
            first.value, first.scale = first.value * second.scale, second.scale


def share_in_lists(words: Words, mentions: list[Mention], lexicon: Lexicon) -> None:
    """Group the members of a list and give those without unit or scale what a later (else an earlier) member states."""
    start, group = 0, 0
    while start < len(mentions):
        stop = start + 1
        while stop < len(mentions) and _is_next_member(words, mentions[stop - 1], mentions[stop], lexicon):
            stop += 1
        if stop - start > 2 or (stop - start == 2 and _between(words, mentions[start], mentions[start + 1]) != [","]):
            _share(words, mentions[start:stop], group, lexicon)
            group += 1
        start = stop


def share_in_pairs(words: Words, mentions: list[Mention], lexicon: Lexicon) -> None:
    """ "1,200 permanent and 3,500 temporary jobs", "11 million private and 26,000 corporate customers": what two
    adjectives part stands behind the second.
    """
    for first, second in pairwise(mentions):
        gap = _between(words, first, second)
        if first.unit is not None or first.form not in ("digits", "words") or not 2 <= len(gap) <= _ADJECTIVES:
            continue
        is_counted = second.dimension.startswith("count") and not second.is_attributive
        is_described = second.right - second.j > 1 and words.low[second.j].isalpha()
        ends = lexicon.grammar.ends_phrase
        is_adjective = all(word[0].isalpha() and word not in ends for word in gap[:-1] if word != "-")
        if gap[-1] in ("and", "or") and is_adjective and is_counted and is_described and gap[0] != "-":
            first.unit, first.dimension = second.unit, second.dimension
            first.rules.append("noun of the pair")


def _is_next_member(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    if first.is_attributive or second.is_attributive:
        return False
    gap = _between(words, first, second)
    if not 1 <= len(gap) <= 2 or not set(gap) <= {",", "and", "or", "&", ";", "、", "x", "×", "versus", "vs"}:
        return False
    if first.unit is None and first.scale > 1 and second.currency is not None:
        return False  # 3.9 million and $74 million: a sign before the second says nothing of the first
    if gap == [",", "or"] and first.scale > 1 and second.scale == 1:
        return False
    follows = words.low[second.right : second.right + 1]
    if gap == [";"] and second.unit is None and not lexicon.grammar.classes["auxiliary"].isdisjoint(follows):
        return False  # "118 cases at 56 carriers; 65 have gone commercial"
    if second.dimension == "ratio" and first.unit is None and (first.scale > 1 or first.value > 100):
        return False
    return first.unit is None or second.unit is None or first.dimension == second.dimension


def _share(words: Words, members: list[Mention], group: int, lexicon: Lexicon) -> None:
    last = members[-1]
    is_respectively = "respectively" in words.low[last.right : last.right + 6] or _says_respectively_before(
        words, members[0]
    )
    for member in members:
        member.group, member.respectively = group, is_respectively
        if member.bound == "=" and members[0].bound == "~" and member is not members[0]:
            member.bound, member.bound_text = members[0].bound, members[0].bound_text
    if last.unit is None:
        return
    if any(m.unit not in (None, last.unit) or m.kind == "condition" for m in members[:-1]):
        return
    bare = [m for m in members[:-1] if m.unit is None]
    for member in members[:-1]:
        if _is_per(words, member):
            continue
        if (
            (
                member.scale == 1
                and last.scale > 1
                and (member.unit is None or member.currency)
                and member.form == "digits"
            )
            and member.value < 1000
            and (member.decimals or not _has_own_scale(member, last))
        ):
            member.value, member.scale = member.value * last.scale, last.scale
            member.rules.append("scale of the list")
    for member in bare:
        if member.form in ("digits", "words") and not _is_per(words, member):
            member.unit, member.dimension, member.basis = last.unit, last.dimension, last.basis
            member.rules.append("unit of the list")


def _is_per(words: Words, member: Mention) -> bool:
    """ "30.2 for every 10,000 people, and 1 billion users": a rate has nothing of the number listed behind it."""
    return words.low[member.j : member.j + 2] == ["for", "every"]


def _has_own_scale(member: Mention, last: Mention) -> bool:
    """500 beside 1.2 billion is no 500 billion: a member is read in the last one's scale when it is of its size."""
    mantissa = last.value / last.scale
    return not (mantissa / 100 <= member.value <= mantissa * 100)


def _says_respectively_before(words: Words, first: Mention) -> bool:
    return "respectively" in words.low[max(0, first.left - 3) : first.left]
