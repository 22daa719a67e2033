"""A Chinese sentence in its compact form, and which stretches of it are spoken for before any number is read.

White space means nothing between ideographs (pages wrap lines anywhere), so a sentence is read without it and its
offsets are led back. Titles, clocks, scores and names that hold number characters are no statistics.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipelines.catalogue.chinese import ChineseWords
from pipelines.stages.quantities.chinese_lexicon import Tables, classifier_at, unit_at
from pipelines.stages.quantities.chinese_numbers import HanNumber
from pipelines.vocabulary.cells import CELL_EDGE

_YEAR = 4  # digits of a year
_SPACE = re.compile(r"\s+")
_SET_WIDE = re.compile(r"[A-Za-z0-9]\s[\u4e00-\u9fff]")
_NUMBER_AFTER = re.compile(r"\d(?!\d\d(?!\d))")
_SCALES = "万萬亿億兆"
_TITLE = re.compile(r"《[^《》]{1,120}》")
_CLOCK = re.compile(
    r"(?:上午|下午|凌晨|中午|晚上|晚间|早上|傍晚|清晨|当晚|[日号號]|午后)\d{1,2}[时時点點](?:\d{1,2}分?|半|许)?"
    r"|(?<![\d.])\d{1,3}[比:\uff1a]\d{1,3}(?![\d.:])|\d{1,2}[胜勝]\d{1,2}[负負]"
    r"|(?<![\d.])\d{1,2}[点點](?:\d{1,2}分|半(?!导)|整)(?![\d之])|\d{2}年代|\d{1,2}世[纪紀]"
)


class Compact:
    """A sentence without its white space between ideographs, and the way back. A gap between cells becomes a bar."""

    __slots__ = ("at", "text")

    def __init__(self, source: str, begin: int, stop: int, block: str = "paragraph") -> None:
        raw, is_heading = source[begin:stop], block in ("title", "heading")
        self.at: Sequence[int] | None
        if _SPACE.search(raw) is None:
            self.text, self.at = raw, None if begin == 0 else range(begin, stop)
            return
        pieces: list[str] = []
        at: list[int] = []
        previous = ""
        is_wide = is_heading and _SET_WIDE.search(raw) is not None
        found = CELL_EDGE.finditer(source, begin, stop) if block == "row" else ()
        gaps = {edge.start() for edge in found if edge.group().isspace()}
        for offset, character in enumerate(raw, begin):
            if character.isspace():
                following = source[offset + 1 : offset + 2]
                if offset in gaps:
                    character = "|"
                elif is_heading and _is_ideograph(previous) and _is_pause(source, offset, begin, is_wide):
                    character = "\uff0c"
                elif _parts_letters(previous, following) or _parts_numbers(source, offset, previous):
                    character = " "
                else:
                    continue
            pieces.append(character)
            at.append(offset)
            previous = character
        self.text, self.at = "".join(pieces), at

    def back(self, offset: int) -> int:
        """The offset in the folded text of an offset in the compact one."""
        return offset if self.at is None else self.at[offset]


def _is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_pause(source: str, offset: int, begin: int, is_wide: bool) -> bool:
    """Headings part clauses by a space: 用户逾18亿 连接数再增, 基站超3万个 5G用户过半.

    An ideograph alone between spaces is only set wide, and where letters and ideographs are parted everywhere
    (`is_wide`) a name like 5G is no new clause.
    """
    before, after = source[max(begin, offset - 2) : offset], source[offset + 1 : offset + 3]
    if len(before) != 2 or len(after) != 2 or before[0].isspace():
        return False
    if before[1] in _SCALES and after.isascii() and after[1].islower():
        return False  # 536万亿 Tokens: a unit
    return _is_word(after) or (not is_wide and after[0].isdecimal() and after[1].isalpha() and after[1].isascii())


def _is_word(after: str) -> bool:
    return (_is_ideograph(after[0]) or after[0].isalpha()) and not after[1].isspace()


def _parts_letters(previous: str, following: str) -> bool:
    return previous.isascii() and previous.isalpha() and following.isascii() and following.isalpha()


def _parts_numbers(source: str, offset: int, previous: str) -> bool:
    """Whether the space stands between two numbers (表1 2025年), not between the groups of one (12 500)."""
    return previous.isdecimal() and _NUMBER_AFTER.match(source, offset + 1) is not None


def find_taken(
    compact: Compact, spans: Sequence[tuple[int, int, str]], words: ChineseWords
) -> list[tuple[int, int, str]]:
    """The spans in compact offsets, with the words that only look like numbers."""
    found: list[tuple[int, int, str]] = []
    if compact.at is None or isinstance(compact.at, range):
        base = 0 if compact.at is None else compact.at[0]
        found = [(max(0, a - base), b - base, r) for a, b, r in spans if b > base]
    elif spans:
        found = [(bisect_left(compact.at, a), bisect_left(compact.at, b), r) for a, b, r in spans]
    found += [(m.start(), m.end(), "name") for m in _TITLE.finditer(compact.text)]
    found += [(m.start(), m.end(), _clock_reason(m.group())) for m in _CLOCK.finditer(compact.text)]
    found += [(a, b, "name") for _, a, b in words.names.find_matches_as_indexes(compact.text)]
    return sorted(span for span in found if span[1] > span[0])


def _clock_reason(words: str) -> str:
    if "年" in words or "世" in words:
        return "year"
    return "score" if words[0].isdecimal() and not set("点點时時") & set(words) else "time"


def covered(number: HanNumber, taken: list[tuple[int, int, str]]) -> str:
    """Why a number that lies in one of those stretches is spoken for, or nothing."""
    for a, b, reason in taken:
        is_longer = reason == "name" and number.form == "digits" and a == number.start and b < number.end  # 618亿美元
        if a <= number.start < b and (reason != "year?" or number.scale == 1) and not is_longer:
            return "year" if reason == "year?" else reason
        is_edge = number.start == a or number.end == b  # the 万一 of 一百零一万一千 is none
        if number.form == "han" and number.start <= a and b <= number.end and reason == "name" and is_edge:
            return reason
    return ""


def is_counted(text: str, number: HanNumber, table: Tables) -> bool:
    """Whether a number that could be a year is a count or measure: 超过2000家企业, 2000元; not 2025人工智能大会."""
    unit = unit_at(text, number.end, table) or classifier_at(text, number.end, table)
    if (
        number.form != "digits"
        or number.end - number.start != _YEAR
        or unit is None
        or text[number.end].isascii()
        or text[number.end] == "年"
    ):
        return False
    end = number.end + unit[0]
    is_closed = not text[end : end + 1].isalnum() or text.startswith(
        tuple(table.words.by_role["bound_after_classifier"]), end
    )
    before = table.words.bound_before.search(text, max(0, number.start - 6), number.start)
    return is_closed or before is not None or table.words.is_moved(text, number.start)
