"""The quantity stage: every surface form of the two example files, and what must hold of any text."""

import itertools
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import catalogue
from pipelines.stages import quantities, sentences
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Ignored, Quantity

CATALOGUE = catalogue.load()
DATA = Path(__file__).parent / "data"
#: Fields of a case that are not the quantity's own: the next stage's, or derived.
OTHERS = frozenset(("quote", "place", "period", "status", "dimensions", "restates", "reporter", "canonical"))
DEFAULTS = {"bound": "=", "kind": "level"}
#: What is known to be wrong, and why.
KNOWN = {
    "change-absolute": "the end of the comparison is a date, which the next stage reads",
    "m-unit-stone": '"lost" with an amount is a level (a loss of $3 million) and a change (2 stone) alike',
}


def cases() -> list[Any]:
    found = []
    for name in ("forms.yaml", "forms_more.yaml"):
        for case in yaml.safe_load((DATA / name).read_text(encoding="utf-8")):
            known = KNOWN.get(case["id"])
            marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
            found.append(pytest.param(case, id=case["id"], marks=marks))
    return found


def read(text: str, language: str | None = None) -> tuple[list[Sentence], list[Quantity], list[Ignored]]:
    language = language or ("zh" if len(re.findall("[\u4e00-\u9fff]", text)) > 3 else "en")
    parts = sentences.split(text, language, CATALOGUE)
    return parts, *quantities.find(text, parts, CATALOGUE)


def close(found: Any, wanted: float) -> bool:
    return found is not None and abs(float(found) - wanted) <= 1e-6 * abs(wanted)


@pytest.mark.parametrize("case", cases())
def test_form(case: dict[str, Any]) -> None:
    text = case["text"]
    _, found, _ = read(text)
    by_quote = {text[q.start : q.end]: q for q in found}
    assert sorted(by_quote) == sorted(row["quote"] for row in case["find"])
    for row in case["find"]:
        quantity = by_quote[row["quote"]]
        for field, wanted in {**DEFAULTS, **row}.items():
            if field in OTHERS:
                continue
            got = quantity.value_high if field == "high" else getattr(quantity, field)
            if field in ("value", "high"):
                assert close(got, wanted), (field, got, wanted)
            elif field == "size":
                assert got is not None
                assert (float(got.value), got.unit) == (wanted["value"], wanted["unit"])
            else:
                assert got == (str(wanted) if field == "versus" else wanted), (field, got, wanted)
        assert "high" in row or quantity.value_high is None


FRAGMENTS = [
    "1",
    "12,345",
    "9.4.0",
    "3.5",
    "2025",
    "½",
    "10⁶",
    "×",
    "10^8",
    "²",
    "①",
    "٣",
    "±",
    "~",
    "-",
    "–",
    "+",
    "%",
    "$",
    "€",
    "¥",
    "(",
    ")",
    "[12]",
    "/",
    ":",
    "#",
    "|",
    "\t",
    "  ",
    "\n",
    "\n\n",
    ". ",
    ", ",
    "; ",
    " ",
    " ",
    " ",
    "'",
    "’",
    "\u00a0",
    "\u202f",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "million",
    "billion",
    "hundred",
    "one",
    "two",
    "twenty",
    "half",
    "a",
    "third",
    "tens of millions of",
    "dozens",
    "doubled",
    "twice",
    "times",
    "-fold",
    "in",
    "of",
    "per",
    "each",
    "to",
    "from",
    "between",
    "and",
    "or",
    "more than",
    "up to",
    "about",
    "over",
    "No.",
    "number",
    "ranked",
    "first",
    "rose",
    "fell",
    "by",
    "share",
    "year on year",
    "percent",
    "percentage points",
    "users",
    "GPU",
    "kg",
    "m",
    "MW",
    "MWh",
    "km/h",
    "degrees",
    "below zero",
    "PFlops",
    "FP16",
    "5G",
    "H100",
    "v2",
    "GPT-4",
    "Q3",
    "June 8",
    "aged",
    "years old",
    "minus",
    "e5",
    "k",
    "bn",
    "x",
    "https://a.b/1",
    "a1@b.c",
    "İ",
    "ß",
    "ǅ",
    "𝟛",
    "亿",
    "万",
    "一",
    "两",
    "百分之",
    "三分之",
    "第",
    "十",
    "成",
    "半",
    "个",
    "家",
    "企业",
    "岁",
    "元",
    "增长",
    "下降",
    "翻番",
    "倍",
    "同比",
    "以上",
    "约",
    "超",
    "全球",
    "首位",
    "《",
    "》",
    "年",
    "月",
    "点",
    "零下",
    "(FP16)",
    "５",
    "％",
    "。",
    "，",
    "、",
    "至",
    "分别",
    "每万人",
    "/千瓦时",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join),
    st.text(max_size=80),
)


