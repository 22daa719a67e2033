"""The noun that an English number leaves out: "high-quality datasets surpassed 110,000", "the number of users
rose by 17 million".

The unit is the subject's counted noun: the plural that heads the subject, the plural after "number of", or the
noun before
"base" and "population". A subject of another kind ("revenue of listed companies") gives none.
"""

from pipelines.stages.quantities.counted import behind_forecaster
from pipelines.stages.quantities.gapping import goes_on
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import FAR_COUNT, MILLION, Carried, Mention, take
from pipelines.stages.quantities.rejections import in_series
from pipelines.vocabulary.words import Words

_TAKEN_UP = 5  # words from "they were" to their figure
_MOST_PAIRED = 8  # words between two pairs of figures
_FAR_PAIRED = 14  # and between an amount with its percentage and the same of another time
_OPENING = 6  # words from the front of a sentence to the plural that its list counts
_OWN_NOUN = 4  # words before a figure in which what it counts is named
_RELATIVE = 16  # words from a plural over its clause to its figure
_NEAR = 14  # words before a number in which the money is named whose rate it is
_ASIDE = ([","], [",", "or"], ["or"], ["("])  # between a count and the same count for each of something
_COMPARED = (["compared", "with"], ["compared", "to"], ["up", "from"], ["down", "from"])
_PAIR = 2  # an amount and its percentage
_TRIPLE = 3  # with the amount it is held against
_NAMED = 6  # words from a bracket to the figure of the next name
_BREAKS = frozenset((";", ":", "(", ")", "|", "—", "–"))


def name_elided(words: Words, mention: Mention, before: list[Mention], carried: Carried, lexicon: Lexicon) -> None:
    """Give a mention without unit the counted noun of its subject, where the subject has one.

    `before`: the mentions before it in its sentence; `carried`: what the sentences before it have told.
    """
    if mention.unit is not None or mention.form == "ordinal":
        return
    _name(words, mention, before, carried, lexicon)
    if mention.rate is not None and not mention.has_unit and words.low[mention.j : mention.j + 1] == ["/"]:
        told = before[-1].unit if before and words.text[mention.left - 1 : mention.left] == ["("] else None
        mention.unit = (told or "").partition("/")[0] or lexicon.units.dimensions["pure"]
    if mention.rate is not None and mention.has_unit:
        mention.unit = f"{(mention.unit or '').partition('/')[0]}/{mention.rate}"
        mention.dimension = lexicon.units.get(mention.unit).dimension


def _name(words: Words, mention: Mention, before: list[Mention], carried: Carried, lexicon: Lexicon) -> None:
    if not lexicon.grammar.classes["shared_out"].isdisjoint(words.low[mention.right : mention.right + 1]):
        amounts = (m for m in before[-FAR_COUNT:] if m.dimension.startswith("money"))
        whole = next(amounts, None)  # so much in all, so much each
        if whole is not None:
            take(words, mention, whole.unit or "", mention.right, "shared out")
            mention.dimension = whole.dimension
            return
    same_group = before[-1] if before and before[-1].group is not None and before[-1].group == mention.group else None
    if same_group is not None and same_group.dimension == "time" and not _is_near(same_group, mention):
        same_group = None  # "for two years and 95,800"
    if same_group is not None and same_group.dimension == "ratio" and mention.scale > 1:
        same_group = None  # "56.7 percent, or 1.01 billion"
    if same_group is not None and same_group.unit is not None:
        mention.unit, mention.dimension = same_group.unit, same_group.dimension
        mention.kind = same_group.kind if mention.kind == "level" and same_group.kind == "ratio" else mention.kind
        return
    if _of_exchange(words, mention, lexicon) or _of_ratio(words, mention, before, lexicon):
        return
    code = (
        _set_against(words, mention, before)
        or _of_pairs(words, mention, before, lexicon)
        or _of_the_same(words, mention, before, carried, lexicon)
    )
    code = (
        code
        or _in_named_list(words, mention, before)
        or _in_signed_list(words, mention, before)
        or _also_reached(words, mention, before, lexicon)
        or _foreseen(words, mention, before, lexicon)
        or _done_too(words, mention, before, lexicon)
    )
    if code is None and mention.respectively:
        code = _first_subject(words, mention.left, lexicon)
    code = code or _fronted(words, mention.left, before, lexicon) or _subject(words, mention.left, lexicon, not before)
    code = code or _with_clause(words, mention.left, lexicon)
    if (
        code is None
        and before
        and (
            in_series(words, mention, before)
            or _compares(words, before[-1], mention, lexicon)
            or _is_gapped(words, before[-1], mention, lexicon)
            or _is_followed(words, before[-1], mention, lexicon)
            or _is_contrasted(words, before[-1], mention, lexicon)
        )
    ):
        code = _whole_of(words, mention, before, lexicon).unit
        if before[-1].dimension == "ratio":
            mention.kind = before[-1].kind
    is_first = all(m.dimension == "ratio" for m in before[-_PAIR:]) and len(before) < _PAIR
    if code is None and carried.level is not None and is_first and _is_taken_up(words, mention, lexicon):
        level = carried.level  # "They took 58 TWh in 2014. In 2023 they were at 176."
        if _is_near(level, mention) and level.scale == mention.scale:
            mention.unit, mention.dimension, mention.kind = level.unit, level.dimension, level.kind
            mention.rules.append("unit of the sentence before")
            return
    if code is None and mention.scale > 1 and mention.left and _is_verb(words, mention.left - 1, lexicon):
        code = carried.by_verb.get(words.low[mention.left - 1])
    code = _original(words, before, code) if code else _of_money(words, mention, before, carried, lexicon)
    is_part = mention.decimals > 0 and mention.scale == 1 and mention.rate is None
    if code and is_part and lexicon.units.get(code).dimension.startswith("count"):
        return  # "the average PUE of computing centres was 1.41" counts no centres
    if code:
        mention.unit, mention.dimension = code, lexicon.units.get(code).dimension
        mention.rules.append("noun of the subject")


