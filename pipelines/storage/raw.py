"""The record: the files of `raw/` and what is known of them by their bytes.

A scan names every article file with the hash of its bytes and of its side file. What has neither changed in size nor
in its times since the last scan is not read again, so that a look at a hundred thousand known files is quick. Nothing
here knows what is in a file; nothing ever writes to `raw/` but `adopt`.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.storage.disk import guarded, replace_file
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import ArticleError, StorageError, UsageError

SIDE_SUFFIX = ".meta.json"
#: Two writes within one tick of the file system's clock cannot be told apart: what is younger is hashed again.
_TICK_NS = 100_000_000


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file as the scan found it. `changed_ns` is the newest change of the file or its side file.

    Its paths are made when asked for: a look at many known files asks for none.
    """

    folder: Path  # raw/
    raw_path: str  # below it, with forward slashes
    size: int
    sha256: str
    input_hash: str  # of the bytes and the side file: what the article is made of
    changed_ns: int
    side_name: str | None = None  # of the side file, in the same folder

    @property
    def path(self) -> Path:
        return self.folder / self.raw_path

    @property
    def side_path(self) -> Path | None:
        return self.path.with_name(self.side_name) if self.side_name else None

    @property
    def article_id(self) -> str:
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Scan:
    """All article files below `raw/`, in the order of their paths. Copies of one content are listed once in `files`."""

    files: tuple[RawFile, ...]
    copies: tuple[RawFile, ...]
    unreadable: tuple[tuple[str, str], ...]  # raw_path and reason
    hashed: int  # files that had to be read


def scan(home: Home, is_article: Callable[[str], bool]) -> Scan:
    """Looks at `raw/` at any depth; `is_article` says of a path below it whether it is taken for an article."""
    known, folder = _remembered(home), home.raw
    started = time.time_ns()
    seen: dict[str, str] = {}
    files: dict[str, RawFile] = {}
    copies: list[RawFile] = []
    unreadable: list[tuple[str, str]] = []
    hashed = 0
    for raw_path, entry, side in _walk(folder, is_article):
        try:
            stat = entry.stat()
            side_stat = side.stat() if side else None
            stamp = _stamp(stat) + (_stamp(side_stat) if side_stat else "")
            before, _, hashes = known.get(raw_path, "").partition(" ")
            if before == stamp:
                sha256, _, input_hash = hashes.partition(" ")
            else:
                sha256, input_hash = _hash(Path(entry.path), Path(side.path) if side else None)
                hashed += 1
            changed = max(stat.st_mtime_ns, stat.st_ctime_ns)
            if side_stat:
                changed = max(changed, side_stat.st_mtime_ns, side_stat.st_ctime_ns)
            if changed < started - _TICK_NS:
                seen[raw_path] = f"{stamp} {sha256} {input_hash}"
        except OSError as error:
            unreadable.append((raw_path, error.strerror or str(error)))
            continue
        file = RawFile(folder, raw_path, stat.st_size, sha256, input_hash, changed, side.name if side else None)
        first = files.setdefault(sha256, file)
        if first is not file:
            # The copy with a side file knows more; otherwise the first path stands, whatever the order on disk.
            if file.side_name and not first.side_name:
                files[sha256], file = file, first
            copies.append(file)
    if seen != known:
        replace_file(home.scan, json.dumps(seen, separators=(",", ":")))
    return Scan(tuple(files.values()), tuple(copies), tuple(unreadable), hashed)


def articles_at(place: Path, is_article: Callable[[str], bool]) -> Iterator[tuple[Path, Path | None]]:
    """The article files of a folder at any depth, or the one file given, each with its side file; none is read."""
    if place.is_dir():
        for _, entry, side in _walk(place, is_article):
            yield Path(entry.path), Path(side.path) if side else None
    else:
        sides = (_side_of(place), place.with_name(place.name + SIDE_SUFFIX))
        yield place, next((side for side in sides if side.exists()), None)


def read_side(file: RawFile) -> dict[str, str]:
    """What the side file says, {} without one. Raises ArticleError for one that is no JSON object."""
    return side_content(file.side_path, file.raw_path)


