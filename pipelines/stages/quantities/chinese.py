"""One Chinese sentence: its quantities and its ignored numbers. The order of the rules stands here.

White space means nothing between ideographs (pages wrap lines anywhere), so a sentence is read in a compact form
and its
offsets are led back. The words are in `zh_words.csv`; units and counted nouns in their catalogues.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.chinese import ChineseWords
from pipelines.catalogue.nouns import Nouns
from pipelines.catalogue.qualifiers import Qualifier
from pipelines.catalogue.units import Unit, Units
from pipelines.stages.quantities import chinese_kinds, chinese_ranks, chinese_tables
from pipelines.stages.quantities.chinese_numbers import HanNumber, scale_value, scan
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.ranges import compound_part
from pipelines.stages.quantities.stretches import Stretches
from pipelines.stages.quantities.tables import Cells
from pipelines.vocabulary.quantity import Ignored, Quantity, Size
from pipelines.vocabulary.words import sizes_by_first

_TITLE = re.compile(r"《[^《》]{1,120}》")
_SPACE = re.compile(r"\s+")
_SCALES = frozenset("十百千万萬亿億兆多余餘")
_NEAR = 200  # characters to either side of a number in which a word can settle what it measures
_PHRASE = 16  # characters from a number to the end of its counted noun
_CLAUSE = re.compile(r"[,;\uff0c\uff1b。!?\uff01\uff1f:\uff1a()|\n]")
#: What parts the members of a list.
_LINKS = frozenset(("、", "和", "与", "與", "及", "以及", ",", "\uff0c", ";", "\uff1b"))
_SHARE_BOUND = re.compile(r"(?P<bound>约|約|近|超|逾|超过|不到|不足)[占佔为為][^,\uff0c。;\uff1b、\d]{0,12}$")
_FILLER = re.compile(r"(?:了|人民币|人民幣|全年|已|共|有|将|的|是|可容纳|可容納|可达|可達|可)$")
#: The hour of a day, which the catalogue of periods leaves to the figures of the sentence.
_DAY_OF_MONTH = re.compile(r"[日号號](?![内內均])")
_CLOCK = re.compile(
    r"(?:上午|下午|凌晨|中午|晚上|晚间|早上|傍晚|清晨|当晚|[日号號]|午后)\d{1,2}[时時点點](?:\d{1,2}分?|半|许)?"
    r"|(?<![\d.])\d{1,3}[比:\uff1a]\d{1,3}(?![\d.:])|\d{1,2}[胜勝]\d{1,2}[负負]"
    r"|(?<![\d.])\d{1,2}[点點](?:\d{1,2}分|半(?!导)|整)(?![\d之])|\d{2}年代"
)
_RANGE_GOES_ON = re.compile(r"[-~—–]\d[\d,]*(?:\.\d+)?")
_DAY = 86400  # seconds; from here on a length of time in numerals mostly says when: 三年来
_COMPOUND_GAP = frozenset(("", "零", "又"))


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


@lru_cache(maxsize=4)
def tables(catalogue: Catalogue) -> Tables:
    """The tables of a catalogue, compiled once."""
    units, nouns = catalogue.units, catalogue.nouns
    return Tables(
        words=catalogue.chinese,
        units=units,
        nouns=nouns,
        unit_sizes=sizes_by_first([*units.zh, *units.not_units]),
        noun_sizes=sizes_by_first(nouns.zh),
        classifier_sizes=sizes_by_first(nouns.classifiers),
        symbol_sizes=sizes_by_first([*units.symbols, *(f[0].upper() + f[1:] for f in units.folded), *units.folded]),
        prefixes=_prefixes(units),
        qualifiers=catalogue.qualifiers,
    )


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


class Compact:
    """A sentence without its white space between ideographs, and the way back."""

    __slots__ = ("at", "text")

    def __init__(self, source: str, begin: int, stop: int) -> None:
        raw = source[begin:stop]
        self.at: Sequence[int] | None
        if _SPACE.search(raw) is None:
            self.text, self.at = raw, None if begin == 0 else range(begin, stop)
            return
        pieces: list[str] = []
        at: list[int] = []
        previous = ""
        for offset, character in enumerate(raw, begin):
            if character.isspace():
                following = source[offset + 1 : offset + 2]
                if not (previous.isascii() and previous.isalpha() and following.isascii() and following.isalpha()):
                    continue
                character = " "
            pieces.append(character)
            at.append(offset)
            previous = character
        self.text, self.at = "".join(pieces), at

    def back(self, offset: int) -> int:
        """The offset in the folded text of an offset in the compact one."""
        return offset if self.at is None else self.at[offset]


def read_sentence(
    index: int,
    source: str,
    begin: int,
    stop: int,
    spans: Sequence[tuple[int, int, str]],
    headers: Sequence[str],
    is_row: bool,
    catalogue: Catalogue,
) -> tuple[list[Quantity], list[Ignored]]:
    """The quantities and ignored numbers of `source[begin:stop]`, the sentence number `index`.

    `spans` are dates, codes and names in the text; `headers` is what governs a row or item, nearest first.
    """
    table = tables(catalogue)
    compact = Compact(source, begin, stop)
    text = compact.text
    taken = _taken(compact, spans, table)
    mentions: list[Mention] = chinese_ranks.find(text, table.words, Stretches.of(taken))
    multiples = chinese_kinds.find_multiples(text) + chinese_kinds.find_halves(text)
    mentions += multiples
    read = Stretches.of([(m.start, m.end) for m in mentions])
    ignored: list[Ignored] = []
    open_spans: list[tuple[int, int, str]] = []
    following = 0
    for number in scan(text):
        while following < len(taken) and taken[following][0] < number.end:
            open_spans.append(taken[following])
            following += 1
        open_spans = [span for span in open_spans if span[1] > number.start]
        reason = _covered(number, open_spans)
        if not reason and read.holds(number.start):
            continue
        if reason:
            ignored.append(_ignored(compact, number, reason))
            continue
        mention = _mention(text, number, table)
        if isinstance(mention, Mention):
            mentions.append(mention)
        else:
            ignored.append(_ignored(compact, number, mention))
    mentions.sort(key=lambda m: (m.start, -m.end))
    mentions = _share_of_each(text, mentions)
    mentions = _join_ranges(text, _join_compounds(text, mentions, table), table)
    _share_lists(text, mentions, table)
    row = chinese_tables.cells(text) if is_row and mentions else Cells("", ())
    if is_row:
        mentions = chinese_tables.apply_headers(text, mentions, row, headers, table)
    for k, mention in enumerate(mentions):
        _bound(text, mention, table)
        context = chinese_tables.context_of(row, mention, headers) if is_row else " ".join(headers)
        chinese_kinds.read_kind(text, mentions, k, context, table.words)
        _elided(text, mention, mentions[k - 1] if k else None, table)
    _sizes(mentions)
    return [_frozen(compact, m, index) for m in mentions], ignored


def _ignored(compact: Compact, number: HanNumber, reason: str) -> Ignored:
    return Ignored(compact.back(number.start), compact.back(number.end - 1) + 1, reason)


def _frozen(compact: Compact, mention: Mention, index: int) -> Quantity:
    mention.start, mention.end = compact.back(mention.start), compact.back(mention.end - 1) + 1
    mention.bound_start = compact.back(mention.bound_start) if mention.bound_start >= 0 else mention.start
    if mention.noun_start >= 0:
        mention.noun_start, mention.noun_end = compact.back(mention.noun_start), compact.back(mention.noun_end - 1) + 1
    return mention.freeze(index)


def _taken(compact: Compact, spans: Sequence[tuple[int, int, str]], table: Tables) -> list[tuple[int, int, str]]:
    """The spans in compact offsets, with the words that only look like numbers."""
    found: list[tuple[int, int, str]] = []
    if compact.at is None or isinstance(compact.at, range):
        base = 0 if compact.at is None else compact.at[0]
        found = [(max(0, a - base), b - base, r) for a, b, r in spans if b > base]
    elif spans:
        found = [(bisect_left(compact.at, a), bisect_left(compact.at, b), r) for a, b, r in spans]
    found += [(m.start(), m.end(), "name") for m in _TITLE.finditer(compact.text)]
    found += [(m.start(), m.end(), _clock_reason(m.group())) for m in _CLOCK.finditer(compact.text)]
    found += [(a, b, "name") for _, a, b in table.words.names.find_matches_as_indexes(compact.text)]
    return sorted(span for span in found if span[1] > span[0])


def _clock_reason(words: str) -> str:
    if "年" in words:
        return "year"
    return "score" if words[0].isdecimal() and not set("点點时時") & set(words) else "time"


def _covered(number: HanNumber, taken: list[tuple[int, int, str]]) -> str:
    for a, b, reason in taken:
        if a <= number.start < b and (reason != "year?" or number.scale == 1):
            return "year" if reason == "year?" else reason
        if number.form == "han" and number.start <= a and b <= number.end and reason == "name":
            return reason
    return ""


#: 每百件里有38.58件, 每10名考生中就有4人: how many of each so many.
_OF_EACH = re.compile(
    r"每(?P<whole>\d{1,6}|[百千万萬])(?P<classifier>[个個人件家名户戶辆輛台位])[^,\uff0c。;\uff1b\d]{0,8}?有(?P<part>\d[\d.]{0,8})[个個人件家名户戶辆輛台位]"
)


def _share_of_each(text: str, mentions: list[Mention]) -> list[Mention]:
    """Read "N of each M" as one share in percent; the M is no figure of its own."""
    if "每" not in text:
        return mentions
    for match in _OF_EACH.finditer(text):
        whole = match["whole"]
        number = Decimal(whole) if whole.isdecimal() else scale_value(whole)
        for mention in mentions:
            if mention.start == match.start("part") and number > mention.value:
                mention.value, mention.unit, mention.dimension = 100 * mention.value / number, "%", "ratio"
                mention.kind, mention.end, mention.noun_start = "share", match.end(), -1
                mentions = [m for m in mentions if m.start != match.start("whole")]
                break
    return mentions


def _mention(text: str, number: HanNumber, table: Tables) -> Mention | str:
    """The mention that begins with a number, or the reason why the number is none."""
    if number.form in ("corrupt", "oversized"):
        return (
            "version"
            if number.form == "corrupt" and text[number.end : number.end + 1] not in "%亿億万萬"
            else number.form
        )
    start, end = number.start, number.end
    before = text[start - 1] if start else ""
    if before == "第":
        return "ordinal"
    if number.form == "digits" and number.value <= 31 and _DAY_OF_MONTH.match(text, end):
        return "date"
    if text[end : end + 1] == "折":
        return "idiom"
    is_joined = before.isascii() and (before.isalpha() or before in tuple("_#@&"))
    if number.form == "digits" and is_joined and not _currency_before(text, start, table):
        return "model"
    mention = Mention(
        start=start, end=end, i=0, j=0, value=number.value, form=number.form, digits=number.digits,
        decimals=number.decimals, scale=number.scale,
    )  # fmt: skip
    if number.is_inexact:
        mention.bound, mention.bound_text = ">", text[number.end - 1] if text[number.end - 1] in "多余餘" else "多"
    if number.high is not None:
        mention.high, mention.bound = number.high, "~"
    _sign(text, mention)
    if number.form == "share":
        mention.unit, mention.dimension = "%", "ratio"
        return mention
    currency = _currency_before(text, mention.start, table)
    if currency is not None:
        mention.start -= currency[0]
        mention.unit, mention.dimension = currency[1], table.units.get(currency[1]).dimension
        suffix = _unit_at(text, mention.end, table)
        if suffix is not None and table.units.get(suffix[1]).dimension.startswith("money"):
            mention.end += suffix[0]
        return mention
    reason = _measure(text, mention, number, table)
    return mention if reason is None else reason


def _sign(text: str, mention: Mention) -> None:
    if (
        mention.start
        and text[mention.start - 1] in "+-"
        and not (mention.start > 1 and (text[mention.start - 2].isdecimal() or text[mention.start - 2] in "%‰"))
    ):
        mention.is_signed = True
        mention.start -= 1
        if text[mention.start] == "-":
            mention.value = -mention.value
    elif text.endswith("零下", max(0, mention.start - 2), mention.start):
        mention.is_signed, mention.start, mention.value = True, mention.start - 2, -mention.value
    elif text.endswith(("负", "負"), max(0, mention.start - 1), mention.start):
        mention.is_signed, mention.start, mention.value = True, mention.start - 1, -mention.value


def _currency_before(text: str, start: int, table: Tables) -> tuple[int, str] | None:
    for surface, codes in table.prefixes.get(text[start - 1], ()) if start else ():
        if text.endswith(surface, max(0, start - len(surface)), start):
            return len(surface), _settle(surface, codes, text, start, table)
    return None


def _settle(surface: str, codes: tuple[str, ...], text: str, at: int, table: Tables) -> str:
    """What an ambiguous surface means at an offset: the nearest word that settles it decides, else it is as usual."""
    cues = table.units.contexts.get(surface, ()) if len(codes) > 1 else ()
    best, distance = codes[0], _NEAR
    for cue, code in cues:
        before = text.rfind(cue, max(0, at - _NEAR), at)
        after = text.find(cue, at, at + _NEAR)
        for found in (before, after):
            if found >= 0 and abs(at - found) < distance:
                best, distance = code, abs(at - found)
    return best


def _unit_at(text: str, at: int, table: Tables) -> tuple[int, str] | None:
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
            return size, _settle(surface, codes, text, at, table)
    if at < len(text) and (text[at].isascii() or text[at] in "℃°µμ‰㎡㎞"):
        for size in table.symbol_sizes.get(first, ()):
            surface = text[at : at + size]
            codes = units.symbols.get(surface) or (units.folded.get(surface.lower()) if size > 2 else None)
            following = text[at + size : at + size + 1]
            if (
                codes
                and at + size <= len(text)
                and not (surface[-1].isalnum() and following.isascii() and following.isalnum())
            ):
                return size, _settle(surface, codes, text, at, table)
    return None


def _measure(text: str, mention: Mention, number: HanNumber, table: Tables) -> str | None:
    """Set unit and quote's end: unit of measure, classifier and noun, or noun alone. Returns a reason where it
    is no statistic.
    """
    at = mention.end
    if (
        number.form == "han"
        and not set(text[number.start : at]) - _SCALES
        and not _is_bounded(text, mention.start, table)
        and (text[number.start : at] != "十" or text[number.start - 1 : number.start] in tuple("几幾数數上近好"))
    ):
        return None if _bare_scale(text, mention, table) else "vague"
    if text[at : at + 1] == "倍":
        mention.unit, mention.dimension, mention.end = "x", "multiple", at + 1
        return None
    classifier = _classifier_at(text, at, table)
    unit = _unit_at(text, at, table)
    if unit is not None and (classifier is None or unit[0] >= classifier[0]):
        size, code = unit
        surface = text[at : at + size]
        is_age = surface in table.words.by_role["age"]
        dimension = table.units.get(code).dimension
        if dimension == "time" and not is_age and text[at + size : at + size + 1] == "半":
            mention.value, size = mention.value + Decimal("0.5"), size + 1
        elif (
            number.form == "han"
            and number.scale == 1
            and dimension == "time"
            and not is_age
            and table.units.get(code).factor >= _DAY
        ):
            return "span"
        if _is_version(text, number, surface, dimension):
            return "model"
        if is_age:
            is_own = table.words.mean_age.search(
                text, max(0, mention.start - _NEAR), mention.start
            ) or table.words.own_age.search(text, max(0, mention.start - 8), mention.start)
            mention.kind = "" if is_own else "condition"
        elif table.units.get(code).dimension == "time" and table.words.is_span(text, mention.start, at + size):
            return "span"
        mention.unit, mention.end = code, at + size
        mention.dimension = table.units.get(code).dimension
        if mention.dimension.startswith("money"):
            _in_the_currency(mention, table.units.get(code))
        if (
            mention.dimension in table.words.by_role["size_dimension"]
            and _noun_at(text, mention.end, table) is not None
        ):
            mention.kind = "size"
        _rate(text, mention, table)
        _basis(text, mention, table)
        return None
    is_small = number.form == "han" and number.scale == 1 and number.value <= 10
    if is_small and not _is_bounded(text, mention.start, table):
        return "word"
    return _counted(text, mention, number, classifier, table)


def _is_version(text: str, number: HanNumber, surface: str, dimension: str) -> bool:
    """昇腾910B: a capital glued to a whole number behind a name is the name's, not a unit of one letter."""
    if (
        len(surface) > 1
        or not surface.isascii()
        or dimension not in ("data", "temperature", "current", "voltage")
        or number.scale > 1
    ):
        return False
    before = text[number.start - 1 : number.start]
    return (
        number.decimals == 0 and "\u4e00" <= before <= "\u9fff" and before not in "为為达達约約近超有是至到共温溫流压壓"
    )


