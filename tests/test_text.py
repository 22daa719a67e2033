"""Reading raw files: the text that offsets refer to, what a file says about itself, and what is refused."""

import json
from pathlib import Path

import pytest

from pipelines.stages.text import is_article_path, read
from pipelines.vocabulary.errors import ArticleError

EXAMPLES = Path(__file__).parents[1] / "raw" / "examples"
PAGE = "<!doctype html><html><head><title>Solar adds 93 GW - PV Desk</title>{head}</head><body>{body}</body></html>"


def text_of(body: str, head: str = "") -> str:
    return read(PAGE.format(head=head, body=body).encode(), "page.html").text


def body_of(body: str) -> str:
    return text_of(f"<h1>Solar adds 93 GW</h1>{body}").partition("\n\n")[2].strip("\n")


def test_plain_text_is_kept_but_for_line_ends_and_mark():
    article = read("\ufeffTitle\r\n\r\nA\u00a0b \U0001f600 5\u2011year\u00ad plan.\r\n".encode(), "a.txt")
    assert article.text == "Title\n\nA\u00a0b \U0001f600 5\u2011year\u00ad plan.\n"
    assert (article.title, article.language, article.document_id) == ("Title", "en", "a.txt")
    assert article.article_id == article.sha256[:16]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_encodings_of_simplified_chinese(encoding: str):
    words = "数据产量公告\n\n2025年，全国数据产量为41.06泽字节，比上年增长25%。"
    assert read(words.encode(encoding), "a.txt").text == words


def test_big5_and_western_bytes():
    words = "數據產量公告\n\n全國的數據產量為４１億元，比上年增長２５％。"
    assert read(words.encode("big5"), "a.txt").text == words
    assert read("A naïve café: £5 million’s worth".encode("cp1252"), "a.txt").text == "A naïve café: £5 million’s worth"


def test_declared_charset_of_a_page():
    page = '<html><head><meta charset="gb2312"><title>铜价</title></head><body><h1>铜价</h1><p>涨5%。</p></body></html>'
    assert read(page.encode("gb18030"), "a.html").text == "铜价\n\n涨5%。\n"


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t", "a.txt", "empty"),
        (b"%PDF-1.7\n1 0 obj", "a.pdf", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a.docx", "binary"),
        (b"<html><body><script>var n = 5;</script></body></html>", "a.html", "no_text"),
        (b"a" * (32 * 1024 * 1024 + 1), "a.txt", "oversized"),
    ],
)
def test_what_is_no_article_is_refused_with_a_code(data: bytes, path: str, code: str):
    with pytest.raises(ArticleError) as error:
        read(data, path)
    assert (error.value.code, error.value.path) == (code, path)


def test_the_side_file_wins():
    side = {"url": "https://example.org/a", "publisher": "P", "published_at": "2023-10", "note": "n", "ignored": 1}
    article = read(b"Title\n\nSource: Xinhua\n2026-02-05 18:07:15\n\nText.", "a.txt", side)
    assert (article.url, article.publisher, article.published_at, article.note) == (
        "https://example.org/a",
        "P",
        "2023-10",
        "n",
    )
    assert article.document_id == "https://example.org/a"


def test_a_side_file_with_a_wrong_date_is_refused():
    with pytest.raises(ArticleError) as error:
        read(b"Title\n\nText.", "a.txt", {"published_at": "last week"})
    assert error.value.code == "side_file"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2026-06-09 14:32", "2026-06-09T14:32:00"),
        ("Published January 21, 2025 | 11:40 PM", "2025-01-21T23:40:00"),
        ("(Xinhua) 15:55, October 01, 2025", "2025-10-01T15:55:00"),
        ("Updated:2023/8/23 20:45", "2023-08-23T20:45:00"),
        ("发布时间：2025年6月10日", "2025-06-10"),
        ("21st Jan, 2025", "2025-01-21"),
        ("Updated 20:14, 29-Apr-2025", "2025-04-29T20:14:00"),
        ("２０２５年８月１４日", "2025-08-14"),
        ("Aug 23", None),
        ("Feb. 30, 2025", None),
        ("截至2025年12月31日止全年业绩", None),
        ("Results for the year ended 31 December 2025", None),
        ("（記者１４日北京專電）", None),
    ],
)
def test_the_date_line(line: str, date: str | None):
    assert read(f"Title\n{line}\n\nText of 5 million.".encode(), "a.txt").published_at == date


