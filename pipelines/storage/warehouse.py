"""The published warehouse as readers see it, and what a run would have to do to it.

What lives here: opening it read-only, questions that the command line asks of it, and the plan of a run: which files
are new for these rules, which were staged by a killed run, whether the marts are out of date. What does not: changing
it (see `build`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.storage import schema, staging, stored, texts
from pipelines.storage.connection import Row, handed_in, reading, rows
from pipelines.storage.definitions import Reference, fingerprints
from pipelines.storage.home import Home
from pipelines.storage.raw import RawFile, Scan
from pipelines.storage.stored import StoredText
from pipelines.storage.taking_in import COUNTED, counts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_IS_CURRENT = "extractor = ? AND judgement = ? AND is_present"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do."""

    to_extract: tuple[RawFile | StoredText, ...]  # those read before from their texts, the others from their files
    staged: tuple[str, ...]  # folders that a killed run left, whose articles need no second extraction
    known: int  # files whose articles are in the warehouse for these rules
    failed_before: tuple[str, ...]  # files that these rules could not read before, unchanged since
    vanished: tuple[str, ...]  # paths of articles whose file has gone
    reasons: tuple[str, ...]  # why the marts are out of date, besides new articles

    @property
    def is_nothing(self) -> bool:
        """Whether a run would change nothing."""
        return not (self.to_extract or self.staged or self.reasons)