@given(text=TEXTS, language=st.sampled_from(("en", "zh")))
@settings(max_examples=400, deadline=None)
def test_any_text(text: str, language: str) -> None:
    parts, found, ignored = read(text, language)
    starts = [(q.start, q.end) for q in found]
    for quantity in found:
        sentence = parts[quantity.sentence]
        assert sentence.start <= quantity.start < quantity.end <= sentence.end
        assert sentence.start <= quantity.bound_start <= quantity.start
        if quantity.noun_start >= 0:
            assert quantity.start <= quantity.noun_start <= quantity.noun_end <= quantity.end
        assert quantity.value.is_finite()
        assert quantity.value_high is None or quantity.value < quantity.value_high
    assert starts == sorted(starts)
    assert len({start for start, _ in starts}) == len(starts)
    for left, right in itertools.pairwise(ignored):
        assert left.end <= right.start
    for candidate in ignored:
        assert candidate.reason
        assert candidate.start < candidate.end
        assert not any(candidate.start <= start < candidate.end for start, _ in starts)
    spans = [*starts, *((x.start, x.end) for x in ignored)]
    for run in re.finditer(r"\d+", text):
        assert any(start < run.end() and run.start() < end for start, end in spans), run


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The bill passed in 2024 and again on 3 May.", "year"),
        ("See Section 14 of the act.", "section"),
        ("Millions of users left.", "vague"),
        ("The key is " + "7" * 65 + " here.", "oversized"),
        ("Sales were 9.4.0 billion yuan.", "corrupt"),
        ("The H100 is scarce.", "model"),
        ("Python is at v2.1.3 now.", "version"),
        ("No one knows which one.", "pronoun"),
        ("Ticket #4521 is closed.", "identifier"),
        ("Call +86 10 8888 1234 today.", "contact"),
        ("会议在上午9时召开，大家都到了。", "time"),
        ("第三季度情况良好，运行平稳。", "year"),
    ],
)
def test_reason(text: str, reason: str) -> None:
    _, found, ignored = read(text)
    assert not found
    assert reason in {x.reason for x in ignored}


def test_invisible_characters_do_not_shift_offsets() -> None:
    text = "The mill\u200b spun 4\u00ad820 tonnes."
    _, found, _ = read(text)
    assert [text[q.start : q.end] for q in found] == ["4\u00ad820 tonnes"]
    assert found[0].value == 4820


def calls(work: Callable[[], object]) -> int:
    """How many functions were entered in it: a count of work that no clock disturbs."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1, ",
        "1-",
        "1/",
        "(1 ",
        "5% ",
        "5 per ",
        "a hundred ",
        "million ",
        "3 million ",
        "one ",
        "third ",
        "$5 ",
        "5 | ",
        "rose 5 ",
        "10^",
        "5 million users, ",
        "1万",
        "5个",
        "增长5",
        "三分之",
        "第一",
        "《1",
        "5企业",
    ],
)
def test_work_grows_with_the_text(piece: str) -> None:
    language = "en" if piece.isascii() else "zh"
    texts = [piece * n for n in (150, 300)]
    read(texts[0], language)
    once, twice = (calls(lambda text=text: read(text, language)) for text in texts)  # type: ignore[misc]
    assert twice <= 2.2 * once + 500
