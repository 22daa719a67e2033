"""What a measure is stated per ("yuan per million tokens", "$45/MWh"), and the basis it is measured on ("FP16")."""

import re
from decimal import Decimal

from pipelines.stages.quantities.counted import noun_head
from pipelines.stages.quantities.lexicon import Lexicon, symbol_sizes_at
from pipelines.stages.quantities.mention import Mention, take
from pipelines.vocabulary.words import Words

_BASIS_REACH = 12  # words from a number to the qualifier that it is measured on
_MOST_WHOLES = 3  # kWh per square metre per year
_WORD = 4  # letters of a word, where a symbol has fewer
_AGO = (["ago"], ["earlier"], ["before"], ["later"])
#: A symbol with an exponent below zero, after a space or a dot.
_INVERSE = re.compile(
    r"[ \u00a0\u2009\u00b7\u22c5.]?(?P<symbol>[A-Za-z\u00b5\u03bc\u03a9]{1,12})\^?[-\u2013\u207b]"
    r"(?P<power>[123\u00b9\u00b2\u00b3])(?!\w|\.\d)"
)
_BELOW = re.compile(r"\^?[-\u2013\u207b](?P<power>[123\u00b9\u00b2\u00b3])(?!\w|\.\d)")
_PRODUCT = re.compile(
    r"\(([^\W_]{1,5})[ \u00b7\u22c5.*]([^\W_]{1,5})\)"
    r"|\(?([^\W\d_]{1,3}[23\u00b2\u00b3])([^\W\d_]{1,3})(?![^\W_])\)?"
)
_DOTS = frozenset("\u00b7\u22c5\u2022\u2219")
#: CO2, CO₂e, N, NOx, protein, where a rate goes on behind it.
_FORMULA = re.compile(
    r"(?:(?:[A-Z][a-z]?[0-9\u2080-\u2089x]?){1,5}(?:-?eq?|-[A-Z][a-z]?)?(?=/| per )"
    r"|[A-Za-z][A-Za-z0-9\u2080-\u2089]{0,11}(?:-[A-Z][a-z]?)?"
    r"(?=[ \u00a0\u2009][A-Za-z\u00b5\u03bc]{1,4}\^?[-\u2013\u207b][123\u00b9\u00b2\u00b3](?!\w|\.\d)))"
)
_SUBSTANTIAL = frozenset(("mass", "volume", "amount"))
_RAISED = str.maketrans("\u00b9\u00b2\u00b3", "123")
_ROUND = frozenset(map(Decimal, (10, 100, 1000, 10**4, 10**5, 10**6)))
_SCALED = {
    Decimal(1000): "k",
    Decimal(10000): "10k_",
    Decimal(100000): "100k_",
    Decimal(10**6): "M",
    Decimal(10**9): "G",
}


