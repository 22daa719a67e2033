"""Home, record, lock, staging, disk: what lies where, and what happens when the disk or another run is in the way."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.storage import lock, raw, staging
from pipelines.storage.home import INSTALLED, Home
from pipelines.vocabulary.errors import ArticleError, StorageError, UsageError
from tests import runs
from tests.labelled import extractions

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.prepare()
    return made


def age(path: Path) -> None:
    """Waits until the file is old enough to be remembered by the scan."""
    while time.time_ns() - max(path.stat().st_mtime_ns, path.stat().st_ctime_ns) < 150_000_000:
        time.sleep(0.02)


def test_a_home_is_given_or_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALLYHOUSE_HOME", str(tmp_path / "named"))
    assert Home.find().root == tmp_path / "named"
    assert Home.find(tmp_path / "given").root == tmp_path / "given"
    monkeypatch.delenv("TALLYHOUSE_HOME")
    monkeypatch.chdir(INSTALLED / "pipelines")
    assert Home.find().root == INSTALLED
    monkeypatch.chdir(tmp_path)
    assert Home.find().root == tmp_path


def test_the_scan_finds_articles_at_any_depth_with_their_side_files(home: Home) -> None:
    (home.raw / "a" / "b").mkdir(parents=True)
    (home.raw / "a" / "b" / "one.txt").write_text("one")
    (home.raw / "a" / "b" / "one.meta.json").write_text('{"publisher": "P", "note": null}')
    (home.raw / "two.txt").write_text("two")
    (home.raw / "picture.png").write_text("no article")
    (home.raw / ".hidden.txt").write_text("no article")
    seen = raw.scan(home, runs.is_article)
    assert [f.raw_path for f in seen.files] == ["two.txt", "a/b/one.txt"]
    two, one = seen.files
    assert raw.read_side(one) == {"publisher": "P"}
    assert raw.read_side(two) == {}
    assert two.input_hash == two.sha256
    assert one.input_hash != one.sha256


def test_the_scan_reads_only_what_changed(home: Home) -> None:
    for name in ("one", "two"):
        (home.raw / f"{name}.txt").write_text(name)
    age(home.raw / "two.txt")
    assert raw.scan(home, runs.is_article).hashed == 2
    assert raw.scan(home, runs.is_article).hashed == 0
    (home.raw / "two.txt").write_text("TWO")  # the same size
    again = raw.scan(home, runs.is_article)
    assert again.hashed == 1
    assert len({f.sha256 for f in again.files}) == 2


def test_a_changed_side_file_makes_another_input(home: Home) -> None:
    (home.raw / "one.txt").write_text("one")
    side = home.raw / "one.meta.json"
    side.write_text('{"publisher": "P"}')
    before = raw.scan(home, runs.is_article).files[0]
    side.write_text('{"publisher": "Q"}')
    after = raw.scan(home, runs.is_article).files[0]
    assert (before.sha256, before.input_hash) != (after.sha256, after.input_hash)
    assert before.article_id == after.article_id


def test_copies_of_one_content_are_one_article(home: Home) -> None:
    for name in ("b.txt", "a.txt"):
        (home.raw / name).write_text("same")
    seen = raw.scan(home, runs.is_article)
    assert [f.raw_path for f in seen.files] == ["a.txt"]
    assert [f.raw_path for f in seen.copies] == ["b.txt"]


def test_a_side_file_that_is_no_object_is_told(home: Home) -> None:
    (home.raw / "one.txt").write_text("one")
    (home.raw / "one.meta.json").write_text("[1]")
    with pytest.raises(ArticleError, match="one JSON object"):
        raw.read_side(raw.scan(home, runs.is_article).files[0])


def test_adopting_copies_from_elsewhere_and_never_overwrites(home: Home, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "news"
    elsewhere.mkdir(parents=True)
    (elsewhere / "one.txt").write_text("one")
    (elsewhere / "one.meta.json").write_text("{}")
    named = raw.adopt(home, [elsewhere], runs.is_article)
    assert named == ["one.txt"]
    assert (home.raw / named[0]).read_text() == "one"
    assert (home.raw / named[0]).with_name("one.meta.json").exists()
    (elsewhere / "one.txt").write_text("another")
    renamed = raw.adopt(home, [elsewhere / "one.txt"], runs.is_article)
    assert renamed != named
    assert (home.raw / named[0]).read_text() == "one"
    assert raw.adopt(home, [home.raw / named[0]], runs.is_article) == named
    with pytest.raises(UsageError, match="no such file"):
        raw.adopt(home, [tmp_path / "nowhere"], runs.is_article)


def test_a_second_writer_is_told_who_is_writing(home: Home) -> None:
    program = (
        "import sys, time; from pathlib import Path; from pipelines.storage import lock; from pipelines.storage.home "
        "import Home\nwith lock.writer(Home(Path(sys.argv[1])), what='the nightly run'):\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(home.root)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        told = rf"the nightly run \(process {other.pid} on .*, since "
        with pytest.raises(StorageError, match=told), lock.writer(home, wait=0.2):
            pass
        assert "nightly" in (lock.holder(home) or "")
        other.kill()  # whoever dies, however, lets go
        other.wait()
        with lock.writer(home, wait=5):
            assert lock.holder(home) is not None
    finally:
        other.kill()
        other.wait()
        if other.stdout is not None:
            other.stdout.close()
    assert lock.holder(home) is None


def test_the_lock_may_be_nested_in_one_process(home: Home) -> None:
    with lock.writer(home), lock.writer(home, wait=0):
        pass
    with lock.writer(home, wait=0):
        pass


def test_staging_is_whole_and_repeatable(home: Home) -> None:
    chosen = list(extractions().values())[:3]
    first = staging.stage(home.staging, "rules-1", chosen)
    assert staging.stage(home.staging, "rules-1", list(reversed(chosen))) == first
    assert staging.stage(home.staging, "rules-2", chosen) != first
    assert sorted(p.name for p in (home.staging / first[0]).iterdir()) == sorted(f"{t}.parquet" for t in staging.TABLES)
    assert {s.article_id for s in staging.waiting(home, "rules-1")} == {e.article.article_id for e in chosen}
    (home.staging / first[0] / "article.parquet").write_bytes(b"damaged")
    assert staging.waiting(home, "rules-1") == []
    assert staging.clear(home) == 2


def test_the_series_key_is_made_of_what_makes_two_facts_one() -> None:
    one = extractions()["000"].observations[0]
    assert staging.series_key(replace(one, dimensions={})) == staging.series_key(one)
    assert staging.series_key(replace(one, place="IN")) != staging.series_key(one)
    assert staging.line_key(replace(one, period_end="1999-12-31")) == staging.line_key(one)


def test_a_disk_that_refuses_is_told_in_words(tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk that is full: the system refuses the write in the same way."""
    ran = runs.run(tmp_path, _put(tmp_path, "000").values())
    assert ran is not None
    before = (tmp_path / "warehouse" / "tallyhouse.duckdb").read_bytes()
    program = (
        "import resource, sys; from pathlib import Path; from tests import runs, labelled\n"
        "from pipelines.vocabulary.errors import StorageError\n"
        "root = Path(sys.argv[1]); all = labelled.extractions()\n"
        "from pipelines.storage.home import Home\n"
        "runs.put(Home(root), all['011']); resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try:\n    runs.run(root, all.values())\nexcept StorageError as error:\n    print('told', error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("told"), done.stderr
    assert "nothing was changed" in done.stdout
    assert (tmp_path / "warehouse" / "tallyhouse.duckdb").read_bytes() == before
    assert runs.run(tmp_path, extractions().values()) is not None  # with room again, the run is completed


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a system with user ids")
def test_a_read_only_home_is_told_in_words(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        blocked = Path("/proc/tallyhouse")  # nobody may make a folder there, not even root
    else:
        blocked = tmp_path / "blocked"
        blocked.mkdir(mode=0o500)
    try:
        Home(blocked).prepare()
    except StorageError as error:
        assert "nothing was changed" in str(error)
    except FileNotFoundError:
        pytest.skip("this system has no place that refuses root")


def _put(root: Path, *names: str) -> dict[str, object]:
    chosen = {name: extractions()[name] for name in names}
    runs.put(Home(root), *chosen.values())
    return chosen  # type: ignore[return-value]
