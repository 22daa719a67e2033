"""Multiples: "2.5-fold", "four times", "3x", "doubled", "twice the"; and whether one is growth or a ratio.

"increased 3 times" is four times the base; "four times as high" is a ratio.
"""

from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.movement import TO, left_cue
from pipelines.stages.quantities.numbers import read_number
from pipelines.stages.quantities.powers import multiplies
from pipelines.vocabulary.quantity import Ignored
from pipelines.vocabulary.words import Words

_REACH = 8  # words before a ratio in which it is called one


_TIMES = frozenset(("fold", "times", "×"))


def read_times(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """2.5-fold, four times, 3x: a multiple."""
    j, low = mention.right, words.low
    k = j + 1 if low[j : j + 1] == ["-"] and words.is_glued(j) else j
    if k < len(low) and (low[k] in _TIMES or (low[k] == "x" and words.is_glued(k))):
        if low[k] in "x×" and multiplies(words, k + 1):
            return
        is_ago = low[k + 3 : k + 4] != [] and low[k + 3] in lexicon.grammar.classes["span_after"]
        if (
            low[k] == "times"
            and low[k + 1 : k + 2]
            and low[k + 1] in lexicon.grammar.classes["times_per"]
            and not is_ago
        ):
            return
        if low[k] == "times" and _counts_events(words, mention, k + 1, lexicon):
            return
        mention.unit, mention.dimension, mention.right, mention.end = "x", "multiple", k + 1, words.end[k]
        mention.rules.append("multiple")


def _counts_events(words: Words, mention: Mention, j: int, lexicon: Lexicon) -> bool:
    """ "Has been streamed over 3 million times", "was arrested 12 times": how often, where something was done that
    moves no figure and nothing is compared.
    """
    low, grammar = words.low, lexicon.grammar
    follows, classes = low[j] if j < len(words) else "", grammar.classes
    if follows in classes["ratio_after"] or follows in classes["greater"]:
        return False
    if follows[:1].isalnum() and follows not in grammar.ends_phrase and follows not in classes["rank_scope"]:
        return False
    bound = grammar.bounds_before.backward(low, mention.left)
    k = mention.left - (bound[0] if bound is not None else 0)
    verb = low[k - 1] if k else ""
    is_done = k > 1 and low[k - 2] in grammar.classes["passive"] and grammar.is_verb(verb)
    is_whole = mention.value == mention.value.to_integral_value()
    return is_done and is_whole and verb not in grammar.classes["multiplied"] and not _moves(verb, lexicon)


def _moves(verb: str, lexicon: Lexicon) -> bool:
    cue = lexicon.grammar.cues.forward([verb], 0)
    return cue is not None and cue[1].cue in ("up", "down")


def read_multiple(words: Words, i: int, lexicon: Lexicon) -> Mention | tuple[Ignored, int] | None:
    """Doubled, tripled, twice the, halved: a multiple without a number."""
    low = words.low
    word, after, classes = low[i], low[i + 1 : i + 2], lexicon.grammar.classes
    if word in classes["multiple_ratio"]:
        if after and (after[0] not in classes["ratio_after"] or _is_conjunction(words, i + 1, lexicon)):
            return Ignored(words.start[i], words.end[i], "idiom"), i + 1
    elif word in classes["multiple_base_form"]:
        before = low[i - 1] if i else ""
        verb_before = before in classes["multiple_before"]
        object_after = bool(after) and after[0] in classes["multiple_after"]
        if word == "halves" or not (verb_before or object_after) or (after[:1] == ["-"]):
            return Ignored(words.start[i], words.end[i], "idiom"), i + 1
    return Mention(
        start=words.start[i], end=words.end[i], i=i, j=i + 1, value=lexicon.grammar.multiples[word], form="multiple",
        digits=2, left=i, right=i + 1, unit="x", dimension="multiple", rules=["multiple word"],
    )  # fmt: skip


def read_to_one(words: Words, i: int, lexicon: Lexicon) -> Mention | None:
    """ "A ratio of 14:1", "outnumber them three to one": so many times the other."""
    if i + 2 >= len(words) or words.low[i + 2] not in ("1", "one") or words.low[i + 1] not in (":", "to"):
        return None
    if words.low[i + 1] == ":" and not (words.is_glued(i + 1) and words.is_glued(i + 2)):
        return None
    number = read_number(words, i, lexicon.grammar, has_currency=False)
    if number is None or number.j != i + 1 or number.scale != 1:
        return None
    near = words.low[max(0, i - _REACH) : i] + words.low[i + 3 : i + 4]  # a 3:1 mix
    if lexicon.grammar.classes["proportion_cue"].isdisjoint(near):
        return None
    return Mention(
        start=words.start[i], end=words.end[i + 2], i=i, j=i + 3, value=number.value, form=number.form,
        digits=number.digits, decimals=number.decimals, left=i, right=i + 3, unit="x", dimension="multiple",
        kind="ratio", rules=["ratio to one"],
    )  # fmt: skip


def _is_conjunction(words: Words, j: int, lexicon: Lexicon) -> bool:
    """ "scored twice as United won": "as" brings in a clause, no comparison, where a name or pronoun follows."""
    if words.low[j] != "as" or j + 1 >= len(words):
        return False
    return words.text[j + 1][0].isupper() or words.low[j + 1] in lexicon.grammar.classes["article"]


def folds(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "A 1,000-fold increase": a multiple that says how much something moves."""
    if mention.dimension != "multiple" or "fold" not in words.low[mention.i : mention.right]:
        return False
    cue = lexicon.grammar.cues.forward(words.low, mention.right)
    return cue is not None and cue[1].cue in ("up", "down")


def read_multiple_kind(words: Words, mention: Mention, left_stop: int, lexicon: Lexicon) -> None:
    """ "doubled", "2.5-fold", "increased 3 times" (four times the base), "four times as high"."""
    low, j = words.low, mention.right
    cue = left_cue(words, mention.left, left_stop, lexicon)
    moves = cue is not None and cue[0].cue in ("up", "down")
    gap = low[cue[2] : mention.left] if cue is not None else []
    if mention.form == "multiple":
        mention.kind = "ratio" if low[mention.i] in lexicon.grammar.classes["multiple_ratio"] else "growth"
        mention.trend = "down" if mention.value < 1 else "up"
        return
    following = low[j : j + 2]
    noun = lexicon.grammar.cues.forward(low, j)
    if (
        noun is not None
        and noun[1].cue in ("up", "down")
        and (noun[1].form == "noun" or folds(words, mention, lexicon))
    ):
        mention.kind, mention.trend = "growth", noun[1].cue
    elif moves and cue is not None and not (gap and gap[-1] in TO) and len(gap) <= 3:
        mention.kind, mention.trend = "growth", cue[0].cue
        if "times" in low[mention.i : j] and cue[0].cue == "up" and cue[0].form in ("verb", "adverb"):
            mention.value += 1
            mention.rules.append("increased N times is N + 1 times the base")
    else:
        mention.kind = "ratio"
        if following[:1] and following[0] in lexicon.grammar.classes["greater"]:
            mention.rules.append("comparison")
