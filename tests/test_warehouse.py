"""The warehouse: runs over labelled articles, and everything that may happen to a run on its way."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.storage import build, definitions, lock, marts, raw, schema, staging, texts, warehouse
from pipelines.storage.connection import attach
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import StorageError, UsageError
from pipelines.vocabulary.verdict import Flag, Quarantined, Verdict
from tests import runs
from tests.labelled import REFERENCE, Extraction, extraction, extractions, restated

ROOT = Path(__file__).resolve().parents[1]
ALL = extractions()

#: Everything that a run decides, but the times at which it did.
SNAPSHOT = {
    "observation": "SELECT * EXCLUDE (recorded_at) FROM core.observation ORDER BY observation_id",
    "article": "SELECT article_id, document_id, version, is_newest, is_present FROM core.article ORDER BY article_id",
    "quarantine": 'SELECT observation_id, "check" FROM audit.quarantine ORDER BY ALL',
    "ignored": "SELECT * FROM audit.ignored ORDER BY ALL",
    "series": "SELECT * FROM mart.series ORDER BY series_key, compared_in",
    "current": "SELECT * FROM mart.current ORDER BY series_key, compared_in",
    "growth": "SELECT * FROM mart.growth ORDER BY series_key, compared_in",
    "conflict": "SELECT * FROM mart.conflict ORDER BY ALL",
    "revision": "SELECT * FROM mart.revision ORDER BY ALL",
    "coverage": "SELECT * FROM mart.coverage ORDER BY ALL",
    "unmapped": "SELECT * FROM mart.unmapped ORDER BY ALL",
    "latest": "SELECT * FROM mart.latest ORDER BY ALL",
    "flagged": "SELECT * FROM mart.flagged ORDER BY ALL",
    "outcome": "SELECT * FROM mart.outcome ORDER BY ALL",
}


def snapshot(root: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: runs.ask(root, sql) for name, sql in SNAPSHOT.items()}


def make(root: Path, *names: str) -> Path:
    chosen = [ALL[name] for name in names or ALL]
    runs.put(Home(root), *chosen)
    runs.run(root, chosen)
    return root


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with all labelled articles, published. Tests only read it."""
    return make(tmp_path_factory.mktemp("whole"))


def test_every_observation_arrives_with_its_words_and_digits(whole: Path) -> None:
    facts = sum(len(e.observations) for e in ALL.values())
    assert runs.ask(whole, "SELECT count(*), count(DISTINCT observation_id) FROM core.observation") == [(facts, facts)]
    assert runs.ask(whole, "SELECT count(*) FROM core.article") == [(len(ALL),)]
    row = runs.ask(
        whole,
        "SELECT value, value_text, canonical_text, unit, size->>'unit', reported_at, document_id IS NOT NULL "
        "FROM core.observation WHERE quote = '42 ten-thousand-card intelligent computing clusters'",
    )[0]
    assert (row[0], row[1], row[2], row[3], row[4], str(row[5]), row[6]) == (
        42,
        "42",
        "42",
        "cluster",
        "card",
        "2026-06-09",
        True,
    )


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path)
    published = Home(tmp_path).published
    before, written = snapshot(tmp_path), published.stat().st_mtime_ns
    assert runs.run(tmp_path, ALL.values(), run_id="run-2") is None
    assert published.stat().st_mtime_ns == written
    assert snapshot(tmp_path) == before
    assert list(Home(tmp_path).staging.iterdir()) == []


def test_one_article_more_adds_its_rows_only(tmp_path: Path, whole: Path) -> None:
    names = list(ALL)
    make(tmp_path, *names[:-1])
    before = set(runs.ask(tmp_path, "SELECT observation_id, recorded_at FROM core.observation"))
    runs.put(Home(tmp_path), ALL[names[-1]])
    told = runs.run(tmp_path, ALL.values(), run_id="run-2", at=datetime(2026, 11, 2, tzinfo=UTC))
    assert told is not None
    assert (told["articles_new"], told["accepted"]) == (1, len(ALL[names[-1]].observations))
    after = set(runs.ask(tmp_path, "SELECT observation_id, recorded_at FROM core.observation"))
    assert before < after
    # The partial build of the marts comes to the same as building all at once.
    assert snapshot(tmp_path) == snapshot(whole)


