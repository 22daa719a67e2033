"""`extract` and `try`: the pure half of the path, from text to observations on standard output, touching nothing.

What lives here: finding the files, printing, and going on after an article that cannot be read. What does not: reading
and extracting (see `flow`). Nothing imported here may pull in DuckDB, Dagster or Great Expectations.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import printing, reading
from pipelines.cli.options import HomeOption, home_of
from pipelines.vocabulary.errors import ArticleError, CatalogueError, UsageError, fault

if TYPE_CHECKING:
    from pipelines.catalogue import Catalogue
    from pipelines.flow import Extraction
    from pipelines.vocabulary.article import Article
    from pipelines.vocabulary.observation import Observation
    from pipelines.vocabulary.reason import Reason

STDIN = "-"
COLUMNS = ("value", "unit", "kind", "metric", "place", "period_end", "quote")


class Lines(StrEnum):
    """How `extract` prints observations."""

    JSONL = "jsonl"
    TABLE = "table"


DateOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Publication date of an article that states none.")
]


def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...|-", help="Files and folders; - for standard input.")],
    format: Annotated[Lines, typer.Option(help="One JSON object a line, or a table.")] = Lines.JSONL,
    date: DateOption = None,
    home: HomeOption = None,
) -> None:
    """Print the observations of files and folders; touches nothing.

    Example: tallyhouse extract raw/examples/000.txt --format table
    """
    from pipelines import catalogue, flow  # noqa: F401 - a fault of an import is no fault of an article

    printing.end_with_reader()
    published_at = _checked_date(date)
    inputs = list(_existing(paths))
    known = catalogue.load(home_of(home).overlay)
    failed = 0
    for given in inputs:
        for path, side in _articles(given):
            try:
                done = _extracted(path, side, published_at, known)
            except (ArticleError, OSError) as error:
                printing.complain(str(error))
                failed += 1
                continue
            except CatalogueError:
                raise  # the curator's to mend, and no article's
            except Exception as error:  # a fault of ours in one article must not cost the others theirs
                printing.complain(f"{path}: could not be extracted ({fault(error)}); please report this")
                failed += 1
                continue
            _print(path, done.observations, format)
    if failed:
        printing.complain(f"{printing.count(failed, 'article')} could not be read")
        raise typer.Exit(ArticleError.exit_code)


def try_(
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE|FILE", help="A sentence, a paragraph, or a file; - for standard input.")
    ],
    date: DateOption = None,
    home: HomeOption = None,
) -> None:
    """Show what is found in a sentence, and which rules and words decided it.

    Example: tallyhouse try "Output exceeded 1.2 million tonnes in 2025, up 15% year on year."
    """
    from pipelines import catalogue, flow

    published_at, known = _checked_date(date), catalogue.load(home_of(home).overlay)
    if _is_file(sentence):
        (path, side), *_ = _articles(Path(sentence))
        done = _extracted(path, side, published_at, known)
    else:
        done = flow.extract(_dated(flow.read(_tried(sentence).encode(), "sentence.txt"), published_at), known)
    for number, (observation, reasons) in enumerate(zip(done.observations, flow.explain(done, known), strict=True), 1):
        _explain(number, observation, done, reasons)
    if not done.observations:
        print("No statistic was found.")
    if done.ignored:
        print(f"\n{printing.bold('Ignored')}")
        printing.table(
            ("words", "reason", "rule"),
            [(done.article.text[i.start : i.end], i.reason, i.rule) for i in done.ignored],
        )


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(extract)
    app.command("try")(try_)


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):  # a paragraph is too long for a name
        return False


def _tried(sentence: str) -> str:
    """The text that `try` was given, or asked to read from standard input."""
    from pipelines.stages.text import is_article_path

    text = sys.stdin.read() if sentence == STDIN else sentence
    if not text.strip():
        raise UsageError("there is no sentence; write it between quotation marks")
    if len(text.split()) == 1 and is_article_path(Path(text)):
        raise UsageError(f"{text}: there is no such file")
    return text


def _existing(paths: list[str]) -> Iterator[Path | None]:
    """The paths given, all of which are there; None for standard input."""
    for path in paths:
        if path == STDIN:
            yield None
        elif Path(path).exists():
            yield Path(path)
        else:
            raise UsageError(f"{path}: there is no such file or folder")


def _articles(given: Path | None) -> Iterator[tuple[Path | None, Path | None]]:
    """The article files at a path, each with its side file."""
    from pipelines.stages.text import is_article_path
    from pipelines.storage.raw import articles_at

    if given is None:
        yield None, None
    else:
        yield from articles_at(given, is_article_path)


def _extracted(path: Path | None, side: Path | None, published_at: str | None, known: "Catalogue") -> "Extraction":
    from pipelines import flow
    from pipelines.storage.raw import side_content

    data = sys.stdin.buffer.read() if path is None else path.read_bytes()
    shown = STDIN if path is None else path.as_posix()
    return flow.extract(_dated(flow.read(data, shown, side_content(side, shown)), published_at), known)


def _dated(article: "Article", published_at: str | None) -> "Article":
    return article if article.published_at or not published_at else replace(article, published_at=published_at)


def _checked_date(given: str | None) -> str | None:
    try:
        return given and date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError(f'--date "{given}" is no date; write it as YYYY-MM-DD') from None


def _print(path: Path | None, observations: tuple["Observation", ...], format: Lines) -> None:
    shown = STDIN if path is None else path.as_posix()
    records = [observation.as_record() for observation in observations]
    if format is Lines.JSONL:
        for record in records:
            record["path"] = shown
            print(json.dumps(record, ensure_ascii=False))
    else:
        print(printing.bold(shown))
        printing.table(COLUMNS, [[reading.bounded(r) if c == "value" else r[c] for c in COLUMNS] for r in records])
        print()


def _explain(number: int, found: "Observation", done: "Extraction", reasons: "Sequence[Reason]") -> None:
    at = done.article.text.rfind(found.sentence, 0, found.start + len(found.sentence))
    print(f"{printing.bold(str(number))}  {printing.marked(found.sentence, found.start - at, found.end - at)}")
    quantity = next((q for q in done.quantities if (q.start, q.end) == (found.start, found.end)), None)
    restated = next((f'"{o.quote}"' for o in done.observations if o.observation_id == found.restates), None)
    rules = ("rules", "; ".join(quantity.rules) if quantity else None)
    printing.pairs([*reading.told(found.as_record() | {"restates": restated}), rules], indent="   ")
    print("   decided by")
    printing.pairs([(reason.field, _because(reason)) for reason in reasons], indent="     ")


def _because(reason: "Reason") -> str:
    """One reason on one line: the words, the rule, and what else was in question."""
    words = f'"{reason.words}" ' if reason.words else ""
    runners = f"; in question: {'; '.join(reason.runners_up)}" if reason.runners_up else ""
    return f"{words}({reason.rule}){runners}"