class Warehouse:
    """The published file, open read-only: a consistent snapshot, whatever is published meanwhile."""

    def __init__(self, con: "DuckDBPyConnection") -> None:
        self.con = con

    def rows(self, sql: str, values: Sequence[object] | None = None) -> list[Row]:
        """The result as dictionaries."""
        return rows(self.con, sql, values)

    def table(self, sql: str, values: Sequence[object] | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The result as column names and rows."""
        cursor = self.con.execute(sql, values)
        return [column[0] for column in cursor.description or []], cursor.fetchall()

    def frame(self, table: str, columns: Sequence[str]) -> Any:
        """Columns of a table as a pandas DataFrame for the expectations, dates as text, as when judged first."""
        types = dict(self.con.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall())
        chosen = (f'"{c}"::VARCHAR AS "{c}"' if types.get(c) == "DATE" else f'"{c}"' for c in columns)
        return self.con.execute(f"SELECT {', '.join(chosen)} FROM {table} ORDER BY ALL").df()

    def soundness(self, home: Home) -> Any:
        """One row of counts over the whole, each zero in a sound warehouse, as a pandas DataFrame."""
        found = counts(self.con, True, texts.path_for_reading(home))
        with handed_in(self.con, "given", COUNTED, [found]):
            return self.con.execute("FROM given").df()


@contextmanager
def open_published(home: Home) -> Iterator[Warehouse]:
    """Opens what is published. Raises StorageError where nothing is, or where it is of a newer Tallyhouse."""
    with reading(home.published) as con:
        schema.refuse_newer(con, home.published)
        yield Warehouse(con)


def plan(home: Home, scan: Scan, rules: str, reference: Reference, judgement: str = "") -> Plan:
    """Compares `raw/` with what is published and staged. Changes nothing."""
    settled: set[str] = set()
    known: dict[str, tuple[str, str, str, bool, str, int]] = {}  # all others
    failures: dict[str, tuple[str, str]] = {}
    reasons: list[str] = []
    if home.published.exists():
        with open_published(home) as warehouse:
            if schema.reached(warehouse.con) < len(schema.steps()):
                reasons.append("the schema has a new step")
            settled, unlike = _settled(warehouse.con, scan, rules, judgement)
            known = {
                row[0]: row[1:]
                for row in warehouse.con.execute(
                    "SELECT article_id, input_hash, extractor, judgement, is_present, raw_path, characters "
                    f"FROM core.article WHERE NOT ({_IS_CURRENT}) OR article_id IN (SELECT unnest(?))",
                    [rules, judgement, unlike],
                ).fetchall()
            }
            failures = {
                path: (input_hash, extractor)
                for path, input_hash, extractor in warehouse.con.execute(
                    "SELECT raw_path, input_hash, extractor FROM audit.failure"
                ).fetchall()
            }
            made = dict(warehouse.con.execute("SELECT what, hash FROM audit.made_with").fetchall())
        now = fingerprints() | {"reference": reference.fingerprint}
        told = {"marts": "the SQL of the marts", "dictionary": "the dictionary", "reference": "the catalogue"}
        reasons += [f"{told[what]} changed" for what in told if made.get(what) != now[what]]
    present = {file.article_id for file in scan.files}
    outdated = {article for article, row in known.items() if row[1:3] != (rules, judgement)}
    kept = stored.with_text(home) if outdated else set()
    fresh: list[RawFile | StoredText] = []
    failed = []
    for file in scan.files:
        if file.article_id in settled:
            continue
        row = known.get(file.article_id)
        if row and row[:3] == (file.input_hash, rules, judgement):
            continue
        if failures.get(file.raw_path) == (file.input_hash, rules):
            failed.append(file.raw_path)
        elif row and file.article_id in kept and row[0] == file.input_hash and _reads_alike(row[1], rules):
            fresh.append(StoredText(home, file.article_id, file.raw_path, row[5]))
        else:
            fresh.append(file)
    todo = len(fresh) + len(failed)
    # What has gone is judged by the same rules as all others, from the text that was kept of it.
    gone = {article: row for article, row in known.items() if article not in present}
    for article in sorted(gone.keys() & outdated & kept):
        path = gone[article][4]
        if failures.get(path, ("", ""))[1] != rules:
            fresh.append(StoredText(home, article, path, gone[article][5]))
    if any(not row[3] and article in present for article, row in known.items()):
        reasons.append("an earlier version of an article is back")
    if failures:
        there = {file.raw_path for file in (*scan.files, *scan.copies)} | {path for path, _ in scan.unreadable}
        there |= {row[4] for row in gone.values()}
        if failures.keys() - there:
            reasons.append("files that could not be read are gone")
    to_extract, folders = _without_staged(home, rules, fresh)
    return Plan(
        to_extract=to_extract,
        staged=folders,
        known=len(scan.files) - todo,
        failed_before=tuple(failed),
        vanished=tuple(sorted(row[4] for row in gone.values())),
        reasons=tuple(reasons),
    )


def _settled(con: "DuckDBPyConnection", scan: Scan, rules: str, judgement: str) -> tuple[set[str], list[str]]:
    """Articles that need nothing, their file being there as it was; and those read by these rules whose file is not.

    Nearly all of a large home are of the former: of them nothing but the two hashes is fetched.
    """
    found = con.execute(f"SELECT article_id, input_hash FROM core.article WHERE {_IS_CURRENT}", [rules, judgement])
    current = dict(found.fetchall())
    settled = {a for file in scan.files if current.get(a := file.article_id) == file.input_hash}
    return settled, list(current.keys() - settled)


def _reads_alike(one: str, other: str) -> bool:
    """Whether two versions of the rules make the same text of a file: their part before the point says so."""
    return "+" in one and one.rpartition(".")[0] == other.rpartition(".")[0]


def _without_staged(
    home: Home, rules: str, fresh: Sequence[RawFile | StoredText]
) -> tuple[tuple[RawFile | StoredText, ...], tuple[str, ...]]:
    """What still needs extraction, and the folders in staging that hold the rest."""
    if not fresh or not home.staging.exists():
        return tuple(fresh), ()
    wanted = {file.article_id: file for file in fresh}
    done: dict[str, str] = {}
    for staged in staging.waiting(home, rules):
        file = wanted.get(staged.article_id)
        # A side file that was edited since makes another article of the same bytes.
        if file is not None and staged.raw_path == file.raw_path and staged.made_ns > file.changed_ns:
            done.setdefault(staged.article_id, staged.folder)
    rest = tuple(file for file in fresh if file.article_id not in done)
    return rest, tuple(sorted(set(done.values())))
