"""What a table says once for many cells: the scale and unit in a header ("$ in millions", "(kW)", 单位:亿元),
and its cells.

A row of a table is one sentence with its cells parted by bars, tabs or wide gaps; its context holds the header
cells first,
then the lead-in, then headings. The nearest marker wins: the row's own head, the column's header, the caption.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.stages.quantities import rates
from pipelines.stages.quantities.counted import MAX_PHRASE
from pipelines.stages.quantities.lexicon import Lexicon, symbol_sizes_at
from pipelines.stages.quantities.mention import Carried, Mention
from pipelines.stages.quantities.movement import context_moves
from pipelines.vocabulary.cells import CELL_EDGE
from pipelines.vocabulary.words import Words

_TENS = frozenset(("10", "100", "1000", "1,000", "10000", "10,000", "100,000"))
_HEAD = 200  # characters of a row's first cell that are read
_NAMED = re.compile(r"\b([A-Za-z]{3,30}) in ([^;,()]{1,40})")
_PERIOD = re.compile(r"\b(?:[QH][1-4]|FY|(?:FY)?(?:19|20)\d\d[EF]?)\b")  # "GWh 2025", "Q3 2025 US$m"
_UNIT_COLUMN = frozenset(("unit", "units", "unit of measure", "单位", "單位", "计量单位"))
_RELATIVE = frozenset(("ratio", "points"))
_ROW = 400  # characters of a row in which its column of units is sought
_LABEL = 40  # characters before a figure in which its label states a unit in brackets
_LONG = 40  # characters; a heading as long tells of more than its column
_CAPTIONS = 12  # headers of a row without columns of its own that are read
_MARKER = re.compile(
    r"[(\uff08]([^()\uff08\uff09]{1,60})[)\uff09]"
    r"|(?:\bin\b(?!\s(?:the|this|last|each)\s)|\bunits?\s?:?|单位\s?[:\uff1a]?|單位\s?[:\uff1a]?|[;,:])\s?([^;,()]{1,60})",
    re.IGNORECASE,
)
_GLUED_MONEY = re.compile(r"^\s?([A-Z]{1,3}[a-z]?\$?|[$£€¥₹₩])(bn|mn|m|tn|k)$")  # "Rbn", "RMm", "£m"
_THOUSANDS = re.compile(r"['’]?(?<![\d,.])000(?:['’]?s)?\b")  # "($'000)", "(000s)"
_EXCEPT = re.compile(r"except(?:ing)?(?: for)?\s+([^;)]{1,80})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """A scale and a unit that a header states for its cells."""

    scale: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row: its first cell, as far as it is read for cues, and where the edges between them end."""

    head: str
    ends: tuple[int, ...]

    def of(self, at: int) -> int:
        """The number of the cell in which an offset of the row lies, the first being 0."""
        return bisect_right(self.ends, at)


def cells(words: Words) -> Cells:
    """The cells of the row that these words are."""
    source, begin = words.source, words.start[0]
    edges = list(CELL_EDGE.finditer(source, begin, words.end[-1]))
    if edges and edges[0].start() == begin:  # a bar before the first cell
        begin = edges.pop(0).end()
    if edges and edges[-1].end() == words.end[-1]:  # a bar behind the last cell
        edges.pop()
    head = source[begin : min(edges[0].start(), begin + _HEAD)] if edges else ""
    return Cells(head, tuple(edge.end() for edge in edges))


def read_marker(header: str, lexicon: Lexicon) -> Marker | None:
    """The scale and unit that a header cell or caption states, or None."""
    for match in _MARKER.finditer(header):
        for stated in (match.group(1) or match.group(2)).split(";"):
            marker = _stated(header[: match.start()], stated, lexicon)
            if marker is not None:
                return marker
            words = stated.strip().lower()
            if words in lexicon.grammar.classes["header_counts"]:
                return Marker(Decimal(1), None)
            if words in lexicon.grammar.classes["header_points"]:
                is_moved = context_moves(header, lexicon)
                return Marker(Decimal(1), lexicon.units.dimensions["points"]) if is_moved else None
    return None


def _stated(head: str, stated: str, lexicon: Lexicon) -> Marker | None:
    """What words in brackets, or behind "in" or a colon, state; `head` stands before them."""
    marker = _millions(head, stated, lexicon) or _read(stated, lexicon) or _listed(stated, lexicon)
    if marker is None and " in " in stated:  # "(figures in millions of euros unless otherwise indicated)"
        marker = _read(stated.partition(" in ")[2], lexicon)
    return marker