def _original(words: Words, before: list[Mention], code: str) -> str:
    """ "2.4 billion crowns ($230 million) from 3.1 billion": what a bracket restates goes on in its own currency."""
    if len(before) < 2 or before[-1].unit != code or not before[-1].dimension.startswith("money"):
        return code
    first, second = before[-2:]
    is_restated = first.dimension.startswith("money") and words.text[first.right : second.left] == ["("]
    return first.unit or code if is_restated else code


def _of_money(words: Words, mention: Mention, before: list[Mention], carried: Carried, lexicon: Lexicon) -> str | None:
    """ "Net profit was 2.4 billion crowns. Debt stood at 9.2 billion, and Asia brought in 1.3 billion.": millions
    without unit are of the currency told of last, where money is named before them or nothing else was told of.
    """
    if mention.scale < MILLION or mention.form != "digits" or mention.is_attributive or carried.money is None:
        return None
    low, grammar, j = words.low, lexicon.grammar, mention.right
    if j < len(words) and low[j][0].isalpha() and low[j] not in grammar.ends_phrase:
        return None
    if any(m.is_stock and m.scale >= MILLION for m in before[-FAR_COUNT:]):
        last = next(m for m in reversed(before[-FAR_COUNT:]) if m.is_stock and m.scale >= MILLION)
        return _original(words, before, last.unit or "") or None if last.dimension.startswith("money") else None
    first = max(0, mention.left - _RELATIVE)
    if before and before[-1].unit is None and before[-1].scale >= MILLION:
        return None  # what the figure before counts is told elsewhere
    if carried.is_of_money:
        own = words.text[max(first, mention.left - _OWN_NOUN) : mention.left]  # "token consumption exceeded 30"
        return carried.money if lexicon.nouns.known.isdisjoint(own) else None
    return None if grammar.classes["money_noun"].isdisjoint(low[first : mention.left]) else carried.money


def _whole_of(words: Words, mention: Mention, before: list[Mention], lexicon: Lexicon) -> Mention:
    """ "118 cases at 56 carriers; 65 have gone commercial": a part told by its verb is of a count that can hold it."""
    last, follows = before[-1], words.low[mention.right : mention.right + 1]
    if not last.dimension.startswith("count") or lexicon.grammar.classes["auxiliary"].isdisjoint(follows):
        return last
    counts = (m for m in reversed(before[-FAR_COUNT:]) if m.is_stock and m.dimension.startswith("count"))
    return next((m for m in counts if m.value >= mention.value and m.kind not in ("size", "condition")), last)


