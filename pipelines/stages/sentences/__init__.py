"""The article's text cut into sentences, each with the block it stands in and the spans that govern it.

Here: the order of the work and the context of each block. Inside: `blocks` (lines to blocks), `furniture` (which blocks
are not the article's), `ends` (where a sentence stops). Not here: anything about numbers.
"""

import re

from pipelines.catalogue import Catalogue
from pipelines.stages.sentences import blocks, ends, furniture
from pipelines.vocabulary.article import Sentence

__all__ = ["split"]

_IDEOGRAPHS = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_LATIN_WORDS = re.compile("[A-Za-z]+")
Span = tuple[int, int]


def split(text: str, language: str | None, catalogue: Catalogue) -> list[Sentence]:
    """The sentences of a text in order: disjoint, trimmed of white space, and covering every digit of it.

    `language` is the article's ("en", "zh-Hans" ...) and decides only for a sentence without letters. The context of
    a row is one span for each of its columns in column order, where the table has a heading row of as many cells (then
    the same of a second heading row above), then the table's lead-in, then the heading; that of an item is its
    lead-in, then the heading; of a paragraph, the heading.
    """
    boilerplate = catalogue.boilerplate
    found = blocks.read(text)
    outside = furniture.mark(text, found, boilerplate, catalogue.places)
    headline = furniture.headline(text, found)
    fallback = "zh" if language and language.startswith("zh") else "en"
    only = "en" if text.isascii() and fallback == "en" else None
    sentences: list[Sentence] = []
    heading: Span | None = None
    lead_in: Span | None = None
    columns: tuple[Span, ...] = ()
    sections: tuple[Span, ...] = ()  # the rows of a table that only name what is below them, the latest first
    above: Span | None = None  # the heading right above the last one
    width = 0
    for number, block in enumerate(found):
        kind, cut = block.kind, outside.get(number)
        if cut is not None and cut[0] <= block.start:
            kind = cut[1]
        if kind == "row":
            spans = [(block.start, block.end)]
            if block.opens_table:
                columns, sections, width = (), (), len(block.cells)
            elif len(columns) != width or (number and blocks.is_section(text, found[number - 1].cells)):
                columns = () if blocks.opens_part(text, block, found[number + 1 : number + 2]) else columns
            told = (*sections, lead_in, heading, above)
            context: tuple[Span | None, ...] = (*(columns if len(block.cells) == width else ()), *told)
            may_name = block.opens_table or len(columns) in (0, width)  # at most two heading rows
            if blocks.is_section(text, block.cells):
                sections = (block.cells[0], *sections[:1])
                may_name = False
            if may_name and blocks.names_columns(text, block.cells, columns):
                leaves_out = _leaves_out_first(text, block, found[number + 1 : number + 2])
                columns = (*_over_columns(text, block, leaves_out), *columns)
                width += leaves_out and block.opens_table
        else:
            spans = ends.split(text, block.start, block.end, boilerplate)
            context = (lead_in, heading) if kind == "item" else (heading,) if kind == "paragraph" else ()
        governing = tuple(span for span in context if span is not None)
        headed = _language(text, governing[0][0], governing[0][1], fallback) if kind == "row" and governing else None
        for start, end in spans:
            block_kind = cut[1] if cut is not None and end > cut[0] else kind
            own = only or ("zh" if headed == fallback == "zh" else _language(text, start, end, fallback))
            sentences.append(Sentence(start, end, block_kind, number, own, governing))
        if kind == "heading" and number == headline:
            heading, lead_in = None, None
        elif kind == "heading":
            is_next = (
                heading is not None and bool(number) and heading == (found[number - 1].start, found[number - 1].end)
            )
            above = heading if is_next else None
            heading, lead_in = (block.start, block.end), None
        elif kind == "paragraph" or (
            kind == "item"
            and text[block.end - 1] in ":\uff1a"
            and [b.kind for b in found[number + 1 : number + 2]] == ["row"]
        ):
            lead_in = spans[-1]  # the indented line over a table, too
    return sentences


def _leaves_out_first(text: str, block: blocks.Block, below: list[blocks.Block]) -> bool:
    """Whether an indented heading row has a cell less than the row below it."""
    is_indented = text[max(0, block.start - 3) : block.start] == "   "
    return is_indented and bool(below) and below[0].kind == "row" and len(below[0].cells) == len(block.cells) + 1


def _over_columns(text: str, block: blocks.Block, leaves_out: bool) -> tuple[Span, ...]:
    """The heading cells, set over the right columns: an indented heading row leaves out its first cell.

    A unit in brackets at its right end ("($ billions)") then stands over no column and comes last.
    """
    last = text[slice(*block.cells[-1])]
    if leaves_out:
        return ((block.start, block.start), *block.cells)
    if text[max(0, block.start - 3) : block.start] == "   " and last[:1] in "((" and last[-1:] in "))":
        return ((block.start, block.start), *block.cells)
    return block.cells


def _language(text: str, start: int, end: int, fallback: str) -> str:
    """Chinese when ideographs outweigh Latin words, three words to two ideographs; no letters: the article's."""
    ideographs = sum(map(len, _IDEOGRAPHS.findall(text, start, end)))
    if not ideographs:
        return "en" if fallback == "en" or _LATIN_WORDS.search(text, start, end) else fallback
    return "zh" if ideographs * 2 > len(_LATIN_WORDS.findall(text, start, end)) * 3 else "en"
