"""Which stored articles are copies of one story, kept up as articles arrive.

What lives here: finding the stored articles near those of a run, by the keys of their signatures, and writing down the
stories. What does not: how a text is signed and which articles make a story (see `stages.agreement`); the caller joins
the two, since a run may connect old stories or part them.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipelines.storage.connection import handed_in
from pipelines.storage.taking_in import ONCE, SUBJECT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The articles of this run, whatever is near to them, and all that shares a story with one of these: regrouping them
# gives the same stories as regrouping everything. Keys are scanned (3 ms a million), the rest is as large as the run.
_ABOUT = """
WITH fresh AS (SELECT article_id, unnest(signature) AS key FROM core.article SEMI JOIN run.article USING (article_id)),

near AS (
    SELECT article_id FROM (
        SELECT o.article_id, f.article_id AS fresh_id
        FROM (SELECT article_id, unnest(signature) AS key FROM core.article) AS o
        INNER JOIN fresh AS f ON f.key = o.key
        GROUP BY o.article_id, f.article_id
        HAVING count(*) >= $shared
    )
    UNION
    SELECT article_id FROM run.article
)

SELECT article_id, signature FROM core.article
WHERE article_id IN (FROM near)
    OR story_id IN (SELECT story_id FROM core.article WHERE article_id IN (FROM near) AND story_id IS NOT NULL)
"""

_TELL = (
    """
    CREATE OR REPLACE TEMP TABLE regrouped AS
    SELECT g.article_id, g.story_id FROM given AS g
    INNER JOIN core.article AS a ON a.article_id = g.article_id AND a.story_id IS DISTINCT FROM g.story_id
    """,
    "UPDATE core.article AS a SET story_id = r.story_id FROM regrouped AS r WHERE r.article_id = a.article_id",
    # Who speaks with whom changes what the sources together say.
    f"""
    INSERT INTO run.touched
    SELECT DISTINCT {SUBJECT} FROM core.observation WHERE article_id IN (SELECT article_id FROM regrouped)
    """,
    ONCE,
)


def signatures_about(con: "DuckDBPyConnection", shared: int) -> dict[str, tuple[int, ...]]:
    """The signatures that the stories of this run's articles depend on. `shared` keys in common make two a story."""
    found = con.execute(_ABOUT, {"shared": shared}).fetchall()
    return {article_id: tuple(keys or ()) for article_id, keys in found}


def tell(con: "DuckDBPyConnection", asked: Iterable[str], stories: Mapping[str, str]) -> int:
    """Writes down the story of each article that was asked about, or that it has none. Returns how many changed."""
    given = [{"article_id": article_id, "story_id": stories.get(article_id)} for article_id in asked]
    with handed_in(con, "given", {"article_id": "text", "story_id": "text"}, given):
        con.execute(_TELL[0])
        row = con.execute("SELECT count(*) FROM regrouped").fetchone()
        changed = int(row[0]) if row else 0
        for statement in _TELL[1:] if changed else ():
            con.execute(statement)
    return changed
