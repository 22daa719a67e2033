"""Mentions that turn out to be no statistics once their units are known: spans of time, names, scores, list numbers.

What can be told before the unit is read is in `traps.py`.
"""

import re
from collections.abc import Sequence

from pipelines.stages.quantities import conditions
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words

_YEAR = re.compile(r"(?:19|20)\d\d")
_THICK = 2000  # pages
_LONG = ("weeks", "months", "quarters", "years", "decades")
_PHRASE = 8  # words of a phrase that a length of time or a frequency belongs to
_ALL = 100  # per cent
_SET_BESIDE = (["up", "from"], ["down", "from"], ["compared", "with"], ["compared", "to"])
_ENDS = 2  # of a movement
_NOTE = 8  # words of a footnote behind them
_MODEL_DIGITS = 3  # of the number of a model, or one more
_WORKS = 10  # words about a length of time in which stands what took it
_WITHIN, _FROM_THEN = (["in"], ["within"]), (["after"], ["from"])
_FEW = 30  # up to here "their last five matches" tells which ones


def rejected(words: Words, mention: Mention, earlier: Sequence[Mention], is_row: bool, lexicon: Lexicon) -> str | None:
    """Why a mention is no statistic after all, now that its unit is known: a span of time, a name, a lone
    small number.
    """
    classes, low = lexicon.grammar.classes, words.low
    if conditions.is_of_one(words, mention, lexicon):
        return "age"
    if mention.i < 2 or words.text[mention.i - 1] == ":":
        follows = low[mention.right] if mention.right < len(words) else ""
        is_led_on = not follows[:1].isalpha() or follows in classes["own_list_after"]
        if low[mention.right - 1] in classes["own_list"] and is_led_on:
            return "name"
    if mention.dimension == "time" and mention.kind != "condition":
        head = low[mention.right : mention.right + 3]
        if mention.is_attributive and set(head) & classes["duration_head"]:
            return "name"
        if mention.scale == 1 and mention.unit in classes["span_unit"] and not mention.is_attributive:
            before = low[mention.left - 1] if mention.left else ""
            if low[mention.right - 1] in classes["age_ending"] or _is_of_works(words, mention, earlier, lexicon):
                return None
            if before in ("the", "those", "these") and low[max(0, mention.left - 2)] in classes["duration_cue"]:
                return "span"
            if before in classes["lasts"] and low[mention.right : mention.right + 1] == ["to"]:
                return None
            if _is_step(words, mention, lexicon):
                return None
            if not classes["span_after"].isdisjoint(low[mention.right : mention.right + 1]):
                return "span"
            since = words.text[mention.right + 1 : mention.right + 2]
            if low[mention.right : mention.right + 1] == ["from"] and since and _YEAR.fullmatch(since[0]):
                return "span"  # "for three years from 2021"
            if before in classes["duration_cue"] and _moves(words, mention, lexicon):
                return "span"
            if before in classes["span_before"] or _is_foremost_within(words, mention, earlier, lexicon):
                return "span"
            is_pace = bool(earlier) and (
                earlier[-1].dimension in ("ratio", "multiple") or earlier[-1].kind in ("growth", "change")
            )
            is_pace = is_pace or _is_led_up_to(words, earlier)
            gap = low[earlier[-1].right : mention.left] if is_pace else []
            if gap == ["over"] or (gap == ["in"] and low[mention.right - 1] in _LONG):
                return "span"  # "grew by 5.8 per cent over five years", "a gain of 153 million in nine months"
            is_opening = mention.left == 1 or low[mention.left - 2 : mention.left - 1] in (
                [","],
                [";"],
                ["and"],
                ["but"],
            )
            if before == "in" and is_opening and low[mention.right : mention.right + 1] == [","]:
                return "span"  # "In two or three years, the share could"
    is_short = mention.kind == "level" and abs(mention.value) < _THICK
    if is_short and mention.unit in classes["document_unit"]:
        return "boilerplate"  # "the report runs to 41 pages"
    if (mention.unit or "").lower() in classes["file_unit"] and _is_aside(words, mention):
        return "boilerplate"  # "Click to enlarge (1.2 MB)"
    is_all = mention.dimension == "ratio" and mention.value == _ALL and mention.bound == "="
    if is_all and not classes["rounded"].isdisjoint(low[max(0, mention.left - _NOTE) : mention.right + _NOTE]):
        return "definition"  # "may not add up to 100% due to rounding"
    if mention.is_attributive and mention.scale == 1 and mention.unit in classes["width_unit"]:
        return "name"  # "dense at 16-bit", "a 64-bit processor"
    if mention.dimension == "frequency" and _names_band(words, mention, lexicon):
        return "name"
    is_few = mention.dimension.startswith("count") and mention.value <= _FEW and mention.bound == "="
    if is_few and mention.left and low[mention.left - 1] in classes["latest"]:
        return "definite"
    if (
        mention.unit is None
        and mention.form == "words"
        and mention.scale == 1
        and not (mention.value > 20 and mention.value % 10)
        and mention.group is None
        and mention.high is None
        and (mention.bound == "=" or mention.value <= 2)
    ):
        return "pronoun"
    if (
        mention.unit is None
        and mention.scale == 1
        and mention.form == "digits"
        and mention.bound == "="
        and mention.group is None
    ):
        if _tells_which(words, mention, lexicon):
            return "definite"
        return _bare(words, mention, earlier, is_row, lexicon)
    return None


