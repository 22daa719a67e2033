"""What the disk can do to us, said in words: full, read-only, no permission; and the two safe ways to write.

Everything else in storage writes through `replace_file` or renames a finished folder, so that a reader never sees a
half-written file and a killed run leaves nothing that could be taken for a whole one.
"""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.vocabulary.errors import StorageError

_REMEDIES = {
    errno.ENOSPC: "the disk is full; free some space and run again",
    errno.EDQUOT: "the disk quota is used up; free some space and run again",
    errno.EFBIG: "the file would grow beyond what the disk or the limits of this process allow",
    errno.EIO: "the disk could not be read or written; see whether it is full or failing",
    errno.EROFS: "the disk is read-only; choose another home with --home",
    errno.EACCES: "this user may not write there; mend the permissions or choose another home with --home",
    errno.EPERM: "this user may not write there; mend the permissions or choose another home with --home",
}
#: How DuckDB and SQLite word the same conditions in their own exceptions.
_WORDS = {
    "database or disk is full": errno.ENOSPC,
    "disk i/o error": errno.EIO,
    "readonly database": errno.EROFS,
    "no space left": errno.ENOSPC,
    "quota": errno.EDQUOT,
    "file too large": errno.EFBIG,
    "read-only file system": errno.EROFS,
    "permission denied": errno.EACCES,
}
_FICLONE = 0x40049409  # Linux: share the blocks of another file until one of the two is written


@contextmanager
def guarded(place: Path, assurance: str = "nothing was changed") -> Iterator[None]:
    """Turns refusals of the disk into StorageError, which ends in the assurance; every other error passes through."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REMEDIES:
            raise
        raise StorageError(f"{error.filename or place}: {_REMEDIES[error.errno]}; {assurance}") from error
    except Exception as error:
        # DuckDB's IO errors are its own, and a failed checkpoint is fatal to its connection. Arrow's are OSError;
        # Dagster hands on those of SQLite in SQLAlchemy's wrapping.
        if type(error).__module__.split(".")[0] not in ("duckdb", "_duckdb", "pyarrow", "sqlite3", "sqlalchemy"):
            raise
        told = str(error).lower()
        code = next((code for words, code in _WORDS.items() if words in told), None)
        if code is None:
            raise
        raise StorageError(f"{place}: {_REMEDIES[code]}; {assurance}") from error


def replace_file(path: Path, text: str) -> None:
    """Writes a small text file whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with guarded(path):
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def copy_file(source: Path, target: Path) -> None:
    """A copy of the file: shared blocks where the file system can, else byte for byte."""
    with guarded(target):
        if sys.platform == "linux":
            import fcntl

            with source.open("rb") as old, target.open("wb") as new:
                try:
                    fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
                    return
                except OSError:
                    pass
        shutil.copyfile(source, target)


def sync(path: Path) -> None:
    """Waits until the file, or the entries of the folder, are on the disk: a replace must not overtake its content."""
    with guarded(path):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
