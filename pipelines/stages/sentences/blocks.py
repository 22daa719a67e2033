"""Lines to blocks: title, headings, paragraphs (joined where a file is hard-wrapped), list items and table rows.

Here: what the shape of the lines says. Not here: words and phrases (`furniture`) and sentences (`ends`).
"""

import re
from dataclasses import dataclass

from pipelines.vocabulary.cells import CELL_EDGE

Span = tuple[int, int]

WRAP = 130  # columns; a longer line was not wrapped by hand or by an editor
_SHORT = 90  # columns; a longer line is no heading
_CLOSERS = "\"'”’」』）)】》〉]»*＊"
_TERMINALS = frozenset(".!?。！？…")
_NEVER_FIRST = frozenset("，。、；：？！）」』》,;:)%％”’")
_MARKER = re.compile(
    r"(?P<heading>#{1,6}(?=\s)|[＊*◆■▌▍【](?=[^\s＊*】]+(?:[ \t][^\s＊*】]+){0,15}[＊*】]$))"
    r"|(?P<bullet>(?:[-*+–—＊>](?=\s)|[•●▪◦○■◆►▶‣⁃](?=\s|\w)|·(?=\s))\s*)"
    r"|(?P<number>[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}\.(?=\s)|\d{1,2}[、．](?!\d)"
    r"|[一二三四五六七八九十]{1,3}、|[\u2460-\u2473])"
)
_CRUMBS = re.compile(
    r"[^>›»\n.。]{1,40}(?:\s?[>›»]\s?[^>›»\n.。]{1,40}){1,5}"  # the way to the page
    r"|(?:[^|\d\n.。]{1,40}\s\|\s){3,}[^|\d\n.。]{1,24}"  # the sections of a site: "Home | News | Travel"
)
_RULE = re.compile(r"[-=_*|:+~ \t—–·]+")
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|(?:\. ){3,}")
_WIDE_GAP = re.compile(r"(?<![.!?:;。！？：；])(?: {2,}| *\u3000[ \u3000]*)(?=\S)")
_DAY = re.compile(
    r"(?:19|20)\d\d ?[-\u2013/] ?\d\d(?!\d)|(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])(?=[\u4e00-\u9fff])"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}\b"
    r"|\b(?:F?[QH][1-4](?:-| ?['\u2019]| )|(?:[1-4][QH]|FY|CY) ?(?:FY ?)?['\u2019]?)(?:20)?\d\d\b"
    r"|\b\d{1,2}(?:/\d{1,2}/\d{2,4}| (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\b"
    r"|(?:\d{1,2} ?[-\u2013\u2014~\u81f3] ?)?\d{1,2}月|第[1-4]季"
)
_FOLLOWS = re.compile(r"(?:\b(?:as follows|(?:the )?following)\b[^.:\uff1a]{0,40}|如下)[:\uff1a]$")
_STOP_WITHIN = re.compile(r"[.!?]\s+[A-Z]|[\u3002\uff01\uff1f].")
_LIST_LINE = 240  # columns of a line of a list without marks, at most
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_PLAIN_NUMBER = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d(?!\d|[.,]\d)|(?:[2-6]G|[23]D)(?![A-Za-z]))\d")  # 5G is a name


@dataclass(slots=True)
class Block:
    """A run of text that is one thing on the page. `cells` are the spans of a row's cells."""

    start: int
    end: int
    kind: str
    width: int
    is_marked: bool = False
    opens_table: bool = False
    cells: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    width: int  # columns, an ideograph is two
    gap: int  # blank lines before it
    indent: int
    kind: str = ""  # heading | item | row | rule | ""
    content: int = 0  # where the text behind a bullet or heading mark begins
    is_joined: bool = False


def read(text: str) -> list[Block]:
    """The blocks of a text in order. Every character that is no white space, bullet or rule lies in one of them."""
    lines = _lines(text)
    crumbs = [lines.pop(0)] if len(lines) > 1 and _CRUMBS.fullmatch(text[lines[0].start : lines[0].end]) else []
    _find_rows(text, lines)
    _join(text, lines)
    found = _blocks(text, lines)
    _find_lists(text, found)
    return [*(Block(line.start, line.end, "meta", line.width) for line in crumbs), *found]


