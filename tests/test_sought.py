"""Patterns that are only tried where their words stand: do those words miss nothing in real text?"""

import gc
import re
from collections.abc import Iterator

import pytest

from bench.extract import HELD_OUT, SHIPPED, articles
from pipelines import catalogue, flow
from pipelines.catalogue.script import fold
from pipelines.catalogue.sought import Anchored, Guarded

#: Of the labelled articles one in so many is read.
_STEP = 5
#: The end of a span, where a pattern asks for it before a branch, a bracket or its own end.
_END = re.compile(r"(?<!\\)\$(?=[|)]|$)")


@pytest.fixture(scope="module")
def known() -> catalogue.Catalogue:
    loaded = catalogue.load()
    flow.extract(articles(SHIPPED)[0], loaded)  # what is loaded when asked for is there
    return loaded


@pytest.fixture(scope="module")
def texts() -> list[str]:
    folders = sorted(HELD_OUT.glob("*/articles"))
    read = [article.text for folder in (SHIPPED, *folders) for article in articles(folder)][::_STEP]
    return [*read, *map(fold, read)]


def patterns(kind: type[Anchored] | type[Guarded]) -> Iterator[Anchored | Guarded]:
    """Those of the pipeline's modules and of the loaded catalogue."""
    return (one for one in gc.get_objects() if isinstance(one, kind))


def test_anchored_patterns_find_what_they_would_everywhere(known: catalogue.Catalogue, texts: list[str]) -> None:
    anchored = list(patterns(Anchored))
    assert len(anchored) > 5
    for one in anchored:
        for text in texts:
            plain = [match.span() for match in one._pattern.finditer(text)]
            assert [match.span() for match in one.finditer(text)] == plain, one._pattern.pattern


def test_what_a_guarded_pattern_finds_holds_one_of_its_words(known: catalogue.Catalogue, texts: list[str]) -> None:
    guarded = list(patterns(Guarded))
    assert len(guarded) > 10
    for one in guarded:
        pattern = re.compile(_END.sub("", one._pattern.pattern), one._pattern.flags)
        for text in texts:
            for match in pattern.finditer(text):
                assert one._holds_one(match[0]), (pattern.pattern, match[0])
