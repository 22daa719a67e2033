"""What is said of a quantity: a level, a share, growth, a change, a ratio or a size, with its sign.

The nearest cue decides. "rose 15 percent to 1.4 trillion" is growth and a level; "increased by 17.3 million" a change.
The kinds of percentages, the longest rule, are in `percentages.py`; how a cue is found is in `movement.py`.
"""

from pipelines.catalogue.grammar import Cue
from pipelines.stages.quantities.comparisons import find_comparison, versus
from pipelines.stages.quantities.gapping import goes_on
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.movement import TO, is_month, is_point, left_cue, limits, move, nearest_movement
from pipelines.stages.quantities.multiples import folds, read_multiple_kind
from pipelines.stages.quantities.percentages import read_percentage
from pipelines.vocabulary.words import Words


def read_kind(
    words: Words, mentions: list[Mention], k: int, context: str, carried: str | None, lexicon: Lexicon
) -> None:
    """Set kind, sign, trend and versus of mention `k`. `context` is what governs a table row or list item; `carried`
    the kind of the last percentage before the sentence.
    """
    mention = mentions[k]
    if mention.kind:
        return
    if (
        mention.dimension != "ratio"
        and mention.form != "multiple"
        and not folds(words, mention, lexicon)
        and not (mention.dimension.startswith("money") and mention.scale > 1)  # "a 5-trillion-yuan industry"
        and (mention.is_attributive or _is_modifier(words, mention, lexicon))
        and not _is_mark(words, mention, lexicon)
    ):
        mention.kind = "size"
        return
    previous = mentions[k - 1] if k else None
    if previous is not None and previous.kind == "size" and words.low[previous.right : mention.left] == ["/"]:
        mention.kind = "size"
        return
    left_stop = previous.right if previous is not None else 0
    if mention.dimension == "multiple":
        read_multiple_kind(words, mention, left_stop, lexicon)
    elif mention.dimension == "ratio" or is_point(mention):
        read_percentage(words, mentions, k, left_stop, context, carried, lexicon)
    else:
        _absolute(words, mention, previous, left_stop, lexicon)
    kind: str = mention.kind
    if kind in ("growth", "change"):
        mention.versus = mention.versus or versus(words, mention, left_stop, mentions, k, lexicon)
        if mention.versus is None and context:
            mention.versus = find_comparison(Words(context), 0, 1 << 30, lexicon)