def _is_bounded(text: str, start: int, table: Tables) -> bool:
    """Whether a bound stands before a small numeral, which makes it a figure: 至少三家."""
    match = table.words.bound_before.search(text, max(0, start - 4), start)
    return match is not None and table.words.by_role["bound_before"][match.group()] != "="


def _in_the_currency(mention: Mention, unit: Unit) -> None:
    """五角钱 is 0.5 yuan: money is always in the currency itself."""
    if unit.code != unit.canonical:
        part = Decimal(unit.factor.numerator) / Decimal(unit.factor.denominator)
        mention.value, mention.scale, mention.unit = mention.value * part, mention.scale * part, unit.canonical


def _bare_scale(text: str, mention: Mention, table: Tables) -> bool:
    """万卡集群, 千卡: a scale without a digit is a size where a counted noun and what it measures follow."""
    noun = _noun_at(text, mention.end, table)
    if (
        noun is None
        or text[mention.end : mention.end + noun[0]] not in table.words.by_role["size_noun"]
        or _last_noun(text, mention.end + noun[0], table) is None
    ):
        return False
    mention.unit, mention.dimension = noun[1], f"count:{noun[1]}"
    mention.noun_start, mention.end = mention.end, mention.end + noun[0]
    mention.noun_end, mention.is_attributive, mention.kind = mention.end, True, "size"
    return True


