"""Counted nouns: plurals, synonyms, compounds, Chinese names."""

import pytest

from pipelines.catalogue import nouns

NOUNS = nouns.load()


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("5g base stations", "base_station"),
        ("standard racks", "rack"),
        ("data centres", "data_center"),
        ("internet users", "user"),
        ("people", "person"),
        ("key technologies", "technology"),
        ("ten-thousand-card intelligent computing clusters", "cluster"),
        ("women", "person"),
        ("sets of data", "dataset"),
        ("wugs", "wug"),
        ("churches", "church"),
        ("gpus", "gpu"),
        ("viruses", "virus"),
        ("prizes", "prize"),
        ("houses", "house"),
        ("movies", "film"),
        ("heroes", "hero"),
        ("caches", "cache"),
        ("classes", "class"),
        ("quizzes", "quiz"),
        ("cities", "city"),
        ("aircraft", "aircraft"),
        ("mou mous", "mou"),
        ("criteria", "criterion"),
        ("public charging piles", "charging_pile"),
        ("nuclear power stations", "power_plant"),
        ("patent applications", "application"),
    ],
)
def test_codes(phrase: str, code: str) -> None:
    assert NOUNS.code_of(phrase.split()) == code


@pytest.mark.parametrize(
    "word",
    [
        "this",
        "analysis",
        "across",
        "gas",
        "virus",
        "process",
        "various",
        "is",
        "less",
        "campus",
        "wireless",
        "overseas",
        "physics",
        "texas",
    ],
)
def test_words_that_end_in_s_and_are_no_plurals(word: str) -> None:
    assert not NOUNS.is_plural(word)


@pytest.mark.parametrize(
    "word", ["stations", "people", "apis", "menus", "taxis", "data", "series", "species", "women", "gases"]
)
def test_plurals(word: str) -> None:
    assert NOUNS.is_plural(word)


def test_every_irregular_plural_comes_back_to_a_word_that_is_no_other_plural() -> None:
    for plural, singular in NOUNS.plurals.items():
        assert NOUNS.singular(plural) == singular


@pytest.mark.parametrize(
    ("name", "code"), [("基站", "base_station"), ("標準機架", "rack"), ("数据集", "dataset"), ("企業", "enterprise")]
)
def test_chinese_names_in_both_scripts(name: str, code: str) -> None:
    assert NOUNS.zh[name] == code
