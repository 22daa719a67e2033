"""Uses listed in a Chinese survey, a figure each: 用途以查资料（68%）最多, 回答问题、画图分别占78%和31%.

What lives here: lists of names with shares behind them, in a sentence or paragraph that speaks of uses. What does not:
uses stated in a phrase of their own (用于回答问题, see `catalogue.dimension_keys`) and other breakdowns (`dimensions`).
"""

import re
from collections.abc import Sequence

from pipelines.catalogue.chinese import ChineseWords
from pipelines.catalogue.places import Places
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

_USE = "use"
_FEWEST = 2  # items of a list
_REACH = 60  # characters before a figure in which its item stands
_ITEM = re.compile(r"[\u3400-\u9fffA-Za-z“”「」‘’\"/]{2,18}")
_QUOTES = '“”「」‘’" '
_OPENED = re.compile(r"[(\uff08](?:约|約|占|占比|近|逾|超)?$")
_PARTED = re.compile(r"[、,，:：;；。\n]|以及|和(?![平谐])|与|及(?!时)|(?<=[”」])")
_APART = re.compile(r"[、,，:：;；。\n)\uff09]")  # items in the form A（5%）和B（3%） may hold 和 themselves
_CLAUSE = re.compile(r"[,，:：;；。\n]")
_IN_TURN = re.compile(
    r"(?:的)?(?:用户|使用者|受访者|受訪者|网民|網民)?的?(?:占比|佔比|比例|比重|比率|使用率)?(?:分别|分別|依次|依序|各)(?:占比|占|佔|为|為|达|達|是|有)*(?:约|約)?$"
)
_IN_QUOTES = re.compile(
    r"[“「]([^”」\d]{2,18})[”」]的?(?:使用者|用户|网民|受访者|人)?(?:多达|多|高|仅占|占比为|占比|占|则为|为|達|达|有)?(?:约|約)?$"
)
_LEADING = re.compile(
    r"^(?:.*(?:用途|场景|場景|目的|用于|用於|用来|用來)(?:主要)?(?:以|为|為|是|包括|有)?|以及|和|与|與|及|其次是|其次为|以|为|為|是|有|则|則|包括|而|最多的是|选择|選擇)"
)
_ALONE = re.compile(
    r"[,，;；、和与及]([\u3400-\u9fffA-Za-z]{2,12})的(?:用户|人|网民|受访者)?(?:占比为|占比|占|佔|有|达|達)(?:约|約)?$"
)


def list_uses(
    text: str, sentences: Sequence[Sentence], number: int, quantities: Sequence[Quantity],
    found: Sequence[dict[str, str]], words: ChineseWords, places: Places,
) -> None:  # fmt: skip
    """Gives the shares of a sentence the uses that it lists, where it or the sentence before speaks of uses."""
    here = sentences[number]
    if here.language != "zh" or here.block == "row":
        return
    shares = [k for k, q in enumerate(quantities) if q.kind == "share"]
    last = sentences[number - 1] if number and sentences[number - 1].paragraph == here.paragraph else here
    is_told = any(text.find(word, last.start, here.end) >= 0 for word in words.by_role["use_cue"])
    if not is_told and not any(_USE in dimensions for dimensions in found):
        return
    bracketed = {k: item for k in shares if (item := _bracketed(text, here, quantities[k]))}
    if len(bracketed) < _FEWEST:
        bracketed = {k: item for k in shares if (item := _quoted(text, here, quantities[k]))}
    if len(bracketed) < _FEWEST:
        bracketed = _in_turn(text, here, quantities, shares)
    for k in shares:
        if k in bracketed or _USE in found[k]:
            continue
        alone = _ALONE.search(text, max(here.start, quantities[k].left - _REACH), quantities[k].left)
        if alone is not None and any(_USE in found[j] for j in range(k)):
            bracketed[k] = alone[1]
    for k, item in bracketed.items():
        if not found[k] and not places.find(item):
            found[k][_USE] = item


def _bracketed(text: str, here: Sentence, q: Quantity) -> str:
    """The name before a share in brackets."""
    opened = _OPENED.search(text, max(here.start, q.left - 6), q.left)
    return _item_before(text, here, opened.start()) if opened is not None else ""


def _quoted(text: str, here: Sentence, q: Quantity) -> str:
    """The name in quotes right before a share: “外语翻译”40.0%, “编程”的用户占5.3%."""
    quoted = _IN_QUOTES.search(text, max(here.start, q.left - _REACH), q.left)
    return quoted[1] if quoted is not None else ""


def _item_before(text: str, here: Sentence, end: int) -> str:
    """The item of a list that ends at an offset."""
    low = max(here.start, end - _REACH)
    start = max((m.end() for m in _APART.finditer(text, low, end) if m.end() < end), default=low)
    if text[end - 1] in "”」" and (quote := max(text.rfind("“", low, end), text.rfind("「", low, end))) >= 0:
        start = quote
    item = _LEADING.sub("", text[start:end].strip()).strip(_QUOTES)
    return item if _ITEM.fullmatch(item) else ""


def _in_turn(text: str, here: Sentence, quantities: Sequence[Quantity], shares: Sequence[int]) -> dict[int, str]:
    """The names of a list, with as many shares behind it."""
    for place, k in enumerate(shares):
        left = quantities[k].left
        cue = _IN_TURN.search(text, max(here.start, left - 24), left)
        if cue is None or cue.start() == cue.end():
            continue
        low = max(here.start, cue.start() - 3 * _REACH)
        start = max((m.end() for m in _CLAUSE.finditer(text, low, cue.start())), default=low)
        items = [_LEADING.sub("", one.strip()).strip(_QUOTES) for one in _PARTED.split(text[start : cue.start()])]
        items = [one for one in items if one]
        behind = shares[place : place + len(items)]
        if len(items) >= _FEWEST and len(behind) == len(items) and all(_ITEM.fullmatch(one) for one in items):
            return dict(zip(behind, items, strict=True))
    return {}