def _classifier_at(text: str, at: int, table: Tables) -> tuple[int, str] | None:
    for size in table.classifier_sizes.get(text[at : at + 1], ()):
        code = table.nouns.classifiers.get(text[at : at + size])
        if code is not None and at + size <= len(text):
            return size, code
    return None


def _noun_at(text: str, at: int, table: Tables, limit: int = sys.maxsize) -> tuple[int, str] | None:
    for size in table.noun_sizes.get(text[at : at + 1], ()):
        code = table.nouns.zh.get(text[at : at + size])
        if code is not None and at + size <= min(limit, len(text)):
            return size, code
    return None


def _last_noun(text: str, at: int, table: Tables) -> tuple[int, str] | None:
    """The end and code of the last counted noun in the phrase that begins at an offset."""
    limit = min(len(text), at + _PHRASE)
    boundary = _CLAUSE.search(text, at, limit)
    limit = boundary.start() if boundary else limit
    found, k = None, at
    while k < limit:
        noun = _noun_at(text, k, table, limit)
        if noun is not None:
            found = k + noun[0], noun[1]
            k += noun[0]
            continue
        stop = table.words.stop.match(text, k)
        if (stop is not None and k > at) or text[k] in "、“”《》\"'":
            break
        k += 1
    return found


def _counted(
    text: str, mention: Mention, number: HanNumber, classifier: tuple[int, str] | None, table: Tables
) -> str | None:
    at = mention.end
    noun = _noun_at(text, at, table) if classifier is None else None
    if noun is not None and classifier is None:
        end, code = at + noun[0], noun[1]
        longer = _last_noun(text, at, table)
        if longer is not None and longer[0] > end and mention.kind != "size" and text[end : end + 1] != "的":
            end, code = longer
        if number.form != "digits" and number.scale == 1 and number.value <= 10:
            return "word"
        following = _last_noun(text, at + noun[0], table)
        is_size = text[at : at + noun[0]] in table.words.by_role["size_noun"]
        if is_size and following is not None and noun[1] != following[1]:
            end, code = at + noun[0], noun[1]
            mention.is_attributive, mention.kind = True, "size"
        _set_noun(mention, at, end, code)
        return None
    if classifier is None:
        return (
            None
            if number.form == "digits" and (number.scale > 1 or _stands_free(text, mention))
            else ("model" if number.form == "digits" else "word")
        )
    size, code = classifier
    after = at + size
    bound = table.words.bound_after.match(text, after)
    if bound is not None and bound.group() in ("以上", "以下", "左右", "以内"):
        after = bound.end()
        mention.bound, mention.bound_text = table.words.by_role["bound_after"][bound.group()], bound.group()
    last = _last_noun(text, after, table)
    if last is not None:
        mention.noun_start = after
        _set_noun(mention, at, last[0], last[1])
        return None
    mention.end = at + size
    if code:
        mention.unit, mention.dimension = code, f"count:{code}"
        if text[mention.end : mention.end + 1] == "/":
            _rate(text, mention, table)
    elif number.form == "han" and number.scale == 1:
        return "word"
    return None