def test_the_order_of_arrival_does_not_matter(tmp_path: Path, whole: Path) -> None:
    for i, name in enumerate(reversed(list(ALL))):
        runs.put(Home(tmp_path), ALL[name])
        runs.run(tmp_path, ALL.values(), run_id=f"run-{i}")
    assert snapshot(tmp_path) == snapshot(whole)


def test_a_full_build_comes_to_the_same_in_slices(tmp_path: Path, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marts, "SLICE", 20)
    assert snapshot(make(tmp_path)) == snapshot(whole)


def test_what_no_metric_covers_is_touched_by_its_label(tmp_path: Path) -> None:
    about, other = {"publisher": "outlet", "published_at": "2026-01-01"}, {"publisher": "other", "published_at": "2026"}
    fact = {"unit": "pot", "label": "pots", "place": "CN", "kind": "level", "status": "actual"}
    old = extraction("old", about, [fact | {"quote": f"{n} {name}", "value": n, "label": name}
                                    for n, name in ((7, "pots"), (9, "pans"))])  # fmt: skip
    new = extraction("new", other, [fact | {"quote": "8 pots", "value": 8}])
    home = Home(tmp_path)
    runs.put(home, old)
    runs.run(tmp_path, [old])
    runs.put(home, new)
    staged = staging.stage(home.staging, "rules-1", [new])
    with lock.writer(home), build.begin(home, "run-2", "rules-1") as made:
        made.load(staged, raw.scan(home, runs.is_article).files, "rules-1")
        made.accept()
        assert made.con.execute("FROM run.touched").fetchall() == [(None, "CN", "pots")]
        made.build_marts()
        made.publish()
    found = runs.ask(tmp_path, "SELECT label, observations FROM mart.unmapped ORDER BY label")
    assert found == [("pans", 1), ("pots", 2)]


def test_candidates_are_accepted_quarantined_or_ignored(tmp_path: Path) -> None:
    refused = ALL["000"].observations[3]
    runs.put(Home(tmp_path), ALL["000"])
    told = runs.run(
        tmp_path,
        ALL.values(),
        quarantined=[Quarantined(refused.observation_id, "observation.value_finite", "too large"),
                     Quarantined(refused.observation_id, "observation.unit_given", "no unit")],
    )  # fmt: skip
    assert told is not None
    assert (told["accepted"], told["quarantined"], told["ignored"]) == (len(ALL["000"].observations) - 1, 1, 1)
    rows = runs.ask(
        tmp_path, 'SELECT "check", reason, quote, record->>\'value_text\' FROM audit.quarantine ORDER BY "check"'
    )
    assert rows[1] == ("observation.value_finite", "too large", refused.quote, str(refused.value))
    assert runs.ask(tmp_path, f"SELECT * FROM mart.statement WHERE observation_id = '{refused.observation_id}'") == []


def test_a_quarantined_row_that_passes_under_new_rules_comes_out(tmp_path: Path) -> None:
    refused = ALL["000"].observations[3]
    runs.put(Home(tmp_path), ALL["000"])
    runs.run(tmp_path, ALL.values(), quarantined=[Quarantined(refused.observation_id, "c", "r")])
    runs.run(tmp_path, [restated(ALL["000"], confidence=0.8)], rules="rules-2", run_id="run-2")
    assert runs.ask(tmp_path, "SELECT count(*) FROM audit.quarantine") == [(0,)]
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation") == [(len(ALL["000"].observations),)]


def test_other_rules_that_read_the_same_replace_nothing(tmp_path: Path) -> None:
    make(tmp_path)
    changed = restated(ALL["057"], confidence=0.5)
    told = runs.run(
        tmp_path, [*(e for n, e in ALL.items() if n != "057"), changed], rules="rules-2", run_id="run-2",
        at=datetime(2026, 11, 5, tzinfo=UTC),
    )  # fmt: skip
    assert told is not None
    assert (told["articles_new"], told["articles_replaced"], told["articles_same"]) == (0, 1, len(ALL) - 1)
    assert runs.ask(tmp_path, "SELECT DISTINCT extractor FROM core.article") == [("rules-2",)]
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation WHERE confidence = 0.5") == [
        (len(changed.observations),)
    ]
    # The day of recording is that of the first reading.
    assert runs.ask(tmp_path, "SELECT DISTINCT recorded_at::DATE::VARCHAR FROM core.observation") == [("2026-11-01",)]
    assert runs.run(tmp_path, ALL.values(), rules="rules-2", run_id="run-3") is None


