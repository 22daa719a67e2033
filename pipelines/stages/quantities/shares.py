"""Numbers in words, and shares that begin with a number: "two-thirds", "one in five", "three per thousand".

The two stand together because each can hold the other: "one in forty-two".
"""

from decimal import Decimal

from pipelines.catalogue.grammar import Grammar
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.scales import multiply_by_scales
from pipelines.stages.quantities.written import MAX_DIGITS, Number, plain_value
from pipelines.vocabulary.words import Words

#: Of how many a share is told: "four out of five", "three in 20".
_WHOLES = frozenset(map(Decimal, (3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000)))


_DOZEN = Decimal(12)
_LONGEST_TAIL = 8  # words of a number behind its comma, up to its scale
_OF_EVERY = frozenset((("out", "of"), ("in", "every"), ("of", "every"), ("in", "each"), ("of", "each")))


def per_scale(words: Words, number: Number, grammar: Grammar) -> Number | None:
    """Three per thousand, five per ten thousand: a share, unless a noun says of what ("34.4 per 10,000 people")."""
    low, j = words.low, number.j
    if j >= len(low) or low[j] != "per" or number.scale != 1:
        return None
    per, j = Decimal(1), j + 1
    while j < len(low) and grammar.cardinals.get(low[j], ("",))[0] in ("unit", "ten", "hundred", "scale"):
        per, j = per * grammar.cardinals[low[j]][1], j + 1
    if per < 100 or (j < len(low) and low[j][0].isalpha() and low[j] not in grammar.ends_phrase):
        return None
    return Number(number.i, j, 100 * number.value / per, "share", digits=number.digits, decimals=number.decimals)


def read_words(words: Words, i: int, grammar: Grammar, after_article: bool = False) -> Number | None:
    """Number words: "two hundred and fifty thousand", "forty-two", "one and a half billion", "three dozen"."""
    text, low, size = words.text, words.low, len(words.text)
    total, current, j, last, scale = Decimal(0), Decimal(0), i, "", Decimal(1)
    if after_article:
        current, last = Decimal(1), "unit"
    while j < size:
        if j - i > MAX_DIGITS:
            return Number(i, j, Decimal(0), "oversized")
        k = j
        if j > i and text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1):
            k = j + 1
        elif j > i and low[j] in ("and", "&") and last in ("hundred", "scale"):
            k = j + 1
            if k < size and grammar.cardinals.get(low[k], ("",))[0] not in ("unit", "ten"):
                break
            if _part_in_words(words, j, grammar) is not None:
                break  # one hundred and three quarters
        elif j > i and low[j] == "," and last == "scale" and _goes_on(words, j + 1, scale, grammar):
            k = j + 1
        if k >= size:
            break
        role, value = grammar.cardinals.get(low[k], ("", Decimal(0)))
        if role == "unit" and last in ("", "hundred", "scale", "ten") and not (last == "ten" and value > 9):
            if last == "scale" and k == j and scale < 1000:
                break
            current += value
        elif role == "ten" and last in ("", "hundred", "scale"):
            current += value
        elif role in ("hundred", "collective") and last in ("unit", "ten"):
            current *= value
            scale = max(scale, value)
        elif grammar.vague.get(low[k]) == _DOZEN and last in ("unit", "ten") and k == j:
            current, role, scale = current * _DOZEN, "collective", max(scale, _DOZEN)
        elif role == "scale" or (last and grammar.vague.get(low[k], 0) >= 1000):
            value = value or grammar.vague[low[k]]
            if current == 0 and total:
                total *= value
            else:
                total += (current or 1) * value
            current, scale = Decimal(0), max(scale, value)
        else:
            break
        last, j = ("hundred" if role == "collective" else role or "scale"), k + 1
    number = Number(i, j, total + current, "words", digits=2, scale=scale)
    if last == "unit" or (last and _part_in_words(words, j, grammar) is not None):
        _add_part(words, number, grammar)
    if last in ("unit", "ten"):
        share = _fraction(words, number, grammar) or per_scale(words, number, grammar) or one_in(words, number, grammar)
        if share is not None:
            return share
    return number


