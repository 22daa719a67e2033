"""Words of movement near a number: the cue that governs it from the left, and movement stated after it.

Only what is found lives here, and the sign that it gives; what kind of quantity comes of it is decided in `kinds.py`
and `percentages.py`. Cues are rows of `cues.csv`.
"""

from pipelines.catalogue.grammar import Cue
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words

REACH = 14  # words to the left in which a cue can govern a number
TO = frozenset(("to", "at"))
_STOPS = frozenset((";", ".", "(", "!", "?", "|"))
_PHRASE = 8  # words before a figure in which its article stands
_YEAR = 4  # digits
_MOST_LISTED = 40  # members of a list over which it is looked for what is said behind the last


def is_point(mention: Mention) -> bool:
    """Whether it is in points, which measure the distance between two percentages."""
    return mention.dimension == "points"


def left_cue(words: Words, start: int, stop: int, lexicon: Lexicon) -> tuple[Cue, int, int] | None:
    """The nearest cue to the left of token `start`: it, its first token and the token after it."""
    cues, low = lexicon.grammar.cues, words.low
    last_words = cues.last_words
    for k in range(start, max(stop, start - REACH, 0), -1):
        if low[k - 1] in _STOPS and (low[k - 1] != "(" or ")" not in low[k:start]):
            return None  # but for a bracket that is closed again before the figure
        if low[k - 1] in last_words and (hit := cues.backward(low, k)) is not None:
            if hit[0] == 1 and (_ends_compound(words, k - 1) or (k < start and _has_object(words, k, lexicon))):
                continue
            return hit[1], k - hit[0], k
    return None


def _has_object(words: Words, k: int, lexicon: Lexicon) -> bool:
    """ "Looking up information": the word before token `k` belongs to a verb that moves nothing, and its object
    follows.
    """
    low, grammar = words.low, lexicon.grammar
    if low[k - 1] not in ("up", "down") or k < 2 or not low[k][:1].isalpha() or low[k] in grammar.ends_phrase:
        return False
    moves = grammar.classes["auxiliary"] | grammar.classes["change_verb"]
    return low[k - 2].endswith("ing") and low[k - 2] not in moves and grammar.cues.forward(low, k - 2) is None


def _ends_compound(words: Words, k: int) -> bool:
    """Whether a word is the end of another ("take-up", "shut-down") and moves nothing."""
    return (
        words.low[k] in ("up", "down", "rise", "drop")
        and k > 1
        and words.text[k - 1] == "-"
        and words.is_glued(k)
        and words.is_glued(k - 1)
    )


def move(mention: Mention, direction: str) -> None:
    """Give a mention its trend, and a fall its negative sign."""
    if direction == "down" and mention.value > 0 and not mention.is_signed:
        mention.value = -mention.value
        if mention.high is not None:
            mention.value, mention.high = -mention.high, mention.value
        mention.rules.append("falls are negative")
    mention.trend = direction


def limits(mention: Mention, lexicon: Lexicon) -> bool:
    """ "grown beyond", "fell below": the bound makes the number a level."""
    return mention.bound_text is not None and mention.bound_text.lower() in lexicon.grammar.classes["level_bounds"]


def nearest_movement(words: Words, start: int, stop: int, lexicon: Lexicon) -> str | None:
    """The direction of the nearest cue of movement to the left, over cues of another kind."""
    while True:
        cue = left_cue(words, start, stop, lexicon)
        if cue is None:
            return None
        if cue[0].cue in ("up", "down"):
            return cue[0].cue
        start = cue[1]


def movement_of_list(words: Words, mentions: list[Mention], k: int, lexicon: Lexicon) -> str | None:
    """ "25% and 66% higher": what follows the last member of a list is said of all."""
    mention, last = mentions[k], k
    if mention.group is None:
        return None
    stop = min(len(mentions), k + _MOST_LISTED)
    while last + 1 < stop and mentions[last + 1].group == mention.group:
        last += 1
    return right_movement(words, mentions[last], lexicon) if last > k else None


