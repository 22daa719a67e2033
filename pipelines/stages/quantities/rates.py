"""What a measure is stated per ("yuan per million tokens", "$45/MWh"), and the basis it is measured on ("FP16")."""

from decimal import Decimal

from pipelines.stages.quantities.counted import noun_head
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention, take
from pipelines.vocabulary.words import Words

_BASIS_REACH = 12  # words from a number to the qualifier that it is measured on
_ROUND = frozenset(map(Decimal, (10, 100, 1000, 10**4, 10**5, 10**6)))
_SCALED = {
    Decimal(1000): "k",
    Decimal(10000): "10k_",
    Decimal(100000): "100k_",
    Decimal(10**6): "M",
    Decimal(10**9): "G",
}


def read_rate(words: Words, mention: Mention, lexicon: Lexicon) -> None:
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
    if scale > 1 and code in lexicon.grammar.classes["counted_heads"]:
        code = lexicon.nouns.code_of(("persons",))
    denominator = _SCALED.get(scale, f"{_plain(scale)}_") + code if scale != 1 else code
    if mention.unit is None:
        if scale > 1:
            mention.rate, mention.right, mention.end = denominator, right, words.end[right - 1]
        return
    unit = f"{mention.unit}/{denominator}"
    lexicon.units.get(unit)
    take(words, mention, unit, right, "rate")
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
    for k in range(max(0, mention.i - _BASIS_REACH - 2), min(len(words), mention.right + _BASIS_REACH + 1)):
        hit = lexicon.qualifiers.forward(words.low, k)
        if hit is not None and not hit[1].is_adjacent and mention.dimension in hit[1].dimensions:
            distance = k - mention.right if k >= mention.right else mention.i - k + 2
            if best is None or distance < best[0]:
                best = distance, hit[1].basis
    if best is not None and best[0] <= _BASIS_REACH:
        mention.basis = best[1]
