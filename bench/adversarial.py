"""Time of the quantity stage on texts made to hurt it: 1 MB and 2 MB of one repeated thing, beside prose of the
same size. `--whole` measures the complete extraction, on the shapes that hurt the observation stage as well.

A line of the table is linear when twice the text takes at most 2.2 times as long, and fair when a candidate costs at
most five times what it costs in prose. `--strict` ends with status 1 when a line is not.
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
_LONG = 3.0  # seconds; what takes longer is measured once, the rest twice, and the better counts


def candidates(found: tuple[Sequence[object], Sequence[object]]) -> int:
    """How many numbers were judged: quantities and ignored ones."""
    return len(found[0]) + len(found[1])


def shaped(name: str, text: str) -> str:
    """The text, cut into two rows of a table for a shape that is about rows."""
    half = len(text) // 2
    return f"Title\n\n{text[:half]}\n{text[half:]}\n" if name.startswith("long rows") else text


def measure(language: str, text: str, known: catalogue.Catalogue, is_whole: bool = False) -> tuple[float, float, int]:
    """Processor seconds to split and to find (and, of the whole, to observe), and the number of candidates."""
    article = replace(flow.read(b"A title\n\nText.", "shape.txt"), text=text, language=language)
    best: tuple[float, float, int] | None = None
    for _ in range(2):
        gc.collect()
        begin = time.process_time()
        parts = sentences.split(text, language, known)
        middle = time.process_time()
        found = quantities.find(text, parts, known)
        if is_whole:
            observations.observe(article, parts, found[0], known)
        spent = middle - begin, time.process_time() - middle, candidates(found)
        best = spent if best is None or sum(spent[:2]) < sum(best[:2]) else best
        if sum(best[:2]) > _LONG:
            break
    assert best is not None
    return best


def table(
    size: int,
    names: Sequence[str],
    known: catalogue.Catalogue,
    out: Callable[[str], object] = print,
    is_whole: bool = False,
) -> int:
    """Print a line for each shape and return how many are neither linear nor fair."""
    fair: dict[str, float] = {}
    out(f"{'shape':<20}{'split s':>9}{'find s':>9}{'ratio':>7}{'candidates':>12}{'µs each':>9}  verdict")
    bad = 0
    for name in names:
        language, piece = (SHAPES | OBSERVED)[name]
        text = piece * (2 * size // len(piece))
        split_once, find_once, _ = measure(language, shaped(name, text[:size]), known, is_whole)
        split_twice, find_twice, count = measure(language, shaped(name, text), known, is_whole)
        ratio = (split_twice + find_twice) / max(split_once + find_once, 1e-3)
        each = 1e6 * (split_twice + find_twice) / max(count, 1)
        per_character = 1e6 * (split_twice + find_twice) / len(text)
        if name in ("prose", "zh prose"):
            fair[language] = each
        is_slow = each > 5 * fair.get(language, each) and per_character > 2
        verdict = "not linear" if ratio > 2.2 else "dear" if is_slow else "ok"
        bad += verdict != "ok"
        out(f"{name:<20}{split_twice:>9.2f}{find_twice:>9.2f}{ratio:>7.2f}{count:>12}{each:>9.1f}  {verdict}")
    return bad


def main() -> int:
    """Run the table. Returns 1 with `--strict` when a shape is not linear or too dear, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the smaller text (default 1000000)")
    parser.add_argument("--only", nargs="*", default=[], metavar="SHAPE", help="these shapes only")
    parser.add_argument("--whole", action="store_true", help="the complete extraction, not the quantity stage alone")
    parser.add_argument("--strict", action="store_true", help="end with status 1 when a shape fails")
    options = parser.parse_args()
    known = catalogue.load()
    names = options.only or [*SHAPES, *(OBSERVED if options.whole else ())]
    bad = table(options.size, names, known, is_whole=options.whole)
    return 1 if bad and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
