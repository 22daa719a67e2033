"""What extraction leaves behind: one folder of Parquet files a shard, whole or not there at all.

A folder is named by the hash of what it was made from (articles and rules), written beside and renamed. Workers of
any engine write it and hand back its name, never rows. What does not live here: judging and loading.
"""

import hashlib
import json
import math
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from pipelines.storage import candidates
from pipelines.storage.connection import literal
from pipelines.storage.disk import guarded
from pipelines.storage.home import Home
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.observation import SERIES_KEY, Observation
from pipelines.vocabulary.quantity import Ignored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINE_KEY = ("metric", "place", "basis", "scope", "dimensions")

TABLES = ("article", "observation", "ignored", "body")

_TEXTS = (
    "observation_id", "article_id", "quote", "sentence", "value_text", "unit", "canonical_text", "canonical_unit",
    "bound", "bound_text", "basis", "kind", "trend", "versus", "status", "scope", "metric", "label", "dimensions",
    "size", "place", "period_start", "period_end", "period_text", "reporter", "report", "restates", "extractor",
    "series_key", "line_key",
)  # fmt: skip
_NUMBERS = ("value", "value_high", "canonical_value", "canonical_high", "low", "high", "confidence")
_ARTICLE_TEXTS = (
    "article_id", "document_id", "sha256", "raw_path", "title", "url", "publisher", "published_at", "fetched_at",
    "language", "attribution", "note", "reader", "story_id", "extractor", "content_hash",
)  # fmt: skip
#: Columns of each staged table. Dates are text here: what is no date must reach the expectations as it is.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "article": dict.fromkeys(_ARTICLE_TEXTS, "VARCHAR")
    | dict.fromkeys(("characters", "candidates", "observations"), "INTEGER")
    | {"signature": "UINTEGER[]"},
    "observation": dict.fromkeys(_TEXTS, "VARCHAR")
    | dict.fromkeys(_NUMBERS, "DOUBLE")
    | dict.fromkeys(("start", "end", "significant_digits"), "INTEGER")
    | dict.fromkeys(("low_closed", "high_closed"), "BOOLEAN"),
    "ignored": {"article_id": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}
    | dict.fromkeys(("quote", "reason", "rule"), "VARCHAR"),
    "body": dict.fromkeys(("article_id", "reader", "text"), "VARCHAR"),
}
_FAR = 60  # digits: a number longer than that is written with an exponent


class Extracted(Protocol):
    """What the flow hands over of one article."""

    @property
    def article(self) -> Article: ...
    @property
    def observations(self) -> Sequence[Observation]: ...
    @property
    def ignored(self) -> Sequence[Ignored]: ...


@dataclass(frozen=True, slots=True)
class Staged:
    """One article that lies in staging: which, made from what, and when."""

    folder: str
    article_id: str
    raw_path: str
    made_ns: int


def stage(folder: Path, rules: str, extractions: Iterable[Extracted]) -> tuple[str, ...]:
    """Writes the extractions of one shard below `folder` and names what it wrote. Safe to repeat, from any process.

    They are taken one at a time and none is kept, so that memory does not grow with the shard. Raises StorageError
    where the disk refuses.
    """
    beside = folder / f".{uuid4().hex}"
    with guarded(folder):
        try:
            beside.mkdir(parents=True)
            parts = _write(beside, rules, extractions)
            if not parts:
                return ()
            name = hashlib.sha256("\n".join((rules, *sorted(parts))).encode()).hexdigest()[:32]
            target = folder / name
            try:
                beside.rename(target)
            except OSError:
                if not target.exists():  # another worker was quicker with the same content
                    raise
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return (name,)


def waiting(home: Home, rules: str) -> list[Staged]:
    """The articles that a killed run left in staging, made by these rules; a damaged folder is not counted."""
    import duckdb

    found: list[Staged] = []
    folders = sorted(home.staging.glob("[0-9a-f]*")) if home.staging.exists() else []
    if not folders:
        return found
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as con:
        for folder in folders:
            source = literal(str(folder / "article.parquet"))
            try:
                made = folder.stat().st_mtime_ns
                rows = con.execute(f"SELECT article_id, raw_path FROM {source} WHERE extractor = ?", [rules]).fetchall()
            except (OSError, duckdb.Error):
                continue
            found += [Staged(folder.name, article_id, raw_path, made) for article_id, raw_path in rows]
    return found


def clear(home: Home) -> int:
    """Removes everything staged, finished or not; returns the number of folders."""
    folders = [path for path in home.staging.iterdir() if path.is_dir()] if home.staging.exists() else []
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return len(folders)


def declare_empty(con: "DuckDBPyConnection") -> None:
    """Gives a build tables without rows, which stand where nothing was staged, and views on this run's candidates."""
    for table, columns in COLUMNS.items():
        shape = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        con.execute(f"CREATE TABLE run.no_{table} ({shape})")
        con.execute(f"CREATE VIEW run.staged_{table} AS SELECT *, '' AS filename FROM run.no_{table}")
    con.execute("CREATE TABLE run.taken AS SELECT 0 AS accepted, 0 AS quarantined, 0 AS ignored")
    con.execute("CREATE TABLE run.article (article_id VARCHAR, folder VARCHAR, state VARCHAR)")
    for table in ("observation", "ignored"):
        con.execute(
            f"CREATE VIEW run.{table} AS SELECT s.* EXCLUDE (filename) FROM run.staged_{table} AS s SEMI JOIN "
            "(SELECT article_id, folder FROM run.article WHERE state <> 'same') AS a "
            "ON a.article_id = s.article_id AND a.folder = parse_dirpath(s.filename)"
        )


