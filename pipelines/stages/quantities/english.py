"""One English sentence: its words in, its quantities and its ignored numbers out. The order of the rules stands here.

numbers → traps → measures → ranges and lists → bounds → kinds → conditions, sizes, elided nouns
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.stages.quantities import (
    bounds,
    conditions,
    kinds,
    measures,
    multiples,
    ranges,
    ranks,
    rejections,
    shares,
    tables,
    traps,
)
from pipelines.stages.quantities.elision import name_elided
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import FAR_COUNT, Carried, Mention
from pipelines.stages.quantities.movement import move
from pipelines.stages.quantities.numbers import likened, read_number
from pipelines.stages.quantities.written import VULGAR, Number
from pipelines.vocabulary.quantity import Ignored, Size
from pipelines.vocabulary.words import Words

_MATERIAL = frozenset(("length", "area", "volume", "mass"))
_CUT = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 32, 64)  # the parts into which one unit is cut
_EITHER = (["plus", "or"], ["plus", "/"])  # plus or minus 3 points
_SIGNS = frozenset("+-−–")
_COMPOUNDED = frozenset("-abcdefghijklmnopqrstuvwxyz")  # what goes on behind "30 - year"
_NEAR = 60  # words to either side of points in which an index is named whose points they are


def read_sentence(
    words: Words,
    masked: dict[int, str],
    is_row: bool,
    headers: Sequence[str],
    carried: Carried,
    lexicon: Lexicon,
) -> tuple[list[Mention], list[Ignored]]:
    """The mentions of one sentence in order, and the numbers in it that are none.

    `masked`: token -> reason code of what is spoken for; `headers`: what governs a row or item, nearest first;
    `carried`: what the sentences before it have told.
    """
    if "-" in words.text:
        _close_hyphens(words, lexicon)
    mentions: list[Mention] = []
    ignored: list[Ignored] = []
    grammar, starters = lexicon.grammar, lexicon.starters
    reached = 0
    begins = [
        i
        for i, low in enumerate(words.low)
        if low in starters or ((low < ":" or low > "~") and (low[0].isdecimal() or low in VULGAR))
    ]
    for i in sorted({*begins, *masked}) if masked else begins:
        if i < reached:
            continue
        low = words.low[i]
        ratio = multiples.read_to_one(words, i, lexicon) if masked.get(i, "score") == "score" else None
        if ratio is not None:
            mentions.append(ratio)
            reached = ratio.j
            continue
        if i in masked:
            if low[0].isdecimal() or low in grammar.cardinals or low in grammar.ordinals:
                label = Ignored(words.start[i], words.end[i], masked[i])
                ignored.append(label)
                reached = _joined_labels(words, (label, i + 1), ignored, lexicon)
            continue
        step = _at(words, i, masked, lexicon)
        if isinstance(step, Mention):
            mentions.append(step)
            is_whole = step.form in ("ordinal", "share") or step.rate is not None or "/" in (step.unit or "")
            is_whole = is_whole or step.rules[-1:] == ["symbol"]  # 4.1 MPa m1/2
            reached = step.right if is_whole else step.j
        elif step is not None:
            ignored.append(step[0])
            reached = _joined_labels(words, step, ignored, lexicon)
    return _finish(words, mentions, ignored, is_row, headers, carried, lexicon), ignored


def _close_hyphens(words: Words, lexicon: Lexicon) -> None:
    """ "A 28 - year - old", "30 - year bonds", "one - third": where a tool has put spaces around the hyphens of a
    compound, its words are joined again. A dash before anything but the singular of a unit or a fraction stays one.
    """
    low, grammar = words.low, lexicon.grammar
    for k in range(1, len(low) - 1):
        is_spaced = low[k] == "-" and words.start[k] - words.end[k - 1] == 1 == words.start[k + 1] - words.end[k]
        if not is_spaced or not (low[k - 1][0].isdecimal() or low[k - 1] in grammar.cardinals):
            continue
        hit, after = lexicon.unit_names.forward(low, k + 1), k + 2
        is_unit = hit is not None and len(low[k + 1]) > 2 and not lexicon.nouns.is_plural(low[k + 1])
        is_unit = is_unit and words.text[k + 1].islower() and after < len(low) and low[after][0] in _COMPOUNDED
        is_tens = grammar.cardinals.get(low[k - 1], ("",))[0] == "ten"
        is_digit = is_tens and grammar.cardinals.get(low[k + 1], ("",))[0] == "unit"
        if not (is_unit or is_digit or (low[k - 1] in grammar.cardinals and low[k + 1] in grammar.fractions)):
            continue
        words.end[k - 1], words.end[k] = words.start[k], words.start[k + 1]
        if low[after : after + 1] == ["-"] and words.start[after] - words.end[after - 1] == 1:
            words.end[after - 1] = words.start[after]
            words.end[after] = words.start[after + 1] if after + 1 < len(low) else words.end[after]


def _joined_labels(words: Words, step: tuple[Ignored, int], ignored: list[Ignored], lexicon: Lexicon) -> int:
    """ "pages 2 to 5", "Tier 1, 2 and 3": a number joined to a label is one too. Returns the token to go on at."""
    label, i = step
    joins = lexicon.grammar.classes["label_joins"]
    while label.reason in ("section", "version") and i + 1 < len(words):
        i += _is_panel_letter(words, i)
        number = words.text[i + 1] if i + 1 < len(words) else ""
        is_numbered = "." in words.source[label.start : label.end]  # Sections 3.1 and 3.2
        if not (number.replace(".", "") if is_numbered else number).isdecimal():
            break
        k = i + 2 + _is_panel_letter(words, i + 2)
        is_listed = words.low[i] == "," and k < len(words) and (words.low[k] == "," or words.low[k] in joins)
        if words.low[i] not in joins and not is_listed:
            break
        ignored.append(Ignored(words.start[i + 1], words.end[i + 1], label.reason))
        i += 2
    return max(i, step[1])


def _is_panel_letter(words: Words, i: int) -> bool:
    """The "A" of Figures 3A and 3B."""
    return i < len(words) and len(words.text[i]) == 1 and words.text[i].isalpha() and words.is_glued(i)


def _at(words: Words, i: int, masked: dict[int, str], lexicon: Lexicon) -> Mention | tuple[Ignored, int] | None:
    """What stands at token `i`: a mention, an ignored number with the token to go on at, or nothing."""
    grammar, low, text = lexicon.grammar, words.low[i], words.text[i]
    is_digit, is_mark = text[0].isdecimal(), low in grammar.classes["number_mark"]
    if (
        is_mark
        or low in grammar.ordinals
        or (is_digit and i + 1 < len(words) and words.low[i + 1] in grammar.classes["ordinal_ending"])
    ):
        rank = ranks.read_rank(words, i, lexicon)
        if rank is not None:
            return rank
        if is_mark:
            j = i + 2 if words.text[i + 1 : i + 2] == ["."] else i + 1
            if low == "number":
                if traps.tells_how_many(words, i, lexicon):
                    return None
                return (
                    (Ignored(words.start[i], words.end[j], "identifier"), j + 1)
                    if _is_label(words, j, lexicon)
                    else None
                )
            if j < len(words) and words.text[j][0].isdecimal() and (low != "no" or text == "No"):
                return Ignored(words.start[i], words.end[j], "identifier"), j + 1
            return None
        if is_digit:
            return Ignored(words.start[i], words.end[i + 1], "ordinal"), i + 2
    if low in grammar.multiples:
        return multiples.read_multiple(words, i, lexicon)
    currency = (
        measures.currency_before(words, _before_sign(words, i), lexicon)
        if is_digit or low in grammar.cardinals
        else None
    )
    number = read_number(words, i, grammar, has_currency=currency is not None) or shares.every_nth(words, i, lexicon)
    number = _part_of_unit(words, i, number, lexicon)
    if number is not None and number.scale > 1 and number.form == "digits" and currency is None:
        number = _unit_no_scale(words, number, lexicon)
    if number is None:
        if low in grammar.ordinals:
            return Ignored(words.start[i], words.end[i], "ordinal"), i + 1
        return None
    reason = traps.trap(words, number, currency is not None, lexicon)
    if reason is not None:
        return Ignored(words.start[number.i], words.end[number.j - 1], reason), number.j
    return _mention(words, number, currency, lexicon)


def _is_label(words: Words, j: int, lexicon: Lexicon) -> bool:
    """ "bus number 42": a short whole number behind "number" that counts nothing."""
    if j >= len(words) or not words.text[j].isdecimal() or len(words.text[j]) > 4:
        return False
    follows = words.low[j + 1] if j + 1 < len(words) else ""
    return not follows[:1].isalpha() or (
        follows in lexicon.grammar.ends_phrase and follows not in lexicon.grammar.cardinals
    )


def _part_of_unit(words: Words, i: int, number: Number | None, lexicon: Lexicon) -> Number | None:
    """Half an hour, a quarter of a mile, 3/4 inch, ¾ tsp, a year and a half: parts of one unit are no shares."""
    low = words.low
    if number is not None and number.form == "digits" and 0 < number.value < 1 and number.scale == 1:
        return _decimal_part(words, number, lexicon)
    if number is None or number.form != "share":
        if low[i] == "half" and low[i + 1 : i + 2] in (["a"], ["an"]) and lexicon.unit_names.forward(low, i + 2):
            return Number(i, i + 2, Decimal("0.5"), "words", digits=2)
        if number is None and low[i] in ("a", "an"):
            unit = lexicon.unit_names.forward(low, i + 1)
            if unit is not None and measures.part_behind(words, i + 1 + unit[0], lexicon):
                return Number(i, i + 1, Decimal(1), "words", digits=2)
        return number
    j = number.j
    if low[j : j + 2] in (["of", "a"], ["of", "an"]):
        j += 2
    point = j + 1 if low[j : j + 1] == ["-"] else j
    if not lexicon.grammar.classes["header_points"].isdisjoint(low[point : point + 1]):  # a quarter point
        return Number(number.i, j, number.value / 100, "words", digits=2)
    is_digits = words.text[i][0].isdecimal() or words.text[i] in VULGAR
    if words.low[i] in lexicon.grammar.cardinals and _measures(words, j, lexicon):
        return Number(number.i, j, number.value / 100, "words", digits=2)  # one-third cup
    if not (j > number.j or is_digits) or j >= len(words):
        return number
    is_symbol = is_digits and len(words.text[j]) > 1 and words.text[j].isalpha() and words.text[j] in lexicon.symbols
    if (is_symbol and low[j] not in lexicon.grammar.ends_phrase) or lexicon.unit_names.forward(low, j) is not None:
        if words.text[j - 1].isdecimal() and int(words.text[j - 1]) not in _CUT:
            return Number(i, i + 1, Decimal(words.text[i]), "digits", digits=len(words.text[i]))  # 50/60 Hz
        return Number(number.i, j, number.value / 100, "words", digits=2)
    return number


def _decimal_part(words: Words, number: Number, lexicon: Lexicon) -> Number:
    """ "0.3 of a point", "0.6 of a mile": a part of one unit, as "0.3 points" is."""
    behind, j = words.low[number.j : number.j + 2], number.j + 2
    if behind not in (["of", "a"], ["of", "an"]) or j >= len(words):
        return number
    is_unit = words.low[j] in lexicon.grammar.classes["header_points"] or lexicon.unit_names.forward(words.low, j)
    return replace(number, j=j) if is_unit else number


def _measures(words: Words, j: int, lexicon: Lexicon) -> bool:
    """Whether the name of a unit of length, area, volume or mass stands at token `j`, with no noun that it modifies."""
    unit = lexicon.unit_names.forward(words.low, j)
    if unit is None or lexicon.units.get(unit[1][0]).dimension not in _MATERIAL:
        return False
    follows = words.low[j + unit[0]] if j + unit[0] < len(words) else ""
    return not follows[:1].isalpha() or follows in lexicon.grammar.ends_phrase or not lexicon.nouns.is_plural(follows)


def _unit_no_scale(words: Words, number: Number, lexicon: Lexicon) -> Number:
    """Melts at 573.15K: a letter that is a scale elsewhere is a unit beside its cue."""
    last = number.j - 1
    if words.text[last] in lexicon.units.cued and measures.by_cue(words, last, number.i, lexicon) is not None:
        number.value, number.scale, number.j = number.value / number.scale, Decimal(1), last
    return number


def _before_sign(words: Words, i: int) -> int:
    return i - 1 if i and words.text[i - 1] in _SIGNS and words.is_glued(i) else i


def _mention(
    words: Words, number: Number, currency: tuple[int, tuple[str, ...]] | None, lexicon: Lexicon
) -> Mention | tuple[Ignored, int]:
    i, left = number.i, number.i
    value, is_signed = number.value, False
    sign = _before_sign(words, i)
    if sign != i and (
        sign == 0 or not words.is_glued(sign) or words.text[sign - 1] in "([$€£¥" or currency is not None
    ):
        left, is_signed = sign, True
        value = -value if words.text[sign] != "+" else value
    if (
        currency is None
        and sign == i
        and i
        and words.low[i - 1] in ("minus", "negative")
        and not (i > 1 and (words.low[i - 3 : i - 1] in _EITHER or words.text[i - 2][0].isdecimal()))
    ):
        left, is_signed, value = i - 1, True, -value
    if currency is not None:
        left = sign - currency[0]
        if (
            left
            and words.text[left - 1] in _SIGNS
            and words.is_glued(left)
            and not (left > 1 and words.is_glued(left - 1))
        ):
            left, is_signed = left - 1, True
            value = -abs(value) if words.text[left] != "+" else value
    mention = Mention(
        words.start[left], words.end[number.j - 1], i, number.j, value, number.form, number.high, number.digits,
        number.decimals, number.scale, left, number.j, is_signed=is_signed,
    )  # fmt: skip
    if number.form == "vague":
        mention.bound = "~"
    if currency is not None:
        surface = words.source[words.start[left + (is_signed and left != sign)] : words.end[sign - 1]]
        mention.currency = measures.settle(words, surface.strip(), currency[1], mention, lexicon)
    if number.form == "share" and likened(words, number.j, lexicon.grammar):
        mention.value, mention.form = value / 100, "digits"
        mention.unit, mention.dimension, mention.kind = "x", "multiple", "ratio"
        mention.rules.append("likened")
        return mention
    _loosely(words, mention)
    multiples.read_times(words, mention, lexicon)
    _open_brackets(words, mention, lexicon)
    if mention.unit is None:
        measures.read_measure(words, mention, lexicon)
    if mention.scale <= 1 and mention.high is None and mention.unit is not None:
        shares.read_every(words, mention, lexicon)
    return mention


def _loosely(words: Words, mention: Mention) -> None:
    """500-odd people, a trillion-plus deficit: the word behind the hyphen is a bound, the noun comes after it."""
    j = mention.right
    if words.low[j : j + 1] == ["-"] and words.is_glued(j) and words.low[j + 1 : j + 2] in (["odd"], ["plus"]):
        mention.bound, mention.bound_text = ("~" if words.low[j + 1] == "odd" else ">="), words.text[j + 1]
        mention.right, mention.end = j + 2, words.end[j + 1]


def _open_brackets(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """An accountant's "(1.2) pts": negative, with its unit behind the bracket."""
    j = mention.right
    if (
        mention.currency is None
        and words.text[mention.left - 1 : mention.left] == ["("]
        and words.text[j : j + 1] == [")"]
        and j + 1 < len(words)
    ):
        known = words.text[j + 1] in lexicon.symbols and words.text[j + 1].lower() not in lexicon.grammar.ends_phrase
        if known or lexicon.unit_names.forward(words.low, j + 1) is not None:
            mention.value, mention.is_signed, mention.right = -abs(mention.value), True, j + 1
            mention.left -= 1
            mention.start = words.start[mention.left]


