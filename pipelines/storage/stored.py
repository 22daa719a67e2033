"""Articles that were read before, as they are kept: to extract them again, their raw files are not needed.

What lives here: which of them can be extracted from what is kept, and reading them back as articles. What does not:
the texts themselves (see `texts`), and whether there is any reason to extract again (see `warehouse.plan`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from pipelines.storage.connection import literal, reading, rows
from pipelines.storage.home import Home
from pipelines.vocabulary.article import Article

#: What an article says of itself. Its story is found anew, from all articles.
_FIELDS = tuple(field.name for field in fields(Article) if field.name not in ("text", "story_id"))


@dataclass(frozen=True, slots=True)
class StoredText:
    """An article whose text is kept. It is a task for any process that sees the home."""

    home: Home
    article_id: str
    raw_path: str  # where its file lies now, or where it lay
    size: int  # characters
    changed_ns: int = 0  # of the file: none is looked at


def with_text(home: Home) -> set[str]:
    """The articles whose text is kept, and was not forgotten."""
    if not home.bodies.exists():
        return set()
    with reading(home.bodies) as con:
        return {a for (a,) in con.execute("SELECT article_id FROM body WHERE text IS NOT NULL").fetchall()}


def everything(home: Home) -> list[StoredText]:
    """All articles of the warehouse whose text is kept, in the order of their paths."""
    kept = with_text(home)
    with reading(home.published) as con:
        found = con.execute("SELECT article_id, raw_path, characters FROM core.article ORDER BY raw_path, 1").fetchall()
    return [StoredText(home, *row) for row in found if row[0] in kept]


def read(stored: Iterable[StoredText]) -> Iterator[Article]:
    """The articles as they were when they were first read, at the paths that `stored` gives them. In no set order."""
    of_home: dict[Home, list[StoredText]] = {}
    for text in stored:
        of_home.setdefault(text.home, []).append(text)
    for home, wanted in of_home.items():
        paths = {text.article_id: text.raw_path for text in wanted}
        for row in _rows(home, paths):
            path = paths[row["article_id"]]
            # A document without an address is known by its path.
            document = path if row["document_id"] == row["raw_path"] else row["document_id"]
            yield Article(**(row | {"raw_path": path, "document_id": document}))


def _rows(home: Home, article_ids: Collection[str]) -> Sequence[dict[str, str]]:
    columns = ", ".join(f"a.{name}" for name in _FIELDS)
    with reading(home.published) as con:
        con.execute(f"ATTACH {literal(str(home.bodies))} AS bodies (READ_ONLY)")
        return rows(
            con,
            f"SELECT {columns}, b.text FROM core.article AS a JOIN bodies.body AS b ON b.article_id = a.article_id "
            "WHERE a.article_id IN (SELECT unnest(?)) AND b.text IS NOT NULL",
            [list(article_ids)],
        )