def _of_name(captions: Sequence[str], header: str, lexicon: Lexicon) -> Marker | None:
    """ "(MW; vacancy in %)": what a caption states for the one column that it names."""
    low = header.lower()
    for caption in captions:
        for match in _NAMED.finditer(caption):
            if match.group(1).lower() in low:
                return _read(match.group(2), lexicon)
    return None


def _listed(stated: str, lexicon: Lexicon) -> Marker | None:
    """ "(by region, 2024, per cent)", "(EFLOPS, FP16)": one of several things in brackets, where it says nothing
    but a scale and unit; a lone letter is none.
    """
    parts = (part.strip() for part in stated.split(",")) if "," in stated else ()
    read = (_read(part, lexicon, is_whole=True) for part in parts if len(part) > 1 or part == "%")
    return next((marker for marker in read if marker is not None), None)


def _millions(head: str, stated: str, lexicon: Lexicon) -> Marker | None:
    """ "Shipments (m)": behind things that are counted an "m" is a million, not a metre."""
    if stated != "m":
        return None
    counted = Words(head).low[-1:]
    is_counted = bool(counted) and lexicon.nouns.is_plural(counted[0])
    return Marker(Decimal(1_000_000), None) if is_counted else None


def _read(text: str, lexicon: Lexicon, is_whole: bool = False) -> Marker | None:
    """The scale and unit that words state. `is_whole`: only where they state nothing else ("US$ billion")."""
    words = Words(_THOUSANDS.sub(" thousand", _GLUED_MONEY.sub(r"\1 \2", text)))
    scale, unit, spoken = Decimal(1), None, 0
    k = 0
    while k < len(words) and k < 10:
        low = words.low[k]
        role, value = lexicon.grammar.cardinals.get(low, ("", Decimal(0)))
        if low in lexicon.grammar.vague:
            scale, spoken, k = scale * lexicon.grammar.vague[low], spoken + 1, k + 1
            continue
        if role in ("scale", "hundred") or (role == "unit" and value == 10):
            scale, spoken, k = scale * value, spoken + 1, k + 1
            continue
        if scale == 1 and words.text[k] in _TENS and (len(words.text[k]) > len("100") or _is_scaled(words, k, lexicon)):
            scale, spoken, k = scale * Decimal(words.text[k].replace(",", "")), spoken + 1, k + 1
            continue
        suffix = lexicon.grammar.suffixes.get(words.text[k])
        if suffix is not None and (
            (
                k + 1 < len(words)
                and not words.is_glued(k + 1)
                and (_unit(words, k + 1, lexicon)[1] is not None or lexicon.nouns.is_plural(words.low[k + 1]))
            )  # "m TEU", "bn kWh"
            or (unit is not None and lexicon.units.get(unit).dimension.startswith("money"))  # "(US$m)", "(£ m)"
            or (suffix[0] != "suffix_money" and (k or suffix[0] == "spaced_suffix"))
        ):
            scale, spoken, k = scale * suffix[1], spoken + 1, k + 1
            continue
        if spoken and words.low[k + 1 : k + 3] == ["-", "end"]:
            break  # "(million, year-end)" counts no years
        is_word = low in lexicon.grammar.classes["header_filler"] and k + 1 < len(words) and not words.is_glued(k + 1)
        # "in millions" names no inches, but "US$" a currency
        size, code = _unit(words, k, lexicon) if not is_word else (0, None)
        if code is not None:
            unit, spoken, k = unit or code, spoken + 1, k + size
            whole = rates.read_whole(words, k, lexicon)
            if whole is not None and unit is not None:  # "US$ per tonne", "m bbl/d"
                unit, k = lexicon.units.join(unit, whole[0]), whole[1]
            continue
        if low == "of" and unit is not None and lexicon.units.get(unit).dimension == "ratio":
            break  # "% of each group"
        if low in lexicon.grammar.classes["header_filler"] or not low[0].isalnum():
            k += 1
            continue
        if scale != 1 and unit is None and lexicon.nouns.is_plural(low) and k + 1 == len(words):
            code = lexicon.nouns.code_of([low])  # "(100 million households)"
            return Marker(scale, code if code in lexicon.nouns.known else None)
        return None if not spoken or scale == 1 or is_whole else Marker(scale, unit)
    return Marker(scale, unit) if spoken and (scale != 1 or unit is not None) else None


def _is_scaled(words: Words, k: int, lexicon: Lexicon) -> bool:
    """ "100 million yuan": a scale word behind a small round number makes both of them the scale."""
    return k + 1 < len(words) and lexicon.grammar.cardinals.get(words.low[k + 1], ("",))[0] == "scale"


