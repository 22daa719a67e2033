"""Labelled facts as the extraction would hand them over: real observations for tests of the storage.

The facts are those of `tests/data/warehouse/facts.jsonl`; the text of each article is made of their quotes, a line
each, so that every span opens at its words. Units are brought to canonical ones by the few factors that occur.
"""

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.storage.definitions import Reference
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.observation import Observation
from pipelines.vocabulary.quantity import Ignored

DATA = Path(__file__).parent / "data" / "warehouse"
CANONICAL = {
    "PFLOPS": ("FLOPS", "1e15"), "EFLOPS": ("FLOPS", "1e18"), "%": ("1", "0.01"), "MW": ("W", "1e6"),
    "GW": ("W", "1e9"),
    "ZB": ("B", "1e21"), "EB": ("B", "1e18"), "PB": ("B", "1e15"), "TB": ("B", "1e12"), "GB": ("B", "1e9"),
}  # fmt: skip
FACTS = [json.loads(line) for line in (DATA / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
REFERENCE = Reference(
    metrics=[{"metric": m, "name_en": m} for m in sorted({f["metric"] for f in FACTS if "metric" in f})],
    units=[
        {"unit": "FLOPS", "dimension": "compute_rate", "canonical_unit": "FLOPS", "factor": 1},
        {"unit": "kFLOPS", "dimension": "compute_rate", "canonical_unit": "FLOPS", "factor": 1000},
        {"unit": "CNY", "dimension": "money_CNY", "canonical_unit": "CNY", "factor": 1},
        {"unit": "USD", "dimension": "money_USD", "canonical_unit": "USD", "factor": 1},
        {"unit": "1", "dimension": "ratio", "canonical_unit": "1", "factor": 1},
    ],
    sources=[
        {"source": "Wedoany", "kind": "outlet", "country": "CN", "precedence": 50},
        {"source": "CNNIC", "kind": "agency", "country": "CN", "precedence": 10},
    ],
)  # fmt: skip


@dataclass(frozen=True)
class Extraction:
    """What the flow hands to staging."""

    article: Article
    observations: tuple[Observation, ...]
    ignored: tuple[Ignored, ...] = ()


@cache
def extractions(rules: str = "rules-1") -> dict[str, Extraction]:
    """All labelled articles by their name."""
    facts: dict[str, list[dict[str, Any]]] = {}
    for fact in FACTS:
        facts.setdefault(fact["article"], []).append(fact)
    with open(DATA / "articles.csv", encoding="utf-8", newline="") as lines:
        about = {row["article"]: row for row in csv.DictReader(lines)}
    return {name: extraction(name, about[name], listed, rules) for name, listed in facts.items()}


def extraction(name: str, about: dict[str, str], facts: Iterable[dict[str, Any]], rules: str = "rules-1") -> Extraction:
    """One article whose text is its title, with a year to ignore, and the quote of each fact on a line of its own."""
    title = f"Article {name} 2026"
    text = title + "\n\n"
    spans = []
    for fact in facts:
        spans.append((fact, len(text), len(text) + len(fact["quote"])))
        text += fact["quote"] + "\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    story = "story-011" if name in ("011", "s11") else None
    article = Article(
        sha256[:16], about.get("url") or f"{name}.txt", sha256, f"{name}.txt", text, title, about.get("url"),
        about["publisher"], about["published_at"], language="en", attribution=about["publisher"], reader="text/1",
        story_id=story,
    )  # fmt: skip
    found = tuple(observation(article, fact, start, end, rules) for fact, start, end in spans)
    digits = next(i for i, character in enumerate(title) if character.isdigit())
    return Extraction(article, found, (Ignored(digits, len(title), "year", "title"),))


def observation(article: Article, fact: dict[str, Any], start: int, end: int, rules: str) -> Observation:
    """The fact at its span, with the interval that its bound and digits allow."""
    value = Decimal(str(fact["value"]))
    unit = fact.get("unit")
    canonical_unit, factor = CANONICAL.get(unit or "", (unit, "1"))
    canonical = (value * Decimal(factor)).normalize()
    if fact["kind"] == "growth" and unit == "x":
        canonical, canonical_unit = value - 1, "1"
    bound = fact.get("bound", "=")
    digits = max(2, len(value.normalize().as_tuple().digits))
    half = Decimal(10) ** (canonical.adjusted() - digits + 1) / 2 if canonical else Decimal(0)
    exact = unit == "rank" or (value < 1000 and value == int(value) and unit not in ("%", "x", *CANONICAL))
    low, high = (canonical, canonical) if exact else (canonical - half, canonical + half)
    if bound == "~":
        low, high = sorted((canonical * Decimal("0.95"), canonical * Decimal("1.05")))
    if bound in (">", ">="):
        low, high = canonical, None
    if bound in ("<", "<="):
        low, high = None, canonical
    key = hashlib.sha256(f"{article.article_id} {start} {end}".encode()).hexdigest()[:16]
    high_closed = high is not None and (exact or bound in ("~", "<="))
    return Observation(
        key, article.article_id, fact["quote"], start, end, fact["quote"], value, None, unit, canonical, None,
        canonical_unit, low, high, low is not None and bound != ">", high_closed,
        bound, None, digits, fact.get("basis"), fact["kind"], None, fact.get("versus"), fact["status"],
        fact.get("scope"),
        fact.get("metric"), fact["label"], fact.get("dimensions") or {}, fact.get("size"), fact.get("place"),
        fact.get("period_start"), fact.get("period_end"), None, fact.get("reporter"), fact.get("report"), None, 0.9,
        rules,
    )  # fmt: skip


def restated(extraction: Extraction, **changes: Any) -> Extraction:
    """The same article with every observation changed: what other rules would read."""
    return replace(extraction, observations=tuple(replace(o, **changes) for o in extraction.observations))
