"""What is said of a quantity: a level, a share, growth, a change, a ratio, a size or a condition, with its sign.

The nearest cue decides. "rose 15 percent to 1.4 trillion" is growth and a level; "rose to 15 percent" a share on
its way up;
"15 percent of households" a share; "increased by 17.3 million" a change. Cues are rows of `cues.csv`.
"""

from pipelines.catalogue.grammar import Cue
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words

REACH = 14  # words to the left in which a cue can govern a number
_TO = frozenset(("to", "at"))
_POINTS = frozenset(("pp", "bp"))
_STOPS = frozenset((";", ".", "(", "!", "?", "|"))


def read_kind(words: Words, mentions: list[Mention], k: int, context: str, lexicon: Lexicon) -> None:
    """Set kind, sign, trend and versus of mention `k`. `context` is what governs a table row or list item."""
    mention = mentions[k]
    if mention.kind:
        return
    if (
        mention.dimension != "ratio"
        and mention.form != "multiple"
        and (mention.is_attributive or _is_modifier(words, mention, lexicon))
    ):
        mention.kind = "size"
        return
    previous = mentions[k - 1] if k else None
    if previous is not None and previous.kind == "size" and words.low[previous.right : mention.left] == ["/"]:
        mention.kind = "size"
        return
    left_stop = previous.right if previous is not None else 0
    if mention.unit == "x":
        _multiple(words, mention, left_stop, lexicon)
    elif mention.dimension == "ratio" or mention.unit in _POINTS:
        _relative(words, mentions, k, left_stop, context, lexicon)
    else:
        _absolute(words, mention, previous, left_stop, lexicon)
    kind: str = mention.kind
    if kind in ("growth", "change"):
        mention.versus = mention.versus or _versus(words, mention, left_stop, mentions, k, lexicon)
        if mention.versus is None and context:
            mention.versus = _find_comparison(Words(context), 0, 1 << 30, lexicon)


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
    return before in ("a", "an") and (after[:1].isalpha() or after == "/") and after not in lexicon.grammar.ends_phrase


def _left_cue(words: Words, start: int, stop: int, lexicon: Lexicon) -> tuple[Cue, int, int] | None:
    """The nearest cue to the left of token `start`: it, its first token and the token after it."""
    k = start
    while k > stop and start - k < REACH:
        if words.text[k - 1] in _STOPS:
            return None
        hit = lexicon.grammar.cues.backward(words.low, k)
        if hit is not None:
            return hit[1], k - hit[0], k
        k -= 1
    return None


def _sign(mention: Mention, direction: str) -> None:
    if direction == "down" and mention.value > 0 and not mention.is_signed:
        mention.value = -mention.value
        if mention.high is not None:
            mention.value, mention.high = -mention.high, mention.value
        mention.rules.append("falls are negative")
    mention.trend = direction


