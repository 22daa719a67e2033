"""What the warehouse costs at 100 thousand, 1 million and 10 million observations.

    python -m bench.warehouse [SIZE ...] [--home DIR] [--memory 4GB]

Prints one JSON object a size and changes nothing outside the folder it makes. Each size is built at once; then one
article is added in three ways, five times each (the median counts): `one_article`, what storage alone does to take it
in and publish; `one_run`, all steps of a run over a real article, from the look at `raw/` to the publish, in a process
that has imported everything; `one_command`, `tallyhouse ingest` as an operator starts it. Each stands beside the same
on an empty warehouse. Then nothing is done, then a rule change that touches 1 % of the articles; then the two questions
of a dashboard are asked. The load rate stands beside DuckDB's own bulk insert of the same rows from Arrow. With
--home, what was measured is kept in DIR/SIZE, and a bench that was stopped goes on where it was.

Seconds are [of the clock, of the processor]: on a machine that does other work, only the latter say much.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.warehouse import synthetic
from pipelines.engines import rules as versions
from pipelines.flow import STEPS
from pipelines.orchestration import reference, steps, work
from pipelines.stages.text import is_article_path
from pipelines.storage import build, connection, lock, raw, schema
from pipelines.storage.connection import attach, reading
from pipelines.storage.disk import copy_file
from pipelines.storage.home import Home

Seconds = list[float]  # of the clock, of the processor

SHARD = 1_000_000
TIMES = 5
RULES, CHANGED_RULES = versions.version(), "bench-2"
JUDGEMENT = versions.judgement()
#: A real article of some twenty numbers, another one each time.
ARTICLE = """Cable News: the year {n} in figures

Published 14 March 2026

By the end of 2025, China had {n}.3 million 5G base stations, an increase of 13.{n} percent over the previous year.
The number of internet users in India reached 9{n}0 million, and mobile internet users stood at 8{n}5 million.
Revenue of the software industry exceeded {n}3.7 trillion yuan in 2025, up 12.{n} percent year on year; its exports came
to 5{n}.4 billion U.S. dollars. About {n}5 percent of the data centers were built in the last 3 years, with {n}.58
million standard racks in use. Installed solar capacity in Germany rose to 10{n}.5 GW from 9{n} GW a year earlier, and
wind power to 7{n}.8 GW. The GDP of France grew by 1.{n} percent. Output of new energy vehicles was {n}2.9 million
units, of which 2.{n} million were exported.
"""
LATEST = "SELECT metric, place, period_end, value, unit FROM mart.latest WHERE metric = ? AND kind = 'level'"
SERIES = """
SELECT period_end, value, yearly_growth, cagr FROM mart.growth WHERE metric = ? AND place = 'P7' ORDER BY period_end
"""


class Record:
    """The figures of one size so far, kept in a file as soon as each is known."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.figures: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def once(self, name: str, measure: Callable[[], object]) -> Any:
        """The figure, measured now unless it was before."""
        if name not in self.figures:
            self.figures[name] = measure()
            self.path.write_text(json.dumps(self.figures))
        return self.figures[name]


