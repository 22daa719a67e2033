"""Time of the quantity stage on texts made to hurt it: 1 MB and 2 MB of one repeated thing, beside prose of the
same size. `--whole` measures the complete extraction, on the shapes, layouts and files that hurt other stages as well.

A line of the table is linear when twice the text takes at most 2.2 times as long, and fair when a candidate costs at
most five times what it costs in prose, or a character no more than one of prose, where candidates are few. `--strict`
ends with status 1 when a line is not. Each text is read several times and the best time counts, more often where a line
is not linear by a little; `tests/test_linear.py` counts calls instead, which no other work on the machine disturbs.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from pipelines import catalogue, flow  # noqa: E402
from pipelines.stages import observations, quantities, sentences  # noqa: E402
from pipelines.vocabulary.article import Article  # noqa: E402

PROSE = (
    "Revenue rose 15.2 percent year on year to 1.4 trillion yuan in the first half of 2025, the ministry said. "
    "More than 330 cities built 42 clusters, and users under 40 accounted for 74.6% of the total.\n\n"
)
PROSE_ZH = "截至2025年底，网民规模达11.25亿人，同比增长3.5%，互联网普及率达80.1%。在用机架超1085万标准机架。\n\n"
SHAPES: dict[str, tuple[str, str]] = {
    "prose": ("en", PROSE),
    "digits": ("en", "7"),
    "digits in threes": ("en", "123,"),
    "commas": ("en", ","),
    "full stops": ("en", ". "),
    "million": ("en", "million "),
    "3 million": ("en", "3 million "),
    "opening brackets": ("en", "("),
    "open bracket 1": ("en", "(1 "),
    "number words": ("en", "one hundred and twenty-three thousand "),
    "one": ("en", "one "),
    "ones and digits": ("en", "1 "),
    "list of digits": ("en", "1, "),
    "range of digits": ("en", "1-"),
    "slashes": ("en", "1/2/"),
    "a": ("en", "a "),
    "a hundred": ("en", "a hundred "),
    "half a": ("en", "half a "),
    "no space": ("en", "abcdefghij"),
    "no space, mixed": ("en", "ab12cd,"),
    "hyphens": ("en", "5-word-"),
    "dollars": ("en", "$"),
    "dollar amounts": ("en", "$5 "),
    "yen": ("en", "¥5 "),
    "degrees": ("en", "5 degrees "),
    "petaflops": ("en", "5 PFLOPS FP16 "),
    "long rows": ("en", "5 | "),
    "percent": ("en", "5% "),
    "per": ("en", "5 per "),
    "ordinals": ("en", "third "),
    "ranks": ("en", "the third largest "),
    "more than": ("en", "more than "),
    "tilde": ("en", "~"),
    "powers": ("en", "10^"),
    "superscripts": ("en", "10⁶"),
    "bars": ("en", "5 | "),
    "wide gaps": ("en", "5    "),
    "rows": ("en", "a | 5 | 6\n"),
    "colons": ("en", "1:"),
    "dots": ("en", "1."),
    "quotes": ("en", "'5"),
    "dates": ("en", "on June 8, 2026 "),
    "rose": ("en", "rose 5 "),
    "nouns": ("en", "users "),
    "addresses": ("en", "https://a.b/1 "),
    "at signs": ("en", "1@"),
    "points": ("en", "5 points "),
    "inches": ("en", '5" '),
    "plurals": ("en", "5 sales sales sales "),
    "acts": ("en", "Regulation (EU) 2016/679 "),
    "bands": ("en", "5 GHz, "),
    "ratios": ("en", "ratio 1.5 "),
    "the first in": ("en", "the first in 5 years "),
    "soft hyphens": ("en", "1\u00ad2 "),
    "zh prose": ("zh", PROSE_ZH),
    "万": ("zh", "万"),
    "一": ("zh", "一"),
    "1万": ("zh", "1万"),
    "1万、": ("zh", "1万、"),
    "分之": ("zh", "三分之"),
    "第一": ("zh", "第一"),
    "翻": ("zh", "翻"),
    "增长": ("zh", "增长"),
    "增长5": ("zh", "增长5"),
    "个": ("zh", "5个"),
    "企业": ("zh", "5企业"),
    "《": ("zh", "《1"),
    "full-width": ("zh", "\uff11"),
    "（": ("zh", "\uff08"),
    "元": ("zh", "5元"),
    "岁": ("zh", "5岁"),
    "PFLOPS": ("zh", "算力5PFLOPS"),
    "《书》": ("zh", "《书》5个"),
    "每百": ("zh", "每百件里有38件，"),
    "掉": ("zh", "掉5%"),
    "频段": ("zh", "5GHz、"),
    "rows zh": ("zh", "甲　5　6\n"),
    "dates zh": ("zh", "2024年5月3日，5元，"),
    "long rows zh": ("zh", "5个 | "),
    "zh no stop": ("zh", "同比增长5%，达3万人，"),
}
#: What the observation stage reads: names, places, periods, bodies, quotes, cells, items and headings without end.
OBSERVED: dict[str, tuple[str, str]] = {
    "places": ("en", "China 5 "),
    "places alone": ("en", "Beijing, Shanghai, "),
    "years": ("en", "in 2024 5 "),
    "companies": ("en", "Apple 5 "),
    "metrics": ("en", "revenue 5 "),
    "quoted": ("en", '"5" '),
    "said": ("en", "the ministry said 5, "),
    "statements": ("en", "5 users; "),
    "ranges": ("en", "from 5 to 6, "),
    "compared": ("en", "5%, compared with 6% in 2023, "),
    "respectively": ("en", "5, 6 and 7 users respectively, "),
    "sentences": ("en", "Users 5. "),
    "items": ("en", "- 5 users\n"),
    "headings": ("en", "## Revenue\n\n5 users.\n\n"),
    "cells": ("en", "| revenue | 5 | 6 |\n"),
    "places zh": ("zh", "北京5个，"),
    "years zh": ("zh", "2024年5个，"),
    "companies zh": ("zh", "华为公司5个，"),
    "metrics zh": ("zh", "营业收入5元，"),
    "quoted zh": ("zh", "“5个”"),
    "said zh": ("zh", "工信部表示5个，"),
    "list zh": ("zh", "5个、"),
    "statements zh": ("zh", "用户5个；"),
    "brackets zh": ("zh", "用户5个（增长3%），"),
    "cells zh": ("zh", "| 收入 | 5元 | 6元 |\n"),
}
#: More of one thing, or of several in turn: bodies, places, speakers, headings and figures by the thousand.
REPEATED: dict[str, tuple[str, str]] = {
    "company names": ("en", "Apple, Microsoft, Alibaba Group, Huawei, China Mobile, Intel Corp., Foo Holdings, "),
    "counted by companies": ("en", "Apple sold 5 phones, Huawei 6, "),
    "place names": ("en", "Beijing, Guangdong, Germany, the United States, Tokyo, Brazil, Kenya, "),
    "place names in lines": ("en", "Germany 5\nBrazil 6\nTokyo 7\n"),
    "speakers": ("en", '"We sold 5 million phones in 2024," said Wang Wei, chief analyst at Foo Research. '),
    "quotes left open": ("en", "\u201cGrowth was 5%, "),
    "quotes left open zh": ("zh", "“增长5%，"),
    "respectively in turn": ("en", "Revenue, profit and users rose 5%, 6% and 7% respectively, "),
    "one sentence zh": ("zh", "其中广东省用户达3万户、同比增长5%，占全国的7%，"),
    "nested brackets": ("en", "(5% "),
    "nested brackets zh": ("zh", "（5%"),
    "quarters": ("en", "the first quarter of 2025, "),
    "years alone": ("en", "2024 "),
    "headings alone": ("en", "## Revenue in 2024\n\n"),
    "labels": ("en", "Users: 5\n"),
    "datelines": ("en", "BEIJING -- Users rose 5%.\n\n"),
    "plurals before plurals": ("en", "5 sales sports systems sales "),
    "initials": ("en", "A.B."),
    "capitals": ("en", "ABC Foo Bar "),
    "lines": ("en", "\n"),
    "bars alone": ("en", "|"),
}
#: What is not one thing over and over: a long list before as long a one, names far apart, tables and titles.
LAID_OUT: dict[str, tuple[str, Callable[[int], str]]] = {
    "two long lists": ("en", lambda n: f"{'Revenue, ' * (n // 20)}rose {'5%, ' * (n // 8)}respectively."),
    "two long lists zh": ("zh", lambda n: f"{'北京、上海、' * (n // 12)}分别增长{'5%、' * (n // 6)}。"),
    "far names": ("en", lambda n: f"Revenue in China in 2024 {'5 percent, ' * (n // 11)} in revenue in 2024."),
    "far names zh": ("zh", lambda n: f"2024年中国营业收入{'5%、' * (n // 3)}营业收入。"),
    "table of rows": ("en", lambda n: "| Region | Users |\n|---|---|\n" + "| China | 5 |\n" * (n // 14)),
    "table of columns": (
        "en",
        lambda n: (
            f"| Region {'| 2024 ' * (n // 16)}|\n{'|---' * (n // 16)}|---|\n| revenue {'| 5 ' * (n // 16)}|\n"
        ),
    ),
    "wide head, narrow rows": (
        "en",
        lambda n: f"| Region {'| 2024 ' * (n // 24)}|\n{'|---' * (n // 24)}|---|\n" + "| China | 5 |\n" * (n // 30),
    ),
    "list items": ("en", lambda n: "Users by region:\n\n" + "- China\n" * (n // 16) + "- 5 users\n" * (n // 20)),
    "a cell of figures": ("en", lambda n: f"Region | Sales\nChina | {'revenue 5, ' * (n // 11)}\nIndia | 5\n"),
    "a line of places": ("en", lambda n: f"In {'China ' * (n // 12)}revenue was {'5 ' * (n // 4)}."),
    "levels before a share": ("en", lambda n: f"It {'reached ' * (n // 8)}5%."),
    "table of many heads": (
        "zh",
        lambda n: f"地区{'　用户' * (n // 12)}\n地区{'　收入' * (n // 12)}\n华东{'　5' * (n // 8)}\n",
    ),
    "a paragraph before": ("en", lambda n: f"{'Users rose in China. ' * (n // 21)}\n\n5 users."),
}  # fmt: skip
#: Files as they arrive, by their suffix.
FILES: dict[str, tuple[str, Callable[[int], str]]] = {
    "page of rows": (
        ".html", lambda n: f"<table><tr><th>Region<th>Users{'<tr><td>China<td>5' * (n // 18)}</table>"
    ),
    "page of columns": (
        ".html", lambda n: f"<table><tr><th>Region{'<th>2024' * (n // 13)}<tr><td>China{'<td>5' * (n // 13)}</table>"
    ),
    "spanning cells": (".html", lambda n: f"<table>{'<tr><td rowspan=9999 colspan=99>China<td>5' * (n // 42)}</table>"),
    "nested divisions": (".html", lambda n: f"<p>5 users.</p>{'<div>' * (n // 11)}6 users{'</div>' * (n // 11)}"),
    "nested tables": (".html", lambda n: "<table><tr><td>5 " * (n // 17)),
    "nested lists": (".html", lambda n: "<ul><li>5 users" * (n // 15)),
    "nested spans": (".html", lambda n: "<p>" + "<span>5 " * (n // 8)),
    "page of headings": (".html", lambda n: "<h2>Users</h2>" * (n // 14) + "<p>5 users</p>"),
    "page of links": (".html", lambda n: "<a href=x>5 users</a> " * (n // 22)),
    "open tags": (".html", lambda n: "<p>" + "<" * n),
    "long title": (".html", lambda n: f"<title>{'Users 5 ' * (n // 8)}</title><p>5 users</p>"),
    "long first line": (".md", lambda n: "Users in China " * (n // 30) + "\n\n" + "Users rose 5%.\n\n" * (n // 32)),
    "long head": (".md", lambda n: "---\n" + "a: 5\n" * (n // 5) + "---\n\nUsers rose 5%.\n"),
}  # fmt: skip
#: The names of what only the complete extraction minds.
HURTING = (*OBSERVED, *REPEATED, *LAID_OUT, *FILES)
_ROUNDS = 4  # the best counts: other work on the machine only adds
_LONG = 3.0  # seconds; what takes longer is not measured again
_LINEAR = 2.2  # times as long for twice the text
_DOUBTFUL, _RETAKES = 3.0, 3  # up to such a ratio both are measured again, so often


def candidates(found: tuple[Sequence[object], Sequence[object]]) -> int:
    """How many numbers were judged: quantities and ignored ones."""
    return len(found[0]) + len(found[1])


def article(name: str, size: int) -> Article:
    """About so many characters of a shape, as an article."""
    if name in FILES:
        suffix, make = FILES[name]
        return flow.read(make(size).encode(), f"shape{suffix}")
    if name in LAID_OUT:
        language, make = LAID_OUT[name]
        text = make(size)
    else:
        language, piece = (SHAPES | OBSERVED | REPEATED)[name]
        text = piece * (size // len(piece))
    if name.startswith("long rows"):  # cut into two rows of a table
        text = f"Title\n\n{text[: size // 2]}\n{text[size // 2 :]}\n"
    return replace(flow.read(b"A title\n\nText.", "shape.txt"), text=text, language=language)


def measure(
    name: str, size: int, known: catalogue.Catalogue, is_whole: bool = False, rounds: int = _ROUNDS
) -> tuple[float, float, int]:
    """Processor seconds to split and to find (and, of the whole, to read and observe), and the number of candidates."""
    best: tuple[float, float, int] | None = None
    given = article(name, size)
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        if is_whole and name in FILES:
            given = article(name, size)
        parts = sentences.split(given.text, given.language, known)
        middle = time.process_time()
        found = quantities.find(given.text, parts, known, given.language)
        if is_whole:
            observations.observe(given, parts, found[0], known)
        spent = middle - begin, time.process_time() - middle, candidates(found)
        best = spent if best is None or total(spent) < total(best) else best
        if total(best) > _LONG:
            break
    assert best is not None
    return best


def total(spent: tuple[float, float, int]) -> float:
    """All seconds of a measurement."""
    return spent[0] + spent[1]


def growth(once: tuple[float, float, int], twice: tuple[float, float, int]) -> float:
    """How many times as long twice the text took."""
    return total(twice) / max(total(once), 1e-3)


def table(
    size: int,
    names: Sequence[str],
    known: catalogue.Catalogue,
    out: Callable[[str], object] = print,
    is_whole: bool = False,
    rounds: int = _ROUNDS,
) -> int:
    """Print a line for each shape and return how many are neither linear nor fair."""
    fair: dict[str, float] = {}
    plain: dict[str, float] = {}
    out(f"{'shape':<22}{'split s':>9}{'find s':>9}{'ratio':>7}{'candidates':>12}{'µs each':>9}  verdict")
    bad = 0
    for name in names:
        language = (SHAPES | OBSERVED | REPEATED | LAID_OUT | FILES)[name][0]
        once, twice = (measure(name, many * size, known, is_whole, rounds) for many in (1, 2))
        for _ in range(_RETAKES):
            if not _LINEAR < growth(once, twice) < _DOUBTFUL:
                break
            once = min(once, measure(name, size, known, is_whole, rounds), key=total)
            twice = min(twice, measure(name, 2 * size, known, is_whole, rounds), key=total)
        ratio, (split_twice, find_twice, count) = growth(once, twice), twice
        each = 1e6 * (split_twice + find_twice) / max(count, 1)
        per_character = 1e6 * (split_twice + find_twice) / (2 * size)
        if name in ("prose", "zh prose"):
            fair[language], plain[language] = each, per_character
        is_slow = each > 5 * fair.get(language, each) and per_character > plain.get(language, 0.0)
        verdict = "not linear" if ratio > _LINEAR else "dear" if is_slow else "ok"
        bad += verdict != "ok"
        out(f"{name:<22}{split_twice:>9.2f}{find_twice:>9.2f}{ratio:>7.2f}{count:>12}{each:>9.1f}  {verdict}")
    return bad


def main() -> int:
    """Run the table. Returns 1 with `--strict` when a shape is not linear or too dear, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the smaller text (default 1000000)")
    parser.add_argument("--only", nargs="*", default=[], metavar="SHAPE", help="these shapes only")
    parser.add_argument("--whole", action="store_true", help="the complete extraction, not the quantity stage alone")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help=f"times each is read (default {_ROUNDS})")
    parser.add_argument("--strict", action="store_true", help="end with status 1 when a shape fails")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    known = catalogue.load()
    gc.disable()  # as in the command line and the workers of an engine
    names = options.only or [*SHAPES, *(HURTING if options.whole else ())]
    bad = table(options.size, names, known, is_whole=options.whole, rounds=options.rounds)
    return 1 if bad and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