def _unit(words: Words, k: int, lexicon: Lexicon) -> tuple[int, str | None]:
    for size in (3, 2, 1):
        hit = lexicon.currency_before.backward(words.low, k + size) if k + size <= len(words) else None
        if hit is not None and hit[0] == size:
            return size, hit[1][0]
    hit = lexicon.unit_names.forward(words.low, k)
    if hit is not None:
        return hit[0], hit[1][0]
    begin = words.start[k]
    for size in symbol_sizes_at(lexicon, words.source, begin):
        surface = words.source[begin : begin + size]
        codes = lexicon.symbols.get(surface)
        if codes and len(surface) == size and not words.source[begin + size : begin + size + 1].isalnum():
            return bisect_left(words.start, begin + size, k) - k, codes[0]
    return 0, None


def apply_markers(
    words: Words, mentions: Sequence[Mention], row: Cells, headers: Sequence[str], lexicon: Lexicon
) -> None:
    """Give the bare cells of a row the scale and unit of the nearest marker. `headers`: the row's context,
    nearest first.
    """
    if not mentions:
        return
    source = words.source
    head = row.head if row.ends else ""
    own = read_marker(head, lexicon) or _unit_column(source, words.start[0], headers, lexicon)
    stated: dict[str, Marker | None] = {}

    def marker_of(header: str) -> Marker | None:
        if header not in stated:
            found = _read_header(header, _PERIOD.sub("", header), lexicon)
            if found is None and len(header) < _LONG and "%" in header:
                found = _read("%", lexicon)  # "y/y %", "% chg"
            if found is not None and _is_excepted(header, head, lexicon):
                low = head.lower()
                is_amount = "per share" in low or not lexicon.grammar.classes["per_share_row"].isdisjoint(low.split())
                found = Marker(Decimal(1), found.unit) if is_amount and found.unit else None
            stated[header] = found
        return stated[header]

    captions = _captions(headers, row) if own is None else []
    of_table = next((marker for header in captions if (marker := marker_of(header)) is not None), None)
    is_of_all = bool(headers) and _states_all(headers[0], head, lexicon)
    for mention in mentions:
        if (
            mention.kind in ("rank", "condition")
            or mention.form not in ("digits",)
            or mention.unit in lexicon.grammar.classes["unscaled_unit"]
        ):
            continue
        column = row.of(mention.start)
        of_column = marker_of(headers[column if column < len(headers) else 0]) if headers else None
        if of_column is None and captions and column < len(headers):
            of_column = _of_name(captions, headers[column], lexicon)
        is_named = 0 < column < len(headers)
        if of_column is None and is_named and is_of_all and not context_moves(f"{headers[column]} | {head}", lexicon):
            of_column = marker_of(headers[0])
        if own is None:
            marker = of_column or of_table
        else:  # "Sales (million) | 61.4 | change (%)"
            marker = of_column if column < len(headers) and _is_relative(of_column, lexicon) else own
        if marker is not None:
            _mark(mention, marker, lexicon)
        if mention.unit is None and column < len(headers):
            noun = noun_of_header(headers[column], lexicon)
            if noun is not None:
                mention.unit, mention.dimension = noun, f"count:{noun}"
                mention.rules.append("noun of the header")
        if mention.unit is None and own is not None and mention.scale == own.scale:
            noun = noun_of_header(head, lexicon)  # "Outgoing messages (billion)"
            if noun is not None:
                mention.unit, mention.dimension = noun, f"count:{noun}"
                mention.rules.append("noun of the row")


def _is_relative(marker: Marker | None, lexicon: Lexicon) -> bool:
    """Whether a header states percent or points."""
    return marker is not None and marker.unit is not None and lexicon.units.get(marker.unit).dimension in _RELATIVE


def _captions(headers: Sequence[str], row: Cells) -> list[str]:
    """What speaks for all cells of a row: a long heading, one in brackets, and all that is no head of a column."""
    columns = {headers[i] for i in range(min(len(headers), len(row.ends) + 1))}
    return [
        header
        for header in dict.fromkeys(headers)
        if len(header) >= _LONG or header[:1] == "(" or (header and header not in columns)
    ]


def enter(headers: Sequence[str], carried: Carried) -> None:
    """A row is read: what the rows above have told holds for it only where it is of the same table."""
    if list(headers) != list(carried.table):
        carried.table, carried.sign, carried.is_scaled = headers, None, False


