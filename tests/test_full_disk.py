"""A disk that is truly full, at every stage of a run: a small file system of its own, which only root may mount."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Leaves so many bytes free, tries a run, says what came of it; then makes room and completes the run.
PROGRAM = """
import json, os, sys
from pathlib import Path
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import StorageError
from tests import labelled, runs

root = Path(sys.argv[1])
home, every = Home(root), labelled.extractions()
runs.put(home, every["000"])
runs.run(root, every.values())
count = "SELECT count(*) FROM mart.statement"
before = home.published.read_bytes(), runs.ask(root, count)
runs.put(home, *every.values())
filler, told = root / "filler", []
free = os.statvfs(root).f_bavail * os.statvfs(root).f_frsize
for left in json.loads(sys.argv[2]):
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - left)
    try:
        runs.run(root, every.values(), run_id=f"run-{left}")
    except StorageError as error:
        assert (home.published.read_bytes(), runs.ask(root, count)) == before
        told.append(str(error))
    else:
        told.append("published")
        break
    finally:
        filler.unlink()
if told[-1] != "published":
    runs.run(root, every.values(), run_id="with-room")
assert runs.ask(root, count) == [(sum(len(e.observations) for e in every.values()),)]
assert runs.run(root, every.values()) is None
print(json.dumps(told))
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("unshare"), reason="only root may mount"
)
def test_a_full_disk_is_told_in_words_and_changes_nothing(tmp_path: Path) -> None:
    left = [0, 4_096, 65_536, 200_000, 400_000, 800_000, 1_200_000, 1_600_000, 2_400_000, 3_200_000]
    mounted = 'mount -t tmpfs -o size=16m none "$1" || exit 77; exec "$2" -c "$3" "$1" "$4"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", str(tmp_path), sys.executable, PROGRAM, json.dumps(left)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system mounts nothing here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    refused = [words for words in told if words != "published"]
    assert len(refused) > 4
    assert all("the disk is full; free some space and run again" in words for words in refused)
    assert all("nothing was changed" in words for words in refused)
