"""What multiplies an English number: a glued suffix (10.85M), scale words ("3.2 hundred million"), "bn"."""

from decimal import Decimal

from pipelines.catalogue.grammar import Grammar
from pipelines.stages.quantities.written import Number
from pipelines.vocabulary.words import Words

_NONE = ("", Decimal(0))
_DOZEN = Decimal(12)
_ROW = 12  # words of a row to either side of a cell
_GROUP = 3  # digits between two scale words
_LEAST_PARTED = Decimal(100_000)  # the smallest scale with a smaller one behind it: "3 lakh 40 thousand"
_MOST_SCALES = 4  # scale words behind one number: "3.2 hundred million million"


def multiply_by_scales(words: Words, number: Number, grammar: Grammar, has_currency: bool) -> None:
    """Fold what multiplies the number: a glued suffix (10.85M), scale words ("3.2 hundred million"), "bn"."""
    text, low, j = words.text, words.low, number.j
    if j >= len(text):
        return
    if text[j] in grammar.suffixes:
        role, factor = grammar.suffixes[text[j]]
        if not words.is_glued(j):
            is_suffix = role == "spaced_suffix"
        else:
            is_suffix = role != "suffix_money" or has_currency
            is_suffix = is_suffix or (
                text[j] in "mb"
                and (
                    _is_counted(words, j + 1, grammar)
                    or _is_labelled(words, number.i, grammar)
                    or _is_cell(words, number.i, j + 1)
                )
            )
        if is_suffix:
            _multiply(number, factor, j + 1)
            return
    for _ in range(_MOST_SCALES):
        if j >= len(text):
            return
        k = j + 1 if text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1) else j
        if k >= len(text):
            return
        role, factor = grammar.cardinals.get(low[k], _NONE)
        if role in ("scale", "hundred", "collective"):
            if k > j and not _is_word(words, k + 1) and text[k + 1 : k + 2] not in (["-"], []):
                return
            _multiply(number, factor, k + 1)
        elif low[k] == "ten" and k == j and k + 1 < len(text) and low[k + 1] == "thousand":
            _multiply(number, factor * 1000, k + 2)
        elif low[k] in grammar.vague and _scales(grammar.vague[low[k]]) and k == j and j == number.i + 1:
            _multiply(number, grammar.vague[low[k]], k + 1)
        else:
            return
        j = number.j


def add_smaller_scales(words: Words, number: Number, grammar: Grammar) -> None:
    """ "24 million 217 thousand", "2 crore 50 lakh": what stands behind a scale word in smaller ones is added."""
    last = number.scale
    for _ in range(_MOST_SCALES):
        j = number.j
        group = words.text[j] if j + 1 < len(words) else ""
        role, factor = grammar.cardinals.get(words.low[j + 1], _NONE) if group else _NONE
        is_group = group.isdecimal() and len(group) <= _GROUP and role == "scale" and not words.is_glued(j + 1)
        if last < _LEAST_PARTED or not is_group or Decimal(group) * factor >= last or number.value % last:
            return
        number.value, number.j, last = number.value + Decimal(group) * factor, j + 2, factor
        number.digits += len(group)


def _scales(value: Decimal) -> bool:
    """ "5 millions", "3 dozens": plurals that multiply what stands before them; "the scores" count goals, too."""
    return value >= 1000 or value == _DOZEN


def _is_counted(words: Words, j: int, grammar: Grammar) -> bool:
    """ "2.5m people" is millions, "a 2.5m plank" metres: a plural within reach is counted."""
    is_generation = words.text[j : j + 1] != [] and words.text[j].isdecimal() and words.is_glued(j + 1)  # 5G sites
    for word in words.low[j + is_generation : j + 4]:
        if not word[0].isalpha() or word in grammar.ends_phrase:
            return False
        if (word.endswith("s") and not word.endswith("ss")) or word in grammar.classes["counted_word"]:
            return True
    return False


def _is_labelled(words: Words, i: int, grammar: Grammar) -> bool:
    """ "Visitors: 3.2m" is millions, "Length: 3.2m" metres: a plural before the colon is counted."""
    label = words.low[i - 2] if i > 1 and words.text[i - 1] == ":" else ""
    return label.endswith("s") and not label.endswith("ss") and label not in grammar.classes["measured_plural"]


def _is_cell(words: Words, i: int, j: int) -> bool:
    """ "China | 1.3m | +6% | 10.4m" is millions: a cell of its own in a row that also tells of growth or parts."""
    is_whole = words.text[i - 1 : i] == ["|"] and words.text[j : j + 1] in ([], ["|"])
    return is_whole and "%" in words.text[max(0, i - _ROW) : j + _ROW]


def _multiply(number: Number, factor: Decimal, j: int) -> None:
    number.value *= factor
    number.scale *= factor
    number.j = j


def _is_word(words: Words, i: int) -> bool:
    return i < len(words.text) and words.text[i][0].isalpha()
