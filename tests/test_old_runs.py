"""Dagster's records of old runs: what is removed after a run, what stays, and what becomes of a killed one."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.storage.home import Home

ROOT = Path(__file__).resolve().parents[1]

#: Four runs of a job of one step; then as many are removed as the arguments say, the last run being the current one.
PROGRAM = """
import sys
from pathlib import Path
import dagster as dg
from pipelines.orchestration import old_runs, settings
from pipelines.storage.home import Home

home = Home(Path(sys.argv[1]))

@dg.op
def step():
    print("a line for the compute log")

@dg.job
def job():
    step()

with dg.DagsterInstance.from_config(str(settings.write(home))) as instance:
    made = [job.execute_in_process(instance=instance).run_id for _ in range(4)]
    keep, days, most = int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    removed = old_runs.clear(instance, home, made[-1], keep=keep, days=days, most=most)
    left = {run.run_id for run in instance.get_runs()}
    files = {p.stem for p in (home.dagster / "history" / "runs").glob("*-*.db")}
    logs = {p.name for p in (home.dagster / "storage").iterdir()}
    assert left == files == logs, (left, files, logs)
    assert made[-1] in left
    assert left == set(made[-len(left):])
    print(removed, len(left))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keep", "days", "most", "told"),
    [(500, 90, 100, "0 4"), (2, 90, 100, "2 2"), (500, -1, 100, "3 1"), (1, 90, 2, "2 2")],
)  # fmt: skip
def test_old_runs_are_removed_within_bounds(tmp_path: Path, keep: int, days: float, most: int, told: str) -> None:
    Home(tmp_path).prepare()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, str(tmp_path), str(keep), str(days), str(most)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == told


def statuses(home: Home) -> list[str]:
    with closing(sqlite3.connect(home.dagster / "history" / "runs.db")) as con:
        return [row[0] for row in con.execute("SELECT status FROM runs ORDER BY id").fetchall()]


@pytest.mark.slow
def test_a_killed_run_keeps_no_other_from_running(tmp_path: Path) -> None:
    """In none of its books may Dagster hold that the dead run goes on: a place in a pool, or as the one run allowed."""
    home = Home(tmp_path)
    home.prepare()
    for path in (ROOT / "raw" / "examples").glob("000.*"):
        shutil.copy(path, home.raw / path.name)
    command = [sys.executable, "-m", "pipelines", "ingest", "--home", str(tmp_path)]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not home.next_warehouse.exists() and first.poll() is None:
        time.sleep(0.02)
    first.kill()
    first.wait()
    assert not home.published.exists()
    assert statuses(home) == ["STARTED"]
    end = "import sys; from pathlib import Path; from pipelines.orchestration import execution\n"
    end += "from pipelines.storage.home import Home; execution.end_killed(Home(Path(sys.argv[1])))"
    # What `ui` does before it opens, and what every run does before it begins.
    subprocess.run([sys.executable, "-W", "ignore", "-c", end, str(tmp_path)], cwd=ROOT, check=True)
    assert statuses(home) == ["FAILURE"]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert again.returncode == 0, again.stderr
    assert statuses(home) == ["FAILURE", "SUCCESS"]
    assert home.published.exists()


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("unshare"), reason="only root may mount"
)
def test_a_disk_too_full_for_the_records_is_told_in_words(tmp_path: Path) -> None:
    script = """
        mount -t tmpfs -o size=600k none "$1" || exit 77
        mkdir "$1/raw" && cp raw/examples/000.* "$1/raw"
        exec "$2" -m pipelines ingest --home "$1"
    """
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(tmp_path), sys.executable],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system mounts nothing here")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr
