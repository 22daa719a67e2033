"""What the warehouse costs at 100 thousand, 1 million and 10 million observations.

    python -m bench.warehouse [SIZE ...] [--home DIR] [--memory 4GB]

Prints one JSON object a size and changes nothing outside the folder it makes. Each size is built at once, then one
article is added (five times, the median counts), then nothing, then a rule change that touches 1 % of the articles;
then the two questions of a dashboard are asked. The load rate stands beside DuckDB's own bulk insert of the same rows
from Arrow. With --home, what was measured is kept in DIR/SIZE, and a bench that was stopped goes on where it was.

Seconds are [of the clock, of the processor]: on a machine that does other work, only the latter say much.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.warehouse import synthetic
from pipelines.orchestration import reference
from pipelines.storage import build, connection, lock, schema, warehouse
from pipelines.storage.connection import attach, reading
from pipelines.storage.disk import copy_file
from pipelines.storage.home import Home
from pipelines.storage.raw import RawFile, Scan

Seconds = list[float]  # of the clock, of the processor

SHARD = 1_000_000
TIMES = 5
CHANGED_RULES = "bench-2"
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

    def stage(rules: str = synthetic.RULES, changed: int = 0) -> list[str]:
        return [
            synthetic.stage(home.staging, first, min(SHARD, size - first), size, f"{first + (changed > 0):032x}",
                            changed=changed, rules=rules)
            for first in firsts
        ]  # fmt: skip

    def whole() -> dict[str, Seconds]:
        shutil.rmtree(home.root, ignore_errors=True)
        home.prepare()
        return run(home, stage())

    def one_more(place: Home) -> dict[str, Seconds]:
        """The median of several runs of one article more each."""
        runs = []
        for i in range(TIMES):
            first = size + i * synthetic.PER_ARTICLE
            runs.append(run(place, [synthetic.stage(place.staging, first, synthetic.PER_ARTICLE, size, f"{i:032x}")]))
        return {step: [round(statistics.median(r[step][i] for r in runs), 3) for i in (0, 1)] for step in runs[0]}

    def on_empty() -> dict[str, Seconds]:
        shutil.rmtree(empty.root, ignore_errors=True)
        empty.prepare()
        run(empty, [])  # the schema and the imports are paid before anything is measured
        return one_more(empty)

    rows = record.once("arrow", lambda: _arrow(root / "arrow", size))
    built = record.once("build", whole)
    record.once("megabytes", lambda: _megabytes(home.published))
    record.once("bodies_megabytes", lambda: _megabytes(home.bodies))
    record.once("copy", lambda: _copy(home))
    nothing = record.once("one_article_on_empty", on_empty)
    one = record.once("one_article", lambda: one_more(home))
    record.once("repeat", lambda: _repeat(home))
    record.once(
        "rule_change_1_percent", lambda: run(home, stage(CHANGED_RULES, max(1, articles // 100)), CHANGED_RULES)
    )
    record.once("latest_ms", lambda: _ask(home, LATEST))
    record.once("series_ms", lambda: _ask(home, SERIES))
    return {
        "observations": size,
        "rows_a_second": [round(size / built["accept"][i]) for i in (0, 1)],
        "share_of_arrow": [round(rows[i] / built["accept"][i], 2) for i in (0, 1)],
        "one_article_ratio": [round(one["total"][i] / nothing["total"][i], 2) for i in (0, 1)],
        **record.figures,
    }


def run(home: Home, staged: list[str], rules: str = synthetic.RULES) -> dict[str, Seconds]:
    """One run over what was staged, from the lock to the publish, with the seconds of each step.

    The files of all articles are there, known ones and new ones: listing them is a part of every run.
    """
    present = _files(home, staged)
    spent: dict[str, Seconds] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        start = time.perf_counter(), time.process_time()
        yield
        spent[name] = [round(time.perf_counter() - start[0], 3), round(time.process_time() - start[1], 3)]

    with timed("total"), lock.writer(home):
        beginning = build.begin(home, f"bench-{time.time_ns()}", rules, datetime.now(UTC))
        with timed("begin"):
            made = beginning.__enter__()
        try:
            made.set_reference(REFERENCE)
            with timed("load"):
                made.load(staged, present, rules)
            with timed("accept"):
                made.accept()
            with timed("flags"):
                made.replace_flags([], made.touched())
            with timed("marts"):
                made.build_marts()
            with timed("counts"):
                counted = made.counts()
            with timed("publish"):
                made.publish()
        finally:
            beginning.__exit__(None, None, None)
    wrong = {k: v for k, v in counted.items() if v and k != "table_name"}
    assert not wrong, wrong
    return spent


def _arrow(folder: Path, size: int) -> Seconds:
    """What DuckDB's own insert from Arrow takes for the same rows into the same table, a million of them at a time."""
    shutil.rmtree(folder, ignore_errors=True)
    path = folder / "arrow.duckdb"
    spent = [0.0, 0.0]
    for first in range(0, size, SHARD):
        name = synthetic.stage(folder / "staging", first, min(SHARD, size - first), size, "a")
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
    """Seconds in which a run that has nothing to do finds that out, once its files are listed."""
    files = _files(home, [])
    plans = []
    spent = _timed(lambda: plans.append(warehouse.plan(home, Scan(files, (), (), 0), synthetic.RULES, REFERENCE)))
    assert plans[0].is_nothing, plans[0].reasons
    return round(spent, 3)


def _files(home: Home, staged: list[str]) -> tuple[RawFile, ...]:
    """What a scan of `raw/` would find: the files of all articles that are known or staged."""
    sources = [f"read_parquet('{home.staging / name / 'article.parquet'}')" for name in staged]
    with attach(Path(":memory:")) as con:
        if home.published.exists():
            con.execute(f"ATTACH '{home.published}' AS known (READ_ONLY)")
            sources.append("known.core.article")
        found = [row for source in sources for row in con.execute(f"SELECT raw_path, sha256 FROM {source}").fetchall()]
    return tuple(RawFile(home.raw / path, path, 1, sha256, sha256, 0) for path, sha256 in dict(found).items())


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
