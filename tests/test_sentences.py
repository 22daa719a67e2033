"""Cutting a text: blocks, sentences, what governs them, and what is not the article's."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import catalogue
from pipelines.stages.sentences import split
from pipelines.stages.text import read
from pipelines.vocabulary.article import Sentence

CATALOGUE = catalogue.load()
EXAMPLES = Path(__file__).parents[1] / "raw" / "examples"
TOP = "Title of the piece\n\n"


def cut(text: str, language: str = "en") -> list[str]:
    return [text[s.start : s.end] for s in split(text, language, CATALOGUE)]


def blocks(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(s.block, text[s.start : s.end]) for s in split(text, language, CATALOGUE)]


def context(text: str, words: str) -> list[str]:
    found = next(s for s in split(text, "en", CATALOGUE) if words in text[s.start : s.end])
    return [text[start:end] for start, end in found.context]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It grew 5.5 percent.", "Prices fell."],
        ["The U.S. economy grew.", "So did No. 2 and approx. 5 others."],
        ["On Feb. 5 Mr. Liu spoke.", "He said 5 GW."],
        ["Alibaba Group Inc. said so.", "Apple Inc. did not."],
        ["It rose in the U.S.", "The rest fell."],
        ["It is 15 km.", "Beijing is near."],
        ["Was it 5?", "Yes!", '"It was."', "42 came."],
        ["It reached 5 GW; 6 GW will follow.", "Then 7 GW."],
        ["In 2025.", "Then e.g. 5 more."],
        ["Version 2.5 of en.Example.com costs $1.2 million.", "It sold."],
    ],
)
def test_english_sentences(sentences: list[str]):
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["增长3.5%。", "其中，夏粮1.2亿吨；秋粮5亿吨。"],
        ["这是什么概念？", "“够用了。”", "他说有5万人！"],
        ["真的吗?", "2025年有5个。"],
        ["（完）", "下一句。"][1:],
    ],
)
def test_chinese_sentences(sentences: list[str]):
    assert cut("".join(sentences), "zh-Hans") == sentences


def test_a_wrapped_sentence_is_one():
    wrapped = (
        "The number of standard racks in use all over the country came to more\nthan 13.73 million when the\nyear."
    )
    assert cut(f"{TOP}{wrapped} Next.")[1:] == [wrapped, "Next."]


def test_chinese_wrapped_over_blank_lines_is_one_sentence():
    first = "　　據他透露，到今年六月底為止，全國建成的高質量數據集多於３﹒５萬個，合計超過"
    text = f"標題在此\n\n\n{first}\n\n４００ＰＢ。這是甚麼概念？\n\n\n\n　　下一段。\n"
    assert cut(text, "zh-Hant") == ["標題在此", f"{first.strip()}\n\n４００ＰＢ。", "這是甚麼概念？", "下一段。"]


def test_lines_that_are_no_wrapped_prose_stay_apart():
    assert cut(TOP + "PSX gains 870 points\nDollar closes at Rs 278\n12 stories") == [
        "Title of the piece",
        "PSX gains 870 points",
        "Dollar closes at Rs 278",
        "12 stories",
    ]


def test_blocks_by_their_marks():
    text = TOP + "## Part\n\nProse stands here, and it is long.\n\n- 5 GW\n* 6 GW\n• 7 GW\n1) 8 GW\n（二）九吉瓦\n"
    assert blocks(text) == [
        ("title", "Title of the piece"),
        ("heading", "Part"),
        ("paragraph", "Prose stands here, and it is long."),
        ("item", "5 GW"),
        ("item", "6 GW"),
        ("item", "7 GW"),
        ("item", "1) 8 GW"),
        ("item", "（二）九吉瓦"),
    ]


def test_a_short_line_over_prose_is_a_heading():
    text = (
        TOP
        + "First words of the text.\n\nYoung and well schooled\n\nMostly adults use it, and they use it for search.\n"
    )
    assert ("heading", "Young and well schooled") in blocks(text)
    assert context(text, "Mostly") == ["Young and well schooled"]


def test_the_context_of_an_item_is_its_lead_in_and_heading():
    text = TOP + "## Part\n\nIt was June. The scorecard:\n\n- 788 EFLOPS\n- 1.42 PUE\n\nAfter it.\n"
    assert context(text, "1.42") == ["The scorecard:", "Part"]
    assert context(text, "After") == ["Part"]


def test_lines_below_a_colon_are_a_list():
    text = TOP + "Sales are as follows:\n\nHomes sold 5 cars;\n\nShops sold 6 cars.\n\nSo it was. It will go on.\n"
    assert [block for block, _ in blocks(text)[2:4]] == ["item", "item"]
    assert context(text, "6 cars")[0] == "Sales are as follows:"
    assert blocks(text)[-1] == ("paragraph", "It will go on.")


def test_a_headline_below_the_sections_name_is_no_heading_of_the_story():
    text = "Press release\n\n## The net grows\n\nGeneva, 27 November 2024\n\nOf 100 people 68 are online.\n"
    assert blocks(text)[2] == ("meta", "Geneva, 27 November 2024")
    assert context(text, "68") == []


def test_the_context_of_a_row_is_its_columns_in_order():
    text = TOP + "A table (2025):\n\nItem | 2024 | 2025\nUsers | 5 m | 6 m\nSites | 7\n\nAfter it.\n"
    assert context(text, "Users") == ["Item", "2024", "2025", "A table (2025):"]
    assert context(text, "Sites") == ["A table (2025):"]
    assert [block for block, _ in blocks(text)].count("row") == 3


def test_two_heading_rows_and_a_table_without_one():
    text = TOP + "Place | Grain | Grain\nPlace | 2024 | 2025\nNorth | 5 t | 6 t\n"
    assert context(text, "North") == ["Place", "2024", "2025", "Place", "Grain", "Grain"]
    assert context(TOP + "Users | 5 m\nSites | 7 m\n", "Sites") == []


def test_rows_with_tabs_and_dot_leaders():
    text = TOP + "Look:\n\n    high-income ..... 84 per cent\n    low-income ...... 4 per cent\n\na\tb\nc\t5\n"
    assert [words for block, words in blocks(text) if block == "row"] == [
        "high-income ..... 84 per cent",
        "low-income ...... 4 per cent",
        "a\tb",
        "c\t5",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2026-06-09 14:32",
        "Favorite",
        "(Xinhua) 15:55, October 01, 2025",
        "Published January 21, 2025 | 11:40 PM",
        "ICgoodFind · News · Views 1,204",
        "By Web Desk | October 18, 2025 | 2 min read",
        "Desk · February 6, 2026 06:12 · 3 comments",
        "2025-06-10 09:43 来源:人民邮电报 浏览次数:3182",
        "Posted 03/11/2025 9h07 | Changed 04/11/2025 18h30",
        "Posted 03/11/2025 9h07 | Share: Facebook LinkedIn",
    ],
)
def test_lines_below_the_title_that_are_not_the_articles(line: str):
    text = f"{TOP}{line}\n\nThe text begins here, and it is a whole sentence of prose.\n"
    assert {block for block, words in blocks(text) if words in line} <= {"meta", "boilerplate"}


@pytest.mark.parametrize(
    "line", ["Users top 1.1 billion, up 5 percent", "Sales rose 5 percent in 2025.", "Output: 5 GW in June 2025"]
)
def test_a_line_that_states_a_fact_stays(line: str):
    text = f"{TOP}{line}\n\nThe text begins here, and it is a whole sentence of prose.\n"
    assert {block for block, words in blocks(text) if words in line} & {"meta", "boilerplate"} == set()


@pytest.mark.parametrize(
    "line",
    [
        "Hotline 0755-8277-0000 | Copyright 2012-2025 Example",
        "© Example 2023. P.O. Box 8117, Beijing. All rights reserved.",
        "(Web editor: on duty desk 3)",
        "Tags: PUE, 400G",
        "京ICP备05004093号-1 转载内容版权归原作者。网管电话:010-55550108",
        "（資訊熱線：２５５５０１００）　未經書面同意，不得轉載。",
    ],
)
def test_notices_and_counters(line: str):
    text = f"{TOP}A whole sentence of prose stands here.\n\n{line}\n"
    assert {block for block, words in blocks(text) if words in line} == {"boilerplate"}


@pytest.mark.parametrize(
    "prose",
    [
        "Copyright registrations rose 5 percent to 6 million.",
        "The regulator received 3 comments on the draft, and 12 views were heard.",
        "The hotline 12345 took 5 million calls in the year.",
        "Related spending rose 5 percent.",
    ],
)
def test_prose_that_speaks_of_such_things_stays(prose: str):
    assert blocks(f"{TOP}{prose}\n\nMore prose of some length follows.\n")[1] == ("paragraph", prose)


def test_a_notice_takes_only_its_own_end_of_a_paragraph():
    text = TOP + "Output was 5 GW. All rights reserved. Tel: 021-5555.\n"
    assert [block for block, _ in blocks(text)][1:] == ["paragraph", "boilerplate", "boilerplate"]


def test_related_links_end_where_prose_returns():
    prose = "The ministry said on Friday that output had reached 5 GW in the first half of the year."
    related = "Related Stories\n\n- 7 best phones\nPSX gains 870 points"
    text = f"{TOP}{prose}\n\n{related}\n\n{prose}\n\n相关阅读\n5月快递增长17.2%\n"
    assert [block for block, _ in blocks(text)] == [
        "title",
        "paragraph",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "paragraph",
        "boilerplate",
        "boilerplate",
    ]


def test_the_language_of_a_sentence_is_its_own():
    text = "数据产量增长。Huawei (华为) reported 5 GW of sales."
    assert [s.language for s in split(text, "zh-Hans", CATALOGUE)] == ["zh", "en"]
    assert [s.language for s in split("41.06", "zh-Hans", CATALOGUE)] == ["zh"]


@pytest.mark.parametrize(
    ("name", "noise"),
    [
        ("001.html", "1.2 million;on duty desk 3;1998-2025;10 to watch"),
        ("002.txt", "1,204;0755-8277;2012-2025"),
        ("004.txt", "NewsChina 2023;8117"),
        ("009.html", "2 min read;1,900;15-man;iPhone 17;© 2025"),
        ("011.txt", "2026-02-05 18:07:15;duty desk 7"),
        ("018.html", "114 Yellow;20:45;63,000;Top 10;2014;55550141"),
        ("022.txt", "11:40;870 points;278.65;12 stories"),
        ("023.md", "15:55;5 robots;Six charts"),
        ("029.html", "8 January 2026;4.6;780 points;2 new metro;2026."),
        ("041.md", "+260 97X"),
        ("057.html", "365 days;The 7 best;$900;2 million drivers"),
        ("s11.html", "24°C;06:12;3 comments;14 rescued;55,000"),
        ("z03.html", "09:43;3182;5月份;17.2%;7城;05004093;010-5555"),
        ("z06.txt", "２５５５０１００"),
    ],
)
def test_the_furniture_of_the_examples_is_absent_or_marked(name: str, noise: str):
    article = read((EXAMPLES / name).read_bytes(), name)
    kept = "\n".join(
        article.text[s.start : s.end]
        for s in split(article.text, article.language, CATALOGUE)
        if s.block not in ("meta", "boilerplate")
    )
    assert [words for words in noise.split(";") if words in kept] == []


def assert_sound(text: str, sentences: list[Sentence]) -> None:
    at = 0
    covered = set()
    for sentence in sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        assert all(0 <= start <= end <= len(text) for start, end in sentence.context)
        covered.update(range(sentence.start, sentence.end))
        at = sentence.end
    assert {i for i, char in enumerate(text) if char.isdigit()} <= covered


SHAPES = [
    *("a | 5 | b\tc", "1) x", "（一）", "- ", "---", "## 5", "*5*", "＊５＊", ">", "① x", "5 ..... 6", ". . . 5"),
    *(
        "No. 5. A",
        "5.",
        "。”5",
        "Related: 5",
        "© 2025. 5",
        "Views 5",
        "|",
        "||",
        "5|",
        "\t5\r",
        "\u2028",
        "## 5 ##",
        "# ＊",
    ),
]
LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(SHAPES),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", " "]), st.sampled_from(["en", "zh-Hans", None]))
def test_sentences_are_ordered_disjoint_and_cover_every_digit(lines: list[str], joint: str, language: str | None):
    text = joint.join(lines)
    assert_sound(text, split(text, language, CATALOGUE))
