"""Syndicated copies are one story, and nothing else is; whatever the order in which they arrive."""

import random
import shutil
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from pipelines import catalogue, flow
from pipelines.orchestration import steps
from pipelines.stages import agreement, sentences
from pipelines.stages.agreement import signature, stories
from pipelines.storage.connection import reading
from pipelines.storage.home import Home
from pipelines.vocabulary.article import Sentence

ROOT = Path(__file__).parent.parent
FOLDERS = ("raw/examples", "bench/accuracy/holdout_en/articles", "bench/accuracy/holdout_zh/articles")
CHARACTERS = [chr(number) for number in range(0x4E00, 0x4E00 + 600)]


@cache
def signatures() -> dict[str, tuple[int, ...]]:
    """The signatures of all labelled articles by name."""
    known, signed = catalogue.load(), {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*")):
            if path.suffix in (".txt", ".md", ".html") and path.stem != "NOTICE":
                article = flow.read(path.read_bytes(), path.name)
                parts = sentences.split(article.text, article.language, known)
                signed[path.stem] = signature(article.text, parts)
    return signed


def test_a_reprint_with_a_cut_a_new_title_and_a_changed_amount_is_the_same_story() -> None:
    assert stories(signatures()) == {"011": "011", "s11": "011"}


def test_order_does_not_matter() -> None:
    names = list(signatures())
    random.Random(5).shuffle(names)
    assert stories({name: signatures()[name] for name in names}) == stories(signatures())


def chinese(seed: int, length: int = 800) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice(CHARACTERS) for _ in range(length))


def test_chinese_texts_are_compared_by_their_characters() -> None:
    story, other = chinese(1), chinese(2)
    copies = {"a": story, "b": "新标题：" + story[:500] + story[560:], "c": other}
    assert stories({name: signature(text) for name, text in copies.items()}) == {"a": "a", "b": "a"}


def test_a_copy_of_a_copy_joins_two_stories_whichever_comes_last() -> None:
    text = [chinese(seed, 300) for seed in range(5)]
    signed = {
        "a": signature(text[0] + text[1] + text[2]),
        "b": signature(text[1] + text[2] + text[3]),
        "c": signature(text[2] + text[3] + text[4]),
    }
    assert stories({name: signed[name] for name in "ac"}) == {}
    for order in permutations(signed):
        assert set(stories({name: signed[name] for name in order}).values()) == {"a"}


def test_boilerplate_and_short_texts_make_no_story() -> None:
    menu = " ".join(f"menu{n}" for n in range(900))
    texts = [menu + " ".join(f"{word}{n}" for n in range(200)) for word in ("one", "other")]
    ends = (len(menu), len(texts[0]))
    parts = [
        [Sentence(0, ends[0], "boilerplate", 0, "en"), Sentence(ends[0], len(text), "paragraph", 1, "en")]
        for text in texts
    ]
    assert stories({t: signature(t) for t in texts})
    assert not stories({t: signature(t, p) for t, p in zip(texts, parts, strict=True)})
    assert signature("Shares rose 3 percent on Monday.") == ()


def test_stored_signatures_stay_comparable() -> None:
    """A release of the library that hashes otherwise must come with a change of the rules, which reads all anew."""
    assert signature(" ".join(f"word{n}" for n in range(40)))[:4] == GOLDEN
    assert len(signature(chinese(1))) == agreement.KEYS


GOLDEN = (4200451998, 3554287056, 2644826801, 2956702252)


def ingest(home: Home) -> None:
    steps.raw_articles(home, (), "run")
    for step in (steps.observations, steps.audit, steps.warehouse, steps.marts, steps.published):
        step(home)


@pytest.mark.slow
def test_the_warehouse_counts_copies_once_in_any_order(tmp_path: Path) -> None:
    told = []
    for number, order in enumerate((["000.txt", "011.txt", "s11.html"], ["s11.html", "000.txt", "011.txt"])):
        home = Home(tmp_path / str(number))
        home.raw.mkdir(parents=True)
        for name in order:  # one run an article
            shutil.copy(ROOT / "raw/examples" / name, home.raw / name)
            shutil.copy(ROOT / "raw/examples" / f"{Path(name).stem}.meta.json", home.raw)
            ingest(home)
        with reading(home.published) as con:
            told.append(con.execute("SELECT raw_path, story_id FROM core.article ORDER BY 1").fetchall())
            users = con.execute(
                "SELECT sources, statements FROM mart.series WHERE metric = 'internet_users' AND kind = 'level' "
                "AND place = 'CN' AND period_end = DATE '2025-12-31' AND statements > 2"
            ).fetchall()
        assert users and all(sources < statements for sources, statements in users)
        assert users[0][0] == 2  # 000, and the story of 011 and s11
    assert told[0] == told[1]
    assert [story is None for _, story in told[0]] == [True, False, False]