def bench(root: Path, size: int) -> dict[str, Any]:
    """All figures of one size."""
    root.mkdir(parents=True, exist_ok=True)
    home, empty, record = Home(root / "home"), Home(root / "empty"), Record(root / "figures.json")
    articles = size // synthetic.PER_ARTICLE
    firsts = range(0, size, SHARD)

    def stage(rules: str = RULES, changed: int = 0) -> list[str]:
        return [
            synthetic.stage(home.staging, first, min(SHARD, size - first), size, f"{first + (changed > 0):032x}",
                            rules, changed)
            for first in firsts
        ]  # fmt: skip

    def whole() -> dict[str, Seconds]:
        shutil.rmtree(home.root, ignore_errors=True)
        home.prepare()
        synthetic.put(home.raw, 0, size)
        raw.scan(home, is_article_path)  # the first look reads every file, the later ones only what is new
        return load(home, stage())

    def one_article(place: Home, i: int) -> dict[str, Seconds]:
        first = size + i * synthetic.PER_ARTICLE
        synthetic.put(place.raw, first, synthetic.PER_ARTICLE)
        return load(place, [synthetic.stage(place.staging, first, synthetic.PER_ARTICLE, size, f"{i:032x}", RULES)])

    def one_run(place: Home, i: int) -> dict[str, Seconds]:
        (place.raw / f"run-{i}.txt").write_text(ARTICLE.format(n=i + 1), encoding="utf-8")
        return run(place)

    def one_command(place: Home, i: int) -> dict[str, Seconds]:
        (place.raw / f"command-{i}.txt").write_text(ARTICLE.format(n=i + 11), encoding="utf-8")
        return command(place)

    def begun() -> float:
        shutil.rmtree(empty.root, ignore_errors=True)
        empty.prepare()
        # The schema, the imports and the first time of everything are paid before anything is measured.
        return sum(measure(empty, TIMES)["total"][0] for measure in (one_article, one_run))

    rows = record.once("arrow", lambda: _arrow(root / "arrow", size))
    built = record.once("build", whole)
    record.once("megabytes", lambda: _megabytes(home.published))
    record.once("bodies_megabytes", lambda: _megabytes(home.bodies))
    record.once("copy", lambda: _copy(home))
    record.once("begun", begun)
    ratios = {}
    for measure in (one_article, one_run, one_command):
        name = measure.__name__
        nothing = record.once(f"{name}_on_empty", lambda measure=measure: _median(measure, empty))
        one = record.once(name, lambda measure=measure: _median(measure, home))
        ratios[f"{name}_ratio"] = [round(one["total"][i] / nothing["total"][i], 2) for i in (0, 1)]
    record.once("look", lambda: _timed(lambda: raw.scan(home, is_article_path)))
    record.once("repeat", lambda: _repeat(home))
    record.once(
        "rule_change_1_percent", lambda: load(home, stage(CHANGED_RULES, max(1, articles // 100)), CHANGED_RULES)
    )
    record.once("latest_ms", lambda: _ask(home, LATEST))
    record.once("series_ms", lambda: _ask(home, SERIES))
    return {
        "observations": size,
        "rows_a_second": [round(size / built["accept"][i]) for i in (0, 1)],
        "share_of_arrow": [round(rows[i] / built["accept"][i], 2) for i in (0, 1)],
        **ratios,
        **record.figures,
    }


class Clock:
    """The seconds of each part, and of all."""

    def __init__(self) -> None:
        self.spent: dict[str, Seconds] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        start = time.perf_counter(), _processor()
        yield
        self.spent[name] = [round(time.perf_counter() - start[0], 3), round(_processor() - start[1], 3)]


def load(home: Home, staged: list[str], rules: str = RULES) -> dict[str, Seconds]:
    """What storage does over what was staged, from the lock to the publish."""
    present, clock = raw.scan(home, is_article_path).files, Clock()
    with clock.part("total"), lock.writer(home):
        beginning = build.begin(home, f"bench-{time.time_ns()}", rules, datetime.now(UTC))
        with clock.part("begin"):
            made = beginning.__enter__()
        try:
            made.set_reference(REFERENCE)
            with clock.part("load"):
                made.load(staged, present, rules, JUDGEMENT)
            with clock.part("accept"):
                made.accept()
            with clock.part("flags"):
                made.replace_flags([], made.touched())
            with clock.part("marts"):
                made.build_marts()
            with clock.part("counts"):
                counted = made.counts()
            with clock.part("publish"):
                made.publish()
        finally:
            beginning.__exit__(None, None, None)
    wrong = {k: v for k, v in counted.items() if v and k != "table_name"}
    assert not wrong, wrong
    return clock.spent


def run(home: Home) -> dict[str, Seconds]:
    """All steps of a run over what is new in `raw/`, in this process."""
    clock = Clock()
    with clock.part("total"):
        for name in STEPS:
            with clock.part(name):
                if name == "raw_articles":
                    steps.raw_articles(home, [], f"bench-{time.time_ns()}")
                else:
                    getattr(steps, name)(home)
    return clock.spent


def command(home: Home) -> dict[str, Seconds]:
    """`tallyhouse ingest` in a process of its own."""
    clock = Clock()
    with clock.part("total"):
        subprocess.run([sys.executable, "-m", "pipelines", "ingest", "--home", home.root], check=True, stdout=2)
    return clock.spent


def _median(measure: Callable[[Home, int], dict[str, Seconds]], home: Home) -> dict[str, Seconds]:
    runs = [measure(home, i) for i in range(TIMES)]
    return {part: [round(statistics.median(r[part][i] for r in runs), 3) for i in (0, 1)] for part in runs[0]}


def _processor() -> float:
    """Seconds of the processor that this process and its ended children have taken."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _arrow(folder: Path, size: int) -> Seconds:
    """What DuckDB's own insert from Arrow takes for the same rows into the same table, a million of them at a time."""
    shutil.rmtree(folder, ignore_errors=True)
    path = folder / "arrow.duckdb"
    spent = [0.0, 0.0]
    for first in range(0, size, SHARD):
        name = synthetic.stage(folder / "staging", first, min(SHARD, size - first), size, "a", RULES)
        con = attach(path)
        schema.migrate(con, path)
        table = con.sql(
            "SELECT * REPLACE (period_start::DATE AS period_start, period_end::DATE AS period_end), "
            "'' AS document_id, TIMESTAMP '2026-01-01' AS recorded_at "
            f"FROM read_parquet('{folder / 'staging' / name / 'observation.parquet'}')"
        ).to_arrow_table()
        start = time.perf_counter(), time.process_time()
        con.register("given", table)
        con.execute("INSERT INTO core.observation BY NAME SELECT * FROM given")
        spent = [spent[0] + time.perf_counter() - start[0], spent[1] + time.process_time() - start[1]]
        con.close()
        shutil.rmtree(folder / "staging")
    shutil.rmtree(folder)
    return [round(seconds, 3) for seconds in spent]


def _copy(home: Home) -> float:
    copied = home.build / "copy"
    home.prepare()
    spent = _timed(lambda: copy_file(home.published, copied))
    copied.unlink()
    return round(spent, 3)


def _repeat(home: Home) -> float:
    """Seconds in which a run that has nothing to do finds that out."""
    found = []
    spent = _timed(lambda: found.append(work.find(home)))
    assert found[0].is_nothing, found[0].plan.reasons
    return round(spent, 3)


def _ask(home: Home, sql: str) -> float:
    """Median milliseconds of a question over twenty metrics, on a connection that is open."""
    with reading(home.published) as con:
        names = [n for (n,) in con.execute("SELECT metric FROM core.metric ORDER BY hash(metric) LIMIT 20").fetchall()]
        return round(1000 * statistics.median(_timed(lambda n=n: con.execute(sql, [n]).fetchall()) for n in names), 1)


def _timed(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def _megabytes(path: Path) -> float:
    return round(path.stat().st_size / 1e6, 1)


REFERENCE = reference.of_catalogue(synthetic.catalogue.load())

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--home", type=Path, help="where to build and keep the figures (default: a temporary folder)")
    parser.add_argument("--memory", default="4GB", help="what DuckDB may use before it spills to disk (default: 4GB)")
    given = parser.parse_args()
    connection.SETTINGS["memory_limit"] = given.memory
    for wanted in given.size:
        place = given.home / str(wanted) if given.home else Path(tempfile.mkdtemp(prefix="tallyhouse-bench-"))
        try:
            print(json.dumps(bench(place, wanted)), flush=True)
        finally:
            if not given.home:
                shutil.rmtree(place, ignore_errors=True)
