"""The count of candidates is made of the text, apart from the rules: what they pass over in silence breaks it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import catalogue, flow
from pipelines.stages.text import is_article_path
from pipelines.storage import build, candidates, lock, staging
from pipelines.storage.home import Home
from pipelines.vocabulary.article import Article
from tests import runs
from tests.labelled import Extraction, extractions

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted(p for p in (ROOT / "raw" / "examples").iterdir() if is_article_path(p.name))
ONE = extractions()["000"]


def uncounted(root: Path, extraction: Extraction) -> int:
    """The candidates of an article that are in no row, by the check of the warehouse."""
    home = Home(root)
    runs.put(home, extraction)
    with lock.writer(home), build.begin(home, "run-1", "rules-1") as made:
        made.load(staging.stage(home.staging, "rules-1", [extraction]), (), "rules-1")
        made.accept()
        return int(made.counts()["unaccounted_candidates"])


def test_digits_are_counted_in_the_text_and_words_where_they_were_found() -> None:
    text = "Two of the 13.73 million racks hold 42 10,000-card clusters; half of ５０."
    words, clusters, size = (0, 3), (text.index("42"), text.index(";")), (text.index("10,000"), text.index("-card"))
    assert candidates.count(text, []) == 6
    assert candidates.count(text, [words]) == 7
    assert candidates.count(text, [words, clusters, size]) == 8


def test_an_article_whose_numbers_are_all_in_rows_is_whole(tmp_path: Path) -> None:
    assert uncounted(tmp_path, ONE) == 0


@pytest.mark.parametrize("quote", ["13.73 million standard racks", "159 million PFlops (FP16)", "74.6%"])
def test_a_number_that_the_rules_drop_breaks_the_invariant(tmp_path: Path, quote: str) -> None:
    dropped = next(o for o in ONE.observations if o.quote == quote)
    assert uncounted(tmp_path, replace(ONE, observations=tuple(o for o in ONE.observations if o is not dropped))) > 0


def test_any_number_that_is_lost_on_the_way_breaks_the_invariant(tmp_path: Path) -> None:
    """One in words, and one inside a longer quote, too."""
    home = Home(tmp_path)
    runs.put(home, ONE)
    with lock.writer(home), build.begin(home, "run-1", "rules-1") as made:
        made.load(staging.stage(home.staging, "rules-1", [ONE]), (), "rules-1")
        made.accept()
        for observation in ONE.observations:
            made.con.execute("BEGIN")
            made.con.execute("DELETE FROM core.observation WHERE observation_id = ?", [observation.observation_id])
            assert made.counts()["unaccounted_candidates"] > 0, observation.quote
            made.con.execute("ROLLBACK")


def test_a_number_that_is_not_ignored_aloud_breaks_the_invariant(tmp_path: Path) -> None:
    assert uncounted(tmp_path, replace(ONE, ignored=())) > 0


def uncovered(article: Article) -> list[str]:
    """What stands around each digit that is in no observation and not ignored aloud."""
    found = flow.extract(article, catalogue.load())
    covered = {i for x in (*found.observations, *found.ignored) for i in range(x.start, x.end)}
    text = article.text
    return [text[max(0, i - 20) : i + 20] for i, c in enumerate(text) if c in "0123456789" and i not in covered]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_rules_account_for_every_digit_of_the_examples(path: Path) -> None:
    assert uncovered(flow.read(path.read_bytes(), path.name)) == []


@pytest.mark.parametrize(
    "words", ["see .1.5 million", "about .2,024 users", "5×10^95G stations", "1,2,3,4 and 2023,2024", "3万卡2,024．5"]
)
def test_the_rules_account_for_odd_digits_too(words: str) -> None:
    assert uncovered(flow.read(f"Title\n\nIt is {words} today.".encode(), "a.txt")) == []
