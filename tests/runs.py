"""Whole runs over labelled articles, as the orchestration makes them: for tests of storage, warehouse and marts."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.storage import build, lock, raw, staging, warehouse
from pipelines.storage.home import Home
from pipelines.vocabulary.verdict import Flag, Quarantined
from tests.labelled import REFERENCE, Extraction


def is_article(path: str) -> bool:
    """Text files are articles."""
    return path.endswith(".txt")


def put(home: Home, *extractions: Extraction) -> None:
    """Writes the articles into raw/, whose bytes are their texts."""
    home.prepare()
    for extraction in extractions:
        (home.raw / extraction.article.raw_path).write_text(extraction.article.text, encoding="utf-8")


def run(
    root: Path,
    extractions: Iterable[Extraction],
    *,
    rules: str = "rules-1",
    run_id: str = "run-1",
    at: datetime = datetime(2026, 11, 1, tzinfo=UTC),
    quarantined: Sequence[Quarantined] = (),
    flags: Sequence[Flag] | None = None,
    failures: Sequence[tuple[str, str, str]] = (),
    shard: int = 4,
    boundary: Callable[[str], None] = lambda step: None,
) -> dict[str, Any] | None:
    """One run over `raw/`; `extractions` is what the rules read of the files. None where there was nothing to do.

    `boundary` is called with the name of each step when it is done.
    """
    home = Home(root)
    read = {e.article.article_id: e for e in extractions}
    with lock.writer(home, wait=5):
        boundary("locked")
        seen = raw.scan(home, is_article)
        boundary("scanned")
        plan = warehouse.plan(home, seen, rules, REFERENCE)
        if plan.is_nothing:
            return None
        todo = [read[f.article_id] for f in plan.to_extract if f.article_id in read]
        staged = list(plan.staged)
        for i in range(0, len(todo), shard):
            staged += staging.stage(home.staging, rules, todo[i : i + shard])
            boundary(f"staged {i // shard}")
        with build.begin(home, run_id, rules, at) as made:
            made.set_reference(REFERENCE)
            boundary("begun")
            made.load(staged, seen.files, rules)
            boundary("loaded")
            made.accept(quarantined)
            boundary("accepted")
            made.record_failures(failures, rules)
            if flags is not None:
                made.replace_flags(flags, made.touched())
            made.build_marts()
            boundary("marts")
            counts = made.counts()
            assert {name: n for name, n in counts.items() if n and name != "table_name"} == {}
            told = made.publish("1.0")
            boundary("published")
            return told


def ask(root: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on the published warehouse."""
    with warehouse.open_published(Home(root)) as published:
        return published.table(sql)[1]
