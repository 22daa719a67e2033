"""Bytes to characters: byte-order marks, declared and guessed encodings, and the refusal of what is no text.

Here: the encodings of English and Chinese files. Not here: what the characters mean.
"""

import codecs
import re

from pipelines.vocabulary.errors import ArticleError

#: Larger files are no articles, and reading one would need several times its size in memory.
LARGEST = 32 * 1024 * 1024
_DECLARED = re.compile(
    rb"""(?:charset\s{0,3}=\s{0,3}|encoding\s{0,3}=\s{0,3})["']?([A-Za-z0-9_:.-]{2,20})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Read in the wrong encoding, Chinese becomes rare characters: these are frequent in both scripts.
_FREQUENT = frozenset(
    "的是在有中年月日和了人上大不一这這国國数數据據为為个個们們亿億万萬元增长長同比业業市场場，。、；“”（）《》"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_WIDER |= {"ascii": "utf-8", "us-ascii": "utf-8", "big5-hkscs": "big5hkscs", "big5": "big5hkscs"}


def decode(data: bytes, path: str) -> str:
    """The characters of a file, with `\\n` line ends and no byte-order mark.

    Raises ArticleError with the code empty, oversized, pdf or binary.
    """
    if len(data) > LARGEST:
        megabytes = f"{len(data) / 1048576:.0f} MB is more than the {LARGEST // 1048576} MB an article may have"
        raise ArticleError(path, "oversized", f"{megabytes}; split it into its articles")
    if not data.strip():
        raise ArticleError(path, "empty", "the file is empty; fetch it again or remove it")
    if data.lstrip()[:5] == b"%PDF-":
        raise ArticleError(path, "pdf", "PDF is not read; save its text as .txt or .html beside it")
    text = _decode(data)
    if text is None:
        raise ArticleError(path, "binary", "this is no text file; save the article as .txt, .md or .html")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _decode(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\x00" in data[:4096]:
        return _without_mark(data)
    try:
        return _if_text(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared := _DECLARED.search(data, 0, 4096):
        name = declared[1].decode("ascii").lower()
        try:
            return _if_text(data.decode(_WIDER.get(name, name)))
        except (LookupError, UnicodeDecodeError):
            pass
    return _guess(data)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark has its zero bytes all on one side; anything else with zero bytes is no text."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 20 or min(even, odd) > len(head) // 200:
        return None
    try:
        return _if_text(data.decode("utf-16-be" if even > odd else "utf-16-le"))
    except UnicodeDecodeError:
        return None


def _guess(data: bytes) -> str | None:
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") * 200 < sum(not char.isascii() for char in lenient):
        return _if_text(lenient)  # UTF-8 with a broken byte here and there
    best, best_score = data.decode("cp1252", "replace"), 0
    for encoding in ("gb18030", "big5hkscs"):
        text = data.decode(encoding, "replace")
        others = sum(not char.isascii() for char in text)
        broken = text.count("\ufffd")
        score = sum(char in _FREQUENT for char in text) - 5 * broken
        if score > best_score and score * 20 > others:
            best, best_score = text, score
    return _if_text(best)


def _if_text(text: str) -> str | None:
    """The text, unless control characters say that it is none."""
    head = text[:4096]
    odd = sum((char < " " and char not in "\t\n\r\f\x0b\x1a") or char == "\ufffd" for char in head)
    return text if odd * 50 <= len(head) else None
