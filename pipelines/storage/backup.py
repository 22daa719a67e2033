"""Copies of what is published, and the way back.

A backup is one `tar` file of the two published databases with their hashes. It is made while runs and readers go on,
since a published file is never written to. What does not live here: `raw/`, which is the record and copied as files.
"""

import io
import json
import shutil
import tarfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipelines.storage import schema, texts
from pipelines.storage.connection import reading
from pipelines.storage.disk import guarded, sha256, sync
from pipelines.storage.home import Home
from pipelines.storage.lock import writer
from pipelines.vocabulary.errors import StorageError, UsageError

SUFFIX = ".tar"

_LIST = "tallyhouse-backup.json"


def backup(home: Home, target: Path | None = None) -> Path:
    """Writes a backup and returns its path. A target that is a folder gets a file named by the time; none: `backups/`.

    Raises StorageError where nothing is published or the disk refuses, UsageError where the target exists.
    """
    if not home.published.exists():
        raise StorageError(f"{home.published}: there is nothing to back up yet; run `tallyhouse ingest`")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    if target is None or target.is_dir():
        target = (target or home.backups) / f"tallyhouse-{stamp}{SUFFIX}"
    if target.exists():
        raise UsageError(f"{target}: is there already; choose another name")
    # No run may replace one of the two files between them.
    with guarded(target), writer(home, what="a backup"):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        files = [path for path in (home.published, home.bodies) if path.exists()]
        try:
            with tarfile.open(beside, "w") as archive:
                listed = json.dumps({path.name: sha256(path) for path in files}, indent=1).encode()
                entry = tarfile.TarInfo(_LIST)
                entry.size = len(listed)
                archive.addfile(entry, io.BytesIO(listed))
                for path in files:
                    archive.add(path, path.name)
            sync(beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def restore(home: Home, source: Path) -> tuple[str, ...]:
    """Puts the files of a backup in the place of the published ones and returns their names.

    Everything is unpacked, compared with its hash and opened before anything is replaced. Texts that were forgotten
    since are not brought back. Raises UsageError for what is no backup, StorageError for one that is damaged or of a
    newer Tallyhouse.
    """
    if not source.exists():
        raise UsageError(f"{source}: there is no such file")
    home.prepare()
    with guarded(home.build), writer(home, what="a restore"):
        folder = home.build / "restoring"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            unpacked = unpack(source, folder, (home.bodies.name, home.published.name))
            with reading(folder / home.published.name) as con:
                schema.refuse_newer(con, source)
            texts.forget_again(home.bodies, folder / home.bodies.name)
            for path in unpacked:  # bodies before facts, as in a publish
                sync(path)
                path.replace(home.published.parent / path.name)
            sync(home.published.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return tuple(path.name for path in unpacked)


def unpack(source: Path, folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Takes the named files out of a backup into a folder, as far as it holds them, and returns their paths.

    Raises UsageError for what is no backup, StorageError for one that is damaged.
    """
    try:
        with tarfile.open(source) as archive:
            held = archive.extractfile(_LIST)
            listed: dict[str, str] = json.loads(held.read()) if held else {}
            chosen = [name for name in names if name in listed]
            for name in chosen:
                archive.extract(name, folder, filter="data")
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise UsageError(f"{source}: is no backup of Tallyhouse, or is damaged: {error}") from error
    for name in chosen:
        if sha256(folder / name) != listed[name]:
            raise StorageError(f"{source}: {name} is damaged; use another backup. Nothing was changed")
    return tuple(folder / name for name in chosen)