def _finish(
    words: Words,
    mentions: list[Mention],
    ignored: list[Ignored],
    is_row: bool,
    headers: Sequence[str],
    carried: Carried,
    lexicon: Lexicon,
) -> list[Mention]:
    if not mentions and not is_row:
        return mentions
    for mention in mentions:
        if mention.form != "ordinal":
            bounds.read_bound(words, mention, lexicon)
    if len(mentions) > 1:
        mentions = ranges.join_compounds(words, ranges.join_tolerances(words, mentions), lexicon)
        ranges.share_dimensions(words, mentions)
        mentions = ranges.join_ranges(words, ranges.join_rates_of_exchange(words, mentions), lexicon)
        mentions = ranges.join_ends(words, mentions, lexicon)
    for mention in mentions:
        conditions.read_condition(words, mention, lexicon)
    if len(mentions) > 1:
        ranges.join_ratios(words, mentions)
        ranges.share_from_to(words, mentions)
        ranges.share_by_to(words, mentions, lexicon)
        ranges.share_in_lists(words, mentions, lexicon)
        ranges.share_in_pairs(words, mentions, lexicon)
        bounds.carry_on(words, mentions, lexicon)
    row = tables.cells(words) if is_row and mentions else tables.Cells("", ())
    for mention in [m for m in mentions if is_row and tables.is_scale(words, m, row, headers)]:
        ignored.append(Ignored(mention.start, mention.end, "definition"))
        mentions.remove(mention)
    if is_row and mentions:
        if tables.is_row_number(words, mentions[0], words.start[0]) or tables.is_row_class(row, mentions):
            ignored.append(Ignored(mentions[0].start, mentions[0].end, "list_number"))
            del mentions[0]
        tables.enter(headers, carried)
        tables.read_millions(words, mentions, carried, lexicon)
        tables.apply_markers(words, mentions, row, headers, lexicon)
    for mention in mentions if not is_row else ():
        tables.apply_label(words, mention, lexicon)
    context = " ".join(headers)
    for k, mention in enumerate(mentions):
        if mention.kind == "rank":
            continue
        if is_row:
            tables.negate_parentheses(words, mention)
        governing = tables.context_of(row, mention, headers) if is_row else context
        kinds.read_kind(words, mentions, k, governing, carried.percentage, lexicon)
        if is_row and mention.kind == "level" and mention.dimension not in ("ratio", "multiple"):
            direction = tables.added(row, mention, headers, lexicon)
            if direction is not None:
                mention.kind = "change"
                move(mention, direction)
        _points(words, mentions, k, carried, lexicon)
    _sizes(mentions)
    kept: list[Mention] = []
    for mention in mentions:
        reason = rejections.rejected(words, mention, kept, is_row, lexicon)
        if reason == "pronoun" and rejections.is_set_beside(words, mention, kept, lexicon):
            name_elided(words, mention, kept, carried, lexicon)
            reason = None if mention.dimension.startswith("count") else reason
        if reason is None:
            name_elided(words, mention, kept, carried, lexicon)
            kept.append(mention)
        else:
            ignored.append(Ignored(mention.start, mention.end, reason))
    if is_row:
        tables.carry_sign(row, kept, carried, lexicon)
    return kept


