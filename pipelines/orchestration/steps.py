"""The steps of `flow.STEPS` as they run over a home: read, call, write, and say what came of it.

What lives here: each step as one function that joins storage, the engine and the checks. It knows nothing of Dagster.
What does not: how anything is read, judged or stored. A step that dies leaves the published file as it was; the run is
completed by running again.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pipelines
from pipelines import catalogue, checks
from pipelines.checks import plausibility
from pipelines.engines import local
from pipelines.orchestration import notes, progress, reference, work
from pipelines.stages import agreement
from pipelines.stages.text import is_article_path
from pipelines.storage import build, raw, retention, staging
from pipelines.storage.connection import one
from pipelines.storage.home import Home
from pipelines.storage.lock import writer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step tells the operator: rows of its table, or of each of its tables, and notes."""

    rows: int | None = None
    tables: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str | int | float] = field(default_factory=dict)


def raw_articles(home: Home, paths: Sequence[str], run_id: str) -> Outcome:
    """Takes files from elsewhere into raw/, and sees what is new, changed, known or gone."""
    with writer(home, what="ingest"):
        home.prepare()
        adopted = raw.adopt(home, [Path(path) for path in paths], is_article_path)
        work.of_run.cache_clear()  # a run begins
        found = work.of_run(home, run_id)
        notes.write(home, notes.Notes(run_id, known=found.plan.known, staged=list(found.plan.staged)))
    return Outcome(
        rows=len(found.scan.files),
        notes={"to read": len(found.plan.to_extract), "known": found.plan.known, "taken in": len(adopted),
               "gone": len(found.plan.vanished), "copies": len(found.scan.copies), **_why(found)},
    )  # fmt: skip


def observations(home: Home) -> Outcome:
    """Reads the new articles and stages what they state. What a killed run has staged is not read again."""
    told = notes.read(home)
    found = work.of_run(home, told.run_id)
    with writer(home, what="ingest"):
        told.staged, told.failures = list(found.plan.staged), list(_unlisted(found))
        rows = done = 0
        for receipt in local.run(
            found.plan.to_extract, partial(staging.stage, home.staging, found.rules), home.overlay
        ):
            told.staged += receipt.staged
            told.failures += [(f.raw_path, f.code, f.message) for f in receipt.failures]
            rows += receipt.observations
            done += receipt.articles
            progress.tell("Reading articles", done + len(told.failures), len(found.plan.to_extract))
        notes.write(home, told)
    return Outcome(
        rows=rows,
        notes={"articles": done, "failed": len(told.failures), "staged by an earlier run": len(found.plan.staged)},
    )


def audit(home: Home) -> Outcome:
    """Judges the candidates by the expectations and takes them in: accepted, in quarantine, or ignored."""
    progress.tell("Judging what was read")
    told = notes.read(home)
    found = work.of_run(home, told.run_id)
    suites = checks.suites.load()
    with writer(home, what="ingest"), build.begin(home, told.run_id, found.rules) as made:
        present = (*found.scan.files, *found.scan.copies)
        loaded = made.load(told.staged, present, found.rules, found.judgement)
        told.verdicts, quarantined = [], []
        for table in ("article", "observation", "ignored") if loaded.new + loaded.replaced else ():
            verdicts, refused = checks.judge(suites[table], made.frame(table, suites[table].columns))
            told.verdicts += verdicts
            quarantined += refused
        taken = made.accept(quarantined)
        regrouped = made.regroup(agreement.SHARED, agreement.stories)
        made.record_failures(told.failures, found.rules)
        notes.write(home, told)
    ends = Counter(verdict.end for verdict in told.verdicts)
    return Outcome(
        tables={"audit.quarantine": taken["quarantined"], "audit.ignored": taken["ignored"],
                "audit.check_result": len(told.verdicts)},
        notes={"accepted": taken["accepted"], "new": loaded.new, "replaced": loaded.replaced, "regrouped": regrouped,
               **ends},
    )  # fmt: skip


def warehouse(home: Home) -> Outcome:
    """Writes the catalogue's rows, doubts every subject that was touched anew, and judges the whole."""
    progress.tell("Looking for doubtful values")
    told, known = notes.read(home), catalogue.load(home.overlay)
    with writer(home, what="ingest"), build.resume(home) as made:
        made.set_reference(reference.of_catalogue(known))
        limits = plausibility.of_catalogue(known)
        touched = made.touched()
        known_subjects = made.subjects(plausibility.related_metrics(touched, limits))
        subjects = plausibility.subjects_to_judge(touched, known_subjects, limits)
        articles = made.changed_articles()
        needed = plausibility.evidence_subjects(subjects, limits)
        facts = plausibility.from_rows(made.facts(needed, articles))
        flags = plausibility.judge(facts, limits, subjects, articles, plausibility.dimension_of(known))
        flagged = made.replace_flags(flags, subjects, articles, plausibility.ARTICLE_CHECKS)
        suite = checks.suites.load()["warehouse"]
        verdicts, _ = checks.judge(suite, made.frame("warehouse", suite.columns))
        told.verdicts = [verdict for verdict in told.verdicts if verdict.table != suite.table] + verdicts
        made.record_checks(told.verdicts)
        told.flags = dict(Counter(flag.check for flag in flags))
        notes.write(home, told)
        sizes = {f"core.{name}": _size(made, name) for name in ("article", "observation", "metric", "unit", "source")}
    return Outcome(tables={**sizes, "audit.flag": flagged}, notes={"subjects judged": len(subjects)})


def marts(home: Home) -> Outcome:
    """Builds what analysts query: only the touched subjects, unless the SQL or the catalogue changed."""
    progress.tell("Building the marts")
    with writer(home, what="ingest"), build.resume(home) as made:
        return Outcome(tables={f"mart.{name}": rows for name, rows in made.build_marts().items()})


def published(home: Home) -> Outcome:
    """Publishes, unless an invariant is broken or a check could not run. Raises InvariantError then."""
    progress.tell("Publishing")
    told = notes.read(home)
    checks.require(told.verdicts)
    with writer(home, what="ingest"), build.resume(home) as made:
        told.told = dict(made.publish(pipelines.__version__))
        notes.write(home, told)
        cleared = retention.clear(home)
    return Outcome(
        rows=int(told.told["accepted"]),
        notes={"warehouse": str(home.published), "bytes": home.published.stat().st_size, "run": told.run_id,
               "old traces removed": cleared.entries},
    )  # fmt: skip


def raw_state(home: Home) -> str:
    """The state of raw/ in one word: changes when a file is added, changed or removed."""
    found = raw.scan(home, is_article_path)
    names = "\n".join(f"{file.raw_path} {file.input_hash}" for file in (*found.files, *found.copies))
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def _why(found: work.Work) -> dict[str, str]:
    return {"why": "; ".join(found.plan.reasons)} if found.plan.reasons else {}


def _unlisted(found: work.Work) -> list[tuple[str, str, str]]:
    """Files that the scan itself could not read."""
    return [(path, "unreadable", f"{path}: {why}") for path, why in found.scan.unreadable]


def _size(made: build.Build, table: str) -> int:
    return int(one(made.con, f"SELECT count(*) FROM core.{table}"))