def _set_noun(mention: Mention, start: int, end: int, code: str) -> None:
    mention.unit, mention.dimension = code, f"count:{code}"
    mention.noun_start, mention.noun_end, mention.end = max(mention.noun_start, start), end, end


def _stands_free(text: str, mention: Mention) -> bool:
    """A bare number is a figure where nothing is glued to it: 平均PUE为1.42, not 5G or 第12号."""
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]
    if before == "(" and after == ")" and mention.value >= 100 and mention.decimals == 0:
        return False
    if mention.end - mention.start >= 7 and text[mention.start : mention.end].isdecimal():
        return False
    if after in "-~" and after and _is_range_start(text, mention.end):
        return True
    if (
        (after.isascii() and after.isalpha())
        or before in ("第", "〔", "[", "号", "-", "/")
        or after in ("号", "號", "-", "/", ":")
    ):
        return False
    return not (mention.start == 0 and after in ("、", ".", ")", "\uff0e"))


def _is_range_start(text: str, dash: int) -> bool:
    """15-20℃: a dash and a figure with a unit or scale behind it."""
    match = _RANGE_GOES_ON.match(text, dash)
    return match is not None and text[match.end() : match.end() + 1] in tuple(
        "%‰℃°万萬亿億千百元米吨岁个年月天吋寸度倍人"
    )


