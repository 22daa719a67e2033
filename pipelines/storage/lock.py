"""One writer at a time in a home.

The operating system holds the lock and lets go of it when the process dies, however it dies: a lock file left behind
means nothing. What the file says (who, since when) is only for the message to the second one.
"""

import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pipelines.storage.disk import guarded
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import StorageError

_POLL_SECONDS = 0.1
_held: dict[Path, int] = {}  # the locks of this process, and how often each is held: one run takes it in several steps
_guard = threading.Lock()


@contextmanager
def writer(home: Home, wait: float = 30.0, what: str = "a run") -> Iterator[None]:
    """Holds the home's writer lock. Waits up to `wait` seconds, then raises StorageError naming the holder.

    May be nested within one process. `what` tells others what is going on.
    """
    path = home.lock
    with _guard:
        nested = path in _held
        if nested:
            _held[path] += 1
    if nested:
        try:
            yield
        finally:
            with _guard:
                _held[path] -= 1
        return
    with guarded(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+", encoding="utf-8")
    with handle:
        _take(handle, path, wait)
        with _guard:
            _held[path] = 1
        try:
            _sign(handle, path, what)
            yield
        finally:
            with _guard:
                del _held[path]
            fcntl.flock(handle, fcntl.LOCK_UN)


def holder(home: Home) -> str | None:
    """Who holds the lock at this moment, in words; None where nobody does."""
    try:
        handle = home.lock.open("r", encoding="utf-8")
    except OSError:
        return None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _told(handle)
        fcntl.flock(handle, fcntl.LOCK_UN)
    return None


def _take(handle: IO[str], path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise StorageError(
                    f"{path}: {_told(handle)} is writing to this home; wait until it is done, or stop it, and run again"
                ) from None
            time.sleep(_POLL_SECONDS)


def _sign(handle: IO[str], path: Path, what: str) -> None:
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    with guarded(path):
        handle.seek(0)
        handle.truncate()
        json.dump({"what": what, "pid": os.getpid(), "host": socket.gethostname(), "since": since}, handle)
        handle.flush()


def _told(handle: IO[str]) -> str:
    try:
        handle.seek(0)
        note = json.load(handle)
        return f"{note['what']} (process {note['pid']} on {note['host']}, since {note['since']})"
    except (ValueError, KeyError, OSError):
        return "another run"
