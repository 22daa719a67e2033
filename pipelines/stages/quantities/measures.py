"""What an English number measures: the currency before it, the symbol or name of a unit after it.

Reads a mention whose number is known and sets its unit and its quote's end. Counted nouns are in `counted.py`, rates
and the basis of a measure in `rates.py`.
"""

import re
from decimal import Decimal

from pipelines.catalogue.units import Unit
from pipelines.stages.quantities.counted import noun_head, read_noun
from pipelines.stages.quantities.lexicon import Lexicon, symbol_sizes_at
from pipelines.stages.quantities.mention import Mention, take
from pipelines.stages.quantities.powers import multiplies
from pipelines.stages.quantities.rates import formula_behind, read_basis, read_rate
from pipelines.vocabulary.words import Words

_QUOTES = frozenset("'\"\u2019\u201d")
_INCHES = re.compile(r" ?\d{1,2}(?:\.\d)?[\"\u201d]")
_MOLECULE = re.compile(r"(?:[A-Z][a-z]?){2,6}")
_CLOSING = re.compile(r"(?<=[^\s\d])[\"\u201d]")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_INCHES_A_FOOT = 12
_QUOTED = 400  # characters before a mark in which a quotation can have been opened
_NEAR = 60  # words to either side of a number in which a cue can settle what a sign means


def currency_before(words: Words, i: int, lexicon: Lexicon) -> tuple[int, tuple[str, ...]] | None:
    """The currency written right before token `i`, a sign or a space between them allowed: tokens, candidate codes."""
    hit = lexicon.currency_before.backward(words.low, i)
    if hit is None:
        return None
    size, codes = hit
    if size > 1 and words.text[i - 1] in "$¥£" and not words.is_glued(i - 1):
        codes = lexicon.units.prefixes.get(words.source[words.start[i - size] : words.end[i - 1]], ())
        if not codes:  # a $5 note
            size, codes = 1, lexicon.units.prefixes[words.text[i - 1]]
    if (
        size == 1
        and words.text[i - 1].upper() in lexicon.units.letters
        and not (words.is_glued(i) and words.text[i - 1].isupper())
    ):
        return None
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
        read_noun(words, mention, lexicon)
    if mention.dimension == "":
        mention.dimension = lexicon.units.get(mention.unit).dimension if mention.unit else ""
    if (
        mention.dimension == "temperature"
        and words.low[mention.right : mention.right + 2] == ["below", "zero"]
        and not mention.is_signed
    ):
        mention.value, mention.is_signed = -mention.value, True
        take(words, mention, mention.unit or "", mention.right + 2, "below zero")
    if mention.unit is not None:
        unit = lexicon.units.get(mention.unit)
        mention.dimension = unit.dimension
        _and_a_half(words, mention, lexicon)
        _and_inches(words, mention, lexicon)
        if unit.dimension.startswith("money") and unit.code != unit.canonical:
            _in_the_currency(mention, unit)
        if mention.dimension != "ratio" or mention.form != "share":
            read_rate(words, mention, lexicon)
        read_basis(words, mention, lexicon)
    elif mention.form != "share":
        read_rate(words, mention, lexicon)


def part_behind(words: Words, j: int, lexicon: Lexicon) -> Decimal | None:
    """What "and a half" or "and a quarter" at token `j` adds."""
    if j + 2 >= len(words) or words.low[j] != "and" or words.low[j + 1] != "a":
        return None
    is_part = words.low[j + 2] in lexicon.grammar.classes["part_behind"]
    return 1 / lexicon.grammar.fractions[words.low[j + 2]] if is_part else None