def side_content(side: Path | None, article: str) -> dict[str, str]:
    """What a side file of `article` says, {} without one. Raises ArticleError for one that is no JSON object."""
    if side is None:
        return {}
    try:
        content = json.loads(side.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise ArticleError(article, "side_file", f"{side.name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise ArticleError(article, "side_file", f"{side.name} must hold one JSON object")
    return {key: str(value) for key, value in content.items() if value is not None}


def adopt(home: Home, paths: Iterable[Path], is_article: Callable[[str], bool]) -> list[str]:
    """Copies files and folders from elsewhere into `raw/`, with their side files, and names them by their raw_path.

    A file inside `raw/` stays where it is. A content that is there under the same name is not copied again; another
    content under a taken name gets the start of its hash in its name. Raises UsageError for a path that is not there.
    """
    adopted = []
    for given in paths:
        path = given.expanduser().resolve()
        if not path.exists():
            raise UsageError(f"{given}: there is no such file or folder")
        base = path if path.is_dir() else path.parent
        # A folder is walked; a file that was named outright is taken whatever its name.
        found = [Path(e.path) for _, e, _ in _walk(path, is_article)] if path.is_dir() else [path]
        adopted += [_adopt(home, file, base) for file in found]
    return adopted


def _adopt(home: Home, file: Path, base: Path) -> str:
    if home.raw.resolve() in file.parents:
        return file.relative_to(home.raw.resolve()).as_posix()
    target = home.raw / (Path(base.name) / file.relative_to(base) if file.parent != base else Path(file.name))
    if target.exists() and target.read_bytes() != file.read_bytes():
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        target = target.with_name(f"{target.stem}-{digest}{target.suffix}")
    with guarded(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        for source, copy in ((file, target), (_side_of(file), target.with_name(target.stem + SIDE_SUFFIX))):
            if source.exists() and not copy.exists():
                beside = copy.with_name(f".{copy.name}.new")
                shutil.copyfile(source, beside)
                beside.replace(copy)
    return target.relative_to(home.raw).as_posix()


def _side_of(file: Path) -> Path:
    return file.with_name(file.stem + SIDE_SUFFIX)


def _walk(
    folder: Path, is_article: Callable[[str], bool]
) -> Iterator[tuple[str, "os.DirEntry[str]", "os.DirEntry[str] | None"]]:
    """Article files below the folder with their side files, sorted by path. Links to folders are not followed."""
    todo = [("", folder)]
    while todo:
        prefix, place = todo.pop()
        try:
            with os.scandir(place) as entries:
                here = {entry.name: entry for entry in entries}
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(f"{place}: {error.strerror}; the folder cannot be listed") from error
        inner = []
        for name in sorted(here):
            entry = here[name]
            if name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                inner.append((f"{prefix}{name}/", Path(entry.path)))
            elif not name.endswith(SIDE_SUFFIX) and is_article(prefix + name):
                side = here.get(name.rpartition(".")[0] + SIDE_SUFFIX) or here.get(name + SIDE_SUFFIX)
                yield prefix + name, entry, side
        todo.extend(reversed(inner))


def _stamp(stat: os.stat_result) -> str:
    return f"{stat.st_size}.{stat.st_mtime_ns}.{stat.st_ctime_ns}.{stat.st_ino};"


def _hash(path: Path, side: Path | None) -> tuple[str, str]:
    with path.open("rb") as data:
        sha256 = hashlib.file_digest(data, "sha256").hexdigest()
    if side is None:
        return sha256, sha256
    return sha256, hashlib.sha256(sha256.encode() + b"\n" + side.read_bytes()).hexdigest()


def _remembered(home: Home) -> Mapping[str, str]:
    """By path the stamp and the two hashes, as one text each: a million of them are read in an instant."""
    try:
        content = json.loads(home.scan.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_ours = isinstance(content, dict) and isinstance(next(iter(content.values()), ""), str)
    return content if is_ours else {}
