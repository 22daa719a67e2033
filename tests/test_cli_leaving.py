"""The commands by which facts leave, come back and are compared, and by which an article is forgotten."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.storage import staging, texts
from pipelines.storage.home import Home
from tests import runs
from tests.labelled import extractions, restated

ROOT = Path(__file__).resolve().parents[1]
ALL = extractions()


def call(root: Path, *arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """The command on the home at `root`, which must end with the exit code expected."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "TALLYHOUSE_HOME": str(root), "COLUMNS": "200", "NO_COLOR": "1"},
    )  # fmt: skip
    assert done.returncode == expect, done.stderr
    return done


def make(root: Path, *names: str) -> Home:
    runs.put(Home(root), *(ALL[name] for name in names))
    runs.run(root, ALL.values())
    return Home(root)


@pytest.mark.parametrize("command", ["export", "backup", "restore", "diff", "article forget"])
def test_every_command_explains_itself_with_an_example(tmp_path: Path, command: str) -> None:
    told = call(tmp_path, *command.split(), "--help").stdout
    assert f"Example: tallyhouse {command} " in " ".join(told.split())


def test_an_export_is_written_and_written_again(tmp_path: Path) -> None:
    make(tmp_path, "000")
    assert "files (" in call(tmp_path, "export", str(tmp_path / "out")).stdout
    assert (tmp_path / "out" / "datapackage.json").exists()
    call(tmp_path, "export", str(tmp_path / "out"))
    assert "holds other files" in call(tmp_path, "export", str(tmp_path / "raw"), expect=2).stderr


def test_without_a_warehouse_the_next_step_is_told(tmp_path: Path) -> None:
    for arguments in (["export", "out"], ["backup"], ["diff", "2026-01-01"], ["article", "forget", "x"]):
        assert "run `tallyhouse ingest`" in call(tmp_path, *arguments, expect=2).stderr


def test_a_backup_goes_to_a_file_a_folder_or_the_home_and_comes_back(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "000")
    (tmp_path / "copies").mkdir()
    call(home.root, "backup", str(tmp_path / "one.tar"))
    call(home.root, "backup", str(tmp_path / "copies"))
    call(home.root, "backup")
    assert [len(list(folder.glob("*.tar"))) for folder in (tmp_path, tmp_path / "copies", home.backups)] == [1, 1, 1]
    before = home.published.read_bytes()
    home.published.unlink()
    call(home.root, "restore", str(tmp_path / "one.tar"))
    assert home.published.read_bytes() == before
    assert "is there already" in call(home.root, "backup", str(tmp_path / "one.tar"), expect=2).stderr
    assert "no such file" in call(home.root, "restore", str(tmp_path / "two.tar"), expect=2).stderr
    (tmp_path / "two.tar").write_text("no tar")
    assert "is no backup" in call(home.root, "restore", str(tmp_path / "two.tar"), expect=2).stderr


def test_a_warehouse_is_compared_with_its_backup_with_a_file_and_with_a_home(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "000", "057")
    call(home.root, "backup", str(tmp_path / "old.tar"))
    assert "Nothing differs." in call(home.root, "diff", str(tmp_path / "old.tar")).stderr
    runs.put(home, ALL["041"])
    runs.run(home.root, [restated(ALL["000"], place="IN"), ALL["057"], ALL["041"]], rules="rules-2", run_id="run-2")
    counted = f"{len(ALL['041'].observations)} added, {len(ALL['000'].observations)} revised"
    done = call(home.root, "diff", str(tmp_path / "old.tar"), "--format", "csv")
    assert done.stderr.strip() == counted
    assert {row["change"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"added", "revised"}
    other = make(tmp_path / "other", "000", "057")
    for before in (str(other.published), str(other.root)):
        assert call(other.root, "diff", before, str(home.published)).stderr.strip() == counted


def test_a_day_is_compared_with_now_and_with_a_later_day(tmp_path: Path) -> None:
    make(tmp_path, "009", "041")
    found = json.loads(call(tmp_path, "diff", "2025-10-31", "--format", "json").stdout)
    revised = [row for row in found if row["change"] == "revised"]
    assert [(row["old_value"], row["new_value"]) for row in revised] == [(5.5e9, 5.8e9)]
    between = json.loads(call(tmp_path, "diff", "2025-10-31", "2025-11-01", "--format", "json").stdout)
    assert between == []
    assert "earlier day first" in call(tmp_path, "diff", "2026-01-01", "2025-01-01", expect=2).stderr
    for pair in (("2026-01-01", str(tmp_path)), ("now", "2026-01-01"), ("nothing.duckdb", "now")):
        call(tmp_path, "diff", *pair, expect=2)


def test_an_article_is_forgotten_and_stays_so(tmp_path: Path) -> None:
    home = make(tmp_path, "000", "041")
    article = ALL["000"].article
    secret = article.text.splitlines()[2].encode()
    call(tmp_path, "backup", str(tmp_path / "old.tar"))
    staging.stage(home.staging, "rules-2", [ALL["000"]])
    told = call(tmp_path, "article", "forget", article.article_id).stdout
    assert "is removed" in told
    assert "000.txt" in told
    assert "already removed" in call(tmp_path, "article", "forget", article.article_id).stdout
    assert "no such article" in call(tmp_path, "article", "forget", "unheard-of", expect=2).stderr
    facts = f"SELECT count(*) FROM core.observation WHERE article_id = '{article.article_id}'"
    assert runs.ask(tmp_path, facts) == [(len(ALL["000"].observations),)]
    # Neither an older backup nor what a killed run left brings it back.
    call(tmp_path, "restore", str(tmp_path / "old.tar"))
    assert list(texts.read(home, [article.article_id, ALL["041"].article.article_id])) == [
        ALL["041"].article.article_id
    ]
    assert secret not in home.bodies.read_bytes()
    assert list(home.staging.iterdir()) == []
