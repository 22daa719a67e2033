"""How fast the extraction is, on one core, beside the fastest extractor for Python and beside what is possible at all.

    python bench/extract.py [--size CHARACTERS] [--rounds N] [--without-quantulum3] [--json]
    python bench/extract.py --memory MEGABYTES [--workers N]

Four things read the same texts in the same run: `quantities` (sentences and quantities), `observations` (all of
`flow.extract`), quantulum3 (in an environment of its own, made on the first run in the cache folder; without its
optional classifier, which makes it slower), and the floor: one `re` pass anchored on digits, with a look backward for
bound and currency and a dict for each hit. Times are CPU seconds, the best of the rounds.

The texts: the shipped English articles; a longer row of articles made of their paragraphs and of the held-out ones, as
dense with numbers as reports are; one as dense as ordinary news; and Chinese, which quantulum3 does not read.

`--memory` makes a folder of so many megabytes of articles, extracts and stages it, and prints the highest memory used.
"""

import argparse
import gc
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if not __package__:
    sys.path[0] = str(ROOT)

from pipelines import catalogue, flow  # noqa: E402
from pipelines.stages import quantities, sentences  # noqa: E402
from pipelines.stages.text import is_article_path  # noqa: E402
from pipelines.vocabulary.article import Article  # noqa: E402

SHIPPED = ROOT / "raw" / "examples"
HELD_OUT = ROOT / "bench" / "accuracy"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "tallyhouse" / "quantulum3"
QUANTULUM3 = "quantulum3==0.10.0"
#: Characters of an article, about as many as the shipped ones have.
ARTICLE = 3_000
#: Of ten paragraphs of ordinary news, so many state a number.
ORDINARY = 3

FLOOR_NUMBER = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?: ?(?:thousand|million|billion|trillion|bn|mn|tn))?(?: ?(?:%|[A-Za-z]+))?"
)
FLOOR_BEFORE = re.compile(r"(?:(more than|over|about|nearly|at least|up to|under|exceeding) )?([$€£¥])?$")

PROGRAM = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from quantulum3 import parser
parser.parse("It grew 5 percent to 3 million tonnes.")  # what it loads once is not counted
told = []
for texts in json.load(sys.stdin):
    start = time.process_time()
    for text in texts:
        parser.parse(text)
    told.append(time.process_time() - start)
print(json.dumps(told))
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """Texts that are read one after the other; `is_english` where quantulum3 can read them, too."""

    name: str
    articles: tuple[Article, ...]
    is_english: bool = True

    @property
    def characters(self) -> int:
        return sum(len(article.text) for article in self.articles)


def readings(size: int) -> list[Reading]:
    """The texts to measure on; the longer ones have `size` characters."""
    shipped = articles(SHIPPED)
    english = [a for a in shipped if (a.language or "").startswith("en")]
    chinese = [a for a in shipped if (a.language or "").startswith("zh")]
    held_out = articles(HELD_OUT / "holdout_en" / "articles")
    more_chinese = [*chinese, *articles(HELD_OUT / "holdout_zh" / "articles")]
    prose = paragraphs([*english, *held_out])
    return [
        Reading("shipped articles, English", tuple(english)),
        Reading("report prose", tuple(written(draw(prose, size), "en"))),
        Reading("ordinary prose", tuple(written(draw(prose, size, ORDINARY), "en"))),
        Reading("Chinese report prose", tuple(written(draw(paragraphs(more_chinese), size), "zh-Hans")), False),
    ]


def articles(folder: Path) -> list[Article]:
    """The articles of a folder, in the order of their names."""
    return [flow.read(p.read_bytes(), p.name) for p in sorted(folder.iterdir()) if is_article_path(p.name)]


def written(drawn: Iterable[str], language: str) -> Iterator[Article]:
    """Paragraphs as articles of ARTICLE characters: quantulum3's time grows faster than the text it is given."""
    held: list[str] = []
    for paragraph in drawn:
        held.append(paragraph)
        if sum(map(len, held)) >= ARTICLE:
            yield _article(held, language)
            held = []
    if held:
        yield _article(held, language)


def _article(held: Sequence[str], language: str) -> Article:
    text = "\n\n".join(held)
    return Article("0" * 16, "bench", "", "bench.txt", text, language=language, published_at="2026-06-09")


def paragraphs(given: Sequence[Article]) -> list[str]:
    """What is prose in the articles: lines of some length."""
    return [line for a in given for line in a.text.split("\n") if len(line) > (80 if a.language == "en" else 30)]


def draw(given: Sequence[str], size: int, of_ten: int | None = None) -> Iterator[str]:
    """Paragraphs at random, always the same, `size` characters in all; `of_ten`: so many of ten hold a digit."""
    chance = random.Random(1)
    numbered = [p for p in given if any(c.isdigit() for c in p)]
    plain = [p for p in given if not any(c.isdigit() for c in p)]
    while size > 0:
        pool = given if of_ten is None else numbered if chance.random() * 10 < of_ten else plain
        paragraph = chance.choice(pool)
        size -= len(paragraph) + 2
        yield paragraph


def find_quantities(given: Article, known: catalogue.Catalogue) -> int:
    """The first half of the path: sentences and quantities."""
    parts = sentences.split(given.text, given.language, known)
    found, _ = quantities.find(given.text, parts, known, given.language)
    return len(found)


def find_observations(given: Article, known: catalogue.Catalogue) -> int:
    """The whole path."""
    return len(flow.extract(given, known).observations)


def floor(given: Article, known: catalogue.Catalogue) -> int:
    """What any extractor in Python pays: one pass, a look backward, a dict for each hit."""
    text, found = given.text, []
    for match in FLOOR_NUMBER.finditer(text):
        start, end = match.span()
        before = FLOOR_BEFORE.search(text[max(0, start - 24) : start])
        bound, currency = before.groups() if before else (None, None)
        found.append({"start": start, "end": end, "quote": match.group(), "bound": bound, "currency": currency})
    return len(found)