def read_millions(words: Words, mentions: Sequence[Mention], carried: Carried, lexicon: Lexicon) -> None:
    """ "1.8bn | +37m": in a table that tells of billions, the letter glued to another figure is a scale, no length."""
    suffixes = lexicon.grammar.suffixes
    carried.is_scaled = carried.is_scaled or any(
        m.scale >= 10**9 and words.text[m.j - 1].lower() in suffixes and m.currency is None for m in mentions
    )
    for mention in mentions if carried.is_scaled else ():
        j = mention.j
        if mention.scale != 1 or mention.right != j + 1 or not words.is_glued(j) or words.text[j] not in suffixes:
            continue
        factor = suffixes[words.text[j]][1]
        mention.value, mention.scale, mention.unit, mention.dimension = mention.value * factor, factor, None, ""
        mention.rules.append("scale of the table")


def _states_all(corner: str, head: str, lexicon: Lexicon) -> bool:
    """What stands above the names of the rows holds for every column where it states a unit alone, or a scale ("Sales
    by region ($ millions)").
    """
    if _read(corner, lexicon, is_whole=True) is not None:
        return True
    marker = _read_header(corner, corner, lexicon)
    return marker is not None and marker.scale != 1 and not head.strip().isdecimal()


def _read_header(header: str, bare: str, lexicon: Lexicon) -> Marker | None:
    """What a header states in brackets, or all of what is `bare` of it: "$ millions, except per share amounts"."""
    return read_marker(header, lexicon) or _read(_EXCEPT.sub("", bare).rstrip(", "), lexicon, is_whole=True)


def added(row: Cells, mention: Mention, headers: Sequence[str], lexicon: Lexicon) -> str | None:
    """Which way a column or row says that its cells moved: "Increase to 2030", "Net additions"."""
    if len(headers) <= len(row.ends):
        return _added(row.head, lexicon)
    return _added(headers[row.of(mention.start)], lexicon) or _added(row.head, lexicon)


def _added(header: str, lexicon: Lexicon) -> str | None:
    words = Words(header)
    for k in range(min(3, len(words))):
        hit = lexicon.grammar.cues.forward(words.low, k)
        is_change = words.low[k] in lexicon.grammar.classes["header_change"]
        if is_change or (hit is not None and hit[1].cue in ("up", "down", "change") and hit[1].form == "noun"):
            j = k + (hit[0] if hit is not None else 1)
            if j < len(words) and words.low[j][0].isalpha() and words.low[j] not in lexicon.grammar.ends_phrase:
                return None
            return hit[1].cue if hit is not None and hit[1].cue in ("up", "down") else "up"
    return None


def apply_label(words: Words, mention: Mention, lexicon: Lexicon) -> None:
    """ "Total assets (RMB bn): 431.2": the label of one figure states its scale and unit, as a header does for many."""
    if mention.unit is not None or words.text[max(0, mention.left - 2) : mention.left] != [")", ":"]:
        return
    opened = words.source.rfind("(", max(words.start[0], words.start[mention.left] - _LABEL), words.start[mention.left])
    marker = read_marker(words.source[opened : words.end[mention.left - 2]], lexicon) if opened >= 0 else None
    if marker is not None:
        _mark(mention, marker, lexicon)


def context_of(row: Cells, mention: Mention, headers: Sequence[str]) -> str:
    """What governs one cell: its column's header and the head of its row; without columns, all that governs the row."""
    if len(headers) > len(row.ends):
        return f"{headers[row.of(mention.start)]} {row.head}"
    return " ".join([*headers[:_CAPTIONS], row.head])


def _unit_column(source: str, begin: int, headers: Sequence[str], lexicon: Lexicon) -> Marker | None:
    """The unit of a row whose table has a column of units (Indicator | Unit | Value)."""
    for column, header in enumerate(headers):
        if header.strip().lower() in _UNIT_COLUMN:
            row = source[begin : begin + _ROW].split("\n", 1)[0]
            opens = CELL_EDGE.match(row)  # a bar before the first cell
            cells = CELL_EDGE.split(row[opens.end() :] if opens is not None else row)
            return _read(cells[column], lexicon) if column < len(cells) else None
    return None


def _is_excepted(header: str, head: str, lexicon: Lexicon) -> bool:
    """ "$ in millions, except earnings per share": the row of that name keeps its own scale, and so does a count
    ("Number of employees") in a table that has such exceptions.
    """
    match = _EXCEPT.search(header)
    if match is None:
        return False
    if {head.lower().split(" ", 1)[0]} & lexicon.grammar.classes["number_of"] and " of " in head:
        return True
    names = [w for w in match.group(1).lower().split() if len(w) > 2]
    initials = "".join(w[0] for w in names)
    low = head.lower()
    if {"per", "share"}.issubset(names) and not lexicon.grammar.classes["per_share_row"].isdisjoint(low.split()):
        return True
    return initials in low.split() or " per " in f" {low} " or sum(w in low for w in names) * 2 > len(names)