def _rate(text: str, mention: Mention, table: Tables) -> None:
    """元/千瓦时, GB/户·月, 元每吨."""
    if text[mention.end : mention.end + 1] not in ("/", "每"):
        return
    at = mention.end + 1
    unit = _unit_at(text, at, table) or _noun_at(text, at, table) or _classifier_at(text, at, table)
    if unit is None or not unit[1]:
        return
    mention.unit, mention.end = f"{mention.unit}/{unit[1]}", at + unit[0]
    if text[mention.end : mention.end + 2] in ("·月", "•月", "/月"):
        mention.end += 2
    mention.dimension = table.units.get(mention.unit).dimension


def _basis(text: str, mention: Mention, table: Tables) -> None:
    at = mention.end
    opened = text[at : at + 1] == "("
    for qualifier in table.qualifiers:
        surface = qualifier.surface
        if mention.dimension in qualifier.dimensions and text.startswith(surface, at + opened):
            following = text[at + opened + len(surface) : at + opened + len(surface) + 1]
            mention.basis = qualifier.basis
            if not opened or following == ")":
                mention.end = at + 2 * opened + len(surface)
            return
    near = text[max(0, mention.start - _NEAR) : mention.end + _NEAR]
    for qualifier in table.qualifiers:
        if not qualifier.is_adjacent and mention.dimension in qualifier.dimensions and qualifier.surface in near:
            mention.basis = qualifier.basis