def seconds(work: Callable[[Article, catalogue.Catalogue], int], reading: Reading, rounds: int) -> tuple[float, int]:
    """CPU seconds of the best round, and how many things were found."""
    known, best, found = _CATALOGUE, float("inf"), 0
    for _ in range(rounds):
        start = time.process_time()
        found = sum(work(one, known) for one in reading.articles)
        best = min(best, time.process_time() - start)
    return best, found


def quantulum3(given: Sequence[Reading], cache: Path) -> list[float] | str:
    """CPU seconds of quantulum3 on each reading, or why it could not be run."""
    python = cache / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    try:
        if not python.exists():
            _make_environment(cache, python)
        texts = json.dumps([[a.text for a in reading.articles] for reading in given])
        done = subprocess.run([str(python), "-c", PROGRAM], input=texts, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        told = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        return f"{QUANTULUM3} could not be run in {cache}: {told[-1] if told else error}"
    measured: list[float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _make_environment(cache: Path, python: Path) -> None:
    # setuptools, because it still asks for pkg_resources on some versions of Python.
    if shutil.which("uv"):
        commands = [["uv", "venv", "--quiet", str(cache)],
                    ["uv", "pip", "install", "--quiet", "--python", str(python), QUANTULUM3, "setuptools"]]  # fmt: skip
    else:
        commands = [[sys.executable, "-m", "venv", str(cache)],
                    [str(python), "-m", "pip", "install", "--quiet", QUANTULUM3, "setuptools"]]  # fmt: skip
    cache.parent.mkdir(parents=True, exist_ok=True)
    try:
        for command in commands:
            subprocess.run(command, check=True, capture_output=True, text=True)
    except BaseException:
        shutil.rmtree(cache, ignore_errors=True)
        raise


def speed(options: argparse.Namespace) -> None:
    """Prints the table of characters per second, with ratios."""
    gc.disable()  # as in the command line and the workers of an engine
    given = readings(options.size)
    english = [reading for reading in given if reading.is_english]
    other = "left out" if options.without_quantulum3 else quantulum3(english, options.cache)
    for reading in given:
        taken = {}
        for name, work in (("quantities", find_quantities), ("observations", find_observations), ("floor", floor)):
            taken[name], found = seconds(work, reading, options.rounds)
            if name == "quantities":
                each = reading.characters / max(found, 1)
        if isinstance(other, list) and reading.is_english:
            taken["quantulum3"] = other[english.index(reading)]
        rates = {name: reading.characters / spent for name, spent in taken.items()}
        slow = rates.get("quantulum3")
        if options.json:
            print(json.dumps({"text": reading.name, "characters": reading.characters, "per_second": rates}))
            continue
        print(f"\n{reading.name}: {reading.characters:,} characters, a quantity every {each:.0f}")
        print(f"{'':14}{'chars/s':>14}{'x quantulum3':>14}{'of floor':>10}")
        for name, rate in rates.items():
            times = f"{rate / slow:14.1f}" if slow else f"{'':14}"
            print(f"{name:14}{rate:14,.0f}{times}{rate / rates['floor']:10.1%}")
    if isinstance(other, str):
        print(f"\nquantulum3: {other}")


def memory(megabytes: int, workers: int) -> None:
    """Makes a folder of articles, extracts and stages it, and prints the highest memory used, all processes together.

    That is this process at its highest and each worker at the highest of any, so a little more than at any moment.
    """
    from pipelines.engines import local
    from pipelines.storage import raw, staging
    from pipelines.storage.home import Home

    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.prepare()
        written = _fill(home.raw, megabytes * 1_000_000)
        start = time.perf_counter()
        files = raw.scan(home, is_article_path).files
        stage = partial(staging.stage, home.staging, "bench")
        receipts = [(r.articles, r.observations, len(r.failures)) for r in local.run(files, stage, workers=workers)]
        spent = time.perf_counter() - start
    read, found, failed = (sum(column) for column in zip(*receipts, strict=True))
    print(f"{written / 1e6:,.0f} MB in {read:,} articles ({failed} failed), {found:,} observations, {spent:,.0f} s")
    own, worker = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
    print(f"peak memory {own + workers * worker:,.0f} MB: {own:,.0f} here, {worker:,.0f} in each of {workers} workers")


def _fill(folder: Path, size: int) -> int:
    """Articles of 2 to 40 thousand characters, each with a number of its own so that none is a copy of another."""
    chance, written, number = random.Random(2), 0, 0
    prose = paragraphs([*articles(SHIPPED), *articles(HELD_OUT / "holdout_en" / "articles")])
    while written < size:
        number += 1
        body = "\n\n".join(chance.choice(prose) for _ in range(chance.randint(6, 120)))
        data = f"Article {number} on what the statistics say\n\n{body}\n".encode()
        (folder / f"{number:06}.txt").write_bytes(data)
        written += len(data)
    return written


def _peak(who: int) -> float:
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=300_000, help="characters of the longer texts (300,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts (3; quantulum3: 1)")
    parser.add_argument("--without-quantulum3", action="store_true", help="measure only what is here")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where quantulum3's environment is made")
    parser.add_argument("--json", action="store_true", help="one JSON object a text and line")
    parser.add_argument("--memory", type=int, metavar="MEGABYTES", help="measure memory over such a folder instead")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 8), help="processes that share it")
    options = parser.parse_args(arguments)
    if options.memory:
        memory(options.memory, options.workers)
    else:
        speed(options)


_CATALOGUE = catalogue.load()

if __name__ == "__main__":
    main()