def _points(words: Words, mentions: list[Mention], k: int, carried: Carried, lexicon: Lexicon) -> None:
    """Points in which something moved are percentage points where percentages are what is spoken of, not an index."""
    mention, classes = mentions[k], lexicon.grammar.classes
    if words.low[mention.right - 1] not in classes["header_points"] or not mention.dimension.startswith("count"):
        return
    after = mentions[k + 1] if k + 1 < len(mentions) else None
    is_retold = after is not None and not {"or", "("}.isdisjoint(words.low[mention.right : after.left])
    beside = mentions[max(0, k - FAR_COUNT) : k + FAR_COUNT]
    is_spoken_of = carried.percentage in ("share", "level") or any(m.dimension == "ratio" for m in beside)
    near = words.low[max(0, mention.i - _NEAR) : mention.i + _NEAR]
    is_index = is_retold or not classes["index_noun"].isdisjoint(near) or abs(mention.value) >= 100
    compared = lexicon.grammar.classes["set_beside"].intersection(words.low[mention.right : mention.right + 1])
    if is_spoken_of and (mention.kind == "change" or compared) and not is_index:
        if mention.kind != "change":
            mention.kind = "change"
            move(mention, "down" if "below" in compared or "behind" in compared else "up")
        mention.unit = lexicon.units.dimensions["points"]
        mention.dimension = "points"


def _sizes(mentions: list[Mention]) -> None:
    """Give a counted thing the size that its own modifiers state: 42 10,000-card clusters."""
    for k in range(1, len(mentions)):
        outer, inner = mentions[k - 1], mentions[k]
        is_inside = outer.noun_start <= inner.start and inner.end <= outer.noun_end
        if inner.kind == "size" and inner.unit and is_inside and outer.size is None:
            outer.size = Size(inner.value, inner.unit)