def _bound(text: str, mention: Mention, table: Tables) -> None:
    at = mention.start
    mention.bound_start = at
    while at and text[at - 1] in "~>≥<≤≈约":
        sign = {"~": "~", "≈": "~", ">": ">", "≥": ">=", "<": "<", "≤": "<=", "约": "~"}[text[at - 1]]
        mention.bound, mention.bound_text, at = sign, text[at - 1], at - 1
        mention.bound_start = at
    for _ in range(3):
        filler = _FILLER.search(text, max(0, at - 6), at)
        start = filler.start() if filler else at
        match = table.words.bound_before.search(text, max(0, start - 8), start)
        if match is None and filler:
            match = table.words.bound_before.search(text, max(0, at - 8), at)
        if match is None:
            break
        bound = table.words.by_role["bound_before"][match.group()]
        if (
            bound != "="
            and (mention.bound == "=" or mention.bound_text in ("多", "余", "餘"))
            and not (
                match.group() in ("过", "過", "近")
                and text[match.start() - 1 : match.start()]
                in ("通", "经", "最", "附", "經", "不", "超", "接", "将", "跨", "越")
            )
        ):
            mention.bound, mention.bound_text = bound, match.group()
        at = match.start()
        mention.bound_start = at
    if mention.bound == "=" and mention.dimension == "ratio":
        match = _SHARE_BOUND.search(text, max(0, mention.start - 16), mention.start)
        if match is not None:
            mention.bound, mention.bound_text = (
                table.words.by_role["bound_before"].get(match["bound"], "="),
                match["bound"],
            )
    match = table.words.bound_after.match(text, mention.end)
    if (
        match is not None
        and mention.bound == "="
        and not text.startswith(("多月", "起来", "起重", "多种", "多样", "余额"), mention.end)
    ):
        if match.group() in ("起", "许", "許") and text[match.end() : match.end() + 1] not in (
            "",
            ",",
            "\uff0c",
            "。",
            "、",
        ):
            return
        mention.bound, mention.bound_text = table.words.by_role["bound_after"][match.group()], match.group()


