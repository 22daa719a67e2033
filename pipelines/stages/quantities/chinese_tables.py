"""Rows of Chinese tables: the scale and unit that a header states for its cells (亿元), (%), 单位:万辆."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

from pipelines.stages.quantities.chinese_elision import counted_by
from pipelines.stages.quantities.chinese_kinds import moves
from pipelines.stages.quantities.chinese_lexicon import Tables, classifier_at, noun_at, unit_at
from pipelines.stages.quantities.chinese_numbers import scale_value
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.tables import Cells, Marker
from pipelines.vocabulary.cells import CELL_EDGE

_HEAD = 200  # characters of a row's first cell that are read
_CAPTIONS = 12  # headers of a row without columns of its own that are read
_UNIT, _UNIT_CELLS = 12, 4  # characters of a cell that says only a unit, and how many cells may
_MARKER = re.compile(
    r"[(\uff08]([^()\uff08\uff09]{1,24})[)\uff09]|(?:单位|單位)\s*[:\uff1a]?\s*([^,;\uff0c\uff1b)\uff09]{1,16})"
)
_UNIT_LABEL = re.compile(r"^(?:计量)?(?:单位|單位)\s*[:\uff1a]?\s*")
_LIST = re.compile(r"[、,\uff0c/;\uff1b]")
_IN_PERCENT = re.compile(r"%(?!点)|％")  # 比上年末增长（%） is a growth
#: A column of increments: what a stock has changed by since a day, or 净增.
_INCREMENT = re.compile(r"[比较較](?:去年|上年|年|上?季度?|上?月|上期)[末底初]|净增|淨增|增减[额量]|增減[額量]|增量")
#: A column that is in percent though nothing says so, below a thousand of them: 同比 | 14.2.
_BARE_PERCENT = re.compile(
    r"(?:[同环環]比(?:增长|增長|增减|增減|变化|變化|变动|變動)?|增速|增幅|增长率|增長率|成长率|成長率|年增率|[占佔]比|比重|份额|份額)\s*$"
)
_MOST_PERCENT = 1000
_SHARE = ("占比", "佔比", "比重", "份额", "份額", "率")
_PERCENT = ("%", "‰", "pp")
_SCALE = re.compile(r"(?:[十百千]?(?:万亿|萬億)|[十百千]?[万萬亿億]|[百千](?![瓦米克伏分]))")


def cells(text: str) -> Cells:
    """The cells of a row."""
    edges = [edge for edge in CELL_EDGE.finditer(text) if edge.end() < len(text)]
    begin = edges.pop(0).end() if edges and not edges[0].start() else 0  # | a | b |
    head = text[begin : min(edges[0].start(), begin + _HEAD)] if edges else ""
    return Cells(head, tuple(edge.end() for edge in edges))


def context_of(row: Cells, mention: Mention, headers: Sequence[str]) -> str:
    """What governs one cell: its column's header and the head of its row; without columns, all that governs the row."""
    if len(headers) > len(row.ends):
        return f"{headers[row.of(mention.start)]} {row.head}"
    return " ".join([*headers[:_CAPTIONS], row.head])


def apply_headers(
    text: str, mentions: list[Mention], row: Cells, headers: Sequence[str], table: Tables
) -> list[Mention]:
    """Give bare cells the scale and unit that their column's header, their row's head or the caption states."""
    edges, head = row.ends, row.head
    kept: list[Mention] = []
    stated = _unit_cells(text, row, table)
    has_columns = len(headers) > len(edges)
    captions = list(islice(headers, len(edges) + 1, None)) if has_columns else headers
    if has_columns and "位" in headers[0]:
        captions = [headers[0], *captions]  # 品种(单位:万吨): the corner speaks for the table
    of_table: dict[bool, Marker | None] = {}  # of levels, and of shares
    for mention in mentions:
        column = row.of(mention.start)
        if column == 0 and edges and mention.unit is None and mention.start == 0 and mention.end == len(head):
            continue  # numbers the row
        kept.append(mention)
        if mention.kind or mention.form != "digits" or (mention.unit is not None and mention.dimension != "count:unit"):
            continue
        own = headers[column] if has_columns else ""
        cell = next((marker for at, marker in reversed(stated) if at < column), None)
        marker = _read(own, table)
        is_increment = _INCREMENT.search(own) is not None and not (_IN_PERCENT.search(own) and moves(own, table.words))
        is_share = not is_increment and (moves(own, table.words) or own.strip().endswith(_SHARE))
        if marker is None and cell is not None and not is_share:
            marker = cell
        if marker is None:
            marker = _read(head, table, is_share)
            marker = None if marker is not None and marker.unit != "%" and "%" in own else marker
        if marker is None:
            if is_share not in of_table:
                markers = (_read(caption, table, is_share) for caption in captions)
                of_table[is_share] = next((found for found in markers if found is not None), None)
            marker = of_table[is_share]
        if marker is None and has_columns and _BARE_PERCENT.search(own) and abs(mention.value) < _MOST_PERCENT:
            marker = Marker(Decimal(1), "%")
        if marker is not None:
            _mark(mention, marker, table)
            mention.basis = mention.basis or _basis(mention, f"{own} {head}", table)
        if text[mention.end : mention.end + 1] == "+" and mention.bound == "=":
            mention.bound, mention.bound_text, mention.end = ">=", "+", mention.end + 1  # 810+
        if is_increment and mention.unit is not None:
            _as_change(mention, table)
    return kept


