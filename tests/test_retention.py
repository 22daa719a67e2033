"""Dagster's records of old runs: what is removed after a run, and what stays."""

import subprocess
import sys
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
