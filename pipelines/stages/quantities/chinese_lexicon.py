"""The catalogue as the Chinese rules use it: what begins or ends at an offset of a sentence.

Units, classifiers, counted nouns and currencies are looked up here, the longest first; what they mean for the number
beside them is decided in `chinese_measures.py`.
"""

import re
import sys
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.chinese import ChineseWords
from pipelines.catalogue.nouns import Nouns
from pipelines.catalogue.qualifiers import Qualifier
from pipelines.catalogue.units import Units
from pipelines.vocabulary.words import sizes_by_first

_SAME = 12  # characters before 下同 in which the currency stands
_ITEM = re.compile(
    r"^(?:\d{1,2}[:\uff1a]\d{2}[ \t]*$|[ \t\u3000]*[■◆●▲](?P<name>[^\s(（]{1,15})$|[ \t\u3000]*[■◆●▲]\S{1,12}[(（])",
    re.MULTILINE,
)
_PAUSES = " ,\uff0c.\uff0e·\u2027\u30fb\u2022、;\uff1b。"
NEAR = 200  # characters to either side of a number in which a word can settle what it measures
_PHRASE = 16  # characters from a number to the end of its counted noun
_NUMERALS = frozenset("一二两兩三四五六七八九十0123456789")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?![\dA-Za-z.])")  # 2.1个, but not the 5 of 5G
CLAUSE = re.compile(r"[,;\uff0c\uff1b。!?\uff01\uff1f:\uff1a()|\n]")


@dataclass(frozen=True, slots=True)
class Tables:
    """The catalogue as the Chinese rules use it."""

    words: ChineseWords
    units: Units
    nouns: Nouns
    unit_sizes: dict[str, tuple[int, ...]]  # lengths by first character, longest first; the next three likewise
    noun_sizes: dict[str, tuple[int, ...]]
    classifier_sizes: dict[str, tuple[int, ...]]
    symbol_sizes: dict[str, tuple[int, ...]]
    prefixes: dict[str, list[tuple[str, tuple[str, ...]]]]  # by last character, longest first
    qualifiers: tuple[Qualifier, ...]
    home: str | None = None  # the currency that the text is at home in, where it is another than usual
    stated: tuple[range, str] | None = None  # (人民币,下同): where a text is in one currency, and in which


@lru_cache(maxsize=4)
def compile_tables(catalogue: Catalogue) -> Tables:
    """The compile_tables of a catalogue, compiled once."""
    units, nouns = catalogue.units, catalogue.nouns
    return Tables(
        words=catalogue.chinese,
        units=units,
        nouns=nouns,
        unit_sizes=sizes_by_first([*units.zh, *units.not_units]),
        noun_sizes=sizes_by_first([*nouns.zh, *nouns.not_nouns]),
        classifier_sizes=sizes_by_first(nouns.classifiers),
        symbol_sizes=sizes_by_first([*units.symbols, *(f[0].upper() + f[1:] for f in units.folded), *units.folded]),
        prefixes=_prefixes(units),
        qualifiers=catalogue.qualifiers,
    )


def tables_of(text: str, language: str | None, catalogue: Catalogue) -> Tables:
    """The tables as one text uses them: 元 in a text of Taiwan is the dollar of Taiwan, without a word of it near."""
    tables = compile_tables(catalogue)
    stated = _stated(text, tables)
    if stated is None and language != "zh-Hant":
        return tables
    return replace(tables, home=tables.units.home(text) if language == "zh-Hant" else None, stated=stated)


def _stated(text: str, table: Tables) -> tuple[range, str] | None:
    """Where a text first says that its amounts are in one currency from there on, and which; in a round-up, to the
    line with the hour of the next item, or with its mark and name (■某某集團).
    """
    for match in table.words.same_below.finditer(text):
        before = text[max(0, match.start() - _SAME) : match.start()].rstrip(_PAUSES + "(")
        currency = currency_before(before, len(before), table)
        if currency is not None:
            ends = tuple(table.words.by_role["company_end"])  # ■天翼雲收入增速放緩 heads a part of the same item
            items = _ITEM.finditer(text, match.end())
            item = next((m for m in items if m["name"] is None or m["name"].endswith(ends)), None)
            return range(match.start(), item.start() if item else len(text)), currency[1]
    return None


def _prefixes(units: Units) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Signs and, for Chinese, names of currencies that may stand before an amount: 新台币4523亿元."""
    names = {
        name: codes
        for name, codes in units.zh.items()
        if len(name) > 1 and units.get(codes[0]).dimension.startswith("money")
    }
    by_last: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for surface, codes in sorted({**names, **units.prefixes}.items(), key=lambda item: -len(item[0])):
        by_last.setdefault(surface[-1], []).append((surface, codes))
    return by_last


def currency_before(text: str, start: int, table: Tables) -> tuple[int, str] | None:
    """The currency that ends at an offset: its length and code."""
    for surface, codes in table.prefixes.get(text[start - 1], ()) if start else ():
        if text.endswith(surface, max(0, start - len(surface)), start):
            return len(surface), settle(surface, codes, text, start, table)
    return None


def settle(surface: str, codes: tuple[str, ...], text: str, at: int, table: Tables) -> str:
    """What an ambiguous surface means at an offset: the nearest word that settles it decides, else the
    text's home, else it is as usual.
    """
    cues = table.units.contexts.get(surface, ()) if len(codes) > 1 else ()
    is_said = table.stated is not None and table.home == table.stated[1] and len(codes) > 1  # 元 after (美元,下同)
    best, distance = table.home if table.home is not None and (is_said or table.home in codes) else codes[0], NEAR
    for cue, code in cues:
        before = text.rfind(cue, max(0, at - NEAR), at)
        after = text.find(cue, at, at + NEAR)
        for found in (before, after):
            if found >= 0 and abs(at - found) < distance:
                best, distance = code, abs(at - found)
    return best


def unit_at(text: str, at: int, table: Tables) -> tuple[int, str] | None:
    """The unit of measure that begins at an offset, the longest: Chinese name, else symbol."""
    units = table.units
    first = text[at : at + 1]
    for size in table.unit_sizes.get(first, ()):
        surface = text[at : at + size]
        if len(surface) < size:
            continue
        if surface in units.not_units:
            return None
        codes = units.zh.get(surface)
        if codes:
            return size, settle(surface, codes, text, at, table)
    if at < len(text) and (text[at].isascii() or text[at] in "℃°µμ‰㎡㎞"):
        for size in table.symbol_sizes.get(first, ()):
            surface = text[at : at + size]
            codes = units.symbols.get(surface) or (units.folded.get(surface.lower()) if size > 2 else None)
            following = text[at + size : at + size + 1]
            if (
                codes
                and at + size <= len(text)
                and not (surface[-1].isalnum() and following.isascii() and following.isalnum())
                and not (surface[-1].isdigit() and following == "." and text[at + size + 1 : at + size + 2].isdigit())
                and (surface not in units.cued or _is_cued(surface, text, at, table))
            ):
                return size, settle(surface, codes, text, at, table)
    return None


def _is_cued(surface: str, text: str, at: int, table: Tables) -> bool:
    """Whether a word stands near that makes a letter a unit: 4K电视 has no kelvin."""
    near = text[max(0, at - NEAR) : at + NEAR]
    return any(cue in near for cue, _ in table.units.contexts.get(surface, ()))


def classifier_at(text: str, at: int, table: Tables) -> tuple[int, str] | None:
    """The classifier that begins at an offset: its length and the code of what it counts, empty where that is open."""
    for size in table.classifier_sizes.get(text[at : at + 1], ()):
        code = table.nouns.classifiers.get(text[at : at + size])
        if code is not None and at + size <= len(text):
            return size, code
    return None


def noun_at(text: str, at: int, table: Tables, limit: int = sys.maxsize) -> tuple[int, str] | None:
    """The counted noun that begins at an offset and ends before `limit`: its length and code."""
    for size in table.noun_sizes.get(text[at : at + 1], ()):
        surface = text[at : at + size]
        code = table.nouns.zh.get(surface)
        if code is not None and at + size <= min(limit, len(text)):
            return size, code
        if surface in table.nouns.not_nouns:
            return None
    return None


def noun_from(text: str, at: int, table: Tables, limit: int = sys.maxsize) -> tuple[int, str]:
    """The noun that begins at an offset, and where to go on; without one, the length of what only begins so (国内)."""
    noun = noun_at(text, at, table, limit)
    if noun is not None:
        return noun
    for size in table.noun_sizes.get(text[at : at + 1], ()):
        if text[at : at + size] in table.nouns.not_nouns:
            return size, ""
    return 1, ""


def last_noun(text: str, at: int, table: Tables) -> tuple[int, str] | None:
    """The end and code of the last counted noun in the phrase that begins at an offset."""
    limit = min(len(text), at + _PHRASE)
    boundary = CLAUSE.search(text, at, limit)
    limit = boundary.start() if boundary else limit
    found, k = None, at
    while k < limit and not _FIGURE.match(text, k):
        size, code = noun_from(text, k, table, limit)
        if code:
            found = k + size, code
        if code or size > 1:
            k += size
            continue
        stop = table.words.stop.match(text, k)
        if (stop is not None and k > at) or text[k] in "、“”《》\"'" or _counts_again(text, k, table):
            break
        k += 1
    return found


def _counts_again(text: str, at: int, table: Tables) -> bool:
    """Whether another count begins here, 两名男子盗走三辆汽车: a numeral and a classifier."""
    return text[at] in _NUMERALS and (
        classifier_at(text, at + 1, table) is not None and text[at + 1] not in table.words.by_role["size_noun"]
    )