def read_rate(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """Per, a, each, for every, "/", or an exponent below zero: 0.8 yuan per million tokens, $45 per megawatt-hour,
    20 W m-2, 210 kWh/m2 a year, 3 litres of water a day, 7.1 yuan to the dollar.
    """
    if mention.dimension == "ratio" or mention.is_attributive:
        return
    if mention.rules[-1:] == ["symbol"]:
        _multiplied(words, mention, lexicon)
        _reciprocal(words, mention, lexicon)
    wholes: list[str] = []
    right, rule = mention.right, "rate"
    if mention.dimension in _SUBSTANTIAL:
        right = formula_behind(words, right)
    for _ in range(_MOST_WHOLES):
        read = _whole(words, right, bool(wholes), lexicon) or _inverse(words, right, mention, lexicon)
        read = read or (None if wholes else _to_the_dollar(words, right, mention, lexicon))
        if read is None:
            break
        wholes.append(read[0])
        right = read[1]
    if not wholes:
        far = _behind_of(words, mention, lexicon) if mention.unit is not None else None
        if far is None:
            return
        wholes, rule = [far], "rate behind of"
    denominator = "/".join(wholes)
    if mention.unit is None:
        per = words.low[mention.right + (2 if words.low[mention.right] == "for" else 1)]
        is_time = per in lexicon.grammar.classes["span_unit"] and words.low[mention.right] in ("a", "an", "per")
        is_symbol = words.text[mention.right] == "/" and words.is_glued(mention.right) and len(per) > 1
        is_symbol = is_symbol and _symbol_at(words, mention.right + 1, lexicon) is not None
        if (
            per[0].isdecimal() or per in lexicon.grammar.cardinals or is_time or is_symbol
        ):  # "34.4 per 10,000", "33 a day", "10,715/km2" wait for the noun of their subject
            mention.rate, mention.right, mention.end = denominator, right, words.end[right - 1]
        return
    take(words, mention, lexicon.units.join(mention.unit, denominator), right, rule)
    mention.dimension = lexicon.units.get(mention.unit or "").dimension


def formula_behind(words: Words, j: int) -> int:
    """The token behind the formula of a substance at token `j`, where what it is stated per follows: g CO2/kWh."""
    if j >= len(words) or words.start[j] - words.end[j - 1] > 1:
        return j
    match = _FORMULA.match(words.source, words.start[j])
    if match is None:
        return j
    right = j
    while right < len(words) and words.end[right] <= match.end():
        right += 1
    return right


def read_whole(words: Words, j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """What a unit that stands before token `j` without a number is stated per: "(US$ per tonne)"."""
    return _whole(words, j, False, lexicon) if words.low[j : j + 1] in (["per"], ["/"]) else None


def _whole(words: Words, j: int, is_further: bool, lexicon: Lexicon) -> tuple[str, int] | None:
    """The code of the whole that is named at token `j` behind per, a or "/", and the token after it."""
    low = words.low
    if j + 1 >= len(words):
        return None
    if low[j] == "for" and low[j + 1] in ("every", "each") and low[j + 2 : j + 3]:
        j += 1
    elif low[j] in ("a", "an", "each", "every"):
        if low[j + 2 : j + 3] in _AGO:
            return None
        is_listed = low[j + 1] in lexicon.grammar.classes["rate_unit"] and low[j + 1] not in lexicon.grammar.ordinals
        if not is_listed and not _names_whole(words, j + 1, lexicon):
            return None
    elif low[j] not in ("/", "per"):
        return None
    k, scale = j + 1, Decimal(1)
    if low[k] in lexicon.grammar.classes["rate_blocked"]:
        return None
    if low[k][0].isdecimal() and low[k].replace(",", "").isdecimal() and len(low[k]) < 12:
        scale, k = Decimal(low[k].replace(",", "")), k + 1
        if low[j] == "/" and scale not in _ROUND:
            return None
        if words.text[k : k + 1] == ["-"] and words.is_glued(k):  # per 40-foot container
            scale = Decimal(1)
            while words.text[k : k + 1] == ["-"]:
                k += 2
    while k < len(words) and lexicon.grammar.cardinals.get(low[k], ("",))[0] in ("unit", "ten", "hundred", "scale"):
        scale, k = scale * lexicon.grammar.cardinals[low[k]][1], k + 1
    if scale > 1 and k + 1 < len(words) and low[k] in lexicon.grammar.classes["verb"]:
        k += lexicon.nouns.is_plural(low[k + 1])  # "per 100,000 live births"
    if k >= len(words):
        return None
    hit = lexicon.unit_names.forward(low, k)
    symbol = _product(words, k, lexicon) or _symbol_at(words, k, lexicon)
    if hit is not None and (symbol is None or symbol[1] <= k + hit[0]):  # km is a word, km2 a symbol
        code, right = hit[1][0], k + hit[0]
    elif symbol is not None:
        code, right = symbol
    elif low[j] == "/" and scale == 1 and words.is_glued(j) and words.is_glued(k) and _ends_rate(words, k, lexicon):
        code, right = _divides(words.text[k], lexicon)[0], k + 1
    elif not is_further and low[k][0].isalpha() and low[k] not in lexicon.grammar.ends_phrase:
        head = noun_head(words, k, lexicon, is_singular=scale == 1)
        head = head if head >= 0 else k
        code, right = lexicon.nouns.code_of(low[k : head + 1]), head + 1
    else:
        return None
    if hit is not None or symbol is not None:
        code, right = _over_time(words, code, right, lexicon)
        further = _dotted(words, right, lexicon)
        code, right = (f"({code}.{further[0]})", further[1]) if further is not None else (code, right)
    if scale > 1 and code in lexicon.grammar.classes["counted_heads"]:
        code = lexicon.nouns.code_of(("persons",))
    if words.is_glued(right) and words.text[right][0].isalnum():
        return None  # for each H100
    if low[j - 1] == "for" and scale == 1 and hit is None:
        return None  # "for each face amount" is the price of one
    return (_SCALED.get(scale, f"{_plain(scale)}_") + code if scale != 1 else code), right


def _over_time(words: Words, code: str, right: int, lexicon: Lexicon) -> tuple[str, int]:
    """Per MW-day, per kW-month, per GB-month: a measure held for a time, both of them what is paid for."""
    if words.text[right : right + 1] != ["-"] or not (words.is_glued(right) and words.is_glued(right + 1)):
        return code, right
    hit = lexicon.unit_names.forward(words.low, right + 1)
    if hit is None or lexicon.units.get(hit[1][0]).dimension != "time":
        return code, right
    return f"{code}-{hit[1][0]}", right + 1 + hit[0]


def _names_whole(words: Words, k: int, lexicon: Lexicon) -> bool:
    """2,250 rupees a quintal, 7 tonnes a hectare: a unit by name with nothing behind it that it could modify."""
    hit = lexicon.unit_names.forward(words.low, k)
    if hit is None or lexicon.units.get(hit[1][0]).dimension in ("ratio", "points"):
        return False
    follows = words.low[k + hit[0]] if k + hit[0] < len(words) else ""
    return not follows[:1].isalnum() or follows in lexicon.grammar.ends_phrase


def _to_the_dollar(words: Words, j: int, mention: Mention, lexicon: Lexicon) -> tuple[str, int] | None:
    """7.12 yuan to the dollar, 150 yen against the euro: a rate of exchange."""
    low = words.low
    if not mention.dimension.startswith("money") or low[j + 1 : j + 2] != ["the"] or low[j] not in ("to", "against"):
        return None
    hit = lexicon.unit_names.forward(low, j + 2)
    codes = hit[1] if hit is not None else ()
    code = next((c for c in codes if lexicon.units.get(c).dimension.startswith("money")), None)
    if hit is None or code is None:
        return None
    right = j + 2 + hit[0]
    follows = low[right] if right < len(words) else ""
    is_whole = not follows[:1].isalpha() or follows in lexicon.grammar.ends_phrase
    if not is_whole or code == mention.unit:
        return None
    mention.kind = "ratio"
    return code, right


def _inverse(words: Words, j: int, mention: Mention, lexicon: Lexicon) -> tuple[str, int] | None:
    """A factor with an exponent below zero behind a unit, W m-2 or mol L\u207b\u00b9: what it divides by."""
    if j >= len(words) or mention.unit is None or mention.dimension.startswith("money"):
        return None
    match = _INVERSE.match(words.source, words.end[j - 1])
    if match is None:
        return None
    symbol, power = match["symbol"], match["power"].translate(_RAISED)
    hit = lexicon.unit_names.forward([symbol.lower()], 0)
    codes = lexicon.symbols.get(symbol) or lexicon.units.cued.get(symbol) or (hit[1] if hit is not None else ())
    code = codes[0] + ("" if power == "1" else power) if codes else ""
    if not codes and power == "1" and symbol.islower() and len(symbol) >= _WORD:
        code = lexicon.nouns.code_of([symbol])  # cm3 molecule-1 s-1
    elif code not in lexicon.units.by_code and f"{mention.unit}/{code}" not in lexicon.units.by_code:
        return None
    right = j
    while right < len(words) and words.end[right] <= match.end():
        right += 1
    return code, right


def _multiplied(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """6.6e-34 J\u00b7s, 10 \u03a9\u00b7cm: a symbol, a dot and another symbol."""
    factor = _dotted(words, mention.right, lexicon)
    if factor is not None and _BELOW.match(words.source, words.end[factor[1] - 1]) is not None:
        return  # kg\u00b7m-3
    if factor is not None and f"{mention.unit}.{factor[0]}" not in lexicon.units.by_code:
        take(words, mention, f"{mention.unit}.{factor[0]}", factor[1], "symbol")


def _dotted(words: Words, j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The symbol behind a dot at token `j` that multiplies what stands before it: W/m\u00b7K."""
    if j + 1 >= len(words) or words.text[j] not in _DOTS or not (words.is_glued(j) and words.is_glued(j + 1)):
        return None
    return _symbol_at(words, j + 1, lexicon)


def _reciprocal(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """2.2e19 m-2, 50 s\u207b\u00b9: the unit itself has the exponent below zero. "2 m-3 m" is a range."""
    match = _BELOW.match(words.source, words.end[mention.right - 1])
    if match is None or mention.unit is None:
        return
    right, power = mention.right, match["power"].translate(_RAISED)
    while right < len(words) and words.end[right] <= match.end():
        right += 1
    follows = words.text[right] if right < len(words) else ""
    code = mention.unit + ("" if power == "1" else power)
    is_range = follows in lexicon.symbols and follows not in lexicon.grammar.ends_phrase
    if code in lexicon.units.by_code and not is_range:
        take(words, mention, f"1/{code}", right, "exponent")
        mention.dimension = lexicon.units.get(mention.unit).dimension


def _behind_of(words: Words, mention: Mention, lexicon: Lexicon) -> str | None:
    """3 litres of water a day: the rate is told behind what is measured, and stays outside the quote."""
    low, k = words.low, mention.right
    if low[k : k + 1] != ["of"]:
        return None
    k += 1
    while k < min(len(words), mention.right + 4) and low[k].isalpha() and low[k] not in lexicon.grammar.ends_phrase:
        k += 1
    if k == mention.right + 1 or k >= len(words):
        return None
    read = _whole(words, k, True, lexicon)
    return read[0] if read is not None else None


def _symbol_at(words: Words, k: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The longest symbol that begins at token `k` and ends with a token: its first code, and the token after it."""
    source, at = words.source, words.start[k]
    for size in symbol_sizes_at(lexicon, source, at):
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
    folded = lexicon.units.folded.get(words.low[k])
    return (folded[0], k + 1) if folded else None


def _divides(symbol: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The codes of a symbol in the lower half of a rate, where one of time needs no cue: t/a, m3/d."""
    cued = lexicon.units.cued.get(symbol, ())
    times = tuple(code for code in cued if lexicon.units.get(code).dimension == "time")
    return lexicon.symbols.get(symbol) or times


def _ends_rate(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether the symbol at token `k` ends a rate: 5 t/a of waste, not "$5/a share"."""
    follows = words.low[k + 1] if k + 1 < len(words) else ""
    is_end = not follows[:1].isalnum() or follows in lexicon.grammar.ends_phrase
    return is_end and bool(_divides(words.text[k], lexicon))


def _product(words: Words, k: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """ "/(m\u00b7K)", "/m\u00b2K": two units multiplied, in brackets or behind an exponent."""
    match = _PRODUCT.match(words.source, words.start[k])
    if match is None:
        return None
    codes = [_divides(symbol, lexicon) for symbol in match.groups() if symbol]
    right = k
    while right < len(words) and words.end[right] <= match.end():
        right += 1
    return ("(" + ".".join(code[0] for code in codes if code) + ")", right) if all(codes) else None


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def read_basis(words: Words, mention: Mention, lexicon: Lexicon) -> None:
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
    low, first_words = words.low, lexicon.qualifiers.first_words
    for k in range(max(0, mention.i - _BASIS_REACH - 2), min(len(words), mention.right + _BASIS_REACH + 1)):
        hit = lexicon.qualifiers.forward(low, k) if low[k] in first_words else None
        if hit is not None and not hit[1].is_adjacent and mention.dimension in hit[1].dimensions:
            distance = k - mention.right if k >= mention.right else mention.i - k + 2
            if best is None or distance < best[0]:
                best = distance, hit[1].basis
    if best is not None and best[0] <= _BASIS_REACH:
        mention.basis = best[1]