def is_finished(text: str, start: int, end: int) -> bool:
    """Whether the words end like a sentence."""
    while end > start and text[end - 1] in _CLOSERS:
        end -= 1
    return end > start and text[end - 1] in _TERMINALS


def names_columns(text: str, cells: tuple[Span, ...], above: tuple[Span, ...]) -> bool:
    """Whether a row is a heading row: words and years, and no figure outside brackets behind its first cell.

    It is the first of its table, or stands below a heading row (`above`) whose first cell it repeats.
    """
    if len(cells) < 2 or (above and text[slice(*above[0])] != text[slice(*cells[0])]):
        return False
    return not any(_PLAIN_NUMBER.search(_DAY.sub("", _BRACKETED.sub("", text[start:end]))) for start, end in cells[1:])


def is_section(text: str, cells: tuple[Span, ...]) -> bool:
    """Whether a row only names what is below it: all its cells but the first are empty."""
    return len(cells) > 1 and cells[0][0] < cells[0][1] and not any(text[a:b].strip(" |") for a, b in cells[1:])


def opens_part(text: str, block: Block, below: list[Block]) -> bool:
    """Whether a row inside a table is a new heading row: words in all its cells, over a row with figures."""
    names = [text[a:b] for a, b in block.cells]
    is_named = len(names) > 2 and all(
        any(c.isalpha() for c in name) and not _PLAIN_NUMBER.search(name) for name in names
    )
    is_over = bool(below) and len(below[0].cells) == len(names)
    return is_named and is_over and any(_PLAIN_NUMBER.search(text[a:b]) for a, b in below[0].cells[1:])


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at, gap = 0, 0
    is_ascii = text.isascii()
    for raw in text.split("\n"):
        bare = raw.strip()
        if not bare:
            gap += 1
        else:
            indent = len(raw) - len(raw.lstrip())
            start = at + indent
            width = len(bare) if is_ascii else (len(bare) + len(bare.encode("utf-8", "replace"))) // 2
            line = _Line(start, start + len(bare), width, gap, indent, "", start)
            first = bare[0]
            if not first.isalpha() or first in "一二三四五六七八九十":
                _read_marker(bare, line)
            lines.append(line)
            gap = 0
        at += len(raw) + 1
    return lines


def _read_marker(bare: str, line: _Line) -> None:
    if _RULE.fullmatch(bare):
        line.kind = "rule"
    elif marker := _MARKER.match(bare):
        line.kind = "heading" if marker["heading"] else "item"
        if marker["bullet"] and bare[0] == ">":
            line.kind = ""
        if not marker["number"]:
            line.content = line.start + marker.end()
            line.content += len(bare[marker.end() :]) - len(bare[marker.end() :].lstrip())


def _find_rows(text: str, lines: list[_Line]) -> None:
    """Rows are lines with cell edges, two or more under one another, or a single one with dot leaders."""

    def edge_of(line: _Line) -> str:
        if text.find(" | ", line.start, line.end) >= 0 or text.find("\t", line.start, line.end) >= 0:
            return "bar"
        if text.find("   ", line.start, line.end) < 0 and text.find("\u3000", line.start, line.end) < 0:
            return ""
        return "gap" if len(_WIDE_GAP.findall(text, line.start, line.end)) >= 2 else ""

    run: list[_Line] = []
    kind = ""
    for line in lines:
        if line.kind == "rule" and run and not line.gap:
            continue  # below a heading row
        edge = edge_of(line) if line.kind != "rule" else ""
        if run and (edge != kind or line.gap):
            _close_table(run)
            run = []
        if edge:
            kind = edge
            run.append(line)
        elif text.find("..", line.start, line.end) >= 0 or text.find("……", line.start, line.end) >= 0:
            leader = _LEADERS.search(text, line.content, line.end)
            if leader and leader.start() > line.content and leader.end() < line.end and line.width <= WRAP:
                line.kind, line.content = "row", line.start
    _close_table(run)


def _close_table(run: list[_Line]) -> None:
    if len(run) > 1:
        for line in run:
            line.kind, line.content = "row", line.start