def _relative(words: Words, mentions: list[Mention], k: int, left_stop: int, context: str, lexicon: Lexicon) -> None:
    """Percent and points: growth or change where a cue of movement governs them, else a share."""
    mention, previous = mentions[k], mentions[k - 1] if k else None
    kind = "change" if mention.unit in _POINTS else "growth"
    low, right = words.low, mention.right
    after = _right_movement(words, mention, lexicon) or _movement_of_list(words, mentions, k, lexicon)
    if after is not None:
        mention.kind = kind
        direction = after
        if direction == "either":
            cue = _left_cue(words, mention.left, left_stop, lexicon)
            direction = cue[0].cue if cue is not None and cue[0].cue in ("up", "down") else "up"
        _sign(mention, direction)
        mention.rules.append("movement after")
        return
    if mention.is_signed and mention.unit not in _POINTS and mention.dimension == "ratio":
        sign_kind = _left_cue(words, mention.left, left_stop, lexicon)
        if sign_kind is None or sign_kind[0].cue != "share":
            mention.kind = kind
            mention.trend = "down" if mention.value < 0 else "up"
            mention.rules.append("printed sign")
            return
    if low[right : right + 1] == ["of"] and mention.unit not in _POINTS:
        cue = _left_cue(words, mention.left, max(left_stop, mention.left - 2), lexicon)
        if cue is None or cue[0].cue not in ("up", "down"):
            mention.kind = "share"
            mention.rules.append("share of")
            return
    if previous is not None and previous.group is not None and previous.group == mention.group:
        mention.kind, mention.trend, mention.versus = previous.kind, previous.trend, previous.versus
        if previous.value < 0 < mention.value and not (mention.is_signed or previous.is_signed):
            mention.value = -mention.value
        return
    if (
        previous is not None
        and previous.kind == "change"
        and low[previous.right : mention.left] in ([",", "or"], ["or"], ["("])
    ):
        mention.kind = kind
        _sign(mention, previous.trend or "up")
        return
    if (
        previous is not None
        and low[previous.right : mention.left] in (["to"], ["from"])
        and previous.dimension == "ratio"
        and previous.kind in ("share", "level")
    ):
        mention.kind, mention.trend = previous.kind, "up" if mention.value > previous.value else "down"
        return
    start, is_level = mention.left, False
    if start and words.text[start - 1] == "(":
        start -= 1
        if (
            previous is not None
            and _left_cue(words, start, left_stop, lexicon) is None
            and words.text[previous.left - 1 : previous.left] == ["("]
        ):
            mention.kind, mention.trend, mention.versus = previous.kind, previous.trend, previous.versus
            if previous.value < 0 < mention.value and not (mention.is_signed or previous.is_signed):
                mention.value = -mention.value
            return
    elif start and words.low[start - 1] == "by" and mention.unit not in _POINTS:
        mention.kind = "growth"
        _sign(mention, _nearest_movement(words, start, left_stop, lexicon) or "up")
        return
    while True:
        cue = _left_cue(words, start, left_stop, lexicon)
        if cue is None:
            break
        what, first, last = cue
        gap = low[last : mention.left]
        if (
            what.cue in ("up", "down")
            and gap[:1] in (["between"], ["within"], ["in"])
            and what.form == "verb"
            and gap != ["in"]
            and gap[-1] != "("
        ):
            mention.kind = _percentage(words, first, left_stop, lexicon)
            return
        if what.cue in ("up", "down"):
            if what.form == "by" and gap and gap[0] != "by" and mention.unit not in _POINTS and not set(gap) & _TO:
                start = first
                continue
            is_pace = not lexicon.grammar.classes["pace"].isdisjoint(gap)
            to_level = (bool(gap) and not is_pace and gap[0] in _TO) or _leads_to(gap) or _limits(mention, lexicon)
            if (to_level or (gap[-1:] and gap[-1] in _TO)) and what.form != "noun":
                mention.kind, mention.trend = _percentage(words, first, left_stop, lexicon), what.cue
                return
            if gap and gap[-1] == "from" and "year" not in gap:
                mention.kind = _percentage(words, first, left_stop, lexicon)
                return
            if is_level and what.form != "noun":
                break
            mention.kind = kind
            _sign(mention, what.cue)
            mention.rules.append(f"movement {' '.join(low[first:last])}")
            return
        if what.cue == "change" and not gap:
            mention.kind = kind
            _sign(mention, "up")
            return
        if what.cue in ("share", "rate") and mention.unit not in _POINTS:
            mention.kind = "share" if what.cue == "share" else "level"
            return
        is_level, start = True, first
    if mention.unit in _POINTS:
        mention.kind = "change"
        if low[right : right + 1] and low[right] in ("lower", "less", "down", "below", "fewer", "worse"):
            _sign(mention, "down")
        return
    if previous is not None and _is_parallel(words, previous, mention):
        mention.kind, mention.trend, mention.versus = previous.kind, previous.trend, None
        if previous.value < 0 < mention.value and not (mention.is_signed or previous.is_signed):
            mention.value = -mention.value
        return
    mention.kind = "growth" if _context_moves(context, lexicon) else "share"


def _is_parallel(words: Words, previous: Mention, mention: Mention) -> bool:
    """The second of two subjects with one verb: the cloud business put on 13.2 percent, big data 69.2 percent."""
    gap = words.low[previous.right : mention.left]
    if previous.kind != "growth" or previous.dimension != mention.dimension or not 2 <= len(gap) <= 12:
        return False
    return gap[0] in (",", "and", "while", "from", "but") and ";" not in gap and "|" not in gap and "share" not in gap


def _leads_to(gap: list[str]) -> bool:
    """ "cut rates by a quarter point to a range of": the last "to" leads to the number over articles and fillers."""
    if "to" not in gap:
        return False
    tail = gap[len(gap) - 1 - gap[::-1].index("to") + 1 :]
    return all(word in _LEVEL_FILLERS for word in tail)


_LEVEL_FILLERS = frozenset(
    ("a", "an", "the", "range", "record", "of", "low", "high", "new", "level", "between", "around", "-", "all", "time")
)


def _limits(mention: Mention, lexicon: Lexicon) -> bool:
    """ "grown beyond", "fell below": the bound makes the number a level."""
    return mention.bound_text is not None and mention.bound_text.lower() in lexicon.grammar.classes["level_bounds"]


def _percentage(words: Words, start: int, stop: int, lexicon: Lexicon) -> str:
    """What a percentage that rose or fell to a level is: "the vacancy rate fell to 1.9%" a level, else a share."""
    cue = _left_cue(words, start, stop, lexicon)
    return "level" if cue is not None and cue[0].cue == "rate" else "share"