def edited(extraction: Extraction, **changes: object) -> Extraction:
    """The same document in another version: its title has a word more, and its observations other values."""
    import hashlib

    text = extraction.article.text.replace("2026", "2026 (edited)", 1)
    shift = len(" (edited)")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    article = replace(extraction.article, text=text, sha256=sha256, article_id=sha256[:16])
    observations = tuple(
        replace(o, observation_id=f"edited-{o.observation_id}"[:24], article_id=sha256[:16], start=o.start + shift,
                end=o.end + shift, **changes)  # type: ignore[arg-type]
        for o in extraction.observations
    )  # fmt: skip
    return Extraction(article, observations, extraction.ignored)


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    make(tmp_path, "000", "041")
    newer = edited(ALL["000"])
    runs.put(Home(tmp_path), newer)
    runs.run(tmp_path, [newer], run_id="run-2", at=datetime(2026, 11, 2, tzinfo=UTC))
    versions = runs.ask(
        tmp_path,
        "SELECT article_id, version, is_newest, is_present FROM core.article WHERE raw_path = '000.txt' ORDER BY 2",
    )
    assert versions == [(ALL["000"].article.article_id, 1, False, False), (newer.article.article_id, 2, True, True)]
    count = len(ALL["000"].observations)
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation WHERE document_id LIKE '%wedoany%'") == [
        (2 * count,)
    ]
    assert runs.ask(tmp_path, "SELECT DISTINCT article_id FROM mart.statement WHERE document_id LIKE '%wedoany%'") == [
        (newer.article.article_id,)
    ]
    # The first version comes back: it is the newest again, and nothing is read anew.
    runs.put(Home(tmp_path), ALL["000"])
    assert runs.run(tmp_path, [], run_id="run-3") is not None
    assert runs.ask(tmp_path, "SELECT version FROM core.article WHERE is_newest AND raw_path = '000.txt'") == [(2,)]
    assert runs.ask(tmp_path, "SELECT DISTINCT article_id FROM mart.statement WHERE document_id LIKE '%wedoany%'") == [
        (ALL["000"].article.article_id,)
    ]


def test_a_vanished_file_is_told_and_its_facts_stay(tmp_path: Path) -> None:
    make(tmp_path, "000", "041")
    (Home(tmp_path).raw / "000.txt").unlink()
    home = Home(tmp_path)
    plan = warehouse.plan(home, raw.scan(home, runs.is_article), "rules-1", REFERENCE)
    assert plan.is_nothing
    assert plan.vanished == ("000.txt",)
    assert runs.ask(tmp_path, "SELECT count(*) FROM mart.statement WHERE publisher = 'Wedoany'")[0][0] > 0


def test_a_file_that_cannot_be_read_is_kept_in_mind(tmp_path: Path) -> None:
    make(tmp_path, "000")
    home = Home(tmp_path)
    (home.raw / "bad.txt").write_text("bad")
    told = runs.run(tmp_path, [], failures=[("bad.txt", "binary", "bad.txt: this is no text")], run_id="run-2")
    assert told is not None
    assert told["articles_failed"] == 1
    assert runs.ask(tmp_path, "SELECT raw_path, code FROM audit.failure") == [("bad.txt", "binary")]
    assert runs.run(tmp_path, [], run_id="run-3") is None
    plan = warehouse.plan(home, raw.scan(home, runs.is_article), "rules-1", REFERENCE)
    assert plan.failed_before == ("bad.txt",)
    assert warehouse.plan(home, raw.scan(home, runs.is_article), "rules-2", REFERENCE).failed_before == ()
    (home.raw / "bad.txt").unlink()
    assert runs.run(tmp_path, [], run_id="run-4") is not None
    assert runs.ask(tmp_path, "SELECT * FROM audit.failure") == []


def test_flags_are_replaced_by_those_of_the_new_judgement(tmp_path: Path) -> None:
    runs.put(Home(tmp_path), ALL["000"])
    doubted = next(o for o in ALL["000"].observations if "159 million" in o.quote)
    flag = Flag(doubted.observation_id, "power_of_ten", "a hundredfold", ("x",), 1_590_000.0, 0.9)
    runs.run(tmp_path, ALL.values(), flags=[flag])
    shown = runs.ask(tmp_path, 'SELECT quote, value, proposed_value, "check", evidence FROM mart.flagged')
    assert shown == [(doubted.quote, 159e6, 1.59e6, "power_of_ten", ["x"])]
    home = Home(tmp_path)
    with lock.writer(home), build.begin(home, "run-2", "rules-1") as made:
        made.load((), raw.scan(home, runs.is_article).files, "rules-1")
        assert made.replace_flags([], [("some_other_metric", "CN")]) == 1
        assert made.replace_flags([], [(doubted.metric, doubted.place)]) == 0
        made.build_marts()
        made.publish()
    assert runs.ask(tmp_path, "SELECT * FROM mart.flagged") == []


