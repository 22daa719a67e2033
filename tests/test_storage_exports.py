"""What leaves the warehouse, copies of it, comparison, and what is cleared away."""

import csv
import json
import os
import tarfile
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.storage import backup, diff, exports, retention
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import StorageError, UsageError
from pipelines.vocabulary.verdict import Flag
from tests import runs
from tests.labelled import extractions, restated

ALL = extractions()


def make(root: Path, *names: str) -> Home:
    runs.put(Home(root), *(ALL[name] for name in names))
    runs.run(root, ALL.values())
    return Home(root)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("exports")
    exports.export(make(root, *ALL), root / "out")
    return root / "out"


def test_the_data_package_is_valid_by_its_own_library(exported: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    frictionless.system.trusted = True
    report = frictionless.validate(str(exported / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "note"])[:5]
    assert {task.name for task in report.tasks} >= {"observation", "series", "current", "metric"}


def test_parquet_explains_itself(exported: Path) -> None:
    path = str(exported / "parquet" / "series.parquet")
    told = dict(duckdb.sql(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}')").fetchall())
    assert told["title"] == "Tallyhouse: series"
    names = [row[0] for row in duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()]
    assert set(json.loads(told["columns"])) == set(names)
    assert all(json.loads(told["columns"]).values())


def test_every_row_carries_its_attribution(exported: Path) -> None:
    for path in sorted((exported / "csv").glob("*.csv")):
        if path.stem in ("metric", "unit", "source"):
            continue
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                assert row["attribution"], path.name
    with open(exported / "csv" / "series.csv", encoding="utf-8", newline="") as lines:
        assert any("; " in row["attribution"] for row in csv.DictReader(lines))


def test_bodies_do_not_leave(exported: Path) -> None:
    heading = "Article 000 2026\n\n"
    for path in exported.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            assert heading not in path.read_text(encoding="utf-8")


def test_citations_are_written_for_reference_managers(exported: Path) -> None:
    items = json.loads((exported / "citations.json").read_text(encoding="utf-8"))
    assert len(items) == len(ALL)
    wedoany = next(item for item in items if item["container-title"] == "Wedoany")
    assert wedoany["issued"] == {"date-parts": [[2026, 6, 9]]}
    assert wedoany["note"] == "Attribution: Wedoany"
    bib = (exported / "citations.bib").read_text(encoding="utf-8")
    assert bib.count("@misc{") == len(ALL)
    assert "  author = {{Wedoany}}" in bib
    assert bib.count("{") == bib.count("}")


def test_the_long_form_and_the_description_are_there(exported: Path) -> None:
    with open(exported / "csv" / "sdmx.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert {"INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS"} <= rows[0].keys()
    described = json.loads((exported / "dataset.jsonld").read_text(encoding="utf-8"))
    assert described["@type"] == "Dataset"
    assert all((exported / part["contentUrl"]).exists() for part in described["distribution"])


def test_an_export_replaces_an_export_and_nothing_else(tmp_path: Path) -> None:
    home = make(tmp_path, "000")
    first = exports.export(home, tmp_path / "out")
    assert exports.export(home, tmp_path / "out") == first
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    with pytest.raises(UsageError, match="holds other files"):
        exports.export(home, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "precious"
    with pytest.raises(StorageError, match="tallyhouse ingest"):
        exports.export(Home(tmp_path / "nowhere"), tmp_path / "other")


def test_a_backup_comes_back(tmp_path: Path) -> None:
    home = make(tmp_path, "000")
    kept = backup.backup(home)
    before = runs.ask(tmp_path, "SELECT count(*) FROM core.observation")
    runs.put(home, ALL["041"])
    runs.run(tmp_path, ALL.values(), run_id="run-2")
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation") != before
    assert backup.restore(home, kept) == ("articles.duckdb", "tallyhouse.duckdb")
    assert runs.ask(tmp_path, "SELECT count(*) FROM core.observation") == before
    assert runs.run(tmp_path, ALL.values(), run_id="run-3") is not None  # raw/ is still there and is read again
    with pytest.raises(UsageError, match="is there already"):
        backup.backup(home, kept)


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    home = make(tmp_path, "000")
    kept = backup.backup(home, tmp_path / "kept.tar")
    before = home.published.read_bytes()
    data = bytearray(kept.read_bytes())
    data[200_000] ^= 0xFF
    kept.write_bytes(data)
    with pytest.raises(StorageError, match="damaged"):
        backup.restore(home, kept)
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.add(__file__, "something.py")
    with pytest.raises(UsageError, match="no backup"):
        backup.restore(home, tmp_path / "other.tar")
    assert home.published.read_bytes() == before


def test_two_warehouses_are_compared(tmp_path: Path) -> None:
    old = make(tmp_path / "old", "000", "057")
    home = Home(tmp_path / "new")
    changed = restated(ALL["000"], place="IN")
    doubted = ALL["041"].observations[0]
    runs.put(home, ALL["000"], ALL["041"])
    flag = Flag(doubted.observation_id, "step", "a jump")
    runs.run(tmp_path / "new", [changed, ALL["041"]], flags=[flag])
    found = diff.between_files(old.published, home.published)
    counted = {kind: sum(row["change"] == kind for row in found) for kind in ("added", "revised", "gone", "flagged")}
    assert counted == {
        "added": len(ALL["041"].observations), "revised": len(ALL["000"].observations),
        "gone": len(ALL["057"].observations), "flagged": 0,
    }  # fmt: skip
    assert diff.between_files(home.published, home.published) == []
    with pytest.raises(StorageError):
        diff.between_files(tmp_path / "nothing.duckdb", home.published)


def test_a_day_is_compared_with_now(tmp_path: Path) -> None:
    home = make(tmp_path, "009", "041")
    found = diff.since(home.published, date(2025, 10, 31))
    revised = [row for row in found if row["change"] == "revised"]
    assert [(row["metric"], row["old_value"], row["new_value"]) for row in revised] == [
        ("internet_users", 5.5e9, 5.8e9)
    ]
    assert {row["change"] for row in found} == {"added", "revised"}
    assert diff.since(home.published, date(2026, 10, 31)) == []


def test_old_traces_are_cleared_and_new_ones_stay(tmp_path: Path) -> None:
    home = make(tmp_path, "000")
    old, new = home.staging / ("0" * 32), home.staging / ("1" * 32)
    logs = home.dagster / "storage" / "some-run"
    for folder in (old, new, logs):
        folder.mkdir(parents=True)
        (folder / "file").write_text("x" * 10)
    long_ago = time.time() - 100 * 86_400
    for folder in (old, logs):
        os.utime(folder, (long_ago, long_ago))
    assert retention.clear(home) == retention.Cleared(2, 20)
    assert new.exists()
    assert not old.exists()
    assert home.published.exists()
