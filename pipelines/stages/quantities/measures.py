"""What an English number counts or measures: currency before it, symbol or name after it, a rate, or a counted noun.

Reads a mention whose number is known and sets its unit, its quote's end and the span of the counted noun.
"""

from decimal import Decimal

from pipelines.catalogue.units import Unit
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words

_NEAR = 60  # words to either side of a number in which a cue can settle what a sign means
_BASIS_REACH = 12  # words from a number to the qualifier that it is measured on
MAX_PHRASE = 8  # words from a number to the head of its counted noun


def currency_before(words: Words, i: int, lexicon: Lexicon) -> tuple[int, tuple[str, ...]] | None:
    """The currency written right before token `i`, a sign or a space between them allowed: tokens, candidate codes."""
    hit = lexicon.currency_before.backward(words.low, i)
    if hit is None:
        return None
    size, codes = hit
    if size > 1 and words.text[i - 1] in "$¥£" and not words.is_glued(i - 1):
        size, codes = 1, lexicon.units.prefixes[words.text[i - 1]]
    first = i - size
    if first > 0 and words.text[first][0].isalpha() and words.is_glued(first) and words.text[first - 1][-1:].isalnum():
        return None
    return size, codes


def read_measure(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Find the unit of a mention, in this order: money, symbol, unit name, counted noun; then rate and basis."""
    if mention.form == "share":
        mention.unit, mention.rules = "%", [*mention.rules, "fraction"]
    elif mention.currency is not None:
        mention.unit = mention.currency
        _skip_currency_name(words, mention, lexicon)
        mention.rules.append("currency")
    elif not (_symbol(words, mention, lexicon) or _name(words, mention, lexicon)):
        _noun(words, mention, lexicon)
    if mention.dimension == "":
        mention.dimension = lexicon.units.get(mention.unit).dimension if mention.unit else ""
    if (
        mention.dimension == "temperature"
        and words.low[mention.right : mention.right + 2] == ["below", "zero"]
        and not mention.is_signed
    ):
        mention.value, mention.is_signed = -mention.value, True
        _take(words, mention, mention.unit or "", mention.right + 2, "below zero")
    if mention.unit is not None:
        unit = lexicon.units.get(mention.unit)
        mention.dimension = unit.dimension
        if unit.dimension.startswith("money") and unit.code != unit.canonical:
            _in_the_currency(mention, unit)
        if mention.dimension != "ratio" or mention.form != "share":
            _rate(words, mention, lexicon)
        _basis(words, mention, lexicon)
    elif mention.form != "share":
        _rate(words, mention, lexicon)


def _in_the_currency(mention: Mention, unit: Unit) -> None:
    """35 cents is 0.35 dollars: money is always in the currency itself."""
    part = Decimal(unit.factor.numerator) / Decimal(unit.factor.denominator)
    mention.value, mention.scale, mention.unit = mention.value * part, mention.scale * part, unit.canonical


def _take(words: Words, mention: Mention, unit: str, right: int, rule: str) -> bool:
    mention.unit, mention.right = unit, right
    mention.end = words.end[right - 1]
    mention.rules.append(rule)
    return True


def _skip_currency_name(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """ "RMB 43.5 billion yuan" and "$5 billion USD" name the currency twice; the quote takes both."""
    hit = lexicon.unit_names.forward(words.low, mention.right)
    if hit is not None and mention.unit in hit[1]:
        mention.right += hit[0]
        mention.end = words.end[mention.right - 1]
    elif words.text[mention.right : mention.right + 1] == [mention.unit]:
        mention.right += 1
        mention.end = words.end[mention.right - 1]


def _symbol(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """A symbol glued to the number (28nm, 5%), after a space (300 EFLOPS) or after a hyphen (100-MW)."""
    source, j = words.source, mention.right
    if j >= len(words):
        return False
    at, hyphen = words.start[j], False
    if words.text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1) and j + 1 < len(words):
        at, hyphen, j = words.start[j + 1], True, j + 1
    elif at - words.end[mention.right - 1] > 2:
        return False
    glued = at == words.end[mention.right - 1]
    for size in lexicon.symbol_sizes.get(source[at], ()):
        surface = source[at : at + size]
        codes = lexicon.symbols.get(surface)
        if codes is None or len(surface) < size:
            continue
        last = surface[-1]
        after = source[at + size : at + size + 1]
        if (last.isalnum() and after.isalnum()) or after in ("'", "\u2019"):
            continue
        if not last.isalnum() and after.isdecimal() and lexicon.units.get(codes[0]).dimension.startswith("money"):
            continue
        if not glued and not hyphen and not _stands_alone(words, surface, j, lexicon):
            continue
        right = j
        while right < len(words) and words.end[right] <= at + size:
            right += 1
        mention.is_attributive = hyphen
        return _take(words, mention, settle(words, surface, codes, mention, lexicon), max(right, j + 1), "symbol")
    folded = lexicon.units.folded.get(words.low[j]) if words.text[j][0].isalpha() else None
    if folded:
        mention.is_attributive = hyphen
        return _take(words, mention, settle(words, words.low[j], folded, mention, lexicon), j + 1, "symbol")
    return False


def _stands_alone(words: Words, surface: str, j: int, lexicon: Lexicon) -> bool:
    """Whether a symbol after a space is one: "5 m of", not "5 a day", "3 in ten"; "12 t," but not "12 T cells"."""
    if not surface[0].isalpha():
        return True
    if surface.lower() in lexicon.grammar.ends_phrase:
        return False
    if len(surface) > 1:
        return True
    follower = words.low[j + 1] if j + 1 < len(words) else ""
    if not follower[:1].isalnum() or follower in lexicon.grammar.ends_phrase:
        return True
    return (
        follower.isalpha() and words.text[j + 1].islower() and noun_head(words, j + 1, lexicon, is_singular=False) < 0
    )


def _name(words: Words, mention: Mention, lexicon: Lexicon) -> bool:
    """A unit by name: "million petaflops", "400-kilowatt", "degrees Celsius", "percentage points", "U.S. dollars"."""
    j, hyphen = mention.right, False
    if j + 1 < len(words) and words.text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1):
        j, hyphen = j + 1, True
    elif mention.form == "vague" or j >= len(words):
        pass
    hit = lexicon.unit_names.forward(words.low, j)
    if hit is None:
        return False
    size, codes = hit
    surface = " ".join(words.low[j : j + size])
    if not hyphen and not _is_unit_here(words, j, size, lexicon):
        return False
    mention.is_attributive = hyphen and lexicon.units.get(codes[0]).dimension != "ratio"
    return _take(words, mention, settle(words, surface, codes, mention, lexicon), j + size, "unit name")


def _is_unit_here(words: Words, j: int, size: int, lexicon: Lexicon) -> bool:
    """Not where the name only modifies a counted noun: "third quarter results", "61 million gigabit fiber users"."""
    low = words.low[j]
    if size == 1 and low in lexicon.grammar.ordinals and low not in ("second", "seconds"):
        return False
    follows = words.low[j + size] if j + size < len(words) else ""
    if not follows[:1].isalpha() or follows in lexicon.grammar.ends_phrase or size > 1:
        return True
    codes = lexicon.unit_names.forward([low + "s"], 0)
    if codes is None or lexicon.units.get(codes[1][0]).dimension.startswith("money"):
        return True
    return noun_head(words, j + size, lexicon, is_singular=False) < 0


def settle(words: Words, surface: str, codes: tuple[str, ...], mention: Mention, lexicon: Lexicon) -> str:
    """The code that an ambiguous surface means here: the first whose cue word stands in the sentence, else the
    usual one.
    """
    if len(codes) == 1:
        return codes[0]
    cues = lexicon.units.contexts.get(surface) or lexicon.units.contexts.get(surface.lower(), ())
    near = words.low[max(0, mention.i - _NEAR) : mention.i + _NEAR] if cues else []
    present, joined = set(near), " ".join(near)
    for cue, code in cues:
        if cue in present or (" " in cue and cue in joined):
            mention.rules.append(f"{surface} by {cue}")
            return code
    return codes[0]


def _noun(words: Words, mention: Mention, lexicon: Lexicon) -> None:
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
            _take(words, mention, lexicon.nouns.code_of(low[j + 1 : head]), head, "noun after hyphen")
        return
    if words.text[j : j + 1] == ["+"] and words.is_glued(j):
        j += 1
    if low[j : j + 1] == ["of"] and mention.value >= 2:
        _part_of_group(words, mention, lexicon)
        return
    if low[j : j + 1] in (["x"], ["×"]) and words.is_glued(j):
        return
    first = j
    if low[j : j + 1] in (["more"], ["fewer"]):
        j += 1
    head = noun_head(words, j, lexicon, is_singular=mention.value == 1 or 0 < mention.value < 1)
    if head < 0 or hyphen:
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
            _take(words, mention, code, head + 1, "counted noun after of")
            return
    _take(words, mention, lexicon.nouns.code_of(low[j : head + 1]), head + 1, "counted noun")


def _part_of_group(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """ "Ten of the 15 members", "1,200 of its 5,000 workers": what the group consists of is counted; "of"
    stays outside.
    """
    low, j = words.low, mention.right + 1
    if j >= len(words) or low[j] not in lexicon.grammar.classes["definite"]:
        return
    j += 1
    while j < len(words) and (words.text[j][0].isdecimal() or low[j] in lexicon.grammar.cardinals):
        j += 1
    head = noun_head(words, j, lexicon, is_singular=False)
    if head >= 0:
        mention.unit = lexicon.nouns.code_of(low[j : head + 1])
        mention.rules.append("noun of the group")


def noun_head(words: Words, j: int, lexicon: Lexicon, is_singular: bool) -> int:
    """The token of the head of the noun phrase that begins at `j`, or -1: the first plural before the phrase ends."""
    low, text, grammar, nouns = words.low, words.text, lexicon.grammar, lexicon.nouns
    last_word, k, stop = -1, j, min(len(words), j + MAX_PHRASE + 6)
    count = 0
    while k < stop and count < MAX_PHRASE:
        token = low[k]
        if token in grammar.ends_phrase and not (k > j and words.text[k - 1] == "-" and words.is_glued(k)):
            break
        if text[k] == "-" or text[k] == "/":
            if not (words.is_glued(k) and words.is_glued(k + 1)):
                break
        elif text[k] in "\"'“”‘’":
            pass
        elif text[k][0].isdecimal():
            if not words.is_glued(k + 1) and not (k > j and words.is_glued(k)):
                break
        elif token[0].isalpha():
            count += 1
            joined_on = k + 1 < len(words) and text[k + 1] == "-" and words.is_glued(k + 1) and words.is_glued(k + 2)
            if nouns.is_plural(token) and not joined_on:
                is_modifier = token in grammar.classes["plural_modifier"] or nouns.singular(token) == token
                if is_modifier and noun_head(words, k + 1, lexicon, is_singular=False) >= 0:
                    k += 1
                    continue
                return k
            if not joined_on:
                last_word = k
        else:
            break
        k += 1
    if is_singular and last_word >= 0 and k - j <= MAX_PHRASE:
        return last_word
    return -1


def _rate(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Per, a, each, "/": 0.8 yuan per million tokens, $45 per megawatt-hour, 1.6 billion requests per day."""
    low, j = words.low, mention.right
    if j + 1 >= len(words) or mention.dimension == "ratio" or mention.is_attributive:
        return
    if low[j] == "/" or low[j] == "per":
        pass
    elif low[j] in ("a", "an", "each", "every") and low[j + 1] in lexicon.grammar.classes["rate_unit"]:
        if low[j + 2 : j + 3] and low[j + 2] in ("ago", "earlier", "before", "later"):
            return
    else:
        return
    k, scale = j + 1, Decimal(1)
    if low[k] in lexicon.grammar.classes["rate_blocked"]:
        return
    if low[k][0].isdecimal() and low[k].replace(",", "").isdecimal() and len(low[k]) < 12:
        scale, k = Decimal(low[k].replace(",", "")), k + 1
        if low[j] == "/" and scale not in _ROUND:
            return
    while k < len(words) and lexicon.grammar.cardinals.get(low[k], ("",))[0] in ("unit", "ten", "hundred", "scale"):
        scale, k = scale * lexicon.grammar.cardinals[low[k]][1], k + 1
    if k >= len(words):
        return
    hit = lexicon.unit_names.forward(low, k)
    symbol = _symbol_at(words, k, lexicon) if hit is None else None
    if hit is not None:
        code, right = hit[1][0], k + hit[0]
    elif symbol is not None:
        code, right = symbol
    elif low[k][0].isalpha() and low[k] not in lexicon.grammar.ends_phrase:
        head = noun_head(words, k, lexicon, is_singular=scale == 1)
        head = head if head >= 0 else k
        code, right = lexicon.nouns.code_of(low[k : head + 1]), head + 1
    elif scale > 1:
        return
    else:
        return
    denominator = _SCALED.get(scale, f"{_plain(scale)}_") + code if scale != 1 else code
    if mention.unit is None:
        if scale > 1:
            mention.rate, mention.right, mention.end = denominator, right, words.end[right - 1]
        return
    unit = f"{mention.unit}/{denominator}"
    lexicon.units.get(unit)
    _take(words, mention, unit, right, "rate")
    mention.dimension = lexicon.units.get(unit).dimension


def _symbol_at(words: Words, k: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The longest symbol that begins at token `k` and ends with a token: its first code, and the token after it."""
    source, at = words.source, words.start[k]
    for size in lexicon.symbol_sizes.get(source[at], ()):
        codes = lexicon.symbols.get(source[at : at + size])
        if (
            codes is None
            or at + size > len(source)
            or (source[at + size - 1].isalnum() and source[at + size : at + size + 1].isalnum())
        ):
            continue
        right = k
        while right < len(words) and words.end[right] <= at + size:
            right += 1
        return (codes[0], right) if right > k else None
    return None


_ROUND = frozenset(map(Decimal, (10, 100, 1000, 10**4, 10**5, 10**6)))
_SCALED = {
    Decimal(1000): "k",
    Decimal(10000): "10k_",
    Decimal(100000): "100k_",
    Decimal(10**6): "M",
    Decimal(10**9): "G",
}


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _basis(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """The numeric format or load a figure is measured on: next to the unit it joins the quote, elsewhere it
    only counts.
    """
    j = mention.right
    opened = words.text[j : j + 1] == ["("]
    hit = lexicon.qualifiers.forward(words.low, j + opened)
    if hit is not None and mention.dimension in hit[1].dimensions:
        mention.basis = hit[1].basis
        right = j + opened + hit[0]
        if opened and words.text[right : right + 1] != [")"]:
            return
        mention.right = right + opened
        mention.end = words.end[mention.right - 1]
        return
    if mention.dimension not in lexicon.near_dimensions:
        return
    best: tuple[int, str] | None = None
    for k in range(max(0, mention.i - _BASIS_REACH - 2), min(len(words), mention.right + _BASIS_REACH + 1)):
        hit = lexicon.qualifiers.forward(words.low, k)
        if hit is not None and not hit[1].is_adjacent and mention.dimension in hit[1].dimensions:
            distance = k - mention.right if k >= mention.right else mention.i - k + 2
            if best is None or distance < best[0]:
                best = distance, hit[1].basis
    if best is not None and best[0] <= _BASIS_REACH:
        mention.basis = best[1]