def test_a_broken_invariant_is_counted(tmp_path: Path) -> None:
    """Every count of the warehouse suite moves when its rule is broken."""
    make(tmp_path, "000")
    home = Home(tmp_path)
    damage = {
        "unaccounted_candidates": "DELETE FROM audit.ignored",
        "doubled_observations": "INSERT INTO core.observation SELECT * FROM core.observation LIMIT 1",
        "inexact_quotes": "UPDATE core.observation SET quote = 'x' || quote",
        "orphan_observations": "DELETE FROM core.article",
        "orphan_flags": "INSERT INTO audit.flag VALUES ('nobody', 'c', 'r', [], NULL, 0.5, TIMESTAMP '2026-01-01')",
        "undefined_metrics": "UPDATE core.observation SET metric = 'unheard_of'",
    }
    for name, sql in damage.items():
        with lock.writer(home), build.begin(home, "run-2", "rules-1") as made:
            assert sum(v for v in made.counts(is_full=True).values() if isinstance(v, int)) == 0
            made.con.execute(sql)
            assert made.counts(is_full=True)[name] > 0


def test_what_the_expectations_said_is_kept(tmp_path: Path) -> None:
    make(tmp_path, "000")
    home = Home(tmp_path)
    with lock.writer(home), build.begin(home, "run-2", "rules-1") as made:
        made.record_checks([Verdict("observation.id_unique", "observation", "passed", "critical", 5, 0, "fine")])
        made.build_marts()
        made.publish()
    assert runs.ask(tmp_path, 'SELECT run_id, "check", ended, checked FROM audit.check_result') == [
        ("run-2", "observation.id_unique", "passed", 5)
    ]


def test_a_build_can_be_resumed_step_by_step(tmp_path: Path) -> None:
    runs.put(Home(tmp_path), ALL["000"])
    home = Home(tmp_path)
    with lock.writer(home):
        seen = raw.scan(home, runs.is_article)
        staged = staging.stage(home.staging, "rules-1", [ALL["000"]])
        with build.begin(home, "run-1", "rules-1") as made:
            made.set_reference(REFERENCE)
            made.load(staged, seen.files, "rules-1")
        with build.resume(home) as made:
            assert len(made.frame("observation", ["observation_id"])) == len(ALL["000"].observations)
            made.accept()
        with build.resume(home) as made:
            made.build_marts()
        with build.resume(home) as made:
            made.publish()
    assert runs.ask(tmp_path, "SELECT count(*) FROM mart.statement") == [(len(ALL["000"].observations),)]
    with pytest.raises(StorageError, match="no build has been begun"), build.resume(home):
        pass


def test_a_reader_keeps_its_snapshot_while_a_run_publishes(tmp_path: Path) -> None:
    make(tmp_path, "000")
    home = Home(tmp_path)
    with warehouse.open_published(home) as reader:
        before = reader.rows("SELECT count(*) AS n FROM core.observation")
        runs.put(home, ALL["041"])
        assert runs.run(tmp_path, ALL.values(), run_id="run-2") is not None
        assert reader.rows("SELECT count(*) AS n FROM core.observation") == before
        assert len(reader.rows("SELECT * FROM mart.series")) > 0
        assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation") > [(before[0]["n"],)]


def test_the_published_file_is_one_self_contained_file(whole: Path) -> None:
    home = Home(whole)
    assert sorted(p.name for p in home.published.parent.iterdir()) == ["articles.duckdb", "tallyhouse.duckdb"]
    with duckdb.connect(str(home.published), read_only=True) as con:
        tags = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'tallyhouse'").fetchall()
        schemas = con.execute("SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.5")
    assert schemas == [("audit",), ("core",), ("mart",)]


BOUNDARIES = ("locked", "scanned", "staged 0", "staged 1", "begun", "loaded", "accepted", "marts", "renaming 0",
              "renaming 1", "renaming 2", "renaming 3", "renaming 4", "published")  # fmt: skip