def _and_a_half(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """An hour and a half, two metres and a quarter: the part stands behind the unit."""
    part = part_behind(words, mention.right, lexicon)
    if part is not None and mention.value % 1 == 0 and mention.scale == 1 and not mention.is_attributive:
        mention.value += part
        take(words, mention, mention.unit or "", mention.right + 3, "part behind the unit")


def _and_inches(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """A 6-foot-5 forward, a six-foot-two man: the inches stand behind a hyphen without a name."""
    j = mention.right
    if words.text[j : j + 1] != ["-"] or words.low[j - 1] not in lexicon.grammar.classes["foot"] or j + 1 >= len(words):
        return
    word = words.low[j + 1]
    inches = Decimal(word) if word.isdecimal() else lexicon.grammar.cardinals.get(word, ("", Decimal(0)))[1]
    if 0 < inches < _INCHES_A_FOOT and words.is_glued(j) and words.is_glued(j + 1):
        mention.value += inches / _INCHES_A_FOOT
        mention.j = j + 2
        take(words, mention, mention.unit or "", j + 2, "inches")


def _in_the_currency(mention: Mention, unit: Unit) -> None:
    """35 cents is 0.35 dollars: money is always in the currency itself."""
    part = Decimal(unit.factor.numerator) / Decimal(unit.factor.denominator)
    mention.value, mention.scale, mention.unit = mention.value * part, mention.scale * part, unit.canonical


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
    if words.text[j] in _BRACKETS and _bracketed(words, mention, j, lexicon):
        return True
    cued = by_cue(words, j, mention.i, lexicon)
    if cued is not None and (
        glued or _is_formula(words, j + 1) or _stands_alone(words, words.text[j], mention, j, lexicon)
    ):
        mention.is_attributive = hyphen
        return take(words, mention, cued, j + 1, "symbol")
    for size in symbol_sizes_at(lexicon, source, at):
        surface = source[at : at + size]
        codes = lexicon.symbols.get(surface)
        if codes is None or len(surface) < size:
            continue
        last = surface[-1]
        after = source[at + size : at + size + 1]
        if (last.isalnum() and after.isalnum()) or after in ("'", "\u2019"):
            continue
        is_sized = not lexicon.grammar.classes["dimension_word"].isdisjoint(words.low[j + 1 : j + 2])  # 10 " long
        if surface in _QUOTES and not ((glued or is_sized) and _is_mark_of_length(words, surface, at, mention)):
            continue
        if lexicon.units.get(codes[0]).dimension == "multiple" and multiplies(words, j + 1):
            continue
        if not last.isalnum() and after.isdecimal() and lexicon.units.get(codes[0]).dimension.startswith("money"):
            continue
        if not glued and not hyphen and not _stands_alone(words, surface, mention, j, lexicon):
            continue
        right = j
        while right < len(words) and words.end[right] <= at + size:
            right += 1
        mention.is_attributive = hyphen
        return take(words, mention, settle(words, surface, codes, mention, lexicon), max(right, j + 1), "symbol")
    folded = lexicon.units.folded.get(words.low[j]) if words.text[j][0].isalpha() else None
    if folded:
        mention.is_attributive = hyphen
        return take(words, mention, settle(words, words.low[j], folded, mention, lexicon), j + 1, "symbol")
    return False


def _bracketed(words: Words, mention: Mention, j: int, lexicon: Lexicon) -> bool:
    """20 (kg), 20 [kg]: a unit alone in brackets."""
    if words.text[j + 2 : j + 3] != [_BRACKETS[words.text[j]]] or not (words.is_glued(j + 1) and words.is_glued(j + 2)):
        return False
    surface = words.text[j + 1]
    codes = lexicon.symbols.get(surface)
    if codes is None or len(surface) < 2 or surface.lower() in lexicon.grammar.ends_phrase:
        return False
    return take(words, mention, settle(words, surface, codes, mention, lexicon), j + 3, "symbol")


def _is_mark_of_length(words: Words, surface: str, at: int, mention: Mention) -> bool:
    """A 65" screen, 5'7" tall: a quotation mark behind digits is one of inches where no quotation is open, and an
    apostrophe one of feet where inches follow.
    """
    if mention.form != "digits" or mention.scale != 1:
        return False
    if surface in "'\u2019":
        return _INCHES.match(words.source, at + 1) is not None
    return not _in_quotation(words, at) and not words.source[at + 1 : at + 2].isalnum()


def _in_quotation(words: Words, at: int) -> bool:
    """Whether a quotation is open: a mark at the front of a word, and none behind a word since; those behind digits are
    of inches.
    """
    source, begin = words.source, words.start[0]
    first = max(begin, at - _QUOTED)
    opens = max(source.rfind(' "', first, at), source.rfind("\u201c", first, at))
    if opens < 0 and first == begin and source.startswith('"', begin):
        opens = begin
    return opens >= 0 and _CLOSING.search(source, opens + 2, at) is None


def _stands_alone(words: Words, surface: str, mention: Mention, j: int, lexicon: Lexicon) -> bool:
    """Whether a symbol after a space is one: "5 m of", not "5 a day", "3 in ten"; "12 t," but not "12 T cells"; and
    "2 in thick", "2 1/2 in.".
    """
    if not surface[0].isalpha() or not surface[0].isascii():
        return True
    if surface.lower() in lexicon.grammar.ends_phrase:
        follower = words.low[j + 1] if j + 1 < len(words) else ""
        if mention.i and words.low[mention.i - 1] in lexicon.grammar.classes["foot"]:
            return surface.islower()
        closes = len(surface) > 1 and follower in ("", ".", ")", "(", ",") and mention.form == "digits"
        return surface.islower() and (closes or follower in lexicon.grammar.classes["dimension_word"])
    if len(surface) > 1:
        return True
    follower = words.low[j + 1] if j + 1 < len(words) else ""
    if not follower[:1].isalnum() or follower in lexicon.grammar.ends_phrase:
        return True
    if follower in lexicon.grammar.classes["dimension_word"] or ("." in follower and words.text[j + 1].islower()):
        return True  # 4.8 m long cores, 12 m a.s.l.
    if follower[0].isdecimal() and j + 2 < len(words) and words.text[j + 2] in lexicon.symbols:  # 12 m 2 dm
        return True
    if formula_behind(words, j + 1) > j + 1:
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
    return take(words, mention, settle(words, surface, codes, mention, lexicon), j + size, "unit name")


def _is_unit_here(words: Words, j: int, size: int, lexicon: Lexicon) -> bool:
    """Not where the name only modifies a counted noun: "third quarter results", "61 million gigabit fiber users"."""
    low = words.low[j]
    if size == 1 and low in lexicon.grammar.ordinals and low not in ("second", "seconds"):
        return False
    is_part = low in lexicon.grammar.ordinals or low in lexicon.grammar.fractions
    if is_part and words.text[j + 1 : j + 2] == ["-"] and words.is_glued(j + 1) and words.is_glued(j + 2):
        return False  # 40 second-hand cars, 3 quarter-finals
    follows = words.low[j + size] if j + size < len(words) else ""
    if not follows[:1].isalpha() or follows in lexicon.grammar.ends_phrase or size > 1:
        return True
    named = lexicon.unit_names.forward(words.low, j)
    if named is not None and lexicon.units.get(named[1][0]).dimension == "ratio":
        return True  # "4.8 percent shares"
    if low in lexicon.nouns.plurals.values() and noun_head(words, j + size, lexicon, is_singular=False) >= 0:
        return False  # 2 million foot passengers
    codes = lexicon.unit_names.forward([low + "s"], 0)
    if codes is None or lexicon.units.get(codes[1][0]).dimension.startswith("money"):
        return True
    return noun_head(words, j + size, lexicon, is_singular=False) < 0


def by_cue(words: Words, j: int, i: int, lexicon: Lexicon) -> str | None:
    """The unit of a symbol at token `j` that stands for one only beside its cue: 573 K melts, a 3 T magnet."""
    surface = words.text[j]
    if surface not in lexicon.units.cued:
        return None
    follows = words.low[j + 1] if j + 1 < len(words) else ""
    cues = lexicon.units.contexts[surface]
    is_noun = noun_head(words, j + 1, lexicon, is_singular=False) >= 0 and not _is_formula(words, j + 1)
    if is_noun and all(cue != follows for cue, _ in cues):
        return None  # 20K homes are heated
    near = set(words.low[max(0, i - _NEAR) : i + _NEAR])
    return next((code for cue, code in cues if cue in near), lexicon.money.get(surface))


def _is_formula(words: Words, j: int) -> bool:
    """Whether a chemical formula stands at token `j`: 2 M HCl, 50 mM of NaOH."""
    return j < len(words) and _MOLECULE.fullmatch(words.text[j]) is not None


def settle(words: Words, surface: str, codes: tuple[str, ...], mention: Mention, lexicon: Lexicon) -> str:
    """The code that an ambiguous surface means here: the first whose cue word stands in the sentence, else what it
    means in the text, else the usual one.
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
    return lexicon.money.get(surface, codes[0])
