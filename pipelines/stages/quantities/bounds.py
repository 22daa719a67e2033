"""How firmly an English number is stated: the words before it, after it, or glued to it, and the interval they mean.

"exceeded the mark of 10 million", "20 million yuan or more", "5,000+". The words never join the quote.
"""

from itertools import pairwise

from pipelines.stages.quantities.gapping import is_parallel
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words

#: What a bound becomes where it is denied.
_OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
_FROM = 6  # words from "from" to the "up to" of the figure behind the next
#: The last character of a sign that is glued to a number: ≥5, <=5.
_SIGNS = frozenset(">=<≥≧≤≦~≈∼～")


def read_bound(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Set the bound of a mention from the nearest words that state one."""
    grammar, low, i = lexicon.grammar, words.low, mention.left
    mention.bound_start = words.start[i] if i < len(words) else mention.start
    found: list[tuple[str, int, int]] = []
    while i > 0 and words.text[i - 1] in _SIGNS and not _joins_range(words, i - 1):
        size = 2 if i > 1 and "".join(words.text[i - 2 : i]) in grammar.bound_signs else 1
        sign = grammar.bound_signs.get("".join(words.text[i - size : i]))
        if sign is None:
            break
        found.append((sign, i - size, i))
        i -= size
    for _ in range(3):
        k = i
        hit = grammar.bounds_before.backward(low, k)
        if hit is None:
            k = _over_fillers(low, i, lexicon)
            hit = grammar.bounds_before.backward(low, k) if k != i else None
            if hit is not None and hit[1][0] != "verb" and not _is_before_article(low, k, hit[0], i, mention, lexicon):
                hit = None
        if hit is None:
            break
        size, (position, bound) = hit
        first = k - size
        if _is_other_use(low, first, size, mention, lexicon):
            break
        denied = _denied(low, first, bound, lexicon) if position != "verb" else None
        if denied is not None:
            bound, first = denied
        found.append((bound, first, i))
        i = first
        if position == "verb" or denied is not None:
            break
    if found:
        bound, first, last = next((f for f in found if f[0] != "="), found[0])
        if not (bound == "=" and len(found) == 1):
            mention.bound, mention.bound_text = bound, words.source[words.start[first] : words.end[last - 1]].rstrip()
            mention.rules.append(f"bound {mention.bound_text}")
        mention.left = min(first for _, first, _ in found)
        mention.bound_start = words.start[mention.left]
    _after(words, mention, lexicon)


def carry_on(words: Words, mentions: list[Mention], lexicon: Lexicon) -> None:
    """ "To exceed 60 percent by 2027 and 80 percent by 2030": one word bounds both, where the same preposition is
    behind either of them.
    """
    for first, second in pairwise(mentions):
        if first.bound not in _OPPOSITE or first.bound_text is None or second.bound != "=" or second.bound_text:
            continue
        gap = words.low[first.right : second.left]
        is_like = first.dimension == second.dimension and first.high is None and second.high is None
        if is_like and first.kind != "condition" and is_parallel(words, gap, second, lexicon):
            second.bound, second.bound_text = first.bound, first.bound_text
            second.rules.append(f"bound {first.bound_text}")


def _denied(low: list[str], first: int, bound: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """ "Will not be lower than 25", "never above 40": the bound turned round by the word that denies it, and where
    that word stands.
    """
    k = first
    while k > 0 and low[k - 1] in lexicon.grammar.classes["copula"]:
        k -= 1
    is_denied = k > 0 and low[k - 1] in lexicon.grammar.classes["denies"]
    return (_OPPOSITE[bound], k - 1) if is_denied and bound in _OPPOSITE else None


def _joins_range(words: Words, sign: int) -> bool:
    """5~8 km: a tilde between two numbers makes a range of them."""
    return (
        words.text[sign] in "~～∼"
        and sign > 0
        and words.is_glued(sign)
        and (words.text[sign - 1][-1].isdecimal() or words.text[sign - 1] == "%")
    )


def _over_fillers(low: list[str], i: int, lexicon: Lexicon) -> int:
    """Over the words that may stand between a verb such as "surpassed" and its number, at most four."""
    fillers = lexicon.grammar.classes["bound_filler"]
    k = i
    while k > 0 and low[k - 1] in fillers and i - k < 4:
        k -= 1
    return k


def _is_before_article(low: list[str], k: int, size: int, i: int, mention: Mention, lexicon: Lexicon) -> bool:
    """ "More than a five-fold increase", "nearly a 5% rise": what bounds a movement may stand before its article."""
    is_movement = mention.dimension in ("multiple", "ratio") and mention.form != "share"
    is_article = k == i - 1 and low[k] in ("a", "an")
    return is_movement and is_article and (size > 1 or low[k - 1] not in lexicon.grammar.classes["preposition"])


def _is_other_use(low: list[str], first: int, size: int, mention: Mention, lexicon: Lexicon) -> bool:
    """ "The top 10", "adds up to", "handed over", "took over 30 shops", "brought about": no bounds."""
    phrase, before, classes = low[first : first + size], low[first - 1] if first else "", lexicon.grammar.classes
    if phrase[0] in classes["passes"] and not classes["passed_by"].isdisjoint(low[mention.right - 1 : mention.right]):
        return True
    if phrase in (["top"], ["tops"]):
        return before in ("", "the", "world's", "a", "of", "its", "in")
    if phrase == ["up", "to"]:
        if _leads_from(low, first):
            return True
        return before in classes["not_bound_before"] or not classes["carries"].isdisjoint(
            low[max(0, first - 5) : first]
        )
    if phrase == ["over"] and mention.dimension == "time" and _says_how_long(low, before, mention, lexicon):
        return True
    if phrase == ["over"]:
        if before in ("and", "or") and first > 1 and low[first - 2][0].isdecimal():
            return True  # "aged 16 and over 33,053"
        is_counted = mention.dimension.startswith("count")
        return before in classes["not_over_before"] or (is_counted and before in classes["takes_over"])
    return phrase == ["about"] and before in classes["not_about_before"]


def _leads_from(low: list[str], first: int) -> bool:
    """ "Revised from 3–8% up to 13–18%", "from 5 million up to 8 million": the way from one figure to another."""
    near = low[max(0, first - _FROM) : first]
    return "from" in near and near[-1][0] not in ",;(" and any(word[0].isdecimal() for word in near)


def _after(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    j, text = mention.right, words.text
    if mention.j < len(words) and text[mention.j] == "+" and words.is_glued(mention.j):
        mention.bound, mention.bound_text = ">=", "+"
        if mention.right <= mention.j + 1:
            mention.right = mention.j + 1
            mention.end = words.end[mention.j]
        return
    if (
        j < len(words)
        and text[j] == "+"
        and words.is_glued(j)
        and not (j + 1 < len(words) and words.is_glued(j + 1) and text[j + 1][0].isalnum())
    ):
        mention.bound, mention.bound_text, mention.right, mention.end = ">=", "+", j + 1, words.end[j]
        return
    hit = lexicon.grammar.bounds_after.forward(words.low, j)
    if hit is not None:
        size, bound = hit
        after = words.low[j + size : j + size + 1]
        number = words.low[j + size + 1 : j + size + 2] if after == ["a"] else after  # below a half
        if number and (number[0][0].isdecimal() or number[0] in lexicon.grammar.cardinals or number == ["half"]):
            return  # above 10 and below 15
        if (
            words.low[j : j + size] in (["plus"], ["at", "least"], ["at", "most"], ["upwards"])
            and after
            and (after[0][:1].isalnum() or after[0] in lexicon.units.prefixes)
        ):
            return
        if bound != "=":
            mention.bound = bound
            mention.bound_text = words.source[words.start[j] : words.end[j + size - 1]]
            mention.rules.append(f"bound {mention.bound_text}")


def _says_how_long(low: list[str], before: str, mention: Mention, lexicon: Lexicon) -> bool:
    """ "5 TWh over 20 years", "an outlay over ten years": behind a noun or a measure, the time of what is told."""
    grammar = lexicon.grammar
    is_age = before in grammar.classes["age_person"] or low[mention.right : mention.right + 1] == ["old"]
    is_noun = before[:1].isalnum() and before not in grammar.ends_phrase and not grammar.is_verb(before)
    return is_noun and not is_age and before not in grammar.classes["lasts"]