def _elided(text: str, mention: Mention, previous: Mention | None, table: Tables) -> None:
    """A classifier without a noun counts the noun before it: 高质量数据集多于3.5万个."""
    per = _per_before(text, mention, table)
    is_weak = mention.unit in ("unit", "enterprise") and mention.noun_start < 0
    if (mention.unit is None or is_weak) and mention.form in ("digits", "han"):
        start = max(
            (m.end() for m in _CLAUSE.finditer(text, max(0, mention.start - 40), mention.start)),
            default=max(0, mention.start - 40),
        )
        k, found = start, None
        while k < mention.bound_start:
            noun = _noun_at(text, k, table)
            if noun is not None and k + noun[0] <= mention.bound_start:
                k += noun[0]
                if k == mention.bound_start or table.words.after_noun.match(text, k) or table.words.stop.match(text, k):
                    found = noun[1]
            else:
                k += 1
        ends_with_classifier = text[mention.end - 1] not in "0123456789万萬亿億千百十"
        if found is not None and mention.unit == "enterprise" and found not in table.words.by_role["weak_enterprise"]:
            found = None
        if found is not None and (ends_with_classifier or mention.scale > 1):
            mention.unit, mention.dimension = found, f"count:{found}"
        elif ends_with_classifier and mention.unit is None:
            same = (
                previous is not None
                and previous.dimension.startswith("count")
                and previous.end > start - 12
                and text[previous.end - 1] == text[mention.end - 1]
            )
            code = previous.unit if same and previous is not None else table.nouns.defaults.get(text[mention.end - 1])
            if code:
                mention.unit, mention.dimension = code, f"count:{code}"
    if (
        mention.unit is not None
        and mention.dimension.startswith("count")
        and text[mention.end : mention.end + 1] == "/"
        and "/" not in mention.unit
    ):
        _rate(text, mention, table)
    if per and mention.unit and mention.dimension.startswith("count"):
        mention.unit = f"{mention.unit}/{per}"


