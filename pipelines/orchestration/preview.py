"""What a run would change in the warehouse because the catalogue or the rules changed, told before it is published.

What lives here: extracting the kept texts again and holding the result against what is published; nothing is written.
What does not: judging (expectations and flags are the run's business), and new articles.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines import catalogue, flow
from pipelines.storage import stored
from pipelines.storage.home import Home
from pipelines.storage.warehouse import Warehouse, open_published
from pipelines.vocabulary.errors import CatalogueError, fault

#: What is compared, in the order in which it is told.
FIELDS = (
    "metric", "unit", "place", "period_start", "period_end", "kind", "status", "versus", "basis", "scope", "size",
    "dimensions", "reporter", "report", "value", "value_high", "bound",
)  # fmt: skip
_BATCH = 200  # articles in memory at once


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one observation that would read otherwise."""

    observation_id: str
    field: str
    before: Any
    after: Any
    quote: str
    label: str
    is_unmapped: bool  # whether it has no metric now


@dataclass(slots=True)
class Preview:
    """What would come of the kept texts. `found` and `gone` are quotes of observations that are new or no more."""

    articles: int = 0
    observations: int = 0
    changes: list[Change] = field(default_factory=list)
    found: list[tuple[str, str | None]] = field(default_factory=list)  # quote, metric
    gone: list[tuple[str, str | None]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    forgotten: int = 0  # articles without a text

    @property
    def linked(self) -> dict[tuple[str, str], int]:
        """Label and metric of what has no metric now and would get one, with the number of observations."""
        counted: dict[tuple[str, str], int] = {}
        for change in self.changes:
            if change.field == "metric" and change.is_unmapped:
                counted[change.label, change.after] = counted.get((change.label, change.after), 0) + 1
        return counted


def preview(home: Home, tell: Callable[[int, int], None] = lambda done, total: None) -> Preview:
    """Extracts every kept text by the rules and catalogue as they are now, and compares. Raises CatalogueError.

    `tell` hears how many articles are done.
    """
    known = catalogue.load(home.overlay)
    made = Preview()
    everything = stored.everything(home)
    with open_published(home) as warehouse:
        ((articles,),) = warehouse.table("SELECT count(*) FROM core.article")[1]
        made.forgotten = articles - len(everything)
        for first in range(0, len(everything), _BATCH):
            batch = everything[first : first + _BATCH]
            published = _published(warehouse, [text.article_id for text in batch])
            for article in stored.read(batch):
                try:
                    found = flow.extract(article, known).observations
                except CatalogueError:
                    raise
                except Exception as error:  # as in a run, it costs the others nothing
                    made.failures.append(f"{article.raw_path}: could not be extracted ({fault(error)})")
                    continue
                _compare(made, published.get(article.article_id, {}), [o.as_record() for o in found])
            made.articles += len(batch)
            tell(made.articles, len(everything))
    return made


def _compare(made: Preview, before: Mapping[str, Mapping[str, Any]], after: list[dict[str, Any]]) -> None:
    made.observations += len(after)
    for record in after:
        old = before.get(record["observation_id"])
        if old is None:
            made.found.append((record["quote"], record["metric"]))
            continue
        if old["is_refused"]:
            continue
        for name, was, now in _differences(old, record):
            label = old["label"] or record["label"]
            made.changes.append(
                Change(record["observation_id"], name, was, now, record["quote"], label, old["metric"] is None)
            )
    still = {record["observation_id"] for record in after}
    made.gone += [(old["quote"], old["metric"]) for name, old in before.items() if name not in still]


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in FIELDS:
        was, now = _plain(old[name]), _plain(new[name])
        if was != now:
            yield name, was, now


def _plain(value: Any) -> Any:
    """One shape for what is read from the warehouse and what is extracted."""
    if isinstance(value, str) and value[:1] == "{":
        value = json.loads(value)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, ensure_ascii=False, default=float) if value else None
    return float(value) if isinstance(value, int | float) else value


def _published(warehouse: Warehouse, article_ids: list[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The observations of the articles by article and id; of those in quarantine only that they are there."""
    columns = ", ".join(
        f"{name}::VARCHAR AS {name}" if name in ("period_start", "period_end", "size", "dimensions") else name
        for name in FIELDS
    )
    of_article: dict[str, dict[str, dict[str, Any]]] = {}
    rows = warehouse.rows(
        f"SELECT observation_id, article_id, quote, label, {columns}, false AS is_refused FROM core.observation "
        "WHERE article_id IN (SELECT unnest($1)) UNION ALL BY NAME "
        "SELECT DISTINCT observation_id, article_id, quote, true AS is_refused FROM audit.quarantine "
        "WHERE article_id IN (SELECT unnest($1))",
        [article_ids],
    )
    for row in rows:
        of_article.setdefault(row["article_id"], {})[row["observation_id"]] = row
    return of_article