def _goes_on(words: Words, j: int, scale: Decimal, grammar: Grammar) -> bool:
    """Whether hundreds of a smaller scale stand behind the comma: "three million, two hundred thousand"; "one thousand,
    two hundred thousand" are two numbers.
    """
    low = words.low
    if grammar.cardinals.get(low[j + 1] if j + 1 < len(low) else "", ("",))[0] != "hundred":
        return False
    for word in low[j : j + _LONGEST_TAIL]:
        role, value = grammar.cardinals.get(word, ("", Decimal(0)))
        if not role and word not in ("and", "&", "-"):
            return True
        if role == "scale":
            return value < scale
    return True


def _add_part(words: Words, number: Number, grammar: Grammar) -> None:
    """What follows the last unit of a number in words: "and a half", "and-a-half", "point five"; then its scale."""
    low, j = words.low, number.j
    tail = low[j : j + 3]
    if tail[:2] == ["and", "a"] and len(tail) > 2 and tail[2] in grammar.fractions and not tail[2].endswith("s"):
        number.value += 1 / grammar.fractions[tail[2]]
        number.j = j + 3
    elif (part := _part_in_words(words, j, grammar)) is not None:
        number.value, number.j = number.value + part[0], part[1]
    elif tail == ["-", "and", "-"] and low[j + 3 : j + 6] == ["a", "-", "half"]:
        number.value += Decimal("0.5")
        number.j = j + 6
    elif tail[:1] == ["point"] and len(tail) > 1 and grammar.cardinals.get(tail[1], ("",))[0] == "unit":
        number.j, place = j + 1, Decimal(1)
        while number.j < len(low) and grammar.cardinals.get(low[number.j], ("",))[0] == "unit" and number.j - j < 16:
            place /= 10
            number.value += grammar.cardinals[low[number.j]][1] * place
            number.j += 1
    else:
        return
    multiply_by_scales(words, number, grammar, has_currency=False)


def _part_in_words(words: Words, j: int, grammar: Grammar) -> tuple[Decimal, int] | None:
    """The part and where it ends in "three and three quarters", "two and five-eighths"."""
    low = words.low
    k = j + 3 if low[j + 2 : j + 3] == ["-"] else j + 2
    if low[j : j + 1] != ["and"] or k >= len(low) or grammar.cardinals.get(low[j + 1], ("",))[0] != "unit":
        return None
    above, below = grammar.cardinals[low[j + 1]][1], grammar.fractions.get(low[k], Decimal(0))
    return (above / below, k + 1) if 1 < above < below or (above == 1 < below and below > 2) else None


def _fraction(words: Words, number: Number, grammar: Grammar) -> Number | None:
    """Two-thirds, three quarters, one tenth."""
    j, low = number.j, words.low
    k = j + 1 if j < len(low) and low[j] == "-" and words.is_glued(j) else j
    if k >= len(low) or low[k] not in grammar.fractions:
        return None
    if low[k] in ("half", "halves") and not (low[k] == "half" and k > j and number.value == 1):  # one-half
        return None
    parts = grammar.fractions[low[k]]
    is_half_read = number.value > 20 and number.value % 10 > 0 and k > j  # twenty-fifth
    if is_half_read or (number.value > 1) != low[k].endswith("s") or number.value % parts == 0:
        return None
    before = low[number.i - 1] if number.i else ""
    if low[k].startswith("quarter") and (before in grammar.ordinals or before in grammar.classes["duration_cue"]):
        return None
    return Number(number.i, k + 1, 100 * number.value / parts, "share", digits=2)


