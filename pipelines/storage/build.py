"""The next warehouse: made beside the published one, out of it and what was staged, and swapped in at the end.

What lives here: a build from its beginning (a copy of the published file) to its publish (one atomic replace), and what
it takes in on the way: staged rows, verdicts, flags, the catalogue's rows. A build is a file: the steps of a run may
each open it anew. Whatever dies on the way leaves the published file as it was, and the next run begins again from
what is staged. What does not live here: judging, and the SQL of the marts.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipelines.storage import dictionary, marts, schema, staging, stories, texts
from pipelines.storage.connection import Row, attach, handed_in, literal, one, rows
from pipelines.storage.definitions import Reference, fingerprints
from pipelines.storage.disk import copy_file, guarded, sync
from pipelines.storage.home import Home
from pipelines.storage.raw import RawFile
from pipelines.storage.taking_in import ACCEPT, COUNTED, FAILURES, FLAGS, PRESENCE, RUN, STAGED, VERSIONS, counts
from pipelines.vocabulary.errors import StorageError
from pipelines.vocabulary.verdict import Flag, Quarantined, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Subject = tuple[str | None, str | None]

#: To build anew is quicker than to replace where most subjects are touched, unless they are few.
_MOST_IS_TOUCHED = """
SELECT touched > 1000 AND 2 * touched > known
FROM (SELECT count(metric) AS touched FROM run.touched), (SELECT count(*) AS known FROM mart.coverage)
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Articles that a build takes in: new ones, those whose rows are replaced, those that say the same as before."""

    new: int
    replaced: int
    same: int


class Build:
    """An open build. Made by `begin` or `resume`; the caller holds the writer lock."""

    def __init__(self, home: Home, con: "DuckDBPyConnection") -> None:
        self.home, self.con = home, con
        self._present: Sequence[RawFile] = ()

    def load(self, staged: Collection[str], present: Sequence[RawFile], rules: str, judgement: str = "") -> Loaded:
        """Shows the build what was staged (names of folders) and which files `raw/` holds now.

        Nothing is accepted yet: `frame` gives the candidates to the expectations. `judgement` names the version of
        the expectations: when it changes, articles that say the same are judged again, too.
        """
        self._present = present
        with guarded(self.home.build):
            for table in staging.TABLES:
                files = [str(self.home.staging / name / f"{table}.parquet") for name in sorted(set(staged))]
                source = (
                    f"read_parquet([{', '.join(map(literal, files))}], filename = true)"
                    if files
                    else f"(SELECT *, '' AS filename FROM run.no_{table})"
                )
                self.con.execute(f"CREATE OR REPLACE VIEW run.staged_{table} AS SELECT * FROM {source}")
            self._show_present()
            self.con.execute(STAGED, {"rules": rules, "judgement": judgement})
        states = dict(self.con.execute("SELECT state, count(*) FROM run.article GROUP BY state").fetchall())
        return Loaded(states.get("new", 0), states.get("replaced", 0), states.get("same", 0))

    def _show_present(self) -> None:
        """Keeps of which known articles the file has come or gone; and the files that are staged or failed before."""
        staged = {name for (name,) in self.con.execute("SELECT article_id FROM run.staged_article").fetchall()}
        failed = {path for (path,) in self.con.execute("SELECT raw_path FROM audit.failure").fetchall()}
        there, files = set(), []
        for file in self._present:
            article_id = file.article_id
            there.add(article_id)
            if article_id in staged or file.raw_path in failed:
                files.append({"raw_path": file.raw_path, "article_id": article_id, "input_hash": file.input_hash})
        # As one text each: half a million rows would take a second.
        listed = "SELECT string_agg(article_id, ' ') FROM core.article WHERE is_present = ?"
        were_there, were_gone = (set((one(self.con, listed, [was]) or "").split()) for was in (True, False))
        moved = [{"article_id": article_id, "is_present": True} for article_id in were_gone & there]
        moved += [{"article_id": article_id, "is_present": False} for article_id in were_there - there if there]
        with handed_in(self.con, "given", {"article_id": "text", "is_present": "truth"}, moved):
            self.con.execute("CREATE OR REPLACE TABLE run.moved AS FROM given")
        columns = dict.fromkeys(("raw_path", "article_id", "input_hash"), "text")
        with handed_in(self.con, "given", columns, files):
            self.con.execute("CREATE OR REPLACE TABLE run.present AS FROM given")

    def frame(self, table: str, columns: Sequence[str] | None = None) -> Any:
        """Candidates of this run as a pandas DataFrame, for the expectations: observation, article, ignored, warehouse.

        `warehouse` is one row of counts over what is now in the build, see `counts`.
        """
        chosen = ", ".join(f'"{name}"' for name in columns) if columns else "*"
        if table == "warehouse":
            with handed_in(self.con, "given", COUNTED, [self.counts()]):
                return self.con.execute(f"SELECT {chosen} FROM given").df()
        return self.con.execute(f"SELECT {chosen} FROM run.{table} ORDER BY ALL").df()

    def accept(self, quarantined: Iterable[Quarantined] = ()) -> dict[str, int]:
        """Takes the candidates in, in one transaction: accepted, quarantined with the reason, ignored with theirs.

        Rows of an article that was read before are replaced; their first date of recording is kept. Returns the counts.
        """
        given = [{"observation_id": q.observation_id, "check": q.check, "reason": q.reason} for q in quarantined]
        columns = dict.fromkeys(("observation_id", "check", "reason"), "text")
        with guarded(self.home.build), self._transaction(), handed_in(self.con, "given", columns, given):
            for statement in (*ACCEPT, *PRESENCE, *VERSIONS):
                self.con.execute(statement)
        counted = rows(self.con, "SELECT accepted, quarantined, ignored FROM run.taken")
        return {name: int(value) for name, value in counted[0].items()}

    def regroup(self, shared: int, group: Callable[[Mapping[str, Sequence[int]]], Mapping[str, str]]) -> int:
        """Groups syndicated copies anew around the articles of this run; returns how many changed their story.

        `group` gives the stories of signatures; `shared` keys in common make two articles near enough to be asked for.
        """
        with guarded(self.home.build), self._transaction():
            about = stories.signatures_about(self.con, shared)
            return stories.tell(self.con, about, group(about))

    def record_failures(self, failures: Iterable[tuple[str, str, str]], rules: str) -> int:
        """Keeps which files could not be read: (raw_path, code, message). Those that can be read now are taken off."""
        told = list(failures)
        hashes = {file.raw_path: file.input_hash for file in self._present} if told else {}
        given = [
            {"raw_path": path, "code": code, "message": message, "input_hash": hashes.get(path)}
            for path, code, message in told
        ]
        columns = dict.fromkeys(("raw_path", "code", "message", "input_hash"), "text")
        with handed_in(self.con, "given", columns, given):
            self.con.execute(FAILURES[0])
            self.con.execute(FAILURES[1], [rules])
        return len(given)

    def set_reference(self, reference: Reference) -> None:
        """Replaces core.metric, core.unit and core.source by the catalogue's rows, where they differ."""
        with guarded(self.home.build), self._transaction():
            reference.write(self.con)

    def touched(self) -> list[Subject]:
        """The subjects (metric, place) whose rows this build has changed so far."""
        found = self.con.execute("SELECT DISTINCT metric, place FROM run.touched ORDER BY ALL").fetchall()
        return [(metric, place) for metric, place in found]

    def changed_articles(self) -> list[str]:
        """The articles whose rows this build has taken in or replaced."""
        return [
            a
            for (a,) in self.con.execute(
                "SELECT article_id FROM run.article WHERE state <> 'same' ORDER BY 1"
            ).fetchall()
        ]

    def subjects(self, metrics: Collection[str] | None = None) -> list[Subject]:
        """The subjects of these metrics (of all: None) with an accepted observation in the newest versions."""
        named = [{"metric": metric} for metric in metrics or ()]
        of_metric = "o.metric IS NOT NULL" if metrics is None else "o.metric IN (SELECT metric FROM named)"
        with handed_in(self.con, "named", {"metric": "text"}, named):
            found = self.con.execute(
                "SELECT DISTINCT o.metric, o.place FROM core.observation AS o JOIN core.article AS a "
                f"ON a.article_id = o.article_id AND a.is_newest WHERE {of_metric} ORDER BY ALL"
            ).fetchall()
        return [(metric, place) for metric, place in found]

    def facts(self, subjects: Iterable[Subject] | None = None, articles: Iterable[str] = ()) -> list[Row]:
        """Accepted observations in the newest versions, as the plausibility checks read them.

        Those of the given subjects and of the given articles; all, when `subjects` is None.
        """
        chosen = "true"
        wanted = [{"metric": metric, "place": place} for metric, place in subjects or ()]
        named = [{"article_id": article} for article in articles]
        if subjects is not None:  # first which rows, then their many columns
            chosen = (
                "o.rowid IN (SELECT m.rowid FROM core.observation AS m SEMI JOIN wanted AS w "
                "ON w.metric = m.metric AND w.place IS NOT DISTINCT FROM m.place "
                "UNION ALL SELECT rowid FROM core.observation WHERE article_id IN (SELECT article_id FROM named))"
            )
        with (
            handed_in(self.con, "wanted", {"metric": "text", "place": "text"}, wanted),
            handed_in(self.con, "named", {"article_id": "text"}, named),
        ):
            return rows(
                self.con,
                "SELECT o.* REPLACE (o.dimensions::VARCHAR AS dimensions, o.size::VARCHAR AS size), "
                "a.publisher, a.story_id FROM core.observation AS o JOIN core.article AS a "
                f"ON a.article_id = o.article_id AND a.is_newest WHERE {chosen} ORDER BY o.observation_id",
            )

    def replace_flags(
        self,
        flags: Iterable[Flag],
        subjects: Iterable[Subject],
        articles: Iterable[str] = (),
        article_checks: Collection[str] = (),
    ) -> int:
        """Puts the flags of a judgement in the place of the earlier ones, and returns how many there are now.

        `subjects` and `articles` are what was judged; `article_checks` are the checks that look at articles rather
        than at subjects. A flag that is stated again keeps its date.
        """
        given = [
            {"observation_id": f.observation_id, "check": f.check, "reason": f.reason, "evidence": sorted(f.evidence),
             "proposed_value": f.proposed_value, "confidence": f.confidence}
            for f in flags
        ]  # fmt: skip
        columns = {"observation_id": "text", "check": "text", "reason": "text", "evidence": "texts",
                   "proposed_value": "number", "confidence": "number"}  # fmt: skip
        judged = [{"metric": metric, "place": place} for metric, place in subjects]
        of_article = [{"check": name} for name in article_checks]
        with (
            guarded(self.home.build),
            self._transaction(),
            handed_in(self.con, "given", columns, given),
            handed_in(self.con, "judged", {"metric": "text", "place": "text"}, judged),
            handed_in(self.con, "read_articles", {"article_id": "text"}, [{"article_id": a} for a in articles]),
            handed_in(self.con, "of_article", {"check": "text"}, of_article),
        ):
            for statement in FLAGS:
                self.con.execute(statement)
        return int(one(self.con, "SELECT count(*) FROM audit.flag"))

    def counts(self, is_full: bool = False) -> Row:
        """What must be zero in a sound warehouse: over what this run takes in, or over everything with `is_full`."""
        return counts(self.con, is_full, texts.path_for_reading(self.home))

    def build_marts(self) -> dict[str, int]:
        """Builds the marts and describes them: only the touched subjects, unless those are most or the SQL changed."""
        with guarded(self.home.build), self._transaction():
            made = dict(self.con.execute("SELECT what, hash FROM audit.made_with").fetchall())
            now = fingerprints()
            is_full = any(made.get(what) != now[what] for what in ("marts", "schema"))
            is_full = is_full or bool(one(self.con, _MOST_IS_TOUCHED))
            sizes = marts.build(self.con, is_full)
            if is_full or made.get("dictionary") != now["dictionary"]:
                dictionary.describe(self.con)
            self.con.execute("DELETE FROM audit.made_with WHERE what IN ('marts', 'dictionary', 'schema')")
            self.con.executemany("INSERT INTO audit.made_with VALUES (?, ?)", list(now.items()))
        return sizes

    def record_checks(self, verdicts: Iterable[Verdict]) -> None:
        """Keeps what the expectations said in this run."""
        given = [
            {"check": v.check, "table_name": v.table, "ended": v.end, "severity": v.severity, "checked": v.checked,
             "failing": v.failing, "reason": v.reason, "is_blocking": v.is_blocking}
            for v in verdicts
        ]  # fmt: skip
        columns = {"check": "text", "table_name": "text", "ended": "text", "severity": "text", "checked": "whole",
                   "failing": "whole", "reason": "text", "is_blocking": "truth"}  # fmt: skip
        with guarded(self.home.build), handed_in(self.con, "given", columns, given):
            self.con.execute(
                "INSERT INTO audit.check_result BY NAME SELECT g.*, s.run_id, s.started_at AS recorded_at "
                "FROM given AS g CROSS JOIN run.state AS s"
            )

    def publish(self, version: str = "") -> Row:
        """Closes the build and puts it in the place of the published file, bodies first. Returns the row of the run.

        Readers that hold the old file open keep it whole; new ones see the new file. What was staged is cleared.
        """
        with guarded(self.home.build):
            self.con.execute(RUN, [version])
            told = rows(self.con, "SELECT * FROM audit.run WHERE run_id = (SELECT run_id FROM run.state)")[0]
            has_bodies = texts.append(self.home, self.con)
            self.con.execute("DROP SCHEMA run CASCADE")
            self.con.execute("CHECKPOINT tallyhouse")
            self.close()
            sync(self.home.next_warehouse)
            self.home.published.parent.mkdir(parents=True, exist_ok=True)
            if has_bodies:
                self.home.next_bodies.replace(self.home.bodies)
            self.home.next_warehouse.replace(self.home.published)
            sync(self.home.published.parent)
        staging.clear(self.home)
        return told

    def close(self) -> None:
        """Lets go of the file; the build can be resumed."""
        self.con.execute("USE memory")
        self.con.execute("DETACH tallyhouse")
        self.con.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.con.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._undo()
            raise
        self.con.execute("COMMIT")

    def _undo(self) -> None:
        import duckdb

        try:
            self.con.execute("ROLLBACK")
        except duckdb.Error:  # a full disk is fatal to the connection: the build is begun anew anyway
            return