KILLED = """
import os, signal, sys
from pathlib import Path
from tests import runs, labelled

root, point = Path(sys.argv[1]), sys.argv[2]
renamed = 0

def die(step):
    if step == point:
        os.kill(os.getpid(), signal.SIGKILL)

def watch(event, args):
    # Every rename is a moment at which something becomes visible: staged folders, the scan, the bodies, the warehouse.
    global renamed
    if event == "os.rename":
        die(f"renaming {renamed}")
        renamed += 1

sys.addaudithook(watch)
runs.run(root, labelled.extractions().values(), run_id="killed", boundary=die)
"""


@pytest.mark.slow
@pytest.mark.parametrize("point", BOUNDARIES)
def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, whole: Path, point: str) -> None:
    first = list(ALL)[:4]
    make(tmp_path, *first)
    before = snapshot(tmp_path)
    runs.put(Home(tmp_path), *ALL.values())
    time.sleep(0.15)  # only files older than a tick of the clock are remembered by the scan, whose renaming is awaited
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), point], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -9, done.stderr
    assert snapshot(tmp_path) == (snapshot(whole) if point == "published" else before)
    runs.run(tmp_path, ALL.values(), run_id="run-2")
    assert snapshot(tmp_path) == snapshot(whole)
    assert runs.run(tmp_path, ALL.values(), run_id="run-3") is None


def test_what_a_killed_run_staged_is_not_read_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    runs.put(home, ALL["000"], ALL["041"])
    staged = staging.stage(home.staging, "rules-1", [ALL["000"]])
    plan = warehouse.plan(home, raw.scan(home, runs.is_article), "rules-1", REFERENCE)
    assert (plan.staged, [f.raw_path for f in plan.to_extract]) == (staged, ["041.txt"])
    (home.raw / "000.meta.json").write_text('{"publisher": "somebody else"}')
    plan = warehouse.plan(home, raw.scan(home, runs.is_article), "rules-1", REFERENCE)
    assert (plan.staged, len(plan.to_extract)) == ((), 2)


def test_two_runs_at_once_both_come_out_right(tmp_path: Path, whole: Path) -> None:
    runs.put(Home(tmp_path), *ALL.values())
    program = (
        "import sys; from pathlib import Path; from tests import runs, labelled\n"
        "print(runs.run(Path(sys.argv[1]), labelled.extractions().values(), run_id=sys.argv[2]) is None)"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), name], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for name in ("a", "b")
    ]
    told = sorted(one.communicate()[0].strip() for one in both)
    assert told == ["False", "True"]  # one does the work, the other waits and finds nothing to do
    assert snapshot(tmp_path) == snapshot(whole)


def test_a_changed_catalogue_builds_the_marts_anew(tmp_path: Path) -> None:
    make(tmp_path, "000")
    home = Home(tmp_path)
    changed = definitions.Reference(REFERENCE.metrics, REFERENCE.units, ())
    plan = warehouse.plan(home, raw.scan(home, runs.is_article), "rules-1", changed)
    assert plan.reasons == ("the catalogue changed",)
    with lock.writer(home), build.begin(home, "run-2", "rules-1") as made:
        made.set_reference(changed)
        made.load((), raw.scan(home, runs.is_article).files, "rules-1")
        made.build_marts()
        made.publish()
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.source") == [(0,)]
    assert warehouse.plan(home, raw.scan(home, runs.is_article), "rules-1", changed).is_nothing


def test_a_changed_row_of_the_catalogue_touches_its_subjects_only(tmp_path: Path) -> None:
    make(tmp_path)
    home = Home(tmp_path)
    renamed = [{**m, "name_en": "Internet users"} if m["metric"] == "internet_users" else m for m in REFERENCE.metrics]
    ranked = [{**s, "precedence": 1} if s["source"] == "Wedoany" else s for s in REFERENCE.sources]
    units = [u for u in REFERENCE.units if u["unit"] != "USD"]
    of_seed = "SELECT DISTINCT o.metric, o.place FROM core.observation o JOIN core.article a USING (article_id) "
    for changed, touches in (
        (definitions.Reference(renamed, REFERENCE.units, REFERENCE.sources),
         "SELECT DISTINCT metric, place FROM core.observation WHERE metric = 'internet_users'"),
        (definitions.Reference(REFERENCE.metrics, REFERENCE.units, ranked), of_seed + "WHERE a.publisher = 'Wedoany'"),
        (definitions.Reference(REFERENCE.metrics, units, REFERENCE.sources), of_seed + "WHERE o.unit = 'USD'"),
    ):  # fmt: skip
        with lock.writer(home), build.begin(home, "run-2", "rules-1") as made:
            made.set_reference(changed)
            assert set(made.touched()) == set(runs.ask(tmp_path, touches)) != set()
            made.set_reference(changed)
            made.build_marts()
            names = made.con.execute("SELECT DISTINCT name_en FROM mart.coverage WHERE metric = 'internet_users'")
            assert names.fetchall() == [("Internet users" if changed.metrics is renamed else "internet_users",)]