def test_a_date_alone_in_the_last_line_is_that_of_the_article():
    assert read("业绩\n\n公司多赚68%。\n\n2026-03-19 19:42\n".encode(), "a.txt").published_at == "2026-03-19T19:42:00"


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Title\nSource: Xinhua\n2026-02-05\n\nText.", "Xinhua"),
        ("标题\n2025-06-10 来源：人民邮电报(转载)  浏览：12次\n\n正文。", "人民邮电报"),
        ("Title\n\nen.Wedoany.com Reported - Text.", "Wedoany"),
        ("Title\n\nBEIJING, Feb. 5 (Xinhua) -- Text.", "Xinhua"),
        ("Title\n\n(Chinadaily.com.cn) 14:16, August 05, 2022\n\nText.", "Chinadaily.com.cn"),
        ("Title\n\nText.\n\n© NewsChina 2023. All rights reserved.", "NewsChina"),
        ("Title\n\nText of a copyright case over 5 million dollars.", None),
    ],
)
def test_the_publisher(text: str, publisher: str | None):
    assert read(text.encode(), "a.txt").publisher == publisher


@pytest.mark.parametrize(
    ("notice", "wording"),
    [
        ('All AI citations must indicate the source as "Wedoany".', "Wedoany"),
        ('An AI system that quotes this page has to name "Wedoany" as its source.', "Wedoany"),
        ("转载请注明出处：数据观察。", "数据观察"),
        ("Citations should name the magazine and the issue.", None),
    ],
)
def test_the_attribution_that_a_notice_asks_for(notice: str, wording: str | None):
    assert read(f"Title\n\nText.\n\n{notice}".encode(), "a.txt").attribution == wording


@pytest.mark.parametrize(
    ("words", "language"), [("The data grew.", "en"), ("数据产量增长。", "zh-Hans"), ("數據產量增長。", "zh-Hant")]
)
def test_the_language(words: str, language: str):
    assert read(words.encode(), "a.txt").language == language


def test_markdown_loses_its_marks_and_keeps_its_lines():
    source = """---
title: "A: b"
date: 2025-10-01
publisher: 'P'
url: http://example.org/x
---

# A: b

Some **515 million** of *them*, see [the report](http://example.org/)[^1].

## Part

- one_two is 5 * 3 * 2
| Segment | Growth |
|:--|--:|
| chips | +54 percent |
> Quoted `5 GW`.
"""
    article = read(source.encode(), "a.md")
    assert article.text == (
        "A: b\n\nSome 515 million of them, see the report.\n\n## Part\n\n- one_two is 5 * 3 * 2\n"
        "Segment | Growth\nchips | +54 percent\nQuoted 5 GW.\n"
    )
    assert (article.title, article.published_at, article.publisher) == ("A: b", "2025-10-01", "P")
    assert article.url == "http://example.org/x"


def test_a_page_states_itself_in_its_head():
    head = (
        '<meta property="article:published_time" content="2026-01-08T15:31:09+05:30">'
        '<link rel="canonical" href="http://example.org/solar">'
        '<script type="application/ld+json">{"@graph": [{"publisher": {"name": "PV Desk Ltd"}}]}</script>'
    )
    article = read(PAGE.format(head=head, body="<h1>Solar adds 93 GW</h1><p>Text.</p>").encode(), "a.html")
    assert article.text == "Solar adds 93 GW\n\nText.\n"
    assert article.published_at == "2026-01-08T15:31:09+05:30"
    assert (article.publisher, article.url) == ("PV Desk Ltd", "http://example.org/solar")


def test_the_page_title_names_the_site():
    assert read(PAGE.format(head="", body="<h1>Solar adds 93 GW</h1><p>Text.</p>").encode(), "a").publisher == "PV Desk"


def test_blocks_of_a_page_are_lines_of_the_text():
    assert body_of(
        "<p>One&nbsp;5 <b>GW</b>,\n two.</p><h2>Part</h2><ul><li>a</li><li><p>b</p></li></ul><p>c<br>d</p>"
    ) == ("One\u00a05 GW, two.\n\n## Part\n\n- a\n- b\n\nc\nd")


