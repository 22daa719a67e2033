"""The local engine: receipts for shards, a bad article is a failure of its own, a pool gives what one process gives."""

import gc
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pipelines import catalogue, flow
from pipelines.engines import local
from pipelines.storage.home import Home
from pipelines.storage.raw import RawFile, scan
from pipelines.vocabulary.errors import CatalogueError

EXAMPLES = Path(__file__).resolve().parents[1] / "raw" / "examples"
GOOD = (
    "Racks in use rise\n\nBeijing, June 1 (2026) - By the end of 2025 the country had 13.73 million standard racks.\n"
)


def stage(folder: Path, extractions: Iterable[flow.Extraction]) -> tuple[str, ...]:
    """Stages nothing but the names, one file an article."""
    names = []
    for extraction in extractions:
        names.append(extraction.article.article_id)
        (folder / names[-1]).write_text(str(len(extraction.observations)), encoding="utf-8")
    return tuple(names)


@pytest.fixture
def files(tmp_path: Path) -> list[RawFile]:
    home = Home(tmp_path / "home")
    home.prepare()
    for number in range(6):
        (home.raw / f"a{number}.txt").write_text(GOOD.replace("13.73", f"{13 + number}.5"), encoding="utf-8")
    (home.raw / "bad.txt").write_bytes(b"")
    (home.raw / "side.txt").write_text(GOOD, encoding="utf-8")
    (home.raw / "side.meta.json").write_text("[1", encoding="utf-8")
    return list(scan(home, lambda path: path.endswith(".txt")).files)


def test_bad_articles_are_told_and_stop_nobody(files: list[RawFile], tmp_path: Path) -> None:
    receipts = list(local.run(files, partial(stage, tmp_path)))
    assert sum(receipt.articles for receipt in receipts) == 6
    failures = {failure.raw_path: failure for receipt in receipts for failure in receipt.failures}
    assert failures.keys() == {"bad.txt", "side.txt"}
    assert failures["side.txt"].code == "side_file"
    assert all(failure.raw_path in failure.message for failure in failures.values())


@pytest.mark.slow
def test_a_pool_stages_what_one_process_stages(
    files: list[RawFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {}
    for name, pays in (("one", 10**9), ("pool", 0)):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setattr(local, "POOL_PAYS_BYTES", pays)
        receipts = list(local.run(files, partial(stage, folder), workers=2))
        found[name] = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        assert {name for receipt in receipts for name in receipt.staged} == found[name].keys()
    assert found["one"] == found["pool"]


def test_shards_are_cut_by_number_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [RawFile(Path(str(n)), str(n), 10, "0" * 64, "0" * 64, 0) for n in range(7)]
    monkeypatch.setattr(local, "SHARD_FILES", 3)
    assert [len(shard.files) for shard in local.shards(made)] == [3, 3, 1]
    monkeypatch.setattr(local, "SHARD_BYTES", 25)
    assert [len(shard.files) for shard in local.shards(made)] == [2, 2, 2, 1]
    assert [file for shard in local.shards(made) for file in shard.files] == made


def test_a_fault_of_ours_is_told_with_its_type_and_place(files: list[RawFile], tmp_path: Path) -> None:
    broken = replace(files[0], folder=None)  # type: ignore[arg-type]
    receipt = local.do_shard(local.Shard((broken, *files[1:])), partial(stage, tmp_path))
    failure = next(failure for failure in receipt.failures if failure.code == "extraction")
    assert failure.raw_path == broken.raw_path
    assert re.search(r"TypeError in pipelines\.storage\.raw, line \d+: ", failure.message)
    assert receipt.articles == 5


def test_a_fault_of_the_catalogue_is_no_fault_of_an_article(files: list[RawFile], tmp_path: Path) -> None:
    overlay = tmp_path / "catalogue"
    overlay.mkdir()
    (overlay / "places.csv").write_text("id\nXX\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"places\.csv"):
        list(local.run(files, partial(stage, tmp_path), overlay))


def test_an_extraction_leaves_nothing_to_the_collector_of_cycles() -> None:
    """Workers read articles with the collector off: what is no longer asked for must go by itself."""
    known = catalogue.load()
    articles = [flow.read(path.read_bytes(), path.name) for path in sorted(EXAMPLES.glob("*.txt"))]
    for article in articles:
        flow.extract(article, known)  # what is compiled at first use stays
    gc.collect()
    gc.disable()
    try:
        for article in articles:
            flow.extract(article, known)
        assert gc.collect() == 0
    finally:
        gc.enable()