def _basis(mention: Mention, named: str, table: Tables) -> str | None:
    """智能算力(EFLOPS,FP16): what the head of a row or column says that its cells are measured on."""
    measured = (q for q in table.qualifiers if not q.is_adjacent and mention.dimension in q.dimensions)
    return next((q.basis for q in measured if q.surface in named), None)


def _as_change(mention: Mention, table: Tables) -> None:
    """475.8 | +50.7: what has come since is in the unit of its row, of shares in points."""
    if mention.unit == "%":
        mention.unit, mention.dimension = "pp", table.units.get("pp").dimension
    mention.kind, mention.trend = "change", "down" if mention.value < 0 else "up"


def _unit_cells(text: str, row: Cells, table: Tables) -> list[tuple[int, Marker]]:
    """The columns of a row whose cell says nothing but a scale and unit (指标 | 亿元 | 1247), which those behind it
    are in.
    """
    found = []
    for column, begin in enumerate(row.ends[:_UNIT_CELLS], 1):
        stop = row.ends[column] if column < len(row.ends) else len(text)
        cell = text[begin:stop].rstrip(" |\t.…")
        if 0 < len(cell) <= _UNIT and not cell[0].isdecimal():
            marker = _marker(cell, row.head, table)
            if marker is not None:
                found.append((column, marker))
    return found


def _read(header: str, table: Tables, is_share: bool = False) -> Marker | None:
    """What a header states; of two units (亿千瓦时、%) the columns of shares and growth are in the percentages."""
    for match in _MARKER.finditer(header):
        stated = (match.group(1) or match.group(2)).strip()
        parts = _LIST.split(_UNIT_LABEL.sub("", stated))
        markers = [m for part in parts if (m := _marker(part.strip(), header[: match.start()], table)) is not None]
        suited = [m for m in markers if len(markers) == 1 or is_share == (m.unit in _PERCENT)]
        if suited:  # （百分点，对比2024年） states one
            return suited[0]
    return None


def _marker(stated: str, named: str, table: Tables) -> Marker | None:
    """The scale and unit that words state, and nothing else; a classifier counts the noun that stands in `named`."""
    scale = _SCALE.match(stated)
    value = scale_value(scale.group()) if scale else Decimal(1)
    rest = stated[scale.end() if scale else 0 :]
    if scale and not rest:
        return Marker(value, None)
    for unit in (unit_at(rest, 0, table), noun_at(rest, 0, table)):
        if unit is not None and unit[0] == len(rest):
            return Marker(value, unit[1] or None)
    classifier = classifier_at(rest, 0, table)
    if classifier is None or classifier[0] != len(rest):
        return None
    return Marker(value, counted_by(rest, named, table) or classifier[1] or table.nouns.defaults.get(rest))


def _mark(mention: Mention, marker: Marker, table: Tables) -> None:
    if mention.scale == 1 and marker.scale != 1:
        mention.value, mention.scale = mention.value * marker.scale, marker.scale
        mention.high = mention.high * marker.scale if mention.high is not None else None
    if marker.unit is not None:
        mention.unit, mention.dimension = marker.unit, table.units.get(marker.unit).dimension
    mention.rules.append("scale and unit of the header")