def test_tables_keep_rows_columns_and_spans():
    table = (
        "<table><caption>Output</caption><tr><th rowspan=2>Place</th><th colspan=2>Grain</th></tr>"
        "<tr><th>2024</th><th>2025</th></tr><tr><td>North</td><td></td><td>8,100 t</td></tr></table>"
    )
    assert body_of(f"<p>Text.</p>{table}") == (
        "Text.\n\nOutput\nPlace | Grain | Grain\nPlace | 2024 | 2025\nNorth | | 8,100 t"
    )


def test_a_time_over_several_columns_stands_over_each():
    table = (
        "<table><tr><th>产品</th><th colspan=2>1—10月</th></tr><tr><td>水泥</td><td>3866</td><td>1.3</td></tr></table>"
    )
    assert body_of(f"<p>Text.</p>{table}") == "Text.\n\n产品 | 1—10月 | 1—10月\n水泥 | 3866 | 1.3"


def test_a_table_that_lays_out_the_page_is_walked_into():
    assert body_of(
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table><h2>Part</h2>Text.</td></tr></table>"
    ) == ("a | b\n\n## Part\n\nText.")


def test_raised_figures_glue_to_no_number():
    assert body_of(
        "<p>123.5 GWh<sup><a href=#n>1</a></sup> on 10 m<sup>2</sup>, 10<sup>18</sup> CO<sub>2</sub></p>"
    ) == ("123.5 GWh on 10 m², 10¹⁸ CO2")


def test_furniture_is_left_out_and_content_is_not():
    prose = "<p>China added 93 GW of solar in May, which is a record by any measure, the NEA said on Friday.</p>"
    page = (
        "<nav>24 links</nav><div class='main-content share'><div class='key-facts'><ul><li>93 GW added</li></ul></div>"
        f"{prose * 3}<aside><h4>By the numbers</h4><p>1,080 GW total.</p></aside>"
        "<div class=related-box><p>7 best phones</p></div><div><h3>Most read</h3><p>900 jobs go</p></div>"
        "<ul><li><a href=1>Top 10</a></li><li><a href=2>Top 20</a></li><li><a href=3>Top 30</a></li></ul></div>"
        "<footer>Copyright 2025</footer><div style='display: none'>55 hidden</div>"
    )
    body = body_of(page)
    assert "- 93 GW added" in body and "1,080 GW total." in body and body.count("93 GW of solar") == 3
    assert not any(noise in body for noise in ("24 links", "7 best", "900 jobs", "Top 10", "2025", "55 hidden"))


def test_a_page_whose_wrapper_is_named_like_furniture_keeps_its_text():
    assert "5 GW" in text_of("<div class='sidebar nav'><p>Output was 5 GW in all of the year.</p></div>")


def test_which_files_are_articles():
    names = {
        "a.txt",
        "b/c.html",
        "d.MD",
        "e.pdf",
        "NOTICE.md",
        "README.txt",
        "a.meta.json",
        ".x.txt",
        "b/.d/e.txt",
        "f.png",
    }
    assert {name for name in names if is_article_path(name)} == {"a.txt", "b/c.html", "d.MD", "e.pdf"}


def test_every_example_has_a_side_file_that_says_what_it_is():
    articles = [path for path in sorted(EXAMPLES.iterdir()) if is_article_path(path.relative_to(EXAMPLES))]
    assert len(articles) == 16
    for path in articles:
        side = json.loads(path.with_name(path.stem + ".meta.json").read_text(encoding="utf-8"))
        article = read(path.read_bytes(), path.name, side)
        assert article.title and article.text.startswith(article.title)
        assert article.text.count(article.title) == 1
        assert article.url and article.publisher and article.published_at
        assert article.note and "our own writing" in article.note


def test_the_headline_of_the_page_itself_is_the_title():
    head = b"<html><head><title>Fair ends with 19 deals - Site</title></head><body>"
    story = b"The fair ended on Thursday with 455 projects signed, its hosts said. " * 4
    page = head + b"<h1>Data seen as the engine of growth</h1><p>" + story + b"</p></body></html>"
    article = read(page, "a.html")
    assert article.text.startswith("Data seen as the engine of growth\n")
    assert "19 deals" not in article.text