def one_in(words: Words, number: Number, grammar: Grammar) -> Number | None:
    """One in five, four people in five, nine out of ten, one out of every three: a share in percent."""
    low, j = words.low, number.j
    near = low[j : j + 4]
    if "in" not in near and "of" not in near:
        return None
    if number.value != number.value.to_integral_value() or number.value < 1 or number.scale != 1:
        return None
    noun = j < len(low) and low[j] in grammar.classes["age_person"]
    k = j + 1 if noun else j
    is_few = number.value == 1 or (number.value < 10 and number.form == "words")
    if is_few and not noun:  # one data centre in three, three companies in four
        while k < min(len(low), j + 3) and low[k].isalpha() and low[k] not in grammar.ends_phrase:
            k += 1
        noun = k > j
    if low[k : k + 2] in (["out", "of"], ["of", "every"]):
        k += 2
    elif low[k : k + 1] == ["in"]:
        k += 1
    elif low[k : k + 3] == ["-", "in", "-"] and words.is_glued(k):
        k += 3  # "three-in-ten adults"
    else:
        return None
    if low[k : k + 1] == ["every"]:
        k += 1
    if k >= len(low):
        return None
    if words.text[k][0].isdecimal():
        whole, end = (plain_value(words.text[k]) if len(words.text[k]) < 12 else None) or Decimal(0), k + 1
        if len(words.text[k]) == 4 and words.text[k][:2] in ("19", "20"):
            return None
    else:
        other = read_words(words, k, grammar) if grammar.cardinals.get(low[k], ("",))[0] in ("unit", "ten") else None
        if other is None or other.form != "words":
            return None
        whole, end = other.value, other.j
    if not number.value < whole or whole < 2:
        return None
    if number.value > 1 and whole not in _WHOLES:
        return None
    follower = low[end] if end < len(low) else ""
    ends = follower in grammar.ends_phrase or grammar.is_verb(follower) or follower in grammar.classes["responds"]
    if noun and ((follower[:1].isalpha() and not ends) or follower == "of"):
        return None
    if follower in grammar.classes["share_blocked"]:
        return None
    return Number(number.i, end, 100 * number.value / whole, "share", digits=2)


def every_nth(words: Words, i: int, lexicon: Lexicon) -> Number | None:
    """ "Every second company", "every fifth child": a share, where the ordinal counts no days and no places."""
    low, grammar = words.low, lexicon.grammar
    parts = grammar.ordinals.get(low[i], 0)
    if not 2 <= parts <= 20 or low[max(0, i - 1) : i] != ["every"] or i + 1 >= len(words):
        return None
    noun, follows = low[i + 1], low[i + 2] if i + 2 < len(words) else ""
    is_noun = noun.isalpha() and noun not in grammar.ends_phrase and not lexicon.nouns.is_plural(noun)
    is_noun = is_noun and lexicon.unit_names.forward(low, i + 1) is None and noun not in grammar.classes["turn"]
    is_told = (
        follows in grammar.ends_phrase
        or grammar.is_verb(follows)
        or lexicon.nouns.is_plural(follows)
        or not follows[:1].isalpha()
    )
    return Number(i - 1, i + 1, Decimal(100) / parts, "share", digits=2) if is_noun and is_told else None


def read_every(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Four households out of five, seven yuan in every ten, 60 cents of every dollar: a share in percent."""
    low, j = words.low, mention.right
    if tuple(low[j : j + 2]) in _OF_EVERY:
        j += 2
    else:
        return
    if low[j : j + 1] == ["every"]:
        j += 1
    whole, end = _whole(words, j, mention, lexicon)
    if not mention.value < whole:
        return
    mention.value, mention.form, mention.scale = 100 * mention.value / whole, "share", Decimal(1)
    mention.unit, mention.dimension, mention.kind, mention.digits, mention.decimals = "%", "ratio", "share", 2, 0
    mention.noun_start = mention.noun_end = -1
    mention.right, mention.end = end, words.end[end - 1]
    mention.rules.append("share of every")


def _whole(words: Words, j: int, mention: Mention, lexicon: Lexicon) -> tuple[Decimal, int]:
    """What a share is of, from token `j`, and where it ends: five, 100, a currency; 0 where it is neither."""
    hit = lexicon.unit_names.forward(words.low, j)
    if hit is not None and lexicon.units.get(hit[1][0]).dimension == mention.dimension:
        return Decimal(1), j + hit[0]
    if j < len(words) and words.text[j].isdecimal() and len(words.text[j]) < 6:
        whole, end = Decimal(words.text[j]), j + 1
    else:
        role, whole = lexicon.grammar.cardinals.get(words.low[j] if j < len(words) else "", ("", Decimal(0)))
        end = j + 1
        if role not in ("unit", "ten"):
            return Decimal(0), j
    return (whole, end) if whole in _WHOLES else (Decimal(0), j)
