"""Numbers that limit who or what is counted, and so are no statistics of their own: ages and sizes of firms; and how
sure one is of a figure.
"""

from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import LIMITS, Mention
from pipelines.vocabulary.words import Words

#: What stands behind an age.
OF_AGE = frozenset((
    ("of", "age"), ("age", "group"), ("age", "bracket"),
    ("or", "older"), ("and", "older"), ("or", "younger"), ("and", "younger"), ("and", "over"), ("or", "over"),
))  # fmt: skip
_AGE = "year"  # the unit of every age
_COUNTED = 4  # words before the verb in which those are counted that each have something
_SUBJECT = 8  # words before the verb in which the share stands
_HEAD = 5  # words before "of" in which "with" ties a class to its limit
_NO_SIZE = ("ratio", "points", "rank", "multiple")  # dimensions that say how many, not how big


def read_condition(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Mark what limits who is counted: "users under 40", "aged 18 to 24", "firms with revenue of 20 million"."""
    low, classes = words.low, lexicon.grammar.classes
    before = low[mention.left - 1] if mention.left else ""
    if low[mention.j : mention.j + 1] == ["s"] and words.is_glued(mention.j):
        _over_sixties(words, mention, lexicon)
        return
    bare = mention.unit is None or (mention.unit == _AGE and not mention.is_attributive)
    is_age = bare and mention.scale == 1 and 0 < mention.value < 120
    if is_age and _is_average_age(low[max(0, mention.left - 6) : mention.left], lexicon):
        mention.unit, mention.dimension = _AGE, "time"
        mention.rules.append("average age")
        return
    if mention.unit == _AGE and low[mention.right - 1] == "olds":  # "among 18-24 year-olds"
        mention.kind = "condition"
        mention.rules.append("age")
        return
    if is_age and mention.decimals == 0:
        aged = before in classes["age_cue"] and before != "old"
        aged = aged or (before == "of" and low[max(0, mention.left - 2) : mention.left - 1] in (["age"], ["ages"]))
        limited = before in classes["age_person"] and mention.bound in LIMITS and mention.unit is None
        tail = low[mention.right : mention.right + 3]
        olds = tail[:1] == ["old"] or tail[:3] == ["years", "of", "age"] or tuple(tail[:2]) in OF_AGE
        olds = olds or (
            before in ("of", "over")
            and low[mention.left - 2 : mention.left - 1] != []
            and low[mention.left - 2] in classes["age_person"]
            and (mention.bound != "=" or mention.high is not None)
        )
        aged = aged or (mention.high is not None and mention.unit is None and before in classes["age_person"])
        limited = limited or (mention.unit is None and _is_said_of_share(words, mention, lexicon))
        if aged or limited or olds:
            _limit_of_age(words, mention, lexicon)
            mention.unit, mention.dimension, mention.kind = _AGE, "time", "condition"
            mention.rules.append("age")
            return
    if mention.dimension == "ratio" and is_sureness(words, mention.right, lexicon):
        mention.kind = "condition"
        mention.rules.append("how sure")
        return
    if _limits_things(words, mention, lexicon) or _opens_class(words, mention, lexicon):
        mention.kind = "condition"
        mention.rules.append("limits what is counted")
        return
    if mention.dimension.startswith(("money", "currency")) and mention.bound in LIMITS:
        window = low[max(0, mention.left - 8) : mention.left]
        if "with" in window or "whose" in window:
            at = max((i for i, w in enumerate(window) if w in ("with", "whose")), default=-1)
            head = low[max(0, mention.left - len(window) + at - 3) : mention.left - len(window) + at]
            if set(head) & classes["condition_cue"]:
                mention.kind = "condition"
                mention.rules.append("limits who is counted")


def is_sureness(words: Words, j: int, lexicon: Lexicon) -> bool:
    """What stands at token `j` says how sure another figure is: 95% CI, at the 95% confidence level."""
    low, classes = words.low, lexicon.grammar.classes
    if low[j : j + 1] and low[j] in classes["sureness"]:
        return words.text[j].isupper()
    return j + 1 < len(words) and low[j] in classes["sure"] and low[j + 1] in classes["sure_range"]


def _is_said_of_share(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "74.6 percent were under 40", "most of them are over 60": how old those are of whom a share is told."""
    low, k = words.low, mention.left - 1
    if k < 1 or low[k] not in ("are", "were") or mention.bound not in LIMITS:
        return False
    said = low[max(0, k - _SUBJECT) : k]
    after = max((i for i, word in enumerate(said) if word in lexicon.grammar.classes["clause_joins"]), default=-1)
    return not lexicon.grammar.classes["told_share"].isdisjoint(said[after + 1 :])


def _limits_things(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Sites above 500 kW": how big those are that are spoken of."""
    low, k, grammar, classes = words.low, mention.left - 1, lexicon.grammar, lexicon.grammar.classes
    if mention.unit is None or mention.bound not in LIMITS:
        return False
    if mention.dimension.startswith("count"):
        return _says_whose(low, k, lexicon)
    if mention.dimension.startswith(_NO_SIZE):
        return False
    is_each = low[mention.right : mention.right + 1] == ["each"] and k >= 0
    if is_each and (low[k] in classes["of_each"] or any(w[0].isdigit() for w in low[max(0, k - _COUNTED) : k])):
        return True  # "36 items sold more than $1 billion each", not "Oxby and Ull had over 5 GW each"
    if low[mention.left] in classes["prefix_limit"]:  # sub-$200 phones
        return True
    if mention.is_attributive or k < 0 or low[mention.left] not in classes["limits"]:
        return False
    if low[k] != "those" and not lexicon.nouns.is_plural(low[k]):
        return False
    is_won = k > 0 and mention.dimension.startswith("money") and any(grammar.is_verb(w) for w in low[max(0, k - 2) : k])
    if is_won or ((cue := grammar.cues.backward(low, k + 1)) is not None and cue[1].cue == "change"):
        return False  # "has taken orders exceeding 800 million yuan", "Europe adds more than 45 TWh"
    is_amount = low[k] in classes["plural_modifier"] or low[k] in classes["amount_plural"]
    is_verb = grammar.is_verb(low[k]) or grammar.is_verb(low[k][:-1]) or low[k] in classes["verb_or_plural"]
    return not is_amount and not is_verb


def _opens_class(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Accounts with rates of 1,000 Mbps and above", "plants of 100 MW or more": where a class of things begins."""
    low, k, grammar = words.low, mention.left - 1, lexicon.grammar
    is_open = mention.bound in LIMITS and (mention.bound_text or "").lower().startswith(("and ", "or "))
    if not is_open or mention.unit is None or mention.dimension.startswith((*_NO_SIZE, "count", "money", "time")):
        return False
    if k < 1 or low[k] not in ("of", "at") or mention.is_attributive:
        return False
    before = low[max(0, k - _HEAD) : k]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in grammar.classes["class_with"]), -1)
    if at >= 0:  # "with a combined volume of 400 PB and more" tells how much there is
        return before[at + 1 : at + 2] not in (["a"], ["an"], ["the"], ["its"], ["their"])
    is_object = k > 1 and (low[k - 2] == "to" or grammar.is_verb(low[k - 2]) or grammar.is_verb(low[k - 2][:-1]))
    return low[k] == "of" and lexicon.nouns.is_plural(low[k - 1]) and not is_object


def _says_whose(low: list[str], k: int, lexicon: Lexicon) -> bool:
    """ "72 percent of firms with more than 250 employees": of which firms something is said."""
    if k < 2 or low[k] != "with":
        return False
    is_said_of = low[k - 2] in lexicon.grammar.classes["preposition"] and lexicon.nouns.is_plural(low[k - 1])
    return low[k - 1] == "those" or is_said_of


def _limit_of_age(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """ "Over the age of 15": the bound stands before the noun that the age belongs to."""
    k = mention.left - 3
    if mention.bound != "=" or k < 1 or words.low[k : mention.left] != ["the", "age", "of"]:
        return
    hit = lexicon.grammar.bounds_before.backward(words.low, k)
    if hit is not None and hit[1][0] == "before":
        first = k - hit[0]
        mention.bound, mention.bound_text = hit[1][1], words.source[words.start[first] : words.end[k - 1]]
        mention.bound_start = words.start[first]


def _is_average_age(before: list[str], lexicon: Lexicon) -> bool:
    """ "The median age is", "at an average age of": a figure of its own, which limits nobody."""
    at = before.index("age") if "age" in before else 0
    return at > 0 and before[at - 1] in lexicon.grammar.classes["averaged"] and len(before) - at < 5


def _over_sixties(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """ "The over-60s": all who are older; the words before the number are its bound."""
    limit = next(
        (k for k in (mention.i - 1, mention.i - 2) if words.low[k] in lexicon.grammar.classes["age_limit"]), -1
    )
    hit = lexicon.grammar.bounds_before.forward(words.low, limit)
    if limit < 0 or hit is None:
        return
    mention.bound, mention.bound_text = hit[1][1], words.text[limit]
    mention.left, mention.bound_start = limit, words.start[limit]
    mention.unit, mention.dimension, mention.kind = _AGE, "time", "condition"
    mention.right, mention.end = mention.j + 1, words.end[mention.j]
    mention.rules.append("age")


def is_of_one(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "Ana Lopez, 25, said", "a 71-year-old farmer": how old one person is, who stands for nobody else."""
    i, j, text, low = mention.left, mention.right, words.text, words.low
    if mention.unit == _AGE and mention.is_attributive and low[j - 1] == "old" and mention.high is None:
        return not any(lexicon.nouns.is_plural(word) for word in low[j : j + 1])
    if mention.bound != "=" or not 10 < mention.value < 110 or mention.form != "digits":
        return False
    if mention.kind == "condition" and low[i - 1 : i] == ["aged"] and mention.high is None and j == i + 1:
        i -= 1
    elif mention.unit is not None or j - i != 1:
        return False
    if i < 3 or text[i - 1] != "," or text[i - 2].isupper():
        return False
    is_named = text[i - 2][:1].isupper() and text[i - 3][:1].isupper()
    follows = text[j : j + 2]
    return is_named and (follows[:1] == ["."] or (follows[:1] == [","] and follows[1:] != [] and follows[1].isalpha()))