@contextmanager
def begin(home: Home, run_id: str, rules: str, started_at: datetime | None = None) -> Iterator[Build]:
    """A new build: a copy of the published file, brought to the newest schema. Remnants of a killed one are removed."""
    home.prepare()
    with guarded(home.build):
        shutil.rmtree(home.build, ignore_errors=True)
        home.build.mkdir(parents=True)
        if home.published.exists():
            copy_file(home.published, home.next_warehouse)
    con = attach(home.next_warehouse)
    with _closing(Build(home, con)) as build, guarded(home.build):
        schema.migrate(con, home.published)
        con.execute("DROP SCHEMA IF EXISTS run CASCADE")
        con.execute("CREATE SCHEMA run")
        con.execute("CREATE TABLE run.touched (metric VARCHAR, place VARCHAR, label VARCHAR)")
        con.execute(
            "CREATE TABLE run.state AS SELECT ?::VARCHAR AS run_id, ?::VARCHAR AS rules, ?::TIMESTAMP AS started_at",
            [run_id, rules, (started_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None, microsecond=0)],
        )
        staging.declare_empty(con)
        build.load((), (), rules)
        yield build


@contextmanager
def resume(home: Home) -> Iterator[Build]:
    """The build that an earlier step of the same run has begun. Raises StorageError where there is none."""
    if not home.next_warehouse.exists():
        raise StorageError(f"{home.next_warehouse}: no build has been begun; run the whole job")
    with _closing(Build(home, attach(home.next_warehouse))) as build:
        yield build


@contextmanager
def _closing(build: Build) -> Iterator[Build]:
    import duckdb

    try:
        yield build
    finally:
        try:
            build.close()
        except duckdb.Error:
            build.con.close()
