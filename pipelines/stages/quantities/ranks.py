"""Ranks: "ranking second globally", "No. 2 in the world", "third-largest", "first place nationwide".

An ordinal is a rank only where the words around it make it one; every other ordinal is ignored as a sequence.
"""

from decimal import Decimal

from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.movement import is_month
from pipelines.vocabulary.words import Words

_MOVED = 4  # words between a verb of movement and where it leads
_ORDER = 20  # words before a place in which the order is told
_LONGEST_NAME = 8  # words of a place in which one is first
_WORLD = ("world", "globe", "planet", "earth")


def read_rank(words: Words, i: int, lexicon: Lexicon) -> Mention | None:
    """The rank that the ordinal (or "No. 2") at token `i` states, or None."""
    grammar, low = lexicon.grammar, words.low
    value, j = _ordinal(words, i, lexicon)
    if value is None:
        return None
    is_numbered = low[i] in ("no", "no.", "number", "#", "nos", "№")
    end = j
    if low[j : j + 1] == ["-"] and j + 1 < len(low) and low[j + 1] in grammar.classes["superlative"]:
        end = j + 2
        return _rank(words, i, end, end, value, scope_near(words, i, end, lexicon), "ordinal and superlative")
    if low[j : j + 1] == ["most"] and j + 1 < len(low) and _is_quality(low[j + 1], lexicon):
        return _rank(words, i, j, j + 2, value, scope_near(words, i, j + 2, lexicon), "ordinal and superlative")
    if j < len(low) and low[j] in grammar.classes["superlative"] and low[j] != "most":
        return _rank(words, i, j, j + 1, value, scope_near(words, i, j + 1, lexicon), "ordinal and superlative")
    if j < len(low) and low[j] in grammar.classes["rank_noun"] and not low[j].startswith("ranking"):
        end = j + 1
    scope, scope_end = scope_after(words, end, lexicon)
    verb = i > 0 and low[i - 1] in grammar.classes["rank_verb"]
    ranked = i > 0 and (
        low[i - 1].startswith("rank")
        or low[max(0, i - 2) : i]
        in (["ranked", "at"], ["ranks", "as"], ["came", "in"], ["ranked", "as"], ["ranking", "as"])
    )
    if is_numbered and (scope or ranked or verb or end > j):
        return _rank(words, i, j, scope_end if scope else end, value, scope, "number and scope")
    if is_numbered:
        return None
    if ranked or (scope and (end > j or verb or scope_end > end)):
        if not ranked and end == j and scope_end == end:
            return None
        return _rank(words, i, j, scope_end if scope else max(end, j), value, scope, "ordinal and scope")
    if end > j and (verb or _is_fought_over(words, i, lexicon)):
        return _rank(words, i, j, end, value, None, "ordinal and place")
    if _is_moved_to(words, i, j, lexicon) or _is_runner_up(words, i, j, lexicon):
        return _rank(words, i, j, j, value, None, "ordinal that is reached")
    is_told = verb and low[i - 1] not in grammar.classes["preposition"]
    if is_told and low[i] in grammar.ordinals and _is_first_with(words, j, lexicon):
        return _rank(words, i, j, j, value, None, "ordinal and what in")
    return None


def _is_fought_over(words: Words, i: int, lexicon: Lexicon) -> bool:
    """ "Overtook Motorola for second place", "Third place went to Chile": no article makes a place of another kind."""
    return (
        i == 0
        or words.low[i - 1] in (",", ";", "and", "but")
        or words.low[i - 1] in lexicon.grammar.classes["rank_for"]
    )


def _is_moved_to(words: Words, i: int, j: int, lexicon: Lexicon) -> bool:
    """ "Slipped to fifth", "rose two places to 38th", "up from seventh", "finished fourth": the ordinal ends its phrase
    behind a verb of movement or of coming in.
    """
    low, classes = words.low, lexicon.grammar.classes
    is_left = low[i - 1 : i] == ["from"] and low[j : j + 1] == ["to"] and low[j + 1 : j + 2] != []
    if is_left and low[j + 1] in lexicon.grammar.ordinals:  # "from sixth to third"
        return _ends_here(low, j + 2, lexicon) and any(
            _moves(low, k, lexicon) for k in range(max(0, i - 1 - _MOVED), i - 1)
        )
    if i == 0 or not _ends_here(low, j, lexicon):
        return False
    if low[i - 1] in classes["comes_in"] and low[i] not in ("first", "1"):  # who came first may have come early
        return True
    if low[i - 1] not in ("to", "into", "from"):
        return False
    return any(_moves(low, k, lexicon) for k in range(i - 2, max(-1, i - 2 - _MOVED), -1))


def _moves(low: list[str], k: int, lexicon: Lexicon) -> bool:
    if low[k] in lexicon.grammar.classes["change_verb"]:
        return True
    hit = lexicon.grammar.cues.forward(low, k)
    return hit is not None and hit[1].cue in ("up", "down")


def _is_quality(word: str, lexicon: Lexicon) -> bool:
    """The "visited" of "the ninth most visited website", the "populous" of "the second most populous state"."""
    is_passive = lexicon.grammar.is_verb(word) and word not in lexicon.grammar.classes["auxiliary"]
    return word[0].isalpha() and (is_passive or word not in lexicon.grammar.ends_phrase)


