"""What an English number counts: the noun phrase after it, from the number to the first plural.

"42 ten-thousand-card clusters" counts clusters; "1,200 of its 5,000 workers" workers. Units are in `measures.py`.
"""

from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention, take
from pipelines.vocabulary.words import Words

_LONG = 3  # digits that are no model behind its name
_MODIFIERS = 6  # words behind "and" in which the plural stands that both modifiers belong to
MAX_PHRASE = 8  # words from a number to the head of its counted noun


def read_noun(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """The counted noun: from the number to the first plural, over modifiers ("42 ten-thousand-card ... clusters")."""
    j, hyphen = mention.right, False
    low = words.low
    if j + 1 < len(words) and words.text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1):
        if low[j + 1][0].isalpha() and low[j + 1] not in lexicon.grammar.ends_phrase:
            hyphen, head = True, j + 2
            while (
                head + 1 < len(words)
                and head - j < MAX_PHRASE
                and words.text[head] == "-"
                and words.is_glued(head)
                and words.is_glued(head + 1)
            ):
                head += 2
            mention.is_attributive = True
            mention.noun_start, mention.noun_end = words.start[j + 1], words.end[head - 1]
            take(words, mention, lexicon.nouns.code_of(low[j + 1 : head]), head, "noun after hyphen")
        return
    if words.text[j : j + 1] == ["+"] and words.is_glued(j):
        j += 1
    if low[j : j + 1] == ["of"] and mention.value >= 2:
        _part_of_group(words, mention, lexicon)
        return
    if j < len(low) and low[j] in "x×" and words.is_glued(j):
        return
    first = j
    bound = lexicon.grammar.bounds_after.forward(low, j) if low[j : j + 1] == ["or"] else None
    if bound is not None:  # "20 or more employees"
        head = noun_head(words, j + bound[0], lexicon, is_singular=False)
        if head >= 0:
            mention.unit = lexicon.nouns.code_of(low[j + bound[0] : head + 1])
            mention.rules.append("counted noun behind its bound")
        return
    if j < len(low) and low[j] in ("more", "fewer"):
        j += 1
    head = noun_head(words, j, lexicon, is_singular=mention.value == 1 or 0 < mention.value < 1)
    head = j if head < 0 and _agrees(words, j, mention, lexicon) else head
    if head < 0 and _is_part_of_name(words, j, mention, lexicon):
        mention.is_attributive = True
        mention.noun_start, mention.noun_end = words.start[j], words.end[j]
        take(words, mention, lexicon.nouns.code_of(low[j : j + 1]), j + 1, "noun before its thing")
        return
    if head < 0 or hyphen:
        return
    if low[head] in lexicon.grammar.classes["forecaster"] and _foresee(words, head + 1, lexicon):
        return
    if first != j:
        mention.rules.append("fewer" if low[first] == "fewer" else "more")
    mention.noun_start, mention.noun_end = words.start[j], words.end[head]
    if low[head] in lexicon.grammar.classes["measure_noun"] and low[head + 1 : head + 2] == ["of"]:
        inner = noun_head(words, head + 2, lexicon, is_singular=False)
        stop = inner if inner >= 0 else head + 2
        if stop < len(words) and low[stop][0].isalpha():
            code = lexicon.nouns.code_of(low[head : stop + 1])
            if "_of_" in code or not code:
                code = lexicon.nouns.code_of(low[head + 2 : stop + 1])
            take(words, mention, code, head + 1, "counted noun after of")
            return
    take(words, mention, lexicon.nouns.code_of(low[j : head + 1]), head + 1, "counted noun")


def _is_part_of_name(words: Words, j: int, mention: Mention, lexicon: Lexicon) -> bool:
    """ "A 12 page document", "the 3 bedroom house": the singular of a counted noun before what has so many."""
    low, grammar, nouns = words.low, lexicon.grammar, lexicon.nouns
    if j + 1 >= len(words) or mention.value < 2 or mention.scale != 1 or not mention.left:
        return False
    if low[mention.left - 1] not in grammar.classes["article"] or low[j] in grammar.ends_phrase:
        return False
    is_known = low[j].isalpha() and words.text[j].islower() and nouns.code_of((low[j] + "s",)) in nouns.known
    return is_known and low[j + 1].isalpha() and words.text[j + 1].islower() and low[j + 1] not in grammar.ends_phrase


def behind_forecaster(words: Words, mention: Mention, lexicon: Lexicon) -> tuple[int, bool]:
    """The token behind a figure and who foresaw it, and whether they are named: "2% that analysts | had forecast"."""
    low, j = words.low, mention.right
    j = j + 1 if low[j : j + 1] in (["that"], ["which"]) else j
    is_named = not lexicon.grammar.classes["forecaster"].isdisjoint(low[j : j + 1])
    return j + is_named, is_named


def _foresee(words: Words, j: int, lexicon: Lexicon) -> bool:
    """ "Beating the 380,000 analysts had expected": who foresaw a figure is not what it counts."""
    k = j + 1 if words.low[j : j + 1] in (["had"], ["have"]) else j
    return not lexicon.grammar.classes["foresaw"].isdisjoint(words.low[k : k + 1])


def _agrees(words: Words, j: int, mention: Mention, lexicon: Lexicon) -> bool:
    """ "eight changes", "three wins": behind a number above one a word in -s is a plural, though it may be a verb,
    for a verb would have no -s. Behind a name ("the 737 makes") it may.
    """
    if j >= len(words) or mention.value <= 1 or mention.form not in ("digits", "words"):
        return False
    is_verb = words.low[j] in lexicon.grammar.classes["verb"] and lexicon.nouns.is_plural(words.low[j])
    before = words.text[mention.left - 1] if mention.left else ""
    return is_verb and (mention.form == "words" or not (before[:1].isupper() or before in ("the", "a", "an")))


def _part_of_group(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """ "Ten of the 15 members", "1,200 of its 5,000 workers": what the group consists of is counted; "of"
    stays outside.
    """
    low, j = words.low, mention.right + 1
    if j >= len(words):
        return
    if low[j] in lexicon.grammar.classes["definite"]:
        j += 1
    elif not words.text[j][0].isdecimal() and low[j] not in lexicon.grammar.cardinals:
        return
    while j < len(words) and (words.text[j][0].isdecimal() or low[j] in lexicon.grammar.cardinals):
        j += 1
    head = noun_head(words, j, lexicon, is_singular=False)
    if head >= 0:
        mention.unit = lexicon.nouns.code_of(low[j : head + 1])
        mention.rules.append("noun of the group")


def _is_foremost(words: Words, k: int, lexicon: Lexicon) -> bool:
    """The "most" of "the 20 most expensive restaurants", the "least" of "10 least developed countries"."""
    follows = words.low[k + 1] if k + 1 < len(words) else ""
    return (
        words.low[k] in ("most", "least")
        and follows[:1].isalpha()
        and follows not in lexicon.nouns.plurals
        and (follows not in lexicon.grammar.ends_phrase or follows.endswith("ed"))
    )


def _describes(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether a word that can be of a noun phrase stands at token `k`."""
    return k < len(words) and words.low[k][0].isalpha() and words.low[k] not in lexicon.grammar.ends_phrase


def _joins_modifiers(words: Words, k: int, lexicon: Lexicon) -> bool:
    """The "and" of "300 British and American soldiers", "500 small and medium enterprises", "600 sales and service
    outlets": before it stands no head, for that would be a plural, and behind it a modifier and a plural.
    """
    low, nouns, classes = words.low, lexicon.nouns, lexicon.grammar.classes
    if low[k] not in ("and", "or", "&") or k + 2 >= len(words):
        return False
    before = low[k - 1] if low[k - 1] != "-" else low[k - 2]
    if (
        not before[0].isalpha()
        or before.endswith("ly")
        or (before in classes["weekday"] or before in classes["month_name"])
    ):
        return False
    is_plural = nouns.is_plural(before)
    if is_plural and before not in classes["plural_modifier"]:
        return False
    return (is_plural or nouns.code_of((before,)) not in nouns.known) and _modifies_next(words, k + 1, lexicon)


def _modifies_next(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether a modifier stands at token `k`, and a plural within two words of it."""
    low, nouns = words.low, lexicon.nouns
    for at in range(k, min(len(words), k + _MODIFIERS)):
        if not (low[at][0].isalpha() or low[at] == "-") or low[at] in lexicon.grammar.ends_phrase:
            return False
        if nouns.is_plural(low[at]):
            return at > k
    return False


def noun_head(words: Words, j: int, lexicon: Lexicon, is_singular: bool) -> int:
    """The token of the head of the noun phrase that begins at `j`, or -1: the first plural before the phrase ends."""
    low, text, grammar, nouns = words.low, words.text, lexicon.grammar, lexicon.nouns
    last_word, modifier, k, stop = -1, -1, j, min(len(words), j + MAX_PHRASE + 6)
    count = 0
    if (
        low[j : j + 1]
        and low[j] in grammar.cardinals
        and not grammar.classes["time_unit"].isdisjoint(low[j + 1 : j + 2])
    ):
        return -1  # "from 2.1 million two years earlier"
    while k < stop and count < MAX_PHRASE:
        token = low[k]
        if k == j and token in grammar.classes["how_often"] and _describes(words, k + 1, lexicon):
            k += 1  # 400 million weekly active users
            continue
        if (k == j and _is_foremost(words, k, lexicon)) or (k > j and _joins_modifiers(words, k, lexicon)):
            k += 1
            continue
        if 0 <= modifier == k - 1 and token in grammar.classes["measure_noun"] and nouns.is_plural(token):
            return k  # 35,000 data sets
        joined_on = k + 1 < len(words) and text[k + 1] == "-" and words.is_glued(k + 1) and words.is_glued(k + 2)
        if token in grammar.ends_phrase and not joined_on and not (k > j and text[k - 1] == "-" and words.is_glued(k)):
            break
        if text[k] == "-" or text[k] == "/":
            is_left_open = words.is_glued(k) and low[k + 1 : k + 2] in (["and"], ["or"])  # full- and part-time workers
            if not (words.is_glued(k) and (is_left_open or words.is_glued(k + 1))):
                break
        elif text[k] in "\"'“”‘’":
            pass
        elif text[k][0].isdecimal():
            is_of_name = k > j and text[k - 1][0].isupper() and len(text[k]) < _LONG and low[k + 1 : k + 2] != []
            if not words.is_glued(k + 1) and not (k > j and words.is_glued(k)) and not is_of_name:
                break  # 63,000 Model 3 sedans go on
        elif token[0].isalpha():
            count += 1
            if nouns.is_plural(token) and not joined_on:
                if token not in grammar.classes["plural_modifier"] and nouns.singular(token) != token:
                    return k
                modifier = k  # of a plural behind it, else the head itself
            elif not joined_on:
                last_word = k
        else:
            break
        k += 1
    if modifier >= 0:
        return modifier
    if is_singular and last_word >= 0 and k - j <= MAX_PHRASE:
        return last_word
    return -1