def _is_mark(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Past the 5-GW mark": what is passed or missed is an amount, no size of something."""
    return (
        words.low[mention.right : mention.right + 1] != []
        and words.low[mention.right] in lexicon.grammar.classes["mark_noun"]
    )


def _is_modifier(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "a 28nm line", "a 300 MW wind farm": a measure between an article and its noun."""
    if (
        mention.noun_start >= 0
        or mention.unit is None
        or mention.dimension.startswith(("money", "count", "points", "rank"))
    ):
        return False
    before = words.low[mention.left - 1] if mention.left else ""
    after = words.low[mention.right] if mention.right < len(words) else ""
    if _names_by_size(words, mention, lexicon):
        return True
    return before in ("a", "an") and (after[:1].isalpha() or after == "/") and after not in lexicon.grammar.ends_phrase


def _names_by_size(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "3nm chips", "3nm/2nm chips": lengths right before what is named by them."""
    low, j = words.low, mention.right
    while (
        low[j : j + 1] in (["/"], ["-"])
        and j + 2 < len(words)
        and words.text[j + 1][0].isdecimal()
        and j < mention.right + 9
    ):
        j += 3
    return mention.dimension == "length" and not lexicon.grammar.classes["named_by_size"].isdisjoint(low[j : j + 1])


def _absolute(words: Words, mention: Mention, previous: Mention | None, left_stop: int, lexicon: Lexicon) -> None:
    """Counts, money and physical units: a change where "by", a verb of movement or "added" governs them."""
    low = words.low
    if (
        previous is not None
        and previous.group is not None
        and previous.group == mention.group
        and previous.kind == "change"
    ):
        mention.kind, mention.trend, mention.versus = previous.kind, previous.trend, previous.versus
        return
    if mention.dimension != "time" and ({"more", "fewer"} & set(mention.rules[-2:])):
        mention.kind = "change"
        move(mention, "down" if "fewer" in mention.rules else "up")
        return
    after = lexicon.grammar.cues.forward(low, mention.right)
    if after is not None and after[1].cue == "change" and after[1].form == "after":
        mention.kind, mention.trend = "change", "up"
        return
    compared = _compared(words, mention, lexicon)
    if compared is None and mention.is_signed and _can_be_added(mention):
        compared = "up" if words.text[mention.left] == "+" else _taken_off(words, mention, previous)
    if compared is not None:
        mention.kind = "change"
        move(mention, compared)
        return
    cue = left_cue(words, mention.left, left_stop, lexicon)
    if cue is not None and cue[0].cue == "rate":  # "raised its key rate by a quarter point"
        cue = left_cue(words, cue[1], left_stop, lexicon)
    if cue is not None and (cue[0].form == "after" or _falls_short(words, mention)):
        cue = None
    if cue is not None and _is_particle(low, cue, mention, lexicon):
        cue = None
    if cue is None:
        direction = _goes_on_moving(words, mention, previous, lexicon)
        if direction is not None:
            mention.kind = "change"
            move(mention, direction)
    else:
        what, _, last = cue
        gap = low[last : mention.left]
        if what.cue in ("up", "down"):
            if what.form == "by" and what.cue == "down" and not gap and mention.dimension[:5] in ("", "count"):
                mention.kind = "change"
                move(mention, "down")
            elif (gap and (gap[-1] in TO or gap[0] in TO)) or limits(mention, lexicon):
                mention.trend = what.cue
            elif what.form == "by" and not _is_by(words, last, mention.left, lexicon):
                pass
            elif (
                _is_by(words, last, mention.left, lexicon)
                or gap == ["of"]
                or (not gap and what.form != "noun")
                or (not gap and what.form == "noun" and _is_verb_here(low, last, lexicon))
            ):
                mention.kind = "change"
                move(mention, what.cue)
        elif what.form == "tally" and _is_perfect(low, cue[1]):
            pass
        elif what.cue == "change" and what.form != "after" and (_near_enough(gap) or gap[-1:] == [":"]):
            mention.kind = "change"
            phrase = low[cue[1] : last]
            move(mention, "down" if not lexicon.grammar.classes["decrease"].isdisjoint(phrase) else "up")
        elif what.cue == "level" and not gap and (direction := _movement_is(words, cue[1], left_stop, lexicon)):
            mention.kind = "change"
            move(mention, direction)
    mention.kind = mention.kind or "level"


def _falls_short(words: Words, mention: Mention) -> bool:
    """ "Would fall 900 GW or so short": what is missing from a goal, no fall."""
    tail = [word for word in words.low[mention.right : mention.right + 3] if word not in ("or", "so")]
    return tail[:1] == ["short"]


_BRACKET = 7  # words of a short bracket
_ADDED = ("count", "money", "power", "energy", "mass")  # dimensions of what is added to


def _taken_off(words: Words, mention: Mention, previous: Mention | None) -> str | None:
    """ "Fell by 7.9% (-133 thousand)", "was 6.0% (-0.3 points)": in brackets, by how much the figure before fell."""
    if previous is None or words.low[previous.right : mention.left] != ["("]:
        return None
    if previous.is_signed and previous.value < 0:
        return None
    is_same = mention.unit in (None, previous.unit) or previous.dimension in ("ratio", "")
    return "down" if is_same and words.low[mention.right : mention.right + 1] in ([")"], [","], [";"]) else None


def _can_be_added(mention: Mention) -> bool:
    """Whether a printed plus says what came on top, "270 million (+6.9 million)", no sign of a temperature."""
    return mention.dimension.startswith(_ADDED) or (not mention.dimension and mention.scale > 1)


def _goes_on_moving(words: Words, mention: Mention, previous: Mention | None, lexicon: Lexicon) -> str | None:
    """The direction that a number takes over: "went up to 118, i.e. by 23", "added 19 users and Airtel 12"."""
    if previous is None:
        return None
    before = words.low[max(0, mention.left - 2) : mention.left]
    if before[-1:] == ["by"] and not lexicon.grammar.is_verb(before[0]):
        is_told = previous.kind in ("growth", "change")
        return nearest_movement(words, mention.left, 0, lexicon) or (previous.trend if is_told else None)
    if previous.kind == "growth" and words.low[previous.right : mention.left] in ([",", "or"], ["or"]):
        return previous.trend or "up"  # "grew by 29%, or 474 TWh"
    is_alike = mention.unit in (None, previous.unit)
    if previous.kind == "change" and is_alike and goes_on(words, previous, mention, lexicon):
        return previous.trend
    return None


def _compared(words: Words, mention: Mention, lexicon: Lexicon) -> str | None:
    """ "3.39 million fewer than at the end of 2024", "0.3 hours longer than", "25.58 million up": a difference."""
    right = _past_bracket(words, mention.right)
    tail = words.low[right : right + 2]
    if not tail or tail[0] in ("above", "below"):
        return None
    direction = None
    if tail[0] in lexicon.grammar.classes["comparative_up"]:
        direction = "up"
    elif tail[0] in lexicon.grammar.classes["comparative_down"]:
        direction = "down"
    ends = len(tail) == 1 or tail[1] in (".", ",", ";", ")")
    ends = ends or tail[1] in (("from", "on") if tail[0] in ("up", "down") else ("than",))
    return direction if ends else None


def _movement_is(words: Words, verb: int, left_stop: int, lexicon: Lexicon) -> str | None:
    """The direction of a movement that is the subject of a verb: "the increase was 3 million", "the drop came to"."""
    cue = left_cue(words, verb, left_stop, lexicon)
    if cue is None or cue[0].form != "noun" or cue[2] != verb:
        return None
    if cue[0].cue == "change":
        return "up"
    return cue[0].cue if cue[0].cue in ("up", "down") else None


def _past_bracket(words: Words, j: int) -> int:
    """The token behind a short bracket that opens at token `j`: £58m (0.8%) less than a year ago."""
    if words.text[j : j + 1] != ["("]:
        return j
    return next((k + 1 for k in range(j, min(len(words), j + _BRACKET)) if words.text[k] == ")"), j)


def _is_particle(low: list[str], cue: tuple[Cue, int, int], mention: Mention, lexicon: Lexicon) -> bool:
    """ "brought down 300 trees", "set up 40 clinics": the word belongs to a verb that moves no count."""
    what, first, last = cue
    if what.cue not in ("up", "down") or last - first > 2 or low[last - 1] not in ("up", "down"):
        return False
    verb, grammar = low[last - 2] if last > 1 else "", lexicon.grammar
    is_other = grammar.is_verb(verb) and verb not in grammar.classes["auxiliary"] | grammar.classes["change_verb"]
    return is_other and mention.dimension.startswith("count")


def _is_by(words: Words, start: int, stop: int, lexicon: Lexicon) -> bool:
    """ "Raised its key rate by": not "fell in towns visited by", where "by" names who did it."""
    if stop <= start or words.low[stop - 1] != "by":
        return False
    return stop - start < 2 or is_month(words, stop - 2, lexicon) or not lexicon.grammar.is_verb(words.low[stop - 2])


def _is_verb_here(low: list[str], last: int, lexicon: Lexicon) -> bool:
    """A word that is noun or verb ("gain", "drop") is a verb here unless an article or adjective stands before it."""
    before = low[last - 2] if last > 1 else ""
    return before not in lexicon.grammar.classes["article"]


def _is_perfect(low: list[str], verb: int) -> bool:
    """ "had signed up", "has put up masts and signed up": the perfect tense tells what has come together so far."""
    for word in reversed(low[max(0, verb - 10) : verb]):
        if word in (".", ";"):
            return False
        if word in ("had", "has", "have"):
            return True
    return False


def _near_enough(gap: list[str]) -> bool:
    return len(gap) <= 2 and not set(gap) & {"to", "at", "from", "and", ","}
