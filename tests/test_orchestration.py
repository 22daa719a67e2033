"""The shell: one job, one asset a table, one check an expectation; a run is whole, and idle when all is done."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.checks import plausibility, suites
from pipelines.storage.home import Home

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "raw" / "examples"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::dagster.BetaWarning"),
    pytest.mark.filterwarnings("ignore::dagster.PreviewWarning"),
    pytest.mark.filterwarnings("ignore::dagster.SupersessionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def specs() -> list:
    from pipelines.orchestration.definitions import defs

    return list(defs.resolve_all_asset_specs())


def test_every_asset_says_what_it_is(specs: list) -> None:
    for spec in specs:
        assert spec.description, spec.key
        assert spec.group_name != "default", spec.key
        assert spec.kinds, spec.key
        assert spec.owners, spec.key


def test_every_table_has_its_columns_and_every_mart_its_lineage(specs: list) -> None:
    tables = {spec.key.to_user_string(): spec for spec in specs if len(spec.key.path) == 2}
    assert {"core/observation", "audit/flag", "audit/quarantine", "mart/current", "mart/flagged"} <= tables.keys()
    for name, spec in tables.items():
        columns = spec.metadata["dagster/column_schema"].columns
        assert all(column.description for column in columns), name
        if name.startswith("mart/"):
            assert spec.metadata["dagster/column_lineage"].deps_by_column, name
    growth = {c.name: c.description for c in tables["mart/growth"].metadata["dagster/column_schema"].columns}
    assert growth["yearly_growth"].endswith("Made from core.observation.canonical_value.")


def test_every_expectation_is_a_check_with_its_description() -> None:
    from pipelines.orchestration.definitions import defs

    checks = {spec.name: spec for definition in defs.asset_checks or () for spec in definition.check_specs}
    declared = {e.id: e.description for suite in suites.load().values() for e in suite.expectations}
    assert checks.keys() == declared.keys() | plausibility.NAMES.keys()
    assert all(spec.description for spec in checks.values())


def test_there_is_one_job_with_a_schedule_and_a_sensor() -> None:
    from pipelines.orchestration.definitions import defs

    job = defs.resolve_job_def("ingest")
    assert {"raw_articles", "observations", "audit", "warehouse", "marts", "published"} <= {n.name for n in job.nodes}
    assert [schedule.name for schedule in defs.schedules or ()] == ["daily_ingest"]
    assert [sensor.name for sensor in defs.sensors or ()] == ["raw_changed"]


def call(program: str, home: Path) -> dict:
    """Runs a program in a process of its own and returns the JSON object that it prints last."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(home)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


RUN = """
import json, sys
from pathlib import Path
from pipelines.orchestration import run
from pipelines.storage.home import Home
done = run(Home(Path(sys.argv[1])))
print(json.dumps({"idle": done.is_idle, "run": done.run_id, "new": done.articles_new, "accepted": done.accepted,
    "flagged": done.flagged, "failed": len(done.failures), "code": done.exit_code, "error": done.checks.get("error", 0),
    "heavy": [m for m in ("dagster", "great_expectations", "pandas") if m in sys.modules]}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("home"))
    made.prepare()
    for name in ("000", "057"):
        for path in EXAMPLES.glob(f"{name}.*"):
            shutil.copy(path, made.raw / path.name)
    return made


def test_a_run_is_whole_seen_in_dagster_and_idle_the_second_time(home: Home) -> None:
    import duckdb
    from dagster import DagsterInstance

    first = call(RUN, home.root)
    assert first["new"] == 2
    assert first["accepted"] > 30
    assert first["error"] == 0
    assert first["code"] == 0
    with duckdb.connect(str(home.published), read_only=True) as con:
        slips = con.sql("SELECT DISTINCT o.value, f.proposed_value FROM audit.flag f JOIN core.observation o "
                        "USING (observation_id) WHERE f.\"check\" = 'power_of_ten'").fetchall()  # fmt: skip
    assert slips == [(159_000_000.0, 1_590_000.0)]
    with DagsterInstance.from_config(str(home.dagster)) as instance:
        assert [run.run_id for run in instance.get_runs()] == [first["run"]]
    assert {path.name for path in home.root.iterdir()} <= {"raw", "warehouse", ".tallyhouse", ".dagster"}

    before = home.published.stat()
    second = call(RUN, home.root)
    assert second["idle"]
    assert second["heavy"] == []
    assert home.published.stat().st_mtime_ns == before.st_mtime_ns


def test_one_bad_article_more_costs_the_others_nothing(home: Home) -> None:
    (home.raw / "bad.html").write_bytes(b"\x00\x01")
    done = call(RUN, home.root)
    assert done["failed"] == 1
    assert done["code"] == 3


def test_the_sensor_asks_for_a_run_when_raw_changes(tmp_path: Path) -> None:
    import dagster as dg

    from pipelines.orchestration.home import HomeFolder
    from pipelines.orchestration.triggers import raw_changed

    made = Home(tmp_path)
    made.prepare()
    (made.raw / "a.txt").write_text("Title\n\nText.\n", encoding="utf-8")

    def tick(cursor: str | None) -> tuple[bool, str | None]:
        context = dg.build_sensor_context(cursor=cursor, resources={"home": HomeFolder(path=str(tmp_path))})
        return isinstance(raw_changed(context), dg.RunRequest), context.cursor

    asked, cursor = tick(None)
    assert asked
    assert tick(cursor) == (False, cursor)
    (made.raw / "b.txt").write_text("Title\n\nMore.\n", encoding="utf-8")
    assert tick(cursor)[0]