def is_set_beside(words: Words, mention: Mention, earlier: Sequence[Mention], lexicon: Lexicon) -> bool:
    """ "223 devices, up from six in 2015", "grew from three to nine", "made 40 models; China made fifteen": a number
    word that stands for as many of what is counted, where nothing follows that it could count itself.
    """
    low, left, right = words.low, mention.left, mention.right
    follows = low[right] if right < len(low) else ""
    if follows[:1].isalnum() and follows not in lexicon.grammar.ends_phrase:
        return False
    if low[left - 2 : left] in _SET_BESIDE:
        return True
    before, last = low[left - 1 : left], earlier[-1] if earlier else None
    if before == ["from"]:
        return follows == "to" and right + 1 < len(low) and low[right + 1] in lexicon.grammar.cardinals
    if last is not None and before == ["to"] and last.right == left - 1 and last.form == "words":
        return low[last.left - 1 : last.left] == ["from"]
    is_verb = bool(before) and lexicon.grammar.is_verb(before[0]) and last is not None
    return is_verb and last is not None and low[last.left - 1 : last.left] == before


def _is_of_works(words: Words, mention: Mention, earlier: Sequence[Mention], lexicon: Lexicon) -> bool:
    """ "Was up in four months", "went from first rack to first training run in 19 days", "was energised nine months
    after groundbreaking": how long works took, which is a figure of theirs, where no other figure moved in that time.
    """
    low, classes, left = words.low, lexicon.grammar.classes, mention.left
    start = max(earlier[-1].right if earlier else 0, left - _WORKS)
    before = low[start:left]
    follows = low[mention.right : mention.right + 1]
    if follows in _FROM_THEN:
        after = low[mention.right + 1 : mention.right + 1 + _WORKS]
        works = classes["works"]
        return not works.isdisjoint(before) and not works.isdisjoint(after)
    if before[-1:] not in _WITHIN or (earlier and earlier[-1].kind != "level"):
        return False
    moving = classes["change_verb"].intersection(before)
    if not moving <= classes["sets_going"] or any(word in lexicon.grammar.multiples for word in before):
        return False
    return before[-2:-1] == ["up"] or not classes["works"].isdisjoint(before)


