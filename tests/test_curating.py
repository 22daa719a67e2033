"""A curator's edit: checked with file and line, previewed without touching anything, and then the past is linked."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import catalogue, flow
from pipelines.catalogue import soundness
from pipelines.catalogue.metrics import COLUMNS
from pipelines.orchestration import preview, steps, work
from pipelines.storage import texts
from pipelines.storage.home import Home
from pipelines.storage.lock import writer
from pipelines.storage.stored import StoredText
from tests import runs

ROOT = Path(__file__).resolve().parents[1]
ZORBS = "Zorbs on the rise\n\nBEIJING, June 1, 2026 - China had 4.2 million zorbs in service at the end of 2025.\n"
RACKS = "Racks on the rise\n\nBEIJING, June 1, 2026 - China had 13.73 million standard racks at the end of 2025.\n"
ROW = {
    "id": "zorbs_in_service", "subject": "test", "name_en": "zorbs in service", "name_zh": "在用佐布",
    "aliases_en": "zorbs",
    "definition": "Zorbs that are in service at the end of the period.", "dimension": "count", "unit": "zorb",
    "kind": "level", "stock_or_flow": "stock", "is_national": "yes", "source": "test",
}  # fmt: skip


def overlay(home: Home, *changes: dict[str, str]) -> None:
    """Rows of the home's own metrics: each is ROW with changes."""
    home.overlay.mkdir(parents=True, exist_ok=True)
    with open(home.overlay / "metrics.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        rows.writerows({column: (ROW | change).get(column, "") for column in COLUMNS} for change in changes)


def ingest(home: Home) -> None:
    """The steps of a run in this process."""
    steps.raw_articles(home, (), "run")
    for step in list(flow.STEPS)[1:]:
        getattr(steps, step)(home)


def state(home: Home) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(home.root.rglob("*"))}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.prepare()
    (made.raw / "zorbs.txt").write_text(ZORBS, encoding="utf-8")
    (made.raw / "racks.txt").write_text(RACKS, encoding="utf-8")
    return made


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_one_row_links_the_past_though_its_file_has_moved_away(
    home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ingest(home)
    unmapped = "SELECT label, unit FROM mart.unmapped"
    assert runs.ask(home.root, unmapped) == [("zorbs", "zorb")]
    assert work.find(home).is_nothing
    assert preview.preview(home).changes == []

    overlay(home, {})
    before = state(home)
    found = preview.preview(home)
    assert found.linked == {("zorbs", "zorbs_in_service"): 1}
    assert {(c.field, c.before, c.after) for c in found.changes} >= {("metric", None, "zorbs_in_service")}
    assert (found.articles, found.found, found.gone) == (2, [], [])
    assert state(home) == before

    (home.raw / "zorbs.txt").rename(tmp_path_factory.mktemp("elsewhere") / "zorbs.txt")
    (home.raw / "racks.txt").rename(home.raw / "moved.txt")
    todo = work.find(home).plan
    assert all(isinstance(file, StoredText) for file in todo.to_extract)
    assert [file.raw_path for file in todo.to_extract] == ["moved.txt", "zorbs.txt"]
    ingest(home)
    assert runs.ask(home.root, unmapped) == []
    linked = "SELECT metric, raw_path, is_present FROM core.observation JOIN core.article USING (article_id) ORDER BY 2"
    assert runs.ask(home.root, linked) == [
        ("standard_racks_in_use", "moved.txt", True),
        ("zorbs_in_service", "zorbs.txt", False),
    ]
    assert work.find(home).is_nothing
    assert preview.preview(home).changes == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forgotten_text_is_left_as_it_is(home: Home) -> None:
    ingest(home)
    (article,) = (
        a for a, path in runs.ask(home.root, "SELECT article_id, raw_path FROM core.article") if path == "zorbs.txt"
    )
    (home.raw / "zorbs.txt").unlink()
    with writer(home):
        texts.forget(home, article)
    overlay(home, {})
    found = preview.preview(home)
    assert (found.articles, found.forgotten, found.changes) == (1, 1, [])
    assert [file.raw_path for file in work.find(home).plan.to_extract] == ["racks.txt"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fault_of_the_rules_costs_one_article_and_is_told_with_its_place(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = flow.observations.observe

    def faulty(article, *others):  # type: ignore[no-untyped-def]
        return find(article, *others) if "racks" in article.text else [1 / 0]

    monkeypatch.setattr(flow.observations, "observe", faulty)
    ingest(home)
    ((path, code, message),) = runs.ask(home.root, "SELECT raw_path, code, message FROM audit.failure")
    assert (path, code) == ("zorbs.txt", "extraction")
    assert "ZeroDivisionError in pipelines.flow, line " in message
    assert runs.ask(home.root, "SELECT count(*) FROM core.article") == [(1,)]
    assert work.find(home).is_nothing
    told = subprocess.run(
        [sys.executable, "-m", "pipelines", "--home", str(home.root), "ingest"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    assert told.returncode == 3
    assert "ZeroDivisionError in pipelines.flow, line " in told.stderr


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([{"unit": "flopz", "dimension": "compute_rate"}], r'metrics\.csv, line 2: unit "flopz" is not defined'),
        ([{"unit": "GW"}], r'metrics\.csv, line 2: unit "GW" is a power, but the dimension is "count"'),
        ([{}, {"id": "zorbs", "name_en": "all zorbs", "name_zh": "佐布"}],
         r'metrics\.csv, line 3: "zorbs" already names zorbs_in_service \(catalogue/metrics\.csv, line 2\)'),
        ([{"definition": ""}], r"metrics\.csv, line 2: definition is empty"),
        ([{}, {"name_zh": "佐布"}], r'metrics\.csv, line 3: a second row has the id "zorbs_in_service"'),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_with_file_and_line(home: Home, changes: list[dict[str, str]], told: str) -> None:
    overlay(home, *changes)
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "--home", str(home.root), "catalogue", "check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert re.search(told, done.stderr), done.stderr


def test_the_shipped_catalogue_is_sound() -> None:
    assert [str(fault) for fault in soundness.faults(catalogue.load())] == []
