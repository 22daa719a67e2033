"""The count of candidates is made of the text, apart from the rules: what they pass over in silence breaks it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import catalogue, flow
from pipelines.storage import build, candidates, lock, staging
from pipelines.storage.home import Home
from tests import runs
from tests.labelled import Extraction, extractions

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted(p for p in (ROOT / "raw" / "examples").iterdir() if p.suffix in (".txt", ".md", ".html"))
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


@pytest.mark.parametrize("position", [0, 7, -1])
def test_a_number_that_the_rules_drop_breaks_the_invariant(tmp_path: Path, position: int) -> None:
    kept = tuple(o for o in ONE.observations if o is not ONE.observations[position])
    assert uncounted(tmp_path, replace(ONE, observations=kept)) > 0


def test_a_number_that_is_not_ignored_aloud_breaks_the_invariant(tmp_path: Path) -> None:
    assert uncounted(tmp_path, replace(ONE, ignored=())) > 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_rules_account_for_every_digit_of_the_examples(path: Path) -> None:
    if path.name.startswith("NOTICE"):
        pytest.skip("no article")
    found = flow.extract(flow.read(path.read_bytes(), path.name), catalogue.load())
    spans = [(x.start, x.end) for x in (*found.observations, *found.ignored)]
    text = found.article.text
    covered = {i for start, end in spans for i in range(start, end)}
    assert [text[max(0, i - 20) : i + 20] for i, c in enumerate(text) if c in "0123456789" and i not in covered] == []