def test_a_partial_build_leaves_the_explanations_in_place(tmp_path: Path) -> None:
    make(tmp_path, "000")
    runs.put(Home(tmp_path), ALL["041"])
    runs.run(tmp_path, ALL.values(), run_id="run-2")
    silent = runs.ask(
        tmp_path,
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'tallyhouse' "
        "AND schema_name IN ('core', 'audit', 'mart') AND coalesce(comment, '') = ''",
    )
    assert silent == []


def test_the_schema_goes_forward_from_the_first_step(tmp_path: Path) -> None:
    """A file of each earlier schema is brought to the newest, and a second time there is nothing to do."""
    for taken in range(len(schema.steps()) + 1):
        path = tmp_path / f"{taken}.duckdb"
        con = attach(path)
        schema.migrate(con, path, schema.steps()[:taken])
        assert schema.reached(con) == taken
        assert schema.migrate(con, path) == len(schema.steps()) - taken
        assert schema.migrate(con, path) == 0
        con.close()


def test_a_warehouse_of_a_newer_version_is_refused_with_the_remedy(tmp_path: Path) -> None:
    make(tmp_path, "000")
    home = Home(tmp_path)
    con = attach(home.published)
    con.execute("INSERT INTO audit.migration VALUES (999, 'from_the_future', TIMESTAMP '2030-01-01')")
    con.close()
    with pytest.raises(StorageError, match=r"newer Tallyhouse.*update Tallyhouse"), warehouse.open_published(home):
        pass
    with pytest.raises(StorageError, match="newer"), build.begin(home, "r", "rules-1"):
        pass
    assert home.published.exists()


def test_there_is_no_warehouse_yet(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="run `tallyhouse ingest`"), warehouse.open_published(Home(tmp_path)):
        pass


def test_bodies_lie_in_a_file_of_their_own_and_can_be_forgotten(tmp_path: Path) -> None:
    make(tmp_path, "000", "041")
    home = Home(tmp_path)
    article = ALL["000"].article
    assert texts.read(home, [article.article_id]) == {article.article_id: article.text}
    facts = runs.ask(tmp_path, "SELECT count(*) FROM core.observation")
    secret = article.text.splitlines()[2].encode()
    assert texts.forget(home, article.article_id)
    assert not texts.forget(home, article.article_id)
    assert texts.read(home, [article.article_id]) == {}
    assert article.text.encode() not in home.bodies.read_bytes()
    assert secret not in home.bodies.read_bytes()
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation") == facts
    with pytest.raises(UsageError, match="no such article"):
        texts.forget(home, "unheard-of")
    # Reading the article again by other rules does not bring it back.
    runs.run(tmp_path, [restated(ALL["000"], confidence=0.1), ALL["041"]], rules="rules-2", run_id="run-2")
    assert texts.read(home, [article.article_id]) == {}


def test_exact_digits_survive(tmp_path: Path) -> None:
    exact = Decimal("123456789012345678901234567890.123")
    one = ALL["041"]
    changed = replace(one, observations=(replace(one.observations[0], value=exact), *one.observations[1:]))
    runs.put(Home(tmp_path), one)
    runs.run(tmp_path, [changed])
    key = one.observations[0].observation_id
    assert runs.ask(tmp_path, f"SELECT value_text FROM core.observation WHERE observation_id = '{key}'") == [
        (str(exact),)
    ]


def test_the_environment_is_left_alone(whole: Path) -> None:
    """No leftovers beside the state that the home is known for."""
    assert {p.name for p in whole.iterdir()} == {"raw", "warehouse", ".tallyhouse"}
    assert {p.name for p in (whole / ".tallyhouse").iterdir()} <= {"staging", "build", "lock", "scan.json"}
    assert list((whole / ".tallyhouse" / "build").iterdir()) == []