def _is_step(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Fell 251 hours to 2,368 hours": the step of a movement, whose end is told in the same unit."""
    low, j = words.low, mention.right
    verb = mention.left - (low[mention.left - 1 : mention.left] == ["by"])
    cue = lexicon.grammar.cues.backward(low, verb)
    is_moved = cue is not None and cue[1].cue in ("up", "down") and cue[1].form != "noun"
    if not is_moved or low[j : j + 1] != ["to"] or not words.text[j + 1 : j + 2]:
        return False
    return words.text[j + 1][0].isdecimal() and low[j + 2 : j + 3] == low[j - 1 : j]


def _is_led_up_to(words: Words, earlier: Sequence[Mention]) -> bool:
    """Whether the last two figures are the ends of a movement: "went from $106bn to $155bn"."""
    if len(earlier) < _ENDS:
        return False
    first, second = earlier[-_ENDS:]
    return words.low[first.left - 1 : first.left] == ["from"] and words.low[first.right : second.left] == ["to"]


def _is_foremost_within(words: Words, mention: Mention, earlier: Sequence[Mention], lexicon: Lexicon) -> bool:
    """ "The best result in three years", "the first rise for a decade": how long something was without its like."""
    low, classes = words.low, lexicon.grammar.classes
    if mention.unit not in classes["foremost_within"] or low[mention.left - 1 : mention.left] not in (["in"], ["for"]):
        return False
    start = max(earlier[-1].right if earlier else 0, mention.left - _PHRASE)
    for k in range(mention.left - 2, start - 1, -1):
        if low[k] in classes["foremost"] or low[k] in classes["superlative"]:
            return True
        if low[k] in classes["auxiliary"] or not low[k][0].isalpha():
            return False
    return False


def _names_band(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "The 3.5 GHz band", "the 700 MHz and 2.1 GHz bands": a frequency that is the name of a band."""
    low, classes, j = words.low, lexicon.grammar.classes, mention.right
    stop = min(len(words), j + _PHRASE)
    while j < stop and low[j] not in classes["named_by_frequency"]:
        is_next = words.text[j][0].isdecimal() or low[j] in classes["label_joins"] or low[j] == ","
        if not is_next and words.text[j] not in lexicon.symbols:
            return False
        j += 1
    return j < stop


def _is_aside(words: Words, mention: Mention) -> bool:
    """Whether a figure closes brackets that hold nothing else, or only the kind of a file: "(PDF, 800 kB)"."""
    opens = mention.left - 1
    if words.text[opens : opens + 1] == [","] or words.text[opens : opens + 1] == ["-"]:
        opens -= 1
    if opens > 0 and words.text[opens].isalpha() and words.text[opens].isupper():
        opens -= 1
    return opens >= 0 and words.text[opens] == "(" and words.text[mention.right : mention.right + 1] == [")"]


def _tells_which(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "The 10 with the largest increases", "the other 40 taken together": which ones, not how many."""
    low, at = words.low, mention.left
    if low[max(0, at - 1) : at] in (["other"], ["remaining"]):
        at -= 1
    is_definite = low[max(0, at - 1) : at] == ["the"]
    return is_definite and not lexicon.grammar.classes["tells_which"].isdisjoint(low[mention.right : mention.right + 1])


def _bare(words: Words, mention: Mention, earlier: Sequence[Mention], is_row: bool, lexicon: Lexicon) -> str | None:
    """A bare number that stands alone in its sentence or opens it with a full stop numbers a list."""
    if not is_row and _in_brackets(words, mention) and not in_series(words, mention, earlier):
        return "list_number"
    if mention.high is None and _is_half_of_pair(words, mention):
        return "score"
    if (
        mention.high is not None
        and set(words.low[max(0, mention.left - 6) : mention.left]) & lexicon.grammar.classes["score_verb"]
    ):
        return "score"
    if _is_model(words, mention, lexicon):
        return "model"
    value = mention.value
    j = mention.right
    if len(words.text[mention.i]) >= 6 and words.text[mention.i].isdecimal():
        return "identifier"
    if (
        mention.i == 0
        and j < len(words)
        and words.text[j] in (".", ")", "、")
        and value == value.to_integral_value()
        and value < 100
    ):
        return "list_number"
    return None


def _is_model(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "The 787 Dreamliner", "its 911 Carrera": a bare number that opens a name counts nothing."""
    i, j, text = mention.i, mention.right, words.text
    is_named = (
        j < len(words) and text[j][0].isupper() and text[j][1:].islower() and words.start[j] - words.end[j - 1] == 1
    )
    if not is_named or not i or not text[i].isdecimal() or not _MODEL_DIGITS <= len(text[i]) <= _MODEL_DIGITS + 1:
        return False
    is_own = words.low[i - 1] in lexicon.grammar.classes["article"] or words.low[i - 1] in ("own", "new", "'s", "’s")
    names_time = ("weekday", "month_name", "month_word")
    return is_own and not any(words.low[j] in lexicon.grammar.classes[name] for name in names_time)


def in_series(words: Words, mention: Mention, earlier: Sequence[Mention]) -> bool:
    """ "A user spends 90 minutes, villagers slightly less (79)": set beside a figure of its size, each in brackets."""
    first = earlier[-1] if earlier else None
    if first is None or not first.has_unit or mention.value < 10 or not _in_brackets(words, mention):
        return False
    is_figure = first.kind not in ("size", "condition", "rank") and first.scale == 1
    return is_figure and abs(first.value) / 5 <= abs(mention.value) <= abs(first.value) * 5


def _is_half_of_pair(words: Words, mention: Mention) -> bool:
    """3-1, a 60-40 split: two whole numbers joined by a hyphen that are no range."""
    left, right, text = mention.left, mention.right, words.text
    after = (
        text[right : right + 1] == ["-"]
        and words.is_glued(right)
        and words.is_glued(right + 1)
        and text[right + 1].isdecimal()
    )
    before = (
        left > 1
        and text[left - 1] == "-"
        and words.is_glued(left)
        and words.is_glued(left - 1)
        and text[left - 2].isdecimal()
    )
    return (after or before) and mention.value == mention.value.to_integral_value() and mention.value < 1000


def _in_brackets(words: Words, mention: Mention) -> bool:
    """ "The law (1) bans": a small whole number in brackets of its own numbers something."""
    if mention.value != mention.value.to_integral_value() or abs(mention.value) >= 100 or mention.is_signed:
        return False
    return words.text[mention.left - 1 : mention.left] == ["("] and words.text[mention.right : mention.right + 1] == [
        ")"
    ]


def _moves(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    lo, hi = max(0, mention.left - 8), min(len(words), mention.right + 4)
    window = words.low[lo : mention.left] + words.low[mention.right : hi]
    return any(w in lexicon.grammar.classes["change_verb"] or w in lexicon.grammar.multiples for w in window)