def _nearest_movement(words: Words, start: int, stop: int, lexicon: Lexicon) -> str | None:
    while True:
        cue = _left_cue(words, start, stop, lexicon)
        if cue is None:
            return None
        if cue[0].cue in ("up", "down"):
            return cue[0].cue
        start = cue[1]


def _movement_of_list(words: Words, mentions: list[Mention], k: int, lexicon: Lexicon) -> str | None:
    """ "25% and 66% higher": what follows the last member of a list is said of all."""
    mention, last = mentions[k], k
    if mention.group is None:
        return None
    while last + 1 < len(mentions) and mentions[last + 1].group == mention.group:
        last += 1
    return _right_movement(words, mentions[last], lexicon) if last > k else None


def _right_movement(words: Words, mention: Mention, lexicon: Lexicon) -> str | None:
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
            following = low[k + 1 : k + 2]
            if following and following[0] in ("the", "last", "a", "that", "its", "year-earlier", "their", "those"):
                return "down" if word == "below" else "up"
            return None
        if (
            k == j
            and lexicon.grammar.classes["article"] & set(low[max(0, mention.left - 1) : mention.left])
            and word in ("rise", "fall", "cut")
        ):
            return "up" if word == "rise" else "down"
        if k == j and word in lexicon.grammar.classes["comparative_up"]:
            return "up"
        if k == j and word in lexicon.grammar.classes["comparative_down"]:
            return "down"
        cue = lexicon.grammar.cues.forward(low, k)
        if cue is not None and cue[1].cue in ("up", "down") and (cue[1].form in ("noun", "adverb")):
            if k > j and low[k - 1] in ("of", "in", "the", "and", ","):
                return None
            return cue[1].cue
        if not word[:1].isalpha() and word != "-":
            return None
        if word in lexicon.grammar.ends_phrase and not (k == j and word in ("on", "in")):
            return None
    return None


def _context_moves(context: str, lexicon: Lexicon) -> bool:
    if not context:
        return False
    low = Words(context).low
    for k in range(len(low)):
        if lexicon.grammar.comparisons.forward(low, k) is not None:
            return True
        cue = lexicon.grammar.cues.forward(low, k)
        if cue is not None and cue[1].cue in ("up", "down") and cue[1].form == "noun":
            return True
        if low[k] == "change" or low[k] == "changes":
            return True
    return False


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
    if mention.rules[-1:] in (["more"], ["fewer"]) or mention.rules[-2:-1] in (["more"], ["fewer"]):
        mention.kind = "change"
        _sign(mention, "down" if "fewer" in mention.rules else "up")
        return
    after = lexicon.grammar.cues.forward(low, mention.right)
    if after is not None and after[1].cue == "change" and after[1].form == "after":
        mention.kind, mention.trend = "change", "up"
        return
    compared = _compared(words, mention, lexicon)
    if compared is not None:
        mention.kind = "change"
        _sign(mention, compared)
        return
    cue = _left_cue(words, mention.left, left_stop, lexicon)
    if cue is not None:
        what, _, last = cue
        gap = low[last : mention.left]
        if what.cue in ("up", "down"):
            if (gap and (gap[-1] in _TO or gap[0] in _TO)) or _limits(mention, lexicon):
                mention.trend = what.cue
            elif what.form == "by" and gap != ["by"]:
                pass
            elif (
                gap in (["by"], ["of"])
                or (not gap and what.form != "noun")
                or (not gap and what.form == "noun" and _is_verb_here(low, last, lexicon))
            ):
                mention.kind = "change"
                _sign(mention, what.cue)
        elif what.cue == "change" and what.form != "after" and _near_enough(gap):
            mention.kind = "change"
            phrase = low[cue[1] : last]
            _sign(mention, "down" if {"decrease", "drop", "decline"} & set(phrase) else "up")
    mention.kind = mention.kind or "level"


def _compared(words: Words, mention: Mention, lexicon: Lexicon) -> str | None:
    """ "3.39 million fewer than at the end of 2024", "0.3 hours longer than", "25.58 million up": a difference."""
    tail = words.low[mention.right : mention.right + 2]
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


def _is_verb_here(low: list[str], last: int, lexicon: Lexicon) -> bool:
    """A word that is noun or verb ("gain", "drop") is a verb here unless an article or adjective stands before it."""
    before = low[last - 2] if last > 1 else ""
    return before not in lexicon.grammar.classes["article"]


def _near_enough(gap: list[str]) -> bool:
    return len(gap) <= 2 and not set(gap) & {"to", "at", "from", "and", ","}