def _is_taken_up(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a bare figure is told of "it" or "they", or is "the forecast", of which the sentence before told one."""
    low, j = words.low, mention.right
    if j < len(words) and low[j][0].isalpha() and low[j] not in lexicon.grammar.ends_phrase:
        return False
    near = low[max(0, mention.left - _TAKEN_UP) : mention.left]
    names = lexicon.grammar.classes["figure_noun"]
    at = next((k for k, w in enumerate(near) if w in ("it", "they") or (w in names and k and near[k - 1] == "the")), -1)
    if at < 0 or near[at + 1 : at + 2] == []:
        return False
    says = lexicon.grammar.classes
    return near[at + 1] in says["auxiliary"] or (near[at + 1] in says["change_verb"] and near[-1] in ("to", "at"))


def _in_named_list(words: Words, mention: Mention, before: list[Mention]) -> str | None:
    """ "Germany registered 248,726 cars (+35%), Belgium 45,440 (+19%)": the next name of a list with its growths."""
    if len(before) < _PAIR or words.text[mention.right : mention.right + 1] != ["("]:
        return None
    first, growth = before[-_PAIR:]
    gap = words.text[growth.right : mention.left]
    is_list = len(gap) <= _NAMED and gap[:1] == [")"] and gap[1:2] in ([","], ["and"]) and gap[-1][0].isupper()
    is_alike = growth.dimension == "ratio" and first.is_stock and first.scale == mention.scale
    return first.unit if is_list and is_alike and not first.is_attributive else None


def _in_signed_list(words: Words, mention: Mention, before: list[Mention]) -> str | None:
    """ "The largest rise (+14.5 pp), ahead of Finland (+13.5)": a signed figure in brackets after another such."""
    first = before[-1] if before else None
    if first is None or not (first.is_signed and mention.is_signed) or first.scale != mention.scale:
        return None
    is_bracketed = words.text[mention.left - 1 : mention.left] == ["("]
    is_bracketed = is_bracketed and words.text[mention.right : mention.right + 1] in ([")"], [";"])
    if not is_bracketed or words.text[first.right : first.right + 1] != [")"]:
        return None
    mention.kind, mention.trend = first.kind, "down" if mention.value < 0 else "up"
    return first.unit


def _also_reached(words: Words, mention: Mention, before: list[Mention], lexicon: Lexicon) -> str | None:
    """ "Sales in Europe rose 36% to 427,541 cars, and in America were up 66% at a record 215,000", "users rose by 8
    million, or 9%, to 97 million": what a growth leads to is of the unit of the last count before it.
    """
    gap = words.low[before[-1].right : mention.left] if len(before) > 1 else []
    gap = gap[1:] if gap[:1] == [","] else gap
    is_led = gap[:1] in (["to"], ["at"]) and lexicon.grammar.classes["level_filler"].issuperset(gap[1:])
    if not is_led or before[-1].dimension != "ratio" or before[-1].kind != "growth":
        return None
    told = next((m for m in reversed(before[-_TRIPLE:-1]) if m.is_stock), None)
    is_like = told is not None and told.scale == mention.scale and told.kind in ("level", "change", "")
    return told.unit if told is not None and is_like and not told.is_attributive else None


def _foreseen(words: Words, mention: Mention, before: list[Mention], lexicon: Lexicon) -> str | None:
    """ "Handed over 418,227 cars, 16% fewer and short of the 440,900 that analysts had expected": what was foreseen is
    of the unit of what came.
    """
    j, who = behind_forecaster(words, mention, lexicon)
    said = words.low[j : j + 1]
    if lexicon.grammar.classes["foresaw"].isdisjoint(said) and not (who and said in (["had"], ["have"])):
        return None
    told = next((m for m in reversed(before[-_TRIPLE:]) if m.is_stock and m.kind in ("level", "change")), None)
    is_like = told is not None and told.scale == mention.scale and _is_near(told, mention)
    return told.unit if told is not None and is_like else None


def _done_too(words: Words, mention: Mention, before: list[Mention], lexicon: Lexicon) -> str | None:
    """ "America made 40 models; China made 15": the same verb right before the next figure counts the same."""
    first = before[-1] if before else None
    verb = words.low[mention.left - 1] if mention.left else ""
    if first is None or not first.dimension.startswith("count") or words.low[first.left - 1 : first.left] != [verb]:
        return None
    follows = words.low[mention.right] if mention.right < len(words) else ""
    is_end = not follows[:1].isalpha() or follows in lexicon.grammar.ends_phrase
    is_same = lexicon.grammar.is_verb(verb) and verb not in lexicon.grammar.classes["auxiliary"]
    return first.unit if is_end and is_same and not first.is_attributive else None


def _is_contrasted(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """ "The one has 509 million users, while the other attracted 528 million": the same of another, at its clause's
    end.
    """
    gap = words.low[first.right : second.left]
    gap = gap[1:] if gap[:1] == [","] else gap
    follows = words.low[second.right] if second.right < len(words) else "."
    is_end = not follows[:1].isalnum() or follows in ("in", "at", "by", "on")
    is_like = first.is_stock and first.scale == second.scale > 1 and _is_near(first, second)
    is_clause = gap[:1] in (["while"], ["whereas"]) and 2 < len(gap) <= _MOST_PAIRED
    return is_clause and is_like and is_end and lexicon.grammar.is_verb(gap[-1])


def _of_exchange(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """ "The yuan weakened to 7.12 per dollar", "The rupee fell to 88.4 to the dollar": the subject is the money."""
    low, j = words.low, mention.right
    behind = j + 2 if low[j : j + 2] in (["to", "the"], ["against", "the"], ["to", "a"]) else j + 1
    if low[j : j + 1] not in (["per"], ["to"], ["against"]) or mention.scale != 1:
        return False
    other = _money(words, behind, lexicon)
    before = range(max(0, mention.left - _NEAR), mention.left) if other is not None else ()
    subject = next((m for k in before if (m := _money(words, k, lexicon)) is not None), None)
    if other is None or subject is None or subject[0] == other[0]:
        return False
    take(words, mention, f"{subject[0]}/{other[0]}", other[1], "rate of exchange")
    mention.dimension, mention.kind = lexicon.units.get(mention.unit or "").dimension, "ratio"
    return True


def _of_ratio(words: Words, mention: Mention, before: list[Mention], lexicon: Lexicon) -> bool:
    """ "The ratio is 1.5", "a ratio of 1.5", "it fell from 2.61 to 2.57": a number without unit under that name."""
    low, classes = words.low, lexicon.grammar.classes
    last = before[-1] if before else None
    pure = lexicon.units.dimensions["pure"]
    if mention.scale != 1 or mention.rate is not None or mention.form != "digits":
        return False
    follows = low[mention.right] if mention.right < len(words) else ""
    if follows[:1].isalpha() and follows not in lexicon.grammar.ends_phrase:
        return False
    start = max(last.right if last is not None else 0, mention.left - _NEAR)
    clause = next(
        (k for k in range(mention.left - 1, start - 1, -1) if words.text[k] in _BREAKS or low[k] == ","), start - 1
    )
    before_it = low[clause + 1 : mention.left]
    is_level = not classes["pure_level"].isdisjoint(before_it)
    is_named = is_level or not classes["pure_number"].isdisjoint(before_it)
    is_moved = last is not None and last.unit == pure and low[last.right : mention.left] in (["to"], ["from"])
    if not (is_moved or (is_named and _is_measured(words, mention.left, lexicon, also="of"))):
        return False
    mention.unit, mention.dimension = pure, lexicon.units.get(pure).dimension
    if is_moved and last is not None:
        is_level = last.kind == "level"
    mention.kind = "ratio" if mention.kind == "level" and not is_level else mention.kind
    mention.rules.append("a ratio")
    return True


def _money(words: Words, k: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The currency named at token `k`, and the token after it."""
    hit = lexicon.unit_names.forward(words.low, k)
    codes = hit[1] if hit is not None else ()
    code = next((c for c in codes if lexicon.units.get(c).dimension.startswith("money")), None)
    return (code, k + hit[0]) if hit is not None and code is not None else None


def _is_verb(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether a token is a verb that counts what it is said of, no auxiliary: shipped, sold."""
    word = words.low[k]
    return lexicon.grammar.is_verb(word) and word not in lexicon.grammar.classes["auxiliary"]


def _of_pairs(words: Words, mention: Mention, before: list[Mention], lexicon: Lexicon) -> str | None:
    """ "4.2 million tickets worth $80 million, against 3.9 million and $74 million": each of a pair counts what its
    counterpart does.
    """
    j = mention.right
    is_paired = words.low[j : j + 1] == ["and"] and words.text[j + 1 : j + 2] != [] and mention.scale > 1
    if not is_paired or len(before) < 2:
        return None
    first, second = before[-2:]
    if second.dimension == "ratio" and words.text[j + 1][0].isdecimal():
        unit = lexicon.unit_names.forward(words.low, j + 2)
        is_ratio = words.text[j + 2 : j + 3] == ["%"] or (unit is not None and second.unit in unit[1])
        gap = words.low[second.right : mention.left]
        is_same = is_ratio and first.is_stock and first.scale == mention.scale and len(gap) <= _FAR_PAIRED
        return first.unit if is_same and not lexicon.grammar.classes["compares_with"].isdisjoint(gap) else None
    if words.text[j + 1] not in lexicon.units.prefixes:
        return None
    is_pair = first.is_stock and first.dimension.startswith("count") and second.dimension.startswith("money")
    gap = words.low[second.right : mention.left]
    is_pair = is_pair and len(gap) <= _MOST_PAIRED and not lexicon.grammar.classes["compares_with"].isdisjoint(gap)
    return first.unit if is_pair else None


def _of_the_same(
    words: Words, mention: Mention, before: list[Mention], carried: Carried, lexicon: Lexicon
) -> str | None:
    """ "66.7 million people, 430,000 more than a year ago", "488 million of the total": what was just counted."""
    low, j = words.low, mention.right
    if low[j : j + 1] == ["who"]:  # 68,400 people ... and 95,800 who have been
        counts = (m.unit for m in reversed(before[-FAR_COUNT:]) if m.is_stock and m.dimension.startswith("count"))
        return next(counts, None) or lexicon.nouns.code_of(("persons",))
    after = j + 2 if low[j + 1 : j + 2] == ["the"] else j + 1
    whole = low[after : after + 1]
    is_part = low[j : j + 1] == ["of"] and not lexicon.grammar.classes["taken_up"].isdisjoint(whole)
    is_fronted = low[0] == "of" and low[1:2] != [] and low[1] in lexicon.grammar.classes["taken_up"]
    is_part = is_part or (is_fronted and low[j : j + 1] != [] and low[j][0].isalpha())  # "Of these, 9 million had"
    if (
        before
        and before[-1].is_stock
        and low[before[-1].right : mention.left][-2:] in (["of", "which"], ["of", "whom"])
    ):
        return before[-1].unit  # "29 million lines, of which 12 million"
    if before and _goes_on_counting(words, before[-1], mention, lexicon):
        return before[-1].unit
    gap = low[before[-1].right : mention.left] if before else []
    is_subject = gap[-1:] in ([";"], ["and"]) and len(gap) <= _MOST_PAIRED and mention.form == "digits"
    if is_subject and not lexicon.grammar.classes["auxiliary"].isdisjoint(low[j : j + 1]):
        whole_count = _whole_of(words, mention, before, lexicon)  # "5,000 people at 12 plants; 300 are engineers"
        return whole_count.unit if whole_count.value >= mention.value else None
    if before and mention.rate is not None and low[before[-1].right : mention.left] in _ASIDE and before[-1].is_stock:
        return before[-1].unit  # "4.8 million stations, 34 per 10,000 people"
    is_it = mention.scale > 1 and low[max(0, mention.i - 2) : mention.i] in (["it", "was"], ["they", "were"])
    if is_it and not is_part:
        return next((m.unit for m in reversed(before[-FAR_COUNT:]) if m.is_stock and m.scale == mention.scale), None)
    is_total = low[max(0, mention.i - 2) : mention.i][:1] == ["total"] and low[mention.i - 1] in ("to", "of", "at")
    if not (is_part or is_total) and mention.kind != "change":
        return None
    if is_total and not before and carried.level is not None and carried.level.is_stock:
        return carried.level.unit  # "It built 434,000 cars. That left the total at 1.64 million."
    told = [m for m in before[-FAR_COUNT:] if m.unit and m.kind not in ("size", "condition", "rank") and m.is_stock]
    if is_part:  # "600 outlets in 30 countries, 550 of them in Europe": a part is no larger than what it is of
        told = [m for m in told if m.value >= mention.value] or told
    if told and not (told[-1].dimension.startswith("money") and mention.scale == 1 < told[-1].scale):
        return told[-1].unit
    if is_part and mention.scale == 1 and carried.counted is not None and carried.things is not None:
        is_money = lexicon.units.get(carried.counted).dimension.startswith("money")
        return carried.things if is_money else carried.counted  # "42 sites worth $3 billion. Of these, 17 are open"
    return carried.counted if is_part else None


def _goes_on_counting(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """ "Of which 1.9 billion could be traded; 930 million changed hands": behind a full clause a bare amount is the
    subject of the next verb.
    """
    gap, follows = words.low[first.right : second.left], words.low[second.right : second.right + 1]
    if not first.dimension.startswith("count") or second.scale == 1 or len(gap) > _MOST_PAIRED or len(gap) < 2:
        return False
    is_clause = gap[-1] in (";", "and", "while") and any(lexicon.grammar.is_verb(w) for w in gap[:-1])
    return is_clause and bool(follows) and lexicon.grammar.is_verb(follows[0])


def _set_against(words: Words, mention: Mention, before: list[Mention]) -> str | None:
    """ "To 168,000 tonnes from 181,000": what stands right against a measure is of its unit."""
    first = before[-1] if before else None
    is_compared = words.low[max(0, mention.left - 2) : mention.left] in _COMPARED
    is_compared = is_compared or (first is not None and words.low[first.right : mention.left] == ["from"])
    if is_compared and first is not None and first.dimension == "ratio":  # "12.3 million, or 42%, compared with 9.6"
        first = next((m for m in reversed(before[-_PAIR:]) if m.is_stock), None)
        is_same = first is not None and first.scale == mention.scale and not first.is_attributive
        is_same = is_same and ";" not in words.low[before[-1].right : mention.left]
        return first.unit if first is not None and is_same and _is_near(first, mention) else None
    if first is None or not first.is_stock or first.scale != mention.scale or first.is_attributive:
        return None
    is_against = words.low[first.right : mention.left] in (["from"], ["against"], ["versus"], [",", "from"])
    return first.unit if is_against and _is_near(first, mention) else None


def _is_gapped(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """ "The port handled 3.2 million containers and its rival 2.1 million", "opened 48 stores and closed 17"."""
    if first.scale != second.scale or first.kind in ("size", "condition", "rank") or first.unit is None:
        return False
    if goes_on(words, first, second, lexicon):
        return True
    gap, grammar = words.low[first.right : second.left], lexicon.grammar
    follows = words.low[second.right] if second.right < len(words) else ""
    done, joins = grammar.classes["undone"], grammar.classes["clause_joins"]
    if not first.is_stock or not gap or len(gap) > 6 or ";" in gap:
        return False
    if len(gap) == 2 and gap[0] in joins and gap[1] in done:
        return not follows[:1].isalnum() or follows in ("that", "which", "who")
    if len(gap) == 2 and gap[0] in joins and gap[1] in ("has", "have", "had"):  # "and has 312 left", "63 on order"
        return follows in grammar.classes["left_over"] or follows in grammar.classes["preposition"]
    if "and" in gap and _tells_only_when(words, first.right, second.left, lexicon):
        return True
    is_told = any(grammar.is_verb(word) or word in done for word in gap[:-1])
    return gap[-1] in joins and is_told and (follows in done or follows in grammar.classes["auxiliary"])


def _tells_only_when(words: Words, start: int, stop: int, lexicon: Lexicon) -> bool:
    """ "1.7 million boxes this year and a record 3 million in 2028": nothing but times stands between two figures."""
    classes = lexicon.grammar.classes
    said = ("article", "span_unit", "latest", "bound_filler", "once_more", "conjunction")
    return any(word in classes["span_unit"] or word.isdecimal() for word in words.low[start:stop]) and all(
        word == "in" or (word.isdecimal() and len(word) == 4) or any(word in classes[c] for c in said)
        for word in words.low[start:stop]
    )


def _is_followed(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """A bare figure at the end of its clause that another holds, or the same at another time: "45 percent, followed
    by China with 25 and Europe with 15", "China accounted for 8 million cars, Europe for 3 million", "claims 220 EFLOPS
    already; Ningxia, 160", "2 million cars (once: 4 million)".
    """
    gap, j, grammar = words.low[first.right : second.left], second.right, lexicon.grammar
    follows = words.low[j] if j < len(words) else "."
    is_end = not follows[:1].isalnum() or follows in grammar.classes["clause_joins"]
    if not is_end or not 2 <= len(gap) <= _MOST_PAIRED + 2 or first.kind in ("size", "condition", "rank"):
        return False
    names = words.text[second.left - 2 : second.left - 1]
    is_named = bool(names) and names[0][0].isupper()
    if gap[-1] in grammar.classes["leads_with"] and is_named:
        return "followed" in gap or gap[0] in grammar.classes["clause_joins"]
    if gap[-1] in grammar.classes["preposition"] and words.low[first.left - 1 : first.left] == gap[-1:] and is_named:
        return first.is_stock and (gap[0] == "," or gap[0] in grammar.classes["clause_joins"])
    if gap[-1] == "," and is_named and ";" in gap:
        return len(gap) - 1 - gap[::-1].index(";") >= len(gap) - 4
    return gap[0] == "(" and gap[-1] == ":" and first.scale == second.scale > 1 and follows == ")"


def _fronted(words: Words, left: int, before: list[Mention], lexicon: Lexicon) -> str | None:
    """ "Of all wireless subscribers, 109 million were", "Of the 40 data centres, 12 are new", "Ports that deliver
    it number 30 million".
    """
    low, text, classes = words.low, words.text, lexicon.grammar.classes
    start = left
    while start > 0 and text[start - 1] not in _BREAKS and left - start < 40:
        start -= 1
    if low[start] in ("of", "among") and text[left - 1] == ",":
        whole = next((m for m in reversed(before[-FAR_COUNT:]) if start < m.i and m.is_stock and m.unit), None)
        if whole is not None:
            return whole.unit
        head = _first_plural(words, start + 1, left, lexicon)
        return lexicon.nouns.code_of(low[start + 1 : head + 1]) if head >= 0 else None
    if low[left - 1 : left] != [] and low[left - 1] in classes["numbers_verb"] and left - 1 > start:
        head = _first_plural(words, start, left - 1, lexicon)
        return lexicon.nouns.code_of(low[start : head + 1]) if head >= 0 else None
    return None


def _compares(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """ "2.2 billion people, against 2.3 billion in 2024", "to 427 from 407": the second figure counts the same.

    Money stays money over a longer way, since a bare "18.48 trillion" beside "26.99 trillion yuan" can be nothing else.
    """
    gap = words.low[first.right : second.left]
    if ";" in gap or first.unit is None:
        return False
    if first.dimension.startswith("money") and second.scale >= 10**6 and first.scale >= 10**6:
        return len(gap) <= 16
    if gap[-1:] == ["from"] and gap[-2:-1] in (["up"], ["down"]) and first.dimension == "time" and len(gap) <= 12:
        return first.scale == second.scale and not first.is_attributive and _is_near(first, second)
    if not {"against", "versus", "compared"}.isdisjoint(gap) and first.dimension in ("time", "ratio") and len(gap) <= 5:
        return first.scale == second.scale and not first.is_attributive and _is_near(first, second)
    is_like = first.dimension.startswith("count") or (
        first.scale == second.scale and first.dimension not in ("time", "multiple", "rank", "ratio")
    )
    return is_like and len(gap) <= 8 and not lexicon.grammar.classes["compares_with"].isdisjoint(gap)


def _is_near(first: Mention, second: Mention) -> bool:
    return abs(first.value) / 5 <= abs(second.value) <= abs(first.value) * 5


def _subject(words: Words, left: int, lexicon: Lexicon, is_first: bool) -> str | None:
    """The counted noun of the subject of a number, which begins at token `left`; `is_first`: no figure before it."""
    low, text, grammar, nouns = words.low, words.text, lexicon.grammar, lexicon.nouns
    classes = grammar.classes
    number_of, openers = classes["number_of"], classes["clause_opener"]
    start = left - 1 if text[left - 1 : left] == [":"] else left
    while start > 0 and text[start - 1] not in _BREAKS and left - start < 40:
        start -= 1
    for k in range(left - 1, start - 1, -1):
        if low[k] in number_of and low[k + 1 : k + 2] == ["of"]:
            head = _first_plural(words, k + 2, left, lexicon)
            return nouns.code_of(low[k + 2 : head + 1]) if head >= 0 else None
    for k in range(left - 1, max(start, left - 4) - 1, -1):  # the population was, a workforce of
        if low[k] in classes["people_noun"]:
            return nouns.code_of(("persons",))
        if low[k] not in grammar.ends_phrase and text[k] not in ":.":
            break
    clause = start
    for k in range(left - 1, start, -1):
        if low[k] in openers and left - k > 1 and not (is_first and left - k == 2 and low[k + 1] == "to"):
            clause = k + 1
            break
    while clause < left and (low[clause] in classes["article"] or low[clause] in ("of", "over", "about", "some")):
        clause += 1
    for k in range(clause, min(left, clause + 10)):
        if low[k] in classes["base_noun"] and k > clause and low[k - 1][0].isalpha():
            code = nouns.code_of(low[max(clause, k - 2) : k])
            if code in nouns.known and not nouns.is_plural(low[k]):
                return code
        is_joined = low[k - 1] == "-" if k > clause else False  # machine-to-machine connections
        if (low[k] in classes["preposition"] and not is_joined) or low[k] in classes["auxiliary"]:
            break
        if nouns.is_plural(low[k]) and text[k][0].isalpha():
            if k + 1 < left and nouns.is_plural(low[k + 1]) and low[k + 1] not in classes["verb_or_plural"]:
                continue  # data centres
            if text[k].istitle() and low[k - 1 : k] == ["the"]:
                return None  # "the Americas are at 88"
            if k + 1 < left and low[k + 1] in classes["base_noun"]:
                continue
            unit = lexicon.unit_names.forward(low, k)
            if (
                unit is not None
                and low[k] in classes["time_unit"]
                and left - k < 4
                and _is_measured(words, left, lexicon)
            ):
                return unit[1][0]  # "inventory days fell to 76"
            if low[k] in classes["plural_modifier"] or unit is not None:
                return None
            if k == left - 2 and low[k] in classes["verb_or_plural"] and low[left - 1] in classes["preposition"]:
                return None  # "and guides to 2.6 million"
            if low[k] in classes["verb_or_plural"] and low[k + 1 : k + 2] == ["to"] and k + 2 < left:
                return None  # "has nodes in 50 cities and plans to reach 100"
            if low[left - 1] in ("had", "have", "has"):
                return None  # "urban areas had 640 million"
            code = nouns.code_of(low[clause : k + 1])
            is_counted = code in nouns.known or low[k] not in classes["amount_plural"]
            return code if is_counted and _is_measured(words, left, lexicon) else None
        if grammar.cues.forward(low, k) is not None and k > clause:
            break
    return None


def _with_clause(words: Words, left: int, lexicon: Lexicon) -> str | None:
    """ "Lines that use copper declined by 2.4 million": the plural that opens the sentence, with a clause behind it."""
    grammar = lexicon.grammar
    head = _first_plural(words, 0, min(left, _OPENING), lexicon)
    if head < 0 or words.low[head + 1 : head + 2] == [] or words.low[head + 1] not in ("that", "who", "which", "whose"):
        return None
    code = lexicon.nouns.code_of(words.low[max(0, head - _OPENING) : head + 1])
    is_clean = left - head < _RELATIVE and not {",", ";", "(", "|"} & set(words.low[head:left])
    verb = grammar.cues.backward(words.low, left - 1) if words.low[left - 1] in ("by", "to") else None
    return code if code in lexicon.nouns.known and is_clean and verb is not None else None


def _is_measured(words: Words, left: int, lexicon: Lexicon, also: str = "") -> bool:
    """Whether the words right before a number say how many its subject are: "reached", "by", "were", not "had
    expected".
    """
    before = words.low[left - 1] if left else ""
    if before in (":", also) or before in lexicon.grammar.classes["measured_before"]:
        return True
    cue = lexicon.grammar.cues.backward(words.low, left)
    if cue is None:
        cue = lexicon.grammar.cues.forward(words.low, left)
    return cue is not None and cue[1].cue in ("level", "up", "down", "change")


def _first_subject(words: Words, left: int, lexicon: Lexicon) -> str | None:
    """What a "respectively" list counts: the plural that opens its sentence ("Users who employ AI to ... reached")."""
    opening = words.low[: min(left, _OPENING)]
    for k, word in enumerate(opening):
        if word in lexicon.grammar.classes["preposition"] or word in ",;:":
            return None
        if lexicon.nouns.is_plural(word) and word not in lexicon.grammar.classes["plural_modifier"]:
            return lexicon.nouns.code_of(opening[: k + 1])
    return None


def _first_plural(words: Words, start: int, stop: int, lexicon: Lexicon) -> int:
    for k in range(start, min(stop, start + 8)):
        if words.low[k] in lexicon.grammar.classes["preposition"] or words.text[k] in ",;:":
            return -1
        if lexicon.nouns.is_plural(words.low[k]):
            return k
    return -1