def right_movement(words: Words, mention: Mention, lexicon: Lexicon) -> str | None:
    """Movement stated after the number: "12 percent higher", "a 141.7-percent jump", "25 percent year on year"."""
    low, j, stop = words.low, mention.right, min(len(words), mention.right + 4)
    if low[j : j + 1] == [")"]:
        j += 1
    hit = lexicon.grammar.comparisons.forward(low, j)
    if hit is None and low[j : j + 1] == [","]:
        hit = lexicon.grammar.comparisons.forward(low, j + 1)
    if hit is not None:
        return "either"
    for k in range(j, stop):
        word = low[k]
        if k == j and word in ("above", "over", "below"):
            if _is_base(words, mention, k + 1, lexicon):
                return "down" if word == "below" else "up"
            return None
        if k + 1 < len(words) and words.text[k + 1][0].isdecimal():
            return None  # "51% 47% Up 4 points": said of the next
        if k == j and word in ("rise", "fall", "cut") and _is_noun_here(words, mention, k, lexicon):
            return "up" if word == "rise" else "down"
        if k == j and (word in lexicon.grammar.classes["comparative_up"] or low[k : k + 2] == ["ahead", "of"]):
            return "up"
        is_short = low[k + 1 : k + 2] == ["of"] and word in lexicon.grammar.classes["short_of"]
        if k == j and (word in lexicon.grammar.classes["comparative_down"] or is_short):
            return "down"
        cue = lexicon.grammar.cues.forward(low, k)
        if cue is not None and cue[1].cue in ("up", "down") and (cue[1].form in ("noun", "adverb")):
            if k > j and low[k - 1] in ("of", "in", "the", "and", ","):
                return None
            return cue[1].cue
        if not word[:1].isalpha() and word != "-":
            return None
        if word in lexicon.grammar.ends_phrase and not (k == j and word == "in" and not _is_from(words, mention)):
            return None
    return None


def _is_from(words: Words, mention: Mention) -> bool:
    """ "Widened from 38.3% in cost cuts": what was left has moved nowhere."""
    return words.low[mention.left - 1 : mention.left] == ["from"]


def _is_noun_here(words: Words, mention: Mention, k: int, lexicon: Lexicon) -> bool:
    """ "A bigger-than-expected 28.9% rise", "posts 12% fall in sales": an article before or "in" behind tells."""
    if words.low[k + 1 : k + 2] == ["in"]:
        return True
    for before in range(mention.left - 1, max(-1, mention.left - _PHRASE), -1):
        word = words.low[before]
        if word in lexicon.grammar.classes["article"]:
            return True
        is_part = word == "-" or words.text[before + 1] == "-"  # the "than" of "bigger-than-expected"
        if not (word[0].isalpha() or word == "-") or (word in lexicon.grammar.ends_phrase and not is_part):
            return False
    return False


def is_month(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether token `k` is the name of a month: "to May", "below October"."""
    names = ("month_name", "month_word")
    return words.text[k].istitle() and any(words.low[k] in lexicon.grammar.classes[name] for name in names)


def _is_base(words: Words, mention: Mention, k: int, lexicon: Lexicon) -> bool:
    """Whether a time before begins at token `k`: "6.5% below October", "25 percent over 2023"."""
    low = words.low
    if k >= len(low):
        return False
    if low[k] in lexicon.grammar.classes["base_after"] or low[k].endswith("'s"):
        return True
    if is_month(words, k, lexicon):
        return True
    is_year = low[k].isdecimal() and len(low[k]) == _YEAR and low[k][0] in "12"
    is_span = low[k + 1 : k + 2] in (["-"], ["–"], ["to"], ["and"])
    levels = lexicon.grammar.cues.backward(low, mention.left)
    return is_year and not is_span and not (low[k - 1] == "over" and levels is not None and levels[1].cue == "level")


def context_moves(context: str, lexicon: Lexicon) -> bool:
    """Whether a header says that its cells are growth: "change", "growth", "year on year"."""
    if not context:
        return False
    low = Words(context).low
    for k in range(len(low)):
        if lexicon.grammar.comparisons.forward(low, k) is not None:
            return True
        cue = lexicon.grammar.cues.forward(low, k)
        if cue is not None and cue[1].cue in ("up", "down") and cue[1].form == "noun":
            return True
        if low[k] in lexicon.grammar.classes["header_change"]:
            return True
    return False
