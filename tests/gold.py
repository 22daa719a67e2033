"""The shipped articles with their labels as a warehouse: what a faultless extraction would hand over, and all that
comes after it for real (signatures, stories, doubts, marts, the catalogue's rows).

The labels are those of `bench/accuracy/dev/gold.jsonl`. The text of each article is made of its quotes, a line each, so
that every span opens at its words; its signature is that of the article itself.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import catalogue, flow
from pipelines.catalogue import Catalogue
from pipelines.checks import plausibility
from pipelines.orchestration import reference
from pipelines.stages import agreement
from pipelines.stages.text import is_article_path
from pipelines.storage import build, lock, raw, staging
from pipelines.storage.home import Home
from pipelines.vocabulary import intervals
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.observation import Observation
from pipelines.vocabulary.quantity import Ignored

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "bench" / "accuracy" / "dev" / "gold.jsonl"
EXAMPLES = ROOT / "raw" / "examples"

Mention = tuple[str, int]  # an article's name and where its label stands


@dataclass(frozen=True)
class Extraction:
    """What the flow hands to staging."""

    article: Article
    observations: tuple[Observation, ...]
    signature: tuple[int, ...]
    ignored: tuple[Ignored, ...] = ()


@cache
def labels() -> list[dict[str, Any]]:
    """Every label, in the order of the file."""
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


@cache
def known() -> Catalogue:
    return catalogue.load()


@cache
def extractions() -> tuple[dict[str, Extraction], dict[Mention, str]]:
    """The articles by name, and the id of the observation that each label became."""
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in labels():
        by_article[label["article"]].append(label)
    made, ids = {}, {}
    for name, listed in by_article.items():
        made[name] = _extraction(name, listed)
        ids |= {
            (name, label["start"]): o.observation_id for label, o in zip(listed, made[name].observations, strict=True)
        }
    return made, ids


def publish(root: Path) -> Home:
    """A home with all of it published, by the steps of a run."""
    home, articles = Home(root), extractions()[0].values()
    home.prepare()
    for extraction in articles:
        (home.raw / extraction.article.raw_path).write_text(extraction.article.text, encoding="utf-8")
    with lock.writer(home):
        present = raw.scan(home, is_article_path).files
        staged = staging.stage(home.staging, "gold", list(articles))
        with build.begin(home, "gold", "gold", datetime(2026, 11, 1, tzinfo=UTC)) as made:
            made.load(staged, present, "gold")
            made.accept()
            made.regroup(agreement.SHARED, agreement.stories)
            made.set_reference(reference.of_catalogue(known()))
            limits = plausibility.of_catalogue(known())
            subjects = made.subjects()
            facts = plausibility.from_rows(made.facts(None))
            changed = made.changed_articles()
            flags = plausibility.judge(facts, limits, subjects, changed, plausibility.dimension_of(known()))
            made.replace_flags(flags, subjects, changed, plausibility.ARTICLE_CHECKS)
            made.build_marts()
            made.publish()
    return home


def _extraction(name: str, listed: list[dict[str, Any]]) -> Extraction:
    path = next(p for p in EXAMPLES.glob(f"{name}.*") if p.suffix != ".json")
    side = json.loads((EXAMPLES / f"{name}.meta.json").read_text(encoding="utf-8"))
    article = flow.read(path.read_bytes(), path.name, side)
    signed = flow.extract(article, known()).signature
    text, spans = f"Article {name}\n\n", []
    for label in listed:
        spans.append((len(text), len(text) + len(label["quote"])))
        text += label["quote"] + "\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    article = replace(article, article_id=sha256[:16], sha256=sha256, raw_path=f"{name}.txt", text=text)
    quotes = {label["quote"]: _id(article, start) for label, (start, _) in zip(listed, spans, strict=True)}
    found = [_observation(article, f, a, b, quotes) for f, (a, b) in zip(listed, spans, strict=True)]
    return Extraction(article, tuple(found), signed)


def _observation(
    article: Article, label: dict[str, Any], start: int, end: int, quotes: dict[str, str]
) -> Observation:  # fmt: skip
    units = known().units
    value, unit, kind = Decimal(str(label["value"])), label["unit"], label["kind"]
    high = None if label["value_high"] is None else Decimal(str(label["value_high"]))
    is_count = unit is None or units.get(unit).dimension.startswith("count")
    # The labels give no scale word: the digits of the value stand for those that were written.
    exponent = int(value.normalize().as_tuple().exponent)
    interval = intervals.stated(
        value, high, label["bound"], scale=Decimal(1), decimals=max(0, -exponent),
        is_exact=kind == "rank" or (is_count and abs(value) < 1000 and value == int(value)),
    )  # fmt: skip

    def canonical(given: Decimal | None) -> Decimal | None:
        if given is not None and unit == "x":
            return given - 1 if kind == "growth" else given
        return None if given is None else units.canonical(given, unit)[0]

    reporters = known().organisations.find(label["reporter"] or "")
    return Observation(
        _id(article, start), article.article_id, label["quote"], start, end, label["quote"], value, high, unit,
        canonical(value), canonical(high), "1" if unit == "x" else units.canonical(value, unit)[1],
        canonical(interval.low), canonical(interval.high), interval.low_closed, interval.high_closed, label["bound"],
        None, len(value.normalize().as_tuple().digits), label["basis"], kind, None, label["versus"], label["status"],
        label["scope"], label["metric"], label["label"], label["dimensions"], label["size"], label["place"],
        label["period_start"], label["period_end"], None,
        reporters[0].organisation.name if reporters else label["reporter"], label["report"],
        quotes.get(label["restates"] or ""), 0.9, "gold",
    )  # fmt: skip


def _id(article: Article, start: int) -> str:
    return hashlib.sha256(f"{article.article_id} {start}".encode()).hexdigest()[:16]
