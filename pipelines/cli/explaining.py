"""`explain`: one observation opened at its words, with everything that speaks for and against it.

What lives here: gathering the rows about one observation and laying them out. What does not: judging them.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import printing, reading
from pipelines.cli.options import HomeOption, published_home
from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipelines.storage.home import Home
    from pipelines.storage.warehouse import Warehouse

Row = Mapping[str, Any]

_ACCEPTED = """
SELECT o.*, a.* EXCLUDE (article_id, document_id, extractor, reported_at, recorded_at)
FROM core.observation AS o JOIN core.article AS a ON a.article_id = o.article_id
WHERE starts_with(o.observation_id, ?) ORDER BY o.observation_id LIMIT 2
"""
_QUARANTINED = """
SELECT q.observation_id, q.article_id, q.record, a.title, a.publisher, a.published_at, a.url, a.attribution, a.note,
    a.raw_path
FROM (SELECT DISTINCT ON (observation_id) * FROM audit.quarantine WHERE starts_with(observation_id, ?)) AS q
LEFT JOIN core.article AS a ON a.article_id = q.article_id
ORDER BY q.observation_id LIMIT 2
"""
_CITATION = "SELECT citation FROM mart.statement WHERE observation_id = ?"
_REFUSED = 'SELECT "check", reason FROM audit.quarantine WHERE observation_id = ? ORDER BY "check"'
_FLAGS = 'SELECT * FROM audit.flag WHERE observation_id = ? ORDER BY "check"'
_NAMED = """
SELECT o.observation_id, o.quote, a.publisher, left(a.published_at, 10) AS published
FROM core.observation AS o JOIN core.article AS a ON a.article_id = o.article_id
WHERE o.observation_id IN (SELECT unnest(?)) ORDER BY published, o.observation_id
"""
_SERIES = "SELECT agreement, sources, observation_ids FROM mart.series WHERE list_contains(observation_ids, ?)"


def explain(
    observation_id: Annotated[
        str, typer.Argument(metavar="OBSERVATION_ID", help="The id, or as much of its beginning as is unique.")
    ],
    home: HomeOption = None,
) -> None:
    """Open an observation at its sentence: the words, the article, a citation to paste, checks and doubts.

    Example: tallyhouse explain 8068885e7fafa0dc
    """
    from pipelines.storage.warehouse import open_published

    printing.end_with_reader()
    here = published_home(home)
    with open_published(here) as warehouse:
        found, is_accepted = _find(warehouse, observation_id)
        _print_words(here, found)
        printing.pairs(reading.told(found))
        _print_article(warehouse, found)
        _print_checks(warehouse, found["observation_id"], is_accepted)
        _print_flags(warehouse, found)
        _print_series(warehouse, found["observation_id"])


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(explain)


def _find(warehouse: "Warehouse", given: str) -> tuple[Row, bool]:
    wanted = given.strip().lower()
    accepted = warehouse.rows(_ACCEPTED, [wanted])
    refused = [
        {**json.loads(row["record"]), **{k: v for k, v in row.items() if k != "record"}}
        for row in warehouse.rows(_QUARANTINED, [wanted])
    ]
    found: list[tuple[Row, bool]] = [(row, True) for row in accepted] + [(row, False) for row in refused]
    if not wanted or not found:
        raise UsageError(f'{given}: there is no such observation; `tallyhouse sql "FROM mart.current"` shows their ids')
    if len(found) > 1:
        raise UsageError(f"{given}: more than one observation begins so; give more of the id")
    return found[0]


def _print_words(home: "Home", found: Row) -> None:
    from pipelines.storage import texts

    sentence = found["sentence"] or found["quote"]
    start = _place_in_sentence(texts.read(home, [found["article_id"]]).get(found["article_id"]), sentence, found)
    print(f"{printing.bold(found['observation_id'])}\n")
    print(f"  {printing.marked(sentence, start, start + len(found['quote'])).replace(chr(10), ' ')}\n")


def _place_in_sentence(text: str | None, sentence: str, found: Row) -> int:
    """Where the quote begins in its sentence: by the offsets where the text is kept, else its first occurrence."""
    if text is not None:
        begin = text.rfind(sentence, 0, found["start"] + len(sentence))
        if begin >= 0 and begin <= found["start"] and found["end"] <= begin + len(sentence):
            return int(found["start"]) - begin
    return max(sentence.find(found["quote"]), 0)


def _print_article(warehouse: "Warehouse", found: Row) -> None:
    print()
    cited = warehouse.rows(_CITATION, [found["observation_id"]])
    printing.pairs(
        [
            ("article", found["title"]),
            ("publisher", found["publisher"]),
            ("published", found["published_at"]),
            ("url", found["url"]),
            ("file", found["raw_path"]),
            ("attribution", found["attribution"]),
            ("note", found["note"]),
            ("cite", cited[0]["citation"] if cited else None),
        ]
    )


def _print_checks(warehouse: "Warehouse", observation_id: str, is_accepted: bool) -> None:
    from pipelines.checks import suites

    print(f"\n{printing.bold('checks')}")
    if is_accepted:
        passed = [e for e in suites.load()["observation"].expectations if e.is_row_level and e.severity == "critical"]
        print(f"  accepted: it passed the {len(passed)} expectations that every row must pass")
    for row in warehouse.rows(_REFUSED, [observation_id]):
        print(f"  quarantined by {row['check']}: {row['reason']}")


def _print_flags(warehouse: "Warehouse", found: Row) -> None:
    flags = warehouse.rows(_FLAGS, [found["observation_id"]])
    print(f"\n{printing.bold('doubts')}" if flags else "doubts: none")
    for flag in flags:
        print(f"  {flag['check']} (confidence {flag['confidence']:.2f}): {flag['reason']}")
        if flag["proposed_value"] is not None:
            print(f"    proposed value {printing.number(flag['proposed_value'])} {found['unit'] or ''}".rstrip())
        _print_named(warehouse, flag["evidence"] or [], "    against ")


def _print_series(warehouse: "Warehouse", observation_id: str) -> None:
    for series in warehouse.rows(_SERIES, [observation_id]):
        others = [other for other in series["observation_ids"] if other != observation_id]
        sources = printing.count(series["sources"], "source")
        print(f"\n{printing.bold('same fact')}: {series['agreement']}, {sources}")
        _print_named(warehouse, others, "  ")


def _print_named(warehouse: "Warehouse", observation_ids: list[str], indent: str) -> None:
    for row in warehouse.rows(_NAMED, [observation_ids]) if observation_ids else ():
        where = ", ".join(filter(None, (row["publisher"], row["published"])))
        print(f'{indent}{row["observation_id"]}  "{row["quote"]}" ({where})')