def _join(text: str, lines: list[_Line]) -> None:
    """Mark the lines that continue the line before them."""
    page = max((line.width for line in lines), default=0)
    run_of: list[int] = [0] * len(lines)
    first = 0
    for i in range(1, len(lines) + 1):  # the widest line of each run without a blank line
        if i == len(lines) or lines[i].gap:
            widest = max(line.width for line in lines[first:i])
            run_of[first:i] = [widest] * (i - first)
            first = i
    for i in range(2, len(lines)):
        before, line = lines[i - 1], lines[i]
        if line.gap > 1 or line.kind in ("row", "heading", "rule") or before.kind in ("row", "heading", "rule"):
            continue
        line.is_joined = _continues(text, before, line, run_of[i] if line.gap == 0 else page)


def _continues(text: str, before: _Line, line: _Line, widest: int) -> bool:
    first, last = text[line.start], text[before.end - 1]
    if first in _NEVER_FIRST:
        return True
    is_full = widest <= WRAP and before.width >= max(55, widest * 0.6 if line.gap == 0 else widest * 0.75)
    is_open = not is_finished(text, before.start, before.end) and last not in ":："
    if line.kind == "item":  # a wrapped line may start with what looks like a marker
        return is_open and is_full and before.kind != "item" and line.gap == 0 and text[line.start].isdigit()
    if line.indent > before.indent and before.kind != "item":
        return False
    if is_open and first.islower():
        return line.gap == 0 or (before.width >= 40 and before.kind != "item")
    if line.gap:
        return is_open and is_full and before.kind != "item"
    if before.kind == "item":
        return line.indent > before.indent or (is_open and is_full)
    return is_full


def _blocks(text: str, lines: list[_Line]) -> list[Block]:
    found: list[Block] = []
    table_open = False
    for i, line in enumerate(lines):
        if line.kind == "rule":
            continue
        if line.is_joined and found:
            found[-1].end, found[-1].width = line.end, found[-1].width + line.width
            continue
        block = Block(line.content, line.end, line.kind or "paragraph", line.width, bool(line.kind))
        if line.kind == "heading":
            block.end = block.start + len(text[block.start : block.end].rstrip("#*＊】 "))
        if block.start >= block.end:
            block.start, block.end = line.start, line.end
        if line.kind == "row":
            block.cells = _cells(text, block.start, block.end)
            block.opens_table = not table_open or line.gap > 0
        table_open = line.kind == "row"
        following = lines[i + 1] if i + 1 < len(lines) else None
        if not found and following is not None and not following.is_joined and line.kind in ("", "heading"):
            block.kind = "title" if _is_title(text, block) else block.kind
        elif line.kind == "" and following is not None and not following.is_joined:
            block.kind = "heading" if _is_heading(text, block, following) else block.kind
        found.append(block)
    return found


def _find_lists(text: str, found: list[Block]) -> None:
    """A list without marks: lines of a sentence each below what says that a list follows ("is as follows:"), short
    ones below any colon.
    """
    at = 0
    while at < len(found):
        lead, at = found[at], at + 1
        if lead.kind != "paragraph" or text[lead.end - 1] not in ":\uff1a":
            continue
        is_told = _FOLLOWS.search(text, max(lead.start, lead.end - _SHORT), lead.end)
        widest = _LIST_LINE if is_told else _SHORT
        first = at
        while at < len(found) and found[at].kind in ("paragraph", "heading") and _is_list_line(text, found[at], widest):
            at += 1
        if at - first > 1:
            for block in found[first:at]:
                block.kind = "item"


def _is_list_line(text: str, block: Block, widest: int) -> bool:
    return block.width <= widest and _STOP_WITHIN.search(text, block.start, block.end) is None


def _is_title(text: str, block: Block) -> bool:
    return block.width <= 300 and text[block.end - 1] not in ".。:：,，;；"


def _is_heading(text: str, block: Block, following: _Line) -> bool:
    """A short line that ends like no sentence, over a line of prose."""
    if block.width > _SHORT or text[block.end - 1] in ":：,，;；)）]】" or is_finished(text, block.start, block.end):
        return False
    if text.find(" | ", block.start, block.end) >= 0 or text.find(". ", block.start, block.end) >= 0:
        return False
    is_prose = is_finished(text, following.start, following.end) or following.width > WRAP
    return following.kind == "" and is_prose and following.width > block.width


def _cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    cells: list[Span] = []
    at = start
    for edge in CELL_EDGE.finditer(text, start, end):
        if edge.start() > at or at > start or (edge.start() == start and text[end - 1] != "|"):
            cells.append((at, edge.start()))
        at = edge.end()
    if at < end:
        cells.append((at, end))
    return tuple(cells)