def _per_before(text: str, mention: Mention, table: Tables) -> str | None:
    for word, code in table.words.by_role["measure_of"].items():
        at = text.rfind(word, max(0, mention.start - 24), mention.start)
        if at >= 0 and _CLAUSE.search(text, at, mention.start) is None:
            return code
    return None


def _join_compounds(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    """2小时30分钟 is one figure: two and a half hours."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and text[last.end : mention.start] in _COMPOUND_GAP:
            part = compound_part(last, mention, table.units)
            if part is not None:
                last.value, last.end, last.digits = last.value + part, mention.end, last.digits + mention.digits
                continue
        joined.append(mention)
    return joined


def _join_ranges(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.high is None
            and last.unit in (None, mention.unit)
            and mention.form in ("digits", "han")
            and last.form in ("digits", "han")
        ):
            gap = text[last.end : mention.start]
            if gap in ("-", "—", "–", "~", "～", "至", "到", "——", "−") and mention.kind != "rank":
                low = last.value * (mention.scale if last.scale == 1 and last.unit is None else 1)
                if low < mention.value and not (last.unit and text[max(0, last.start - 1)] in "从由從"):
                    last.kind = last.kind or mention.kind
                    last.value, last.high, last.unit, last.dimension = (
                        low,
                        mention.value,
                        mention.unit,
                        mention.dimension,
                    )
                    last.end, last.scale, last.noun_start, last.noun_end = (
                        mention.end,
                        mention.scale,
                        mention.noun_start,
                        mention.noun_end,
                    )
                    continue
        joined.append(mention)
    return joined


def _share_lists(text: str, mentions: list[Mention], table: Tables) -> None:
    start, group = 0, 0
    while start < len(mentions):
        stop = start + 1
        while stop < len(mentions) and text[mentions[stop - 1].end : mentions[stop].start] in _LINKS:
            if mentions[stop].kind == "rank" or mentions[stop - 1].kind == "rank":
                break
            stop += 1
        members = mentions[start:stop]
        if len(members) > 1:
            lead = text[max(0, members[0].start - 8) : members[0].start]
            for member in members:
                member.group, member.respectively = group, "分别" in lead or "分別" in lead or "依次" in lead
                last = members[-1]
                if member.unit is None and last.unit is not None and member is not last:
                    if member.scale == 1 and last.scale > 1 and member.form == "digits":
                        member.value, member.scale = member.value * last.scale, last.scale
                    member.unit, member.dimension = last.unit, last.dimension
            group += 1
        start = stop


def _sizes(mentions: list[Mention]) -> None:
    for k in range(1, len(mentions)):
        outer, inner = mentions[k - 1], mentions[k]
        if (
            inner.kind == "size"
            and inner.unit
            and outer.start <= inner.start
            and inner.end <= outer.end
            and outer.size is None
        ):
            outer.size = Size(inner.value, inner.unit)
