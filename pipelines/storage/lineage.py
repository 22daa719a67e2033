"""From a column of a mart back to the fields it is made of, read from the SQL itself.

What lives here: the parsing of the marts' SQL with sqlglot. Marts that read other marts are followed down to the
tables of `core` and `audit`. What does not: showing it (see the orchestration).
"""

from functools import cache
from typing import TYPE_CHECKING

from pipelines.storage import dictionary, marts
from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from sqlglot import exp

Source = tuple[str, str]  # table as schema.table, column


@cache
def columns(mart: str) -> dict[str, tuple[Source, ...]]:
    """For each column of the mart the columns of `core` and `audit` that it is computed from.

    `mart` is the bare name ("series"). Raises UsageError for one that does not exist.
    """
    direct = _direct(mart)
    found = {}
    for column, sources in direct.items():
        deep: dict[Source, None] = {}
        for table, field in sources:
            if table.startswith("mart."):
                deep.update(dict.fromkeys(columns(table.removeprefix("mart.")).get(field, ())))
            else:
                deep[table, field] = None
        found[column] = tuple(sorted(deep))
    return found


@cache
def parents(mart: str) -> dict[str, tuple[Source, ...]]:
    """The same one step deep: a mart that reads another mart names that one's columns."""
    return {column: tuple(sorted(sources)) for column, sources in _direct(mart).items()}


def _shape() -> dict[str, object]:
    """Columns with their types by schema and table, as sqlglot asks for them."""
    shape: dict[str, dict[str, dict[str, str]]] = {}
    for described in dictionary.tables():
        schema, _, name = described.name.partition(".")
        shape.setdefault(schema, {})[name] = {column.name: column.type for column in described.columns}
    return dict(shape)


@cache
def _direct(mart: str) -> dict[str, frozenset[Source]]:
    import sqlglot
    from sqlglot import exp
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    found = {m.name: m for m in marts.load()}
    if mart not in found:
        raise UsageError(f"{mart}: there is no such mart; there are {', '.join(sorted(found))}")
    tree = sqlglot.parse_one(found[mart].sql, dialect="duckdb")
    for table in tree.find_all(exp.Table):
        if not table.db and table.name in found[mart].reads:
            table.set("db", exp.to_identifier("mart"))
    shape = _shape()
    qualified = qualify(tree, schema=shape, dialect="duckdb", validate_qualify_columns=False, quote_identifiers=False)
    scope = build_scope(qualified)
    own = next(t for t in dictionary.tables() if t.name == f"mart.{mart}")
    traced = {}
    for column in own.columns:
        node = lineage(column.name, qualified, schema=shape, scope=scope, dialect="duckdb", trim_selects=False)
        traced[column.name] = frozenset(
            (_table(leaf.source), leaf.name.rpartition(".")[2].strip('"'))
            for leaf in node.walk()
            if not leaf.downstream and isinstance(leaf.source, exp.Table) and "." in leaf.name
        )
    return traced


def _table(table: "exp.Expression") -> str:
    return f"{table.args['db'].name}.{table.name}" if table.args.get("db") else table.name
