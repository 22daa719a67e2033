"""One written form for matching: lower case, simplified characters, plain digits, hyphens and quotes.

What lives here: the fold that the words of the catalogue and the text of an article both go through before they are
compared, and the simplified characters in which names, which keep their case, are sought. Every character keeps its
offset. What does not: tokenising and anything that knows a word.
"""

from functools import cache, lru_cache

from pipelines.catalogue.table import read_table
from pipelines.vocabulary.characters import Exchange

_LONG = 400  # characters; what is longer is an article
_SPACES = "\t\n\r\x0b\x0c\xa0\u2002\u2003\u2009\u200a\u202f\u3000"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'}


@cache
def _forms() -> Exchange:
    forms: dict[str, str] = {}
    for code in range(0xFF01, 0xFF5F):  # full-width ASCII
        forms[chr(code)] = chr(code - 0xFEE0).lower()
    forms |= dict.fromkeys(_SPACES + _HYPHENS, " ")
    forms |= _QUOTES
    forms |= _simplified()
    return Exchange(forms)


@cache
def _simplified() -> dict[str, str]:
    rows = read_table("traditional.csv", ("simplified", "traditional"))
    return {old: row["simplified"] for row in rows for old in row["traditional"]}


@cache
def _characters() -> Exchange:
    return Exchange(_simplified())


def simplify(text: str) -> str:
    """The text with its Chinese characters in simplified form, and nothing else changed: names keep their case."""
    if text.isascii():
        return text
    return _simplified_article(text) if len(text) > _LONG else _characters().of(text)


def fold(text: str) -> str:
    """The text in its matching form; hyphens count as spaces. The length stays: offsets are those of `text`."""
    return _folded_article(text) if len(text) > _LONG else _folded(text)


def _folded(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):  # a few capitals have two-letter lower forms
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _forms().of(low)


@lru_cache(maxsize=2)
def _simplified_article(text: str) -> str:
    return _characters().of(text)


@lru_cache(maxsize=2)
def _folded_article(text: str) -> str:
    """Several questions are asked of one article, each of its folded text."""
    return _folded(text)