def series_key(observation: Observation) -> str:
    """The hash of what two observations must share to speak of the same thing, but for a size.

    The marts add the size: 0.1 GW is 100 MW and a card is a gpu, which only the rows of the units tell.
    """
    return _key(observation, [name for name in SERIES_KEY if name != "size"])


def line_key(observation: Observation) -> str:
    """The hash of what the points of one line on a chart share: the series key without kind, status and period."""
    return _key(observation, LINE_KEY)


def _key(observation: Observation, names: Sequence[str]) -> str:
    parts = [_canonical(getattr(observation, name)) for name in names]
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=8).hexdigest()


def _rows(rules: str, extraction: Extracted) -> dict[str, list[dict[str, Any]]]:
    """The rows of one article in each table."""
    article = extraction.article
    rows = [_observation(o, rules) for o in extraction.observations]
    passed_over = [
        {
            "article_id": article.article_id,
            "start": i.start,
            "end": i.end,
            "quote": article.text[i.start : i.end],
            "reason": i.reason,
            "rule": i.rule,
        }
        for i in extraction.ignored
    ]
    head = {name: getattr(article, name, None) for name in _ARTICLE_TEXTS}
    content = json.dumps(
        [_about(article), [{k: v for k, v in r.items() if k != "extractor"} for r in rows], passed_over],
        ensure_ascii=False,
    )
    head |= {
        "extractor": rules,
        "content_hash": hashlib.blake2b(content.encode(), digest_size=16).hexdigest(),
        "characters": len(article.text),
        "candidates": candidates.count(article.text, [(r["start"], r["end"]) for r in (*rows, *passed_over)]),
        "observations": len(rows),
        "signature": list(getattr(extraction, "signature", ())),
    }
    body = {"article_id": article.article_id, "reader": article.reader, "text": article.text}
    return {"article": [head], "observation": rows, "ignored": passed_over, "body": [body]}


def _observation(o: Observation, rules: str) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(o, name, None) for name in _TEXTS}
    row |= {name: _float(getattr(o, name)) for name in _NUMBERS}
    row |= {
        "start": o.start,
        "end": o.end,
        "low_closed": o.low_closed,
        "high_closed": o.high_closed,
        "significant_digits": o.significant_digits,
        "value_text": _exact(o.value),
        "canonical_text": _exact(o.canonical_value),
        "dimensions": json.dumps(o.dimensions, ensure_ascii=False, sort_keys=True),
        "size": None if o.size is None else json.dumps(_plain(o.size), ensure_ascii=False, sort_keys=True),
        "extractor": o.extractor or rules,
        "series_key": series_key(o),
        "line_key": line_key(o),
    }
    return row


def _write(folder: Path, rules: str, extractions: Iterable[Extracted]) -> list[str]:
    """Writes the tables and tells what each article says of itself.

    Parquet by way of DuckDB: rows travel as JSON lines, since Arrow would import pandas to take in plain lists.
    """
    import duckdb

    parts: list[str] = []
    plains = {table: folder / f"{table}.jsonl" for table in TABLES}
    longest = dict.fromkeys(TABLES, 0)
    with ExitStack() as stack:
        files = {table: stack.enter_context(plain.open("w", encoding="utf-8")) for table, plain in plains.items()}
        for extraction in extractions:
            parts.append(f"{extraction.article.article_id} {_about(extraction.article)}")
            for table, rows in _rows(rules, extraction).items():
                for row in rows:
                    line = json.dumps(row, ensure_ascii=False)
                    files[table].write(line + "\n")
                    longest[table] = max(longest[table], len(line))
    if not parts:
        return parts
    with duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False}) as con:
        for table, plain in plains.items():
            shape = ", ".join(f"{literal(name)}: '{kind}'" for name, kind in COLUMNS[table].items())
            con.execute(
                f"COPY (FROM read_json({literal(str(plain))}, format = 'newline_delimited', columns = {{{shape}}}, "
                f"maximum_object_size = {longest[table] * 4 + 1024})) TO {literal(str(folder / f'{table}.parquet'))} "
                "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240)"
            )
            plain.unlink()
    return parts


def _about(article: Article) -> str:
    """All that the article says of itself: an edited side file makes another content of the same bytes."""
    return json.dumps([getattr(article, n, None) for n in _ARTICLE_TEXTS[:-2]], ensure_ascii=False)


def _float(value: Decimal | float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _exact(value: Decimal | None) -> str | None:
    """Every digit, without an exponent while a person can still read it."""
    if value is None:
        return None
    return format(value, "f") if abs(value.adjusted()) < _FAR else str(value)


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _canonical(item) for key, item in value.items()}


def _canonical(value: Any) -> Any:
    """One spelling for one value: 1E+4, 10000 and 10000.0 are the same size."""
    if isinstance(value, Mapping):
        return {key: _canonical(value[key]) for key in sorted(value)} or None
    if isinstance(value, (Decimal, float)) and value == int(value):
        return int(value)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


#: The type of `functools.partial(stage, folder, rules)`, which an engine calls with the extractions of a shard.
Stage = Callable[[Iterable[Extracted]], tuple[str, ...]]
