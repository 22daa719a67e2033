"""A run killed at random points, over and over: is the published file whole each time, does the next run complete it?

    python -m bench.kills [TIMES] [--seed N]

Every run takes the shipped articles that the home does not hold yet through all steps, in a process that is killed with
SIGKILL after a random time. Then the published file must say what it said before or what it says afterwards, never
anything between; the next run must bring it to the latter, with no row lost or doubled; and the one after that must
find nothing to do. Prints one JSON object with the steps at which the runs were killed. Exit code 1: one was not whole.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import great_expectations  # noqa: F401 - imported once here, so that every run that is forked starts at once
import pandas  # noqa: F401

from pipelines.flow import STEPS
from pipelines.orchestration import steps, work
from pipelines.storage.connection import reading
from pipelines.storage.home import Home

EXAMPLES = Path(__file__).resolve().parents[1] / "raw" / "examples"
#: What differs between two runs that come to the same.
OF_THE_RUN = ("recorded_at", "run_id", "first_run_id")
#: Tables about runs rather than facts.
ABOUT_RUNS = ("run", "check_result", "migration", "made_with")


def run(home: Home, step: Callable[[str], None] = lambda name: None) -> None:
    """All steps of one run, in this process."""
    for name in STEPS:
        step(name)
        if name == "raw_articles":
            steps.raw_articles(home, [], f"kills-{time.time_ns()}")
        else:
            getattr(steps, name)(home)
    step("done")


def contents(home: Home) -> dict[str, str]:
    """A hash of the rows of every published table, without the times of the runs."""
    found = {}
    with reading(home.published) as con:
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'tallyhouse' ORDER BY ALL"
        ).fetchall()
        for schema, table in tables:
            if table in ABOUT_RUNS:
                continue
            names = [row[0] for row in con.execute(f"DESCRIBE {schema}.{table}").fetchall()]
            chosen = ", ".join(f'"{name}"' for name in names if name not in OF_THE_RUN)
            rows = con.execute(f"SELECT {chosen} FROM {schema}.{table} ORDER BY ALL").fetchall()
            found[f"{schema}.{table}"] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
    return found


def forked(what: Callable[[], Any]) -> Any:
    """The result of a call in a process of its own; raises RuntimeError where it failed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _end(what, writer)
    os.close(writer)
    with os.fdopen(reader) as told:
        text = told.read()
    os.waitpid(child, 0)
    if not text:
        raise RuntimeError("the process failed, see above")
    return json.loads(text)


def killed(home: Home, after: float) -> str:
    """Starts a run and kills it `after` so many seconds; the step it was at, "done" where it was quicker."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            run(home, lambda name: os.write(writer, f"{name}\n".encode()) and None)
        finally:
            os._exit(0)
    os.close(writer)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader) as told:
        return (["not begun", *told.read().split()])[-1]


def bench(root: Path, times: int, seed: int) -> dict[str, Any]:
    """The figures; `broken` lists what was not whole."""
    chance = random.Random(seed)
    before, after, home = Home(root / "before"), Home(root / "after"), Home(root / "home")
    files = sorted(EXAMPLES.glob("*.*"))
    _put(before, [file for file in files if file.stem[:3] < "010"])
    forked(lambda: run(before))
    shutil.copytree(before.root, after.root)
    _put(after, files)
    start = time.perf_counter()
    forked(lambda: run(after))
    length = time.perf_counter() - start
    first, last = forked(lambda: contents(before)), forked(lambda: contents(after))
    at: Counter[str] = Counter()
    broken: list[str] = []
    for number in range(times):
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(before.root, home.root)
        _put(home, files)
        pause = chance.uniform(0, length * 1.02)
        step = killed(home, pause)
        at[step] += 1
        told = f"{number}: killed after {pause:.3f} s at {step}"
        try:
            if (found := forked(lambda: contents(home))) not in (first, last):
                broken.append(f"{told}: half published: {_unlike(found, first, last)}")
            if not forked(lambda: work.find(home).is_nothing):
                forked(lambda: run(home))
            if (found := forked(lambda: contents(home))) != last:
                broken.append(f"{told}: not completed: {_unlike(found, last)}")
            if not forked(lambda: work.find(home).is_nothing):
                broken.append(f"{told}: the next run would not be idle")
        except RuntimeError as error:
            broken.append(f"{told}: {error}")
    return {"times": times, "seed": seed, "seconds_of_a_run": round(length, 2), "killed_at": dict(at), "broken": broken}


def _put(home: Home, files: list[Path]) -> None:
    home.prepare()
    for file in files:
        shutil.copy2(file, home.raw / file.name)


def _end(what: Callable[[], Any], writer: int) -> None:
    """Writes the result and ends the child without the parent's clean-up."""
    code = 1
    try:
        os.write(writer, json.dumps(what()).encode())
        code = 0
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(code)


def _unlike(found: dict[str, str], *expected: dict[str, str]) -> list[str]:
    return [name for name in found if all(found[name] != one.get(name) for one in expected)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("times", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tallyhouse-kills-") as folder:
        told = bench(Path(folder), given.times, given.seed)
    print(json.dumps(told))
    sys.exit(bool(told["broken"]))