def _is_runner_up(words: Words, i: int, j: int, lexicon: Lexicon) -> bool:
    """ "Followed by Denmark in second", "with Volvo third", "HP was in second with 20%": who comes where."""
    low = words.low
    if i < 2 or not _ends_here(low, j, lexicon):
        return False
    if low[i - 1] == "in" and low[j : j + 1] in (["with"], ["at"]) and words.text[j + 1 : j + 2]:
        return words.text[j + 1][0].isdecimal()
    name = words.text[i - 2] if low[i - 1] == "in" else words.text[i - 1]
    if not name[0].isupper() or is_month(words, i - 1, lexicon):
        return False
    return not lexicon.grammar.classes["order_of"].isdisjoint(low[max(0, i - _ORDER) : i])


def _ends_here(low: list[str], j: int, lexicon: Lexicon) -> bool:
    """Whether no noun goes on behind an ordinal, and no other ordinal that it is told together with."""
    if j >= len(low):
        return True
    if low[j] in ("and", "or") and low[j + 1 : j + 2] != [] and low[j + 1] in lexicon.grammar.ordinals:
        return False
    return low[j] in lexicon.grammar.classes["after_rank"] or not (low[j][0].isalnum() or low[j] == "-")


def _is_first_with(words: Words, j: int, lexicon: Lexicon) -> bool:
    """ "Guangdong was first with 32 billion GB", "Atlanta was second in net absorption": by how much, in what."""
    low, classes = words.low, lexicon.grammar.classes
    after = low[j] if j + 1 < len(low) else ""
    if after in ("with", "at") or (after == "," and low[j + 1] in ("with", "at")):
        return True
    nxt = low[j + 1] if j + 1 < len(low) else ""
    is_what = nxt[:1].isalpha() and nxt not in lexicon.grammar.ends_phrase and nxt not in classes["span_unit"]
    return after in ("in", "by") and is_what and words.text[j + 1][0].islower()


def _ordinal(words: Words, i: int, lexicon: Lexicon) -> tuple[int | None, int]:
    low, text = words.low, words.text
    if low[i] in ("no", "number", "#", "№", "nos"):
        j = i + 1
        if j < len(low) and low[j] == ".":
            j += 1
        if j < len(low) and text[j].isdecimal() and len(text[j]) < 4:
            return int(text[j]), j + 1
        if low[i] == "number" and j < len(low) and lexicon.grammar.cardinals.get(low[j], ("",))[0] == "unit":
            return int(lexicon.grammar.cardinals[low[j]][1]), j + 1
        return None, i
    if (
        text[i].isdecimal()
        and len(text[i]) < 4
        and low[i + 1 : i + 2]
        and low[i + 1] in lexicon.grammar.classes["ordinal_ending"]
        and words.is_glued(i + 1)
    ):
        return int(text[i]), i + 2
    if low[i] in lexicon.grammar.ordinals:
        return lexicon.grammar.ordinals[low[i]], i + 1
    return None, i


def scope_after(words: Words, j: int, lexicon: Lexicon) -> tuple[str | None, int]:
    """The scope right after a rank ("globally", "in the world", "in Asia") and the token where it ends."""
    low, text, classes = words.low, words.text, lexicon.grammar.classes
    if j < len(low) and low[j] in classes["rank_scope"]:
        return ("world" if low[j] in ("globally", "worldwide", "internationally") else "country"), j + 1
    if j + 1 < len(low) and low[j] in classes["rank_place"]:
        k = j + 1
        if low[k] == "the" and k + 1 < len(low):
            k += 1
        if low[k] in _WORLD:
            return "world", k + 1
        if low[k] in ("country", "nation"):
            return "country", k + 1
        if text[k][0].isupper() and len(text[k]) > 1:
            name = k + 1
            stop = min(len(text), k + _LONGEST_NAME)
            while name < stop and text[name][:1].isupper() and text[name].isalpha():
                name += 1
            return words.source[words.start[k] : words.end[name - 1]], name
    return None, j


def scope_near(words: Words, i: int, j: int, lexicon: Lexicon) -> str | None:
    """The scope of "the world's third-largest market", "the second-largest in Asia"."""
    before = words.low[max(0, i - 4) : i]
    if "world's" in before or "globe's" in before or "global" in before:
        return "world"
    for k in range(max(0, i - 4), i):
        if words.low[k].endswith("'s") and words.text[k][0].isupper():
            return words.text[k][:-2]
        if words.low[k] in ("country's", "nation's"):
            return "country"
    for k in range(j, min(len(words), j + 7)):
        if words.text[k] in ".;,":
            break
        scope, _ = scope_after(words, k, lexicon)
        if scope:
            return scope
    return None


def _rank(words: Words, i: int, j: int, end: int, value: int, scope: str | None, rule: str) -> Mention:
    return Mention(
        start=words.start[i], end=words.end[end - 1], i=i, j=j, value=Decimal(value), form="ordinal", left=i, right=end,
        unit="rank", dimension="rank", kind="rank", scope=scope, rules=[rule],
    )  # fmt: skip
