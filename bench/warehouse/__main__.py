"""What the warehouse costs at 100 thousand, 1 million and 10 million observations.

    python -m bench.warehouse [SIZE ...] [--home DIR]

Prints one JSON object a line and changes nothing outside the folder it makes. Each size is built at once, then one
article is added, then nothing, then a rule change that touches 1 % of the articles; then the two questions of a
dashboard are asked. The load rate stands beside DuckDB's own bulk insert of the same rows from Arrow.
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
from pipelines.storage import build, lock, schema
from pipelines.storage.connection import attach, reading
from pipelines.storage.disk import copy_file
from pipelines.storage.home import Home

SHARD = 1_000_000
LATEST = "SELECT metric, place, period_end, value, unit FROM mart.latest WHERE metric = ? AND kind = 'level'"
SERIES = """
SELECT period_end, value, yearly_growth, cagr FROM mart.growth WHERE metric = ? AND place = 'P7' ORDER BY period_end
"""


def run(home: Home, staged: list[str], rules: str = synthetic.RULES) -> dict[str, float]:
    """One run over what was staged, from the lock to the publish, with the seconds of each step."""
    spent: dict[str, float] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        spent[name] = round(time.perf_counter() - start, 3)

    begun = time.perf_counter()
    with lock.writer(home):
        start = time.perf_counter()
        with build.begin(home, f"bench-{time.time_ns()}", rules, datetime.now(UTC)) as made:
            spent["begin"] = round(time.perf_counter() - start, 3)
            made.set_reference(REFERENCE)
            with timed("load"):
                made.load(staged, (), rules)
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
    spent["total"] = round(time.perf_counter() - begun, 3)
    wrong = {k: v for k, v in counted.items() if v and k != "table_name"}
    assert not wrong, wrong
    return spent


def bench(root: Path, size: int) -> dict[str, Any]:
    """All figures of one size, in seconds unless the name says otherwise."""
    home = Home(root)
    home.prepare()
    empty = Home(root / "empty")
    empty.prepare()
    run(empty, [])  # the schema and the imports are paid before anything is measured
    one_empty = run(empty, [synthetic.stage(empty.staging, size, synthetic.PER_ARTICLE, size, "f" * 32)])
    staged = [
        synthetic.stage(home.staging, first, min(SHARD, size - first), size, f"{first:032x}")
        for first in range(0, size, SHARD)
    ]
    baseline = _arrow_rate(home, staged, size)
    whole = run(home, staged)
    one = run(home, [synthetic.stage(home.staging, size, synthetic.PER_ARTICLE, size, "e" * 32)])
    articles = size // synthetic.PER_ARTICLE
    again = [
        synthetic.stage(home.staging, first, min(SHARD, size - first), size, f"{first + 1:032x}",
                        changed=max(1, articles // 100), rules="bench-2")
        for first in range(0, size, SHARD)
    ]  # fmt: skip
    changed = run(home, again, "bench-2")
    copied = home.build / "copy"
    start = time.perf_counter()
    copy_file(home.published, copied)
    copy = time.perf_counter() - start
    copied.unlink()
    rate = size / whole["accept"]
    return {
        "observations": size, "megabytes": round(home.published.stat().st_size / 1e6, 1),
        "bodies_megabytes": round(home.bodies.stat().st_size / 1e6, 1), "copy": round(copy, 3), "build": whole,
        "load_rate": round(rate), "arrow_rate": round(baseline), "load_share_of_arrow": round(rate / baseline, 2),
        "one_article": one, "one_article_on_empty": one_empty,
        "one_article_ratio": round(one["total"] / one_empty["total"], 2), "rule_change_1_percent": changed,
        "latest_ms": _ask(home, LATEST), "series_ms": _ask(home, SERIES),
    }  # fmt: skip


def _arrow_rate(home: Home, staged: list[str], size: int) -> float:
    """Rows a second of DuckDB's own insert of the same staged rows from Arrow into the same table."""
    path = home.build / "arrow.duckdb"
    con = attach(path)
    schema.migrate(con, path)
    files = [str(home.staging / name / "observation.parquet") for name in staged]
    table = con.sql(
        "SELECT * REPLACE (period_start::DATE AS period_start, period_end::DATE AS period_end), '' AS document_id, "
        f"TIMESTAMP '2026-01-01' AS recorded_at FROM read_parquet({files!r})"
    ).to_arrow_table()
    start = time.perf_counter()
    con.register("given", table)
    con.execute("INSERT INTO core.observation BY NAME SELECT * FROM given")
    spent = time.perf_counter() - start
    con.close()
    path.unlink()
    return size / spent


def _ask(home: Home, sql: str) -> float:
    """Median milliseconds of a question over twenty metrics, on a connection that is open."""
    with reading(home.published) as con:
        names = [n for (n,) in con.execute("SELECT metric FROM core.metric ORDER BY hash(metric) LIMIT 20").fetchall()]
        return round(1000 * statistics.median(_timed(lambda n=n: con.execute(sql, [n]).fetchall()) for n in names), 1)


def _timed(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


REFERENCE = reference.of_catalogue(synthetic.catalogue.load())

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="*", type=int, default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--home", type=Path, help="where to build (default: a temporary folder)")
    given = parser.parse_args()
    for wanted in given.size:
        place = Path(tempfile.mkdtemp(prefix="tallyhouse-bench-", dir=given.home))
        try:
            print(json.dumps(bench(place, wanted)), flush=True)
        finally:
            shutil.rmtree(place, ignore_errors=True)