def noun_of_header(header: str, lexicon: Lexicon) -> str | None:
    """The counted noun that a column counts: "Broadband subscribers (million)" counts subscribers."""
    words = Words(_MARKER.sub("", header))
    for k in range(len(words) - 1, -1, -1):
        if lexicon.nouns.is_plural(words.low[k]) and words.low[k] not in lexicon.grammar.classes["plural_modifier"]:
            code = lexicon.nouns.code_of(words.low[max(0, k - MAX_PHRASE) : k + 1])
            return code if code in lexicon.nouns.known else None
    return None


def _mark(mention: Mention, marker: Marker, lexicon: Lexicon) -> None:
    if (
        mention.scale == 1
        and marker.scale != 1
        and (mention.unit is None or mention.currency is not None or not mention.has_unit)
    ):
        mention.value, mention.scale = mention.value * marker.scale, marker.scale
        if mention.high is not None:
            mention.high *= marker.scale
        mention.rules.append("scale of the header")
    if mention.unit is None and marker.unit is not None:
        is_noun = marker.unit in lexicon.nouns.known
        mention.unit = marker.unit
        mention.dimension = f"count:{marker.unit}" if is_noun else lexicon.units.get(marker.unit).dimension
        mention.rules.append("unit of the header")


def carry_sign(row: Cells, mentions: Sequence[Mention], carried: Carried, lexicon: Lexicon) -> None:
    """Accountants write the sign of a currency in the first row and leave it out below: a bare figure in the caption's
    scale is money too, unless the head of its row counts something.
    """
    sign = next((m.currency for m in mentions if m.currency is not None), None)
    carried.sign = sign or carried.sign
    if carried.sign is None or not row.head or _counts(row.head, lexicon):
        return
    for mention in mentions:
        if mention.unit is None and "scale of the header" in mention.rules:
            mention.unit, mention.dimension = carried.sign, lexicon.units.get(carried.sign).dimension
            mention.rules.append("sign of the rows above")


def _counts(head: str, lexicon: Lexicon) -> bool:
    """ "Number of shops", "Shares outstanding": the head of a row that counts, or may."""
    words, classes = Words(head), lexicon.grammar.classes
    return any(
        low in classes["number_of"] or low in classes["people_noun"] or low in classes["counted_row"]
        or (lexicon.nouns.is_plural(low) and lexicon.nouns.code_of([low]) in lexicon.nouns.known)
        for low in words.low
    )  # fmt: skip


def is_row_number(words: Words, mention: Mention, begin: int) -> bool:
    """A small whole number alone in the first cell of a row numbers the row."""
    if (
        mention.unit is not None
        or mention.start != words.start[0]
        or mention.value != mention.value.to_integral_value()
    ):
        return False
    follows = CELL_EDGE.match(words.source, mention.end)
    return follows is not None and 0 < mention.value < 1000 and mention.start >= begin


def is_scale(words: Words, mention: Mention, row: Cells, headers: Sequence[str]) -> bool:
    """ "Mobile users (100 million households)", "Base stations (10,000)", "10,000 tons" in a column of units: a power
    of ten that is the scale of other cells.
    """
    text, left = words.text, mention.left
    if text[mention.i] not in _TENS:
        return False
    column = row.of(mention.start)
    if column < len(headers) and headers[column].strip().lower() in _UNIT_COLUMN:
        return True
    is_bracketed = text[left - 1 : left] == ["("] and text[mention.right : mention.right + 1] == [")"]
    is_behind = is_bracketed and left > 1 and text[left - 2][-1].isalpha()
    return is_behind and words.start[left - 1] - words.end[left - 2] <= 1


def is_row_class(row: Cells, mentions: Sequence[Mention]) -> bool:
    """ "70 and over | 69.4": a small bare number in the first cell says which class the figures of the row are of."""
    first = mentions[0]
    is_label = first.unit is None and first.scale == 1 and 0 < first.value < 1000 and row.of(first.start) == 0
    return is_label and bool(row.ends) and len(mentions) > 1 and row.of(mentions[1].start) > 0


def negate_parentheses(words: Words, mention: Mention) -> None:
    """An accountant's (10.2): a negative number in brackets of its own, in a row of a table."""
    opens_cell = mention.left < 2 or not words.text[mention.left - 2][-1].isalnum()
    if (
        opens_cell
        and words.text[mention.left - 1 : mention.left] == ["("]
        and words.text[mention.right : mention.right + 1] == [")"]
    ):
        mention.value, mention.is_signed = -abs(mention.value), True