def _multiple(words: Words, mention: Mention, left_stop: int, lexicon: Lexicon) -> None:
    """ "doubled", "2.5-fold", "increased 3 times" (four times the base), "four times as high"."""
    low, j = words.low, mention.right
    cue = _left_cue(words, mention.left, left_stop, lexicon)
    moves = cue is not None and cue[0].cue in ("up", "down")
    gap = low[cue[2] : mention.left] if cue is not None else []
    if mention.form == "multiple":
        mention.kind = "ratio" if low[mention.i] in ("twice", "thrice") else "growth"
        mention.trend = "down" if mention.value < 1 else "up"
        return
    following = low[j : j + 2]
    noun = lexicon.grammar.cues.forward(low, j)
    if noun is not None and noun[1].cue in ("up", "down") and noun[1].form == "noun":
        mention.kind, mention.trend = "growth", noun[1].cue
    elif moves and cue is not None and not (gap and gap[-1] in _TO) and len(gap) <= 3:
        mention.kind, mention.trend = "growth", cue[0].cue
        if "times" in low[mention.i : j] and cue[0].cue == "up" and cue[0].form in ("verb", "adverb"):
            mention.value += 1
            mention.rules.append("increased N times is N + 1 times the base")
    else:
        mention.kind = "ratio"
        if following[:1] and following[0] in ("more", "higher", "larger", "faster", "greater"):
            mention.rules.append("comparison")


def _versus(
    words: Words, mention: Mention, left_stop: int, mentions: list[Mention], k: int, lexicon: Lexicon
) -> str | None:
    """The comparison stated nearest to the number: right after it, else between it and the number before."""
    right_stop = mentions[k + 1].left if k + 1 < len(mentions) else len(words)
    found = _find_comparison(words, mention.right, min(right_stop, mention.right + 12), lexicon)
    if found is None:
        found = _find_comparison(words, max(left_stop, mention.left - 16), mention.left, lexicon)
    if found is None and mention.group is not None and k + 1 < len(mentions) and mentions[k + 1].group == mention.group:
        found = _find_comparison(words, mentions[k + 1].right, mentions[k + 1].right + 12, lexicon)
    return found


def _find_comparison(words: Words, start: int, stop: int, lexicon: Lexicon) -> str | None:
    for i in range(max(0, start), min(stop, len(words))):
        hit = lexicon.grammar.comparisons.forward(words.low, i)
        if hit is not None:
            return hit[1]
        if words.text[i] == ";" or (words.text[i] == "." and i + 1 < len(words)):
            return None
    return None


def read_condition(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Numbers that limit who or what is counted: "users under 40", "aged 18 to 24", "firms with revenue of 20
    million or more".
    """
    low, classes = words.low, lexicon.grammar.classes
    before = low[mention.left - 1] if mention.left else ""
    bare = mention.unit is None or (mention.unit == "year" and not mention.is_attributive)
    if bare and mention.scale == 1 and 0 < mention.value < 120 and mention.decimals == 0:
        aged = before in classes["age_cue"] and before != "old"
        limited = before in classes["age_person"] and mention.bound in ("<", ">", "<=", ">=") and mention.unit is None
        tail = low[mention.right : mention.right + 3]
        olds = (
            tail[:1] == ["old"]
            or tail[:3] == ["years", "of", "age"]
            or tail[:2] in (["of", "age"], ["age", "group"], ["age", "bracket"])
        )
        olds = olds or tail[:2] in (["or", "older"], ["and", "older"], ["or", "younger"], ["and", "younger"])
        olds = olds or (
            before in ("of", "over")
            and low[mention.left - 2 : mention.left - 1] != []
            and low[mention.left - 2] in classes["age_person"]
            and mention.bound != "="
        )
        if aged or limited or olds:
            mention.unit, mention.dimension, mention.kind = "year", "time", "condition"
            mention.rules.append("age")
            return
    if mention.dimension.startswith(("money", "currency")) and mention.bound in (">", ">=", "<", "<="):
        window = low[max(0, mention.left - 8) : mention.left]
        if "with" in window or "whose" in window:
            at = max((i for i, w in enumerate(window) if w in ("with", "whose")), default=-1)
            head = low[max(0, mention.left - len(window) + at - 3) : mention.left - len(window) + at]
            if set(head) & classes["condition_cue"]:
                mention.kind = "condition"
                mention.rules.append("limits who is counted")


def negate_parentheses(words: Words, mention: Mention) -> None:
    """An accountant's (10.2): a negative number in brackets of its own, in a row of a table."""
    opens_cell = mention.left < 2 or not words.text[mention.left - 2][-1].isalnum()
    if (
        opens_cell
        and words.text[mention.left - 1 : mention.left] == ["("]
        and words.text[mention.right : mention.right + 1] == [")"]
    ):
        mention.value, mention.is_signed = -abs(mention.value), True
