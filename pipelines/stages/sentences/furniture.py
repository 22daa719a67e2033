"""Which blocks are not the article's: bylines and dates at the top, counters, notices, and related links.

Here: general rules over the phrases of the catalogue. A line that may state a fact stays: only a line whose digits are
all dates is taken for a byline, only a phrase makes a line boilerplate, and related links end where prose returns.
"""

import re
from bisect import bisect_right

from pipelines.catalogue.boilerplate import Boilerplate
from pipelines.catalogue.places import Places
from pipelines.stages.sentences.blocks import Block, is_finished

_PROSE = 80  # columns; a finished paragraph of this width is the article's again
_LINE = 160  # columns; a longer block is no single line of furniture
_HEADED = 4  # blocks among which the headline stands where a section's name is over it
_TOP = 12  # blocks below the title that may be bylines
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?)?月?"
    rf"|{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s?(?:19|20)\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s?(?:19|20)\d\d)?"
    r"|\d{1,2}/\d{1,2}/(?:19|20)?\d\d|\d{1,2}月\d{1,2}[日号號]|(?<!\d)\d{1,2}[日号號]"
    r"|(?<!\d)\d{1,2}\.\d\d\s?(?:[ap]\.?m\b|ist|gmt|bst|cet|cest|est|edt|hkt|jst|sgt|aest)\b"
    r"|\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s?[ap]\.?m\.?)?|(?<!\d)\d{1,2}h\d\d(?!\w)|(?:gmt|utc)\s?[+-]?\d{0,2}|(?<!\d)(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
_READING = re.compile(  # how long the page takes to read, and how old it is
    r"(?:updated |modified )?(?<!\d)\d{1,2} (?:minute|hour|day)s? ago"
    r"|(?<!\d)\d{1,2}[\s-]?min(?:ute)?s?\b(?:\sread)?|阅读(?:时间|需|约)?[:：]?约?\s?\d{1,2}\s?分钟|\d{1,2}\s?分钟阅读",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[|·•\u3000]")
_WHOLE_DATE = re.compile(
    rf"{_MONTH}\s\d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {_MONTH} (?:19|20)\d\d|(?:19|20)\d\d[-/年]\d{{1,2}}[-/月]\d", re.I
)
_OPENING = 24  # characters by which a title is known again
_DIGIT = re.compile(r"\d")


def mark(text: str, blocks: list[Block], boilerplate: Boilerplate, places: Places) -> dict[int, tuple[int, str]]:
    """For the index of a block that is not the article's, or not to its end: from which offset on, and as what."""
    outside = _related(text, blocks, boilerplate)
    outside.update((i, found) for i, found in _phrases(text, blocks, boilerplate).items() if i not in outside)
    outside.update((i, found) for i, found in _bylines(text, blocks, places).items() if i not in outside)
    return outside


def _related(text: str, blocks: list[Block], boilerplate: Boilerplate) -> dict[int, tuple[int, str]]:
    outside: dict[int, tuple[int, str]] = {}
    is_inside = False
    for i, block in enumerate(blocks):
        if i == 0:
            continue
        if block.width <= _LINE * 2 and boilerplate.opens_related(text[block.start : block.end]):
            is_inside = True
        elif is_inside and _is_body(text, block):
            is_inside = False
        if is_inside:
            outside[i] = (block.start, "boilerplate")
    return outside


def _is_body(text: str, block: Block) -> bool:
    if block.kind == "heading" and block.is_marked:
        return True
    return block.kind == "paragraph" and block.width >= _PROSE and is_finished(text, block.start, block.end)


def _phrases(text: str, blocks: list[Block], boilerplate: Boilerplate) -> dict[int, tuple[int, str]]:
    """A notice takes its block from where its sentence starts to the end, a counter all of a short line."""
    outside: dict[int, tuple[int, str]] = {}
    starts = [block.start for block in blocks]
    for at, phrase in boilerplate.find(text):
        i = bisect_right(starts, at) - 1
        if i < 1 or i in outside:
            continue
        block = blocks[i]
        if at >= block.end or (phrase.opens_line and at != block.start):
            continue
        if phrase.kind == "notice":
            outside[i] = (at, "boilerplate")
        elif (
            block.kind in ("paragraph", "heading")
            and block.width <= _LINE
            and not is_finished(text, block.start, block.end)
            and not _is_caption(text, blocks, i)
        ):
            outside[i] = (block.start, "boilerplate")
    return outside


def _is_caption(text: str, blocks: list[Block], i: int) -> bool:
    """Whether a line ends with a colon above rows or items: "Share of firms, per cent:"."""
    is_followed = i + 1 < len(blocks) and blocks[i + 1].kind in ("row", "item")
    return is_followed and text[blocks[i].end - 1] in ":："


def _bylines(text: str, blocks: list[Block], places: Places) -> dict[int, tuple[int, str]]:
    """Short lines between the title and the first prose whose digits are all dates and times."""
    outside: dict[int, tuple[int, str]] = {}
    is_below = False  # below the first prose, where only a line of its own with a whole date is a byline
    headed = headline(text, blocks)
    for i in range(1, min(len(blocks), _TOP)):
        block = blocks[i]
        if i == headed:
            continue
        if block.kind == "title":  # behind the way to the page
            continue
        if block.kind == "heading" and _repeats(text, blocks[0], block):
            continue
        if block.kind not in ("paragraph", "heading") or block.is_marked or block.width > _LINE * (1 + is_below):
            break
        if i + 1 < len(blocks) and blocks[i + 1].kind == "row":
            break  # a caption
        words = text[block.start : block.end]
        dated = _READING.sub("", _DATE.sub("", words))
        if is_finished(text, block.start, block.end) and (dated == words or block.width > _PROSE):
            if is_below:
                break
            is_below = True
            continue
        if is_below and not (_MARKS.search(words) and _WHOLE_DATE.search(words)):
            break
        if not _DIGIT.search(dated) and words[-1] not in ":：" and not _is_country(words, places):
            outside[i] = (block.start, "meta")
    return outside


def headline(text: str, blocks: list[Block]) -> int | None:
    """The headline where it stands as a heading below a first line, the page's own title or the name of its section:
    it says the first line again, or a byline with a date is under it.
    """
    for i in range(1, min(len(blocks), _HEADED)):
        block = blocks[i]
        if block.kind == "heading" and block.is_marked:
            below = blocks[i + 1] if i + 1 < len(blocks) else None
            is_dated = below is not None and below.width <= _LINE and _WHOLE_DATE.search(text, below.start, below.end)
            return i if is_dated or _repeats(text, blocks[0], block) else None
        if is_finished(text, block.start, block.end):
            return None
    return None


def _repeats(text: str, title: Block, block: Block) -> bool:
    """Whether a heading is the title once more, by its first words."""
    return text[title.start : title.start + _OPENING].lower() == text[block.start : block.start + _OPENING].lower()


def _is_country(words: str, places: Places) -> bool:
    """Whether a line is the name of a country alone: it heads what is told of that one."""
    return any(m.place.kind == "country" and (m.start, m.end) == (0, len(words)) for m in places.find(words))
