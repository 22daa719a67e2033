"""The local engine: shards of articles through the extraction, in this process or in a pool of them.

What lives here: cutting the files into shards, running them, starting again after a killed worker, and the receipts.
What does not: what is extracted (see `flow`), and how a staged shard is written (`stage` is handed in by the caller,
so that any engine stages in the same way). A bad article becomes a failure in its receipt and stops nobody else.
"""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from pipelines import catalogue, flow
from pipelines.storage import stored
from pipelines.storage.raw import RawFile, read_side
from pipelines.storage.stored import StoredText
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.errors import ArticleError, CatalogueError, fault

#: A shard ends at whichever comes first, so that a killed run loses little. What is staged of a shard is turned into
#: Parquet at once, which takes memory by its size: at 4 MB a worker stays below 200 MB in all.
SHARD_FILES = 200
SHARD_BYTES = 4_000_000

#: Below this much text a pool costs more than it saves: each worker loads the catalogue anew.
POOL_PAYS_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Shard:
    """A task that carries all it needs: any process on any machine that sees the files can do it."""

    files: tuple[RawFile | StoredText, ...]
    overlay: Path | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that is no readable article. `code` is stable, `message` is for people."""

    raw_path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a shard: the files it staged, how much they hold, and which articles could not be read."""

    staged: tuple[str, ...]
    articles: int
    observations: int
    ignored: int
    failures: tuple[Failure, ...]


#: Writes the extractions of one shard where the next step finds them, and names the files it wrote.
Stage = Callable[[Iterable[flow.Extraction]], tuple[str, ...]]


def shards(files: Iterable[RawFile | StoredText], overlay: Path | None = None) -> Iterator[Shard]:
    """Files in their order, cut by number and size; lazily, so that a million files need no list."""
    held: list[RawFile | StoredText] = []
    size = 0
    for file in files:
        if held and (len(held) >= SHARD_FILES or size + file.size > SHARD_BYTES):
            yield Shard(tuple(held), overlay)
            held, size = [], 0
        held.append(file)
        size += file.size
    if held:
        yield Shard(tuple(held), overlay)


def do_shard(shard: Shard, stage: Stage) -> Receipt:
    """Reads, extracts and stages one shard. Only a fault of the disk or of the catalogue raises."""
    failures: list[Failure] = []
    counts: Counter[str] = Counter()
    staged = stage(_extractions(shard, counts, failures))
    return Receipt(staged, counts["articles"], counts["observations"], counts["ignored"], tuple(failures))


def _extractions(shard: Shard, counts: Counter[str], failures: list[Failure]) -> Iterator[flow.Extraction]:
    """What the articles of a shard state, one article in memory at a time; counted, and with failures set down."""
    kept = {a.article_id: a for a in stored.read(f for f in shard.files if isinstance(f, StoredText))}
    for file in shard.files:
        try:
            article = _read(file) if isinstance(file, RawFile) else kept[file.article_id]
            extraction = flow.extract(article, _catalogue(shard.overlay))
        except ArticleError as error:
            failures.append(Failure(file.raw_path, error.code, str(error)))
        except OSError as error:
            failures.append(Failure(file.raw_path, "unreadable", f"{file.raw_path}: {error.strerror or error}"))
        except CatalogueError:
            raise  # the curator's to mend, and no article's
        except Exception as error:
            # A fault of ours in one article must not cost the others theirs; it is told, not hidden.
            told = f"{file.raw_path}: could not be extracted ({fault(error)}); please report this"
            failures.append(Failure(file.raw_path, "extraction", told))
        else:
            found, left_out = len(extraction.observations), len(extraction.ignored)
            counts.update(articles=1, observations=found, ignored=left_out)
            yield extraction


def run(
    files: Sequence[RawFile | StoredText], stage: Stage, overlay: Path | None = None, workers: int | None = None
) -> Iterator[Receipt]:
    """Receipts as shards finish: in this process where the text is little, in a pool of `workers` otherwise.

    `stage` must be picklable (a function of a module, or `functools.partial` of one). After a worker was killed, the
    shards without a receipt are done once more; a second time the error is raised.
    """
    _catalogue.cache_clear()  # a process that stays may have seen the overlay before it was edited
    workers = workers or min(os.cpu_count() or 1, 8)
    size = sum(file.size for file in files)
    if workers == 1 or size < POOL_PAYS_BYTES:
        for shard in shards(files, overlay):
            yield do_shard(shard, stage)
        return
    each = max(1, min(SHARD_FILES, -(-len(files) // workers)))
    todo = [
        Shard(part.files[i : i + each], overlay)
        for part in shards(files, overlay)
        for i in range(0, len(part.files), each)
    ]
    lost: list[Shard] = []
    yield from _pooled(todo, stage, workers, lost)
    again: list[Shard] = []
    yield from _pooled(lost, stage, workers, again)
    if again:
        raise BrokenProcessPool(
            f"a worker was killed twice over {len(again)} shards, the first at {again[0].files[0].raw_path}; "
            "is there enough memory?"
        )


def _pooled(todo: Sequence[Shard], stage: Stage, workers: int, lost: list[Shard]) -> Iterator[Receipt]:
    """Keeps a few shards a worker in flight; those that died with the pool are added to `lost`."""
    if not todo:
        return
    waiting = iter(todo)
    running: dict[Future[Receipt], Shard] = {}
    unfinished = dict.fromkeys(todo)
    with ProcessPoolExecutor(
        min(workers, len(todo)), mp_context=get_context("spawn"), initializer=gc.disable
    ) as pool:  # an extraction makes no cycles, so the collector would only look the catalogue through again and again
        try:
            while unfinished:
                for shard in islice(waiting, 2 * workers - len(running)):
                    running[pool.submit(do_shard, shard, stage)] = shard
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    receipt = future.result()
                    del unfinished[running.pop(future)]
                    yield receipt
        except BrokenProcessPool:
            lost.extend(unfinished)


@lru_cache(maxsize=4)
def _catalogue(overlay: Path | None) -> catalogue.Catalogue:
    """One catalogue a process, not one an article."""
    return catalogue.load(overlay)


def _read(file: RawFile) -> Article:
    return flow.read(file.path.read_bytes(), file.raw_path, read_side(file) or None)
