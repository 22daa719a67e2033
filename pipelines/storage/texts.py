"""The articles' texts, in a DuckDB file of their own: what spans open in, and what stays at home when facts are shared.

What lives here: appending the texts of a run, reading one, forgetting one. The file is published like the warehouse:
made beside, then replaced.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.storage import dictionary, staging
from pipelines.storage.connection import attach, literal, reading
from pipelines.storage.disk import copy_file, guarded, sync
from pipelines.storage.home import BODIES, Home
from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def append(home: Home, con: "DuckDBPyConnection") -> bool:
    """Makes the next file of bodies out of the published one and the staged texts. False where there is nothing new.

    What was forgotten is not brought back by reading the article again.
    """
    fresh = "FROM run.staged_body AS s SEMI JOIN run.article AS a ON a.article_id = s.article_id"
    if home.bodies.exists():
        con.execute(f"ATTACH {literal(str(home.bodies))} AS bodies (READ_ONLY)")
        fresh += (
            " ANTI JOIN bodies.body AS b ON b.article_id = s.article_id AND (b.reader = s.reader OR b.text IS NULL)"
        )
    count = con.execute(f"SELECT count(*) {fresh}").fetchone()
    fresh = (
        f"SELECT s.article_id, any_value(s.reader) AS reader, any_value(s.text) AS text {fresh} GROUP BY s.article_id"
    )
    if count and count[0]:
        con.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {fresh}")
    if home.bodies.exists():
        con.execute("DETACH bodies")
    if not count or not count[0]:
        return False
    if home.bodies.exists():
        copy_file(home.bodies, home.next_bodies)
    con.execute(f"ATTACH {literal(str(home.next_bodies))} AS next_bodies (STORAGE_VERSION 'v1.5.0')")
    _declare(con, "next_bodies")
    con.execute("DELETE FROM next_bodies.body WHERE article_id IN (SELECT article_id FROM fresh)")
    con.execute("INSERT INTO next_bodies.body BY NAME SELECT * FROM fresh")
    con.execute("CHECKPOINT next_bodies")
    con.execute("DETACH next_bodies")
    sync(home.next_bodies)
    return True


def read(home: Home, article_ids: Iterable[str]) -> dict[str, str]:
    """The texts by article; without those that are unknown or forgotten."""
    if not home.bodies.exists():
        return {}
    wanted = list(article_ids)
    with reading(home.bodies) as con:
        found = con.execute(
            "SELECT article_id, text FROM body WHERE article_id IN (SELECT unnest(?)) AND text IS NOT NULL", [wanted]
        )
        return dict(found.fetchall())


def forget(home: Home, article_id: str) -> bool:
    """Removes the text of one article and keeps its hash, facts and quotes; False where it was forgotten before.

    The caller holds the writer lock. What a killed run left goes too, since it may hold the text; the raw file is the
    curator's to remove. Raises UsageError for an unknown article.
    """
    if not home.bodies.exists():
        raise UsageError(f"{article_id}: no article has been read yet")
    with reading(home.bodies) as con:
        row = con.execute("SELECT text IS NULL FROM body WHERE article_id = ?", [article_id]).fetchone()
    if row is None:
        raise UsageError(f"{article_id}: there is no such article; `tallyhouse find` lists them")
    staging.clear(home)
    shutil.rmtree(home.build, ignore_errors=True)
    if row[0]:
        return False
    home.prepare()
    beside = home.next_bodies.with_name("forgetting.duckdb")
    _copy_without(home.bodies, beside, [article_id])
    beside.replace(home.bodies)
    sync(home.bodies.parent)
    return True


def forget_again(known: Path, restored: Path) -> None:
    """Removes from `restored`, an older file of bodies, the texts that `known` says were forgotten since."""
    if not known.exists() or not restored.exists():
        return
    with reading(known) as con:
        gone = [row[0] for row in con.execute("SELECT article_id FROM body WHERE text IS NULL").fetchall()]
    if gone:
        beside = restored.with_name("forgetting.duckdb")
        _copy_without(restored, beside, gone)
        beside.replace(restored)


def _copy_without(bodies: Path, target: Path, article_ids: Iterable[str]) -> None:
    """A fresh file, because a deleted row's bytes would stay in the blocks of the old one."""
    target.unlink(missing_ok=True)
    con = attach(target)
    with guarded(target):
        try:
            con.execute(f"ATTACH {literal(str(bodies))} AS bodies (READ_ONLY)")
            _declare(con, "tallyhouse")
            con.execute(
                "INSERT INTO tallyhouse.body SELECT * EXCLUDE (id) REPLACE ("
                "CASE WHEN gone.id IS NULL THEN text END AS text, "
                "CASE WHEN gone.id IS NULL OR text IS NULL THEN forgotten_at "
                "ELSE current_timestamp AT TIME ZONE 'UTC' END AS forgotten_at) "
                "FROM bodies.body LEFT JOIN (SELECT DISTINCT unnest(?) AS id) AS gone ON gone.id = article_id",
                [list(article_ids)],
            )
            con.execute("CHECKPOINT tallyhouse")
        finally:
            con.close()
        sync(target)


def _declare(con: "DuckDBPyConnection", database: str) -> None:
    """The table in the attached file, and what the dictionary says of it."""
    con.execute(BODIES.read_text(encoding="utf-8").replace("bodies.", f"{database}."))
    columns = [name for name, *_ in con.execute(f"DESCRIBE {database}.body").fetchall()]
    for comment in dictionary.comments("bodies.body", columns):
        con.execute(comment.replace("bodies.", f"{database}.", 1))


def path_for_reading(home: Home) -> Path | None:
    """The file of bodies, where there is one."""
    return home.bodies if home.bodies.exists() else None


__all__ = ["append", "forget", "forget_again", "path_for_reading", "read"]
