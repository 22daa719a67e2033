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
        ("women", "woman"),
        ("sets of data", "dataset"),
        ("wugs", "wug"),
        ("churches", "church"),
        ("gpus", "gpu"),
    ],
)
def test_codes(phrase: str, code: str) -> None:
    assert NOUNS.code_of(phrase.split()) == code


@pytest.mark.parametrize("word", ["this", "analysis", "across", "gas", "virus", "process", "various", "is", "less", "campus"])
def test_words_that_end_in_s_and_are_no_plurals(word: str) -> None:
    assert not NOUNS.is_plural(word)


@pytest.mark.parametrize(("name", "code"), [("基站", "base_station"), ("標準機架", "rack"), ("数据集", "dataset"), ("企業", "enterprise")])
def test_chinese_names_in_both_scripts(name: str, code: str) -> None:
    assert NOUNS.zh[name] == code
