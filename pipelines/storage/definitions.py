"""What a warehouse was made with besides articles: the SQL, the dictionary, the catalogue's rows.

What lives here: their fingerprints, by which a run sees that the published file is out of date, and the writing of
the catalogue's rows, which the flow hands in as plain values.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.storage.connection import handed_in, one
from pipelines.storage.home import DICTIONARY, MARTS, SCHEMA
from pipelines.storage.taking_in import ONCE, SUBJECT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_METRIC = {
    "metric": "text", "subject": "text", "name_en": "text", "name_zh": "text", "definition": "text",
    "dimension": "text", "unit": "text", "kind": "text", "stock_or_flow": "text", "part_of": "text",
    "plausible_low": "number", "plausible_high": "number", "yearly_step": "number", "source": "text",
}  # fmt: skip
_UNIT = {
    "unit": "text", "name_en": "text", "name_zh": "text", "dimension": "text", "canonical_unit": "text",
    "factor": "number",
}  # fmt: skip
_SOURCE = {"source": "text", "kind": "text", "country": "text", "precedence": "whole"}

#: The names of rows that are new, other than before, or no more.
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT DISTINCT {table} AS name FROM (
    (SELECT {columns} FROM core.{table} EXCEPT ALL SELECT {columns} FROM given)
    UNION ALL
    (SELECT {columns} FROM given EXCEPT ALL SELECT {columns} FROM core.{table})
)
"""
#: The observations of the subjects whose marts read a changed row.
_BEARS_ON = {
    "metric": "metric IN (SELECT name FROM changed)",
    "unit": "canonical_unit IN (SELECT name FROM changed) OR size ->> 'unit' IN (SELECT name FROM changed)",
    "source": "article_id IN (SELECT article_id FROM core.article WHERE publisher IN (SELECT name FROM changed))",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """The catalogue's rows as plain values, in the columns of core.metric, core.unit and core.source.

    A missing column is null. `precedence` of a source: lower is nearer to the issuer of figures. `dimension` of a
    counted noun is "count".
    """

    metrics: Sequence[Mapping[str, Any]] = ()
    units: Sequence[Mapping[str, Any]] = ()
    sources: Sequence[Mapping[str, Any]] = ()

    @property
    def fingerprint(self) -> str:
        """Changes when a row changes."""
        parts = [
            [[row.get(column) for column in columns] for row in given]
            for given, columns in ((self.metrics, _METRIC), (self.units, _UNIT), (self.sources, _SOURCE))
        ]
        return hashlib.sha256(json.dumps(parts, default=float, ensure_ascii=False).encode()).hexdigest()[:16]

    def write(self, con: "DuckDBPyConnection") -> bool:
        """Replaces the three tables of an open build where they differ; says whether they did.

        The subjects that a changed row bears on are touched, and no others.
        """
        if one(con, "SELECT hash FROM audit.made_with WHERE what = 'reference'") == self.fingerprint:
            return False
        for table, columns, given in (
            ("metric", _METRIC, self.metrics),
            ("unit", _UNIT, self.units),
            ("source", _SOURCE, self.sources),
        ):
            plain = [{c: float(v) if k == "number" and (v := row.get(c)) is not None else row.get(c)
                      for c, k in columns.items()} for row in given]  # fmt: skip
            with handed_in(con, "given", columns, plain):
                con.execute(_CHANGED.format(table=table, columns=", ".join(columns)))
                con.execute(
                    f"INSERT INTO run.touched SELECT DISTINCT {SUBJECT} FROM core.observation WHERE {_BEARS_ON[table]}"
                )
                con.execute(f"DELETE FROM core.{table}")
                con.execute(f"INSERT INTO core.{table} BY NAME SELECT * FROM given ORDER BY ALL")
        con.execute("DROP TABLE temp.changed")
        con.execute(ONCE)
        con.execute("DELETE FROM audit.made_with WHERE what = 'reference'")
        con.execute("INSERT INTO audit.made_with VALUES ('reference', ?)", [self.fingerprint])
        return True


@cache
def fingerprints() -> dict[str, str]:
    """The SQL and the dictionary of this installation, by the hash of their files."""
    return {"schema": _hash(SCHEMA, "*.sql"), "marts": _hash(MARTS, "*.sql"), "dictionary": _hash(DICTIONARY, "*.yml")}


def _hash(folder: Path, pattern: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
