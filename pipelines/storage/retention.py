"""What is cleared away without anybody asking, so that a home that runs for years does not grow by its own traces.

What lives here: staging and builds that a killed run left, and the files of old Dagster runs. What does not: raw
files, facts and backups, which only people remove; Dagster's own rows about runs (see `orchestration.old_runs`) and
ticks (see `dagster.yaml`).
"""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.storage.home import Home

#: How long traces are kept, in days. A killed run is taken up by the next one long before.
STAGING_DAYS = 14
RUN_DAYS = 90
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many folders and files were removed, and their size in bytes."""

    entries: int
    size: int


def clear(home: Home, now: float | None = None) -> Cleared:
    """Removes what is older than the limits. The caller holds the writer lock. `now` is in seconds since 1970."""
    now = time.time() if now is None else now
    old = [path for path in _entries(home.staging) if _age(path, now) > STAGING_DAYS]
    old += [path for path in _entries(home.build) if _age(path, now) > STAGING_DAYS]
    old += [
        path for path in _entries(home.dagster / "storage") if path.is_dir() and _age(path, now) > RUN_DAYS
    ]  # one folder of logs a run
    size = 0
    for path in old:
        size += _size(path)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return Cleared(len(old), size)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.exists() else []


def _age(path: Path, now: float) -> float:
    try:
        return (now - path.stat().st_mtime) / _DAY
    except FileNotFoundError:
        return 0


def _size(path: Path) -> int:
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file()) if path.is_dir() else path.stat().st_size
