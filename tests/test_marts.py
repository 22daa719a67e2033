"""The marts on labelled articles: what analysts see of agreement, revision, conflict and growth, and its lineage."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.storage import dictionary, lineage, marts
from pipelines.storage.connection import reading
from pipelines.storage.home import Home
from pipelines.vocabulary.verdict import Flag
from tests import runs
from tests.labelled import Extraction, extraction, extractions

ALL = extractions()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All labelled articles, with the doubt about 159 million PFlops that the plausibility checks raise."""
    root = tmp_path_factory.mktemp("marts")
    doubted = [o for o in ALL["000"].observations if "159 million" in o.quote]
    against = tuple(o.observation_id for o in ALL["057"].observations if "1.59 million" in o.quote)
    reason = "100 times another report of it"
    flags = [Flag(o.observation_id, "power_of_ten", reason, against, 1.59e6, 0.9) for o in doubted]
    runs.put(Home(root), *ALL.values())
    runs.run(root, ALL.values(), flags=flags)
    return root


def rows(root: Path, sql: str) -> list[dict[str, Any]]:
    with reading(Home(root).published) as con:
        cursor = con.execute(sql)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def told(root: Path, facts: list[dict[str, Any]]) -> Path:
    """A home with one article a fact. A fact may say who published it, when, and in which story."""
    made: list[Extraction] = []
    for i, fact in enumerate(facts):
        about = {"publisher": fact.get("publisher", f"outlet {i}"), "published_at": fact.get("on", "2026-01-01")}
        full = {
            "quote": f"{fact['value']} users ({i})", "unit": "user", "kind": "level", "status": "actual",
            "metric": "internet_users", "label": "users", "place": "CN", "period_start": "2025-12-31",
            "period_end": "2025-12-31", **fact,
        }  # fmt: skip
        made.append(extraction(f"a{i}", about, [full]))
    runs.put(Home(root), *made)
    runs.run(root, made, at=datetime(2026, 11, 1, tzinfo=UTC))
    return root


def test_a_fact_that_two_sources_state_is_one_row(whole: Path) -> None:
    one = rows(
        whole,
        "SELECT * FROM mart.series WHERE metric = 'internet_users' AND place = 'CN' AND period_end = '2025-12-31'",
    )
    assert [(r["value"], r["agreement"]) for r in one] == [(1_125_000_000, "agreed")]
    # 011 and its reprint s11 are one voice, 000 is the other.
    assert (one[0]["sources"], one[0]["statements"]) == (2, 5)
    assert len(one[0]["observation_ids"]) == 5
    current = rows(
        whole,
        "SELECT * FROM mart.current WHERE metric = 'internet_users' AND period_end = '2025-12-31' AND place = 'CN'",
    )
    assert len(current) == 1
    assert current[0]["publisher"] == "Wedoany"
    assert len(current[0]["observation_ids"]) == 4  # the fifth says 1.12 billion


def test_a_doubted_value_stands_back_but_is_shown(whole: Path) -> None:
    where = "WHERE metric = 'intelligent_computing_power' AND kind = 'level' AND period_end = '2025-12-31'"
    series = rows(whole, f"SELECT * FROM mart.series {where}")[0]
    assert (series["value"], series["highest"], series["doubted"]) == (1.59e21, 1.59e23, 2)
    assert rows(whole, f"SELECT value FROM mart.current {where}") == [{"value": 1_590_000}]
    flagged = rows(whole, "SELECT * FROM mart.flagged")[0]
    assert (flagged["value"], flagged["proposed_value"]) == (159e6, 1.59e6)
    assert flagged["quote"] == "159 million PFlops (FP16)"
    assert flagged["citation"].startswith('Wedoany, "Article 000 2026", 2026-06-09, https://')
    conflict = rows(whole, "SELECT * FROM mart.conflict WHERE metric = 'intelligent_computing_power'")[0]
    assert conflict["reason"] == "doubted: 100 times another report of it"
    assert conflict["ratio"] == pytest.approx(100)


def test_a_later_edition_is_a_revision_and_no_conflict(whole: Path) -> None:
    found = rows(whole, "SELECT * FROM mart.revision WHERE metric = 'internet_users' AND place = 'world'")
    assert [(r["first_value"], r["latest_value"], r["vintages"]) for r in found] == [(5.5e9, 5.8e9, 2)]
    assert found[0]["relative_change"] == pytest.approx(0.3 / 5.5)
    assert [step["value"] for step in found[0]["history"]] == [5.5e9, 5.8e9]
    assert rows(whole, "SELECT * FROM mart.conflict WHERE metric = 'internet_users'") == []
    series = rows(
        whole,
        "SELECT * FROM mart.series WHERE metric = 'internet_users' AND place = 'world' AND period_end = '2024-12-31'",
    )
    assert (series[0]["value"], series[0]["agreement"]) == (5.8e9, "single source")


def test_what_was_known_on_a_day(whole: Path) -> None:
    sql = (
        "SELECT value FROM mart.as_known_on(DATE '{}') "
        "WHERE metric = 'internet_users' AND place = 'world' AND period_end = '2024-12-31'"
    )
    assert rows(whole, sql.format("2025-10-17")) == []
    assert rows(whole, sql.format("2025-10-18")) == [{"value": 5.5e9}]
    assert rows(whole, sql.format("2026-01-01")) == [{"value": 5.8e9}]


def test_growth_is_computed_and_compared_with_what_is_printed(tmp_path: Path) -> None:
    told(
        tmp_path,
        [
            {"value": 1000, "period_start": "2024-12-31", "period_end": "2024-12-31"},
            {"value": 1210, "period_start": "2025-12-31", "period_end": "2025-12-31"},
            {"value": 1331, "period_start": "2026-12-31", "period_end": "2026-12-31"},
            {"value": 20, "unit": "%", "kind": "growth", "versus": "year", "quote": "20%"},
        ],
    )
    found = rows(tmp_path, "SELECT * FROM mart.growth ORDER BY period_end")
    assert [r["yearly_growth"] for r in found] == [None, pytest.approx(0.21), pytest.approx(0.1)]
    assert [r["printed_growth"] for r in found] == [None, pytest.approx(0.2), None]
    assert found[1]["printed_difference"] == pytest.approx(-0.01)
    assert len(found[1]["observation_ids"]) == 3
    assert found[2]["cagr"] == pytest.approx(1.331**0.5 - 1, rel=1e-12)
    assert rows(tmp_path, "SELECT value FROM mart.latest WHERE kind = 'level'") == [{"value": 1331}]


def test_the_consensus_is_the_interval_that_most_sources_share(tmp_path: Path) -> None:
    told(tmp_path, [{"value": 1_120_000}, {"value": 1_123_000}, {"value": 1_124_000}, {"value": 1_300_000}])
    series = rows(tmp_path, "SELECT * FROM mart.series")[0]
    # 1.12 million allows both finer values, which exclude each other.
    assert (series["supporters"], series["sources"], series["dissenting"]) == (2, 4, 2)
    assert series["agreement"] == "disputed"
    assert series["value"] in (1_123_000, 1_124_000)
    conflicts = rows(tmp_path, "SELECT value, reason FROM mart.conflict ORDER BY value")
    assert {c["value"] for c in conflicts} == {1_123_000, 1_124_000, 1_300_000} - {series["value"]}
    assert {c["reason"] for c in conflicts} == {"issuers differ"}


def test_an_open_statement_builds_no_consensus_but_can_veto_one(tmp_path: Path) -> None:
    told(tmp_path, [{"value": 1_120_000}, {"value": 1_000_000, "bound": ">"}, {"value": 1_200_000, "bound": ">"}])
    series = rows(tmp_path, "SELECT * FROM mart.series")[0]
    assert (series["value"], series["supporters"], series["dissenting"]) == (1_120_000, 1, 1)
    assert rows(tmp_path, "SELECT value, bound FROM mart.conflict") == [{"value": 1_200_000, "bound": ">"}]


def test_bounds_alone_give_no_interval(tmp_path: Path) -> None:
    told(tmp_path, [{"value": 1_000_000, "bound": ">"}, {"value": 900_000, "bound": ">"}])
    series = rows(tmp_path, "SELECT agreement, consensus_low, consensus_high, sources FROM mart.series")
    assert series == [{"agreement": "bounds only", "consensus_low": None, "consensus_high": None, "sources": 2}]


def test_a_tightened_bound_is_a_revision(tmp_path: Path) -> None:
    told(
        tmp_path,
        [
            {"value": 100_000, "bound": ">", "reporter": "NDA", "on": "2026-03-01"},
            {"value": 110_000, "bound": ">", "reporter": "NDA", "on": "2026-06-01"},
            {"value": 100_000, "bound": ">", "reporter": "NDA", "on": "2026-07-01"},
        ],
    )
    found = rows(tmp_path, "SELECT first_value, vintages, revisions FROM mart.revision")
    assert found == [{"first_value": 100_000, "vintages": 3, "revisions": 1}]


def test_the_issuer_comes_before_the_outlet(tmp_path: Path) -> None:
    told(
        tmp_path,
        [
            {"value": 1_120_000, "publisher": "Wedoany", "on": "2026-05-01"},
            {"value": 1_120_000, "publisher": "CNNIC", "reporter": "CNNIC", "on": "2026-01-01"},
        ],
    )
    assert rows(tmp_path, "SELECT best_source, sources FROM mart.series") == [{"best_source": "CNNIC", "sources": 2}]


def test_currencies_never_mix_and_counted_nouns_do(tmp_path: Path) -> None:
    told(tmp_path, [{"value": 1_000_000}, {"value": 1_000_000, "unit": "subscriber"}])
    assert [r["sources"] for r in rows(tmp_path, "SELECT sources FROM mart.series")] == [2]
    money = told(tmp_path / "money", [{"value": 7_000_000, "unit": "CNY"}, {"value": 1_000_000, "unit": "USD"}])
    assert rows(money, "SELECT compared_in FROM mart.series ORDER BY 1") == [
        {"compared_in": "CNY"},
        {"compared_in": "USD"},
    ]
    assert rows(money, "SELECT * FROM mart.conflict") == []


def test_sizes_are_compared_and_not_how_they_are_spelt(tmp_path: Path) -> None:
    sizes = [
        {"value": Decimal("1E+4"), "unit": "card"}, {"value": 10000, "unit": "gpu"}, {"value": 5000, "unit": "card"},
        {"value": 2, "unit": "kFLOPS"}, {"value": 2000, "unit": "FLOPS"},
    ]  # fmt: skip
    root = told(tmp_path, [{"value": 42, "size": size} for size in sizes])
    assert sorted(r["sources"] for r in rows(root, "SELECT sources FROM mart.series")) == [1, 2, 2]
    assert rows(root, "SELECT count(*) AS n FROM mart.as_known_on(DATE '2026-12-31')") == [{"n": 3}]
    assert rows(root, "SELECT count(DISTINCT line_key) AS n FROM mart.series") == [{"n": 3}]


def test_what_has_no_period_or_place_contradicts_nobody(tmp_path: Path) -> None:
    nowhen = {"period_start": None, "period_end": None}
    told(
        tmp_path, [{"value": 1_000_000, **nowhen}, {"value": 9_000_000, **nowhen}, {"value": 5_000_000, "place": None}]
    )
    assert rows(tmp_path, "SELECT DISTINCT agreement FROM mart.series") == [{"agreement": "not comparable"}]
    assert rows(tmp_path, "SELECT * FROM mart.conflict") == []
    assert rows(tmp_path, "SELECT * FROM mart.revision") == []


@pytest.mark.parametrize(
    ("start", "end", "frequency", "written"),
    [
        ("2025-12-31", "2025-12-31", "D", "2025-12-31"),
        ("2025-01-01", "2025-12-31", "A", "2025"),
        ("2025-07-01", "2025-12-31", "S", "2025-S2"),
        ("2025-04-01", "2025-06-30", "Q", "2025-Q2"),
        ("2024-02-01", "2024-02-29", "M", "2024-02"),
        ("2025-01-01", "2025-05-31", "O", "2025-01-01/P5M"),
        ("2021-01-01", "2025-12-31", "O", "2021-01-01/P60M"),
        ("2025-03-10", "2025-03-16", "O", "2025-03-10/P7D"),
    ],
)
def test_the_long_form_writes_periods_as_sdmx_does(
    tmp_path: Path, start: str, end: str, frequency: str, written: str
) -> None:
    home = told(tmp_path, [{"value": 5, "period_start": start, "period_end": end}])
    found = rows(home, 'SELECT "FREQ", "TIME_PERIOD", "OBS_STATUS", "OBS_VALUE" FROM mart.sdmx')
    assert [list(row.values()) for row in found] == [[frequency, written, "A", 5]]


def test_what_no_metric_covers_is_listed_for_the_curator(tmp_path: Path) -> None:
    told(tmp_path, [{"value": 5_000_000, "metric": None, "label": "tea drinkers"}, {"value": 1_000_000}])
    found = rows(tmp_path, "SELECT label, unit, observations, metric FROM mart.unmapped")
    assert found == [{"label": "tea drinkers", "unit": "user", "observations": 1, "metric": None}]
    assert [r["metric"] for r in rows(tmp_path, "SELECT metric FROM mart.series")] == ["internet_users"]


def test_coverage_says_what_there_is(whole: Path) -> None:
    found = rows(whole, "SELECT * FROM mart.coverage WHERE metric = 'internet_users' AND place = 'CN'")[0]
    assert (str(found["first_period"]), str(found["last_period"])) <= ("2025-12-31", "2025-12-31")
    assert found["observations"] == len(found["observation_ids"])


def test_every_mart_row_names_its_observations(whole: Path) -> None:
    for mart in marts.load():
        if mart.made_as != "table":
            continue
        missing = rows(
            whole,
            f"SELECT count(*) AS n FROM mart.{mart.name} WHERE len(observation_ids) = 0 OR observation_ids IS NULL",
        )
        assert missing == [{"n": 0}], mart.name
        unknown = rows(
            whole,
            f"SELECT count(*) AS n FROM (SELECT unnest(observation_ids) AS id FROM mart.{mart.name}) "
            "WHERE id NOT IN (SELECT observation_id FROM core.observation)",
        )
        assert unknown == [{"n": 0}], mart.name


@pytest.mark.parametrize(
    ("mart", "key"),
    [
        ("current", "series_key, compared_in"),
        ("series", "series_key, compared_in"),
        ("latest", "line_key, kind, unit"),
        ("coverage", "metric, place"),
        ("flagged", 'observation_id, "check"'),
        ("growth", "series_key, compared_in"),
        ("conflict", "series_key, compared_in, value, bound, low, high"),
        ("revision", "series_key, compared_in, issuer"),
        ("unmapped", "label, unit, place, kind"),
        ("statement", "observation_id"),
    ],
)
def test_the_stated_grain_holds(whole: Path, mart: str, key: str) -> None:
    doubled = rows(whole, f"SELECT {key}, count(*) AS n FROM mart.{mart} GROUP BY ALL HAVING n > 1")
    assert doubled == []


def test_every_table_and_column_is_explained() -> None:
    assert dictionary.gaps() == []


def test_the_explanations_are_in_the_published_file(whole: Path) -> None:
    silent = rows(
        whole,
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'tallyhouse' "
        "AND schema_name IN ('core', 'audit', 'mart') AND coalesce(comment, '') = ''",
    )
    assert silent == []
    tables = rows(
        whole,
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'tallyhouse' UNION ALL "
        "SELECT view_name, comment FROM duckdb_views() WHERE database_name = 'tallyhouse' AND NOT internal",
    )
    assert all("Grain: one row per" in str(row["comment"]) for row in tables)
    page = dictionary.markdown()
    assert all(f"## {table.name}" in page for table in dictionary.tables())


def test_the_file_of_bodies_explains_itself(whole: Path) -> None:
    with reading(Home(whole).bodies) as con:
        told = con.execute("SELECT comment FROM duckdb_columns() WHERE database_name = 'tallyhouse'").fetchall()
        (about,) = con.execute("SELECT comment FROM duckdb_tables() WHERE database_name = 'tallyhouse'").fetchall()
    assert len(told) == 4 and all(comment for (comment,) in told)
    assert str(about[0]).endswith("Grain: one row per article version.")


def test_the_page_of_the_dictionary_is_current() -> None:
    page = dictionary.PAGE.read_text(encoding="utf-8")
    assert page == dictionary.markdown(), "write it anew: python -m pipelines.storage.dictionary"


def test_every_column_of_a_mart_leads_back_to_a_field() -> None:
    for mart in marts.load():
        traced = lineage.columns(mart.name)
        constant = ["STRUCTURE", "STRUCTURE_ID", "ACTION"] if mart.name == "sdmx" else []
        assert [column for column, sources in traced.items() if not sources] == constant, mart.name
        assert {table.split(".")[0] for sources in traced.values() for table, _ in sources} <= {"core", "audit"}
    assert lineage.columns("series")["value"] == (("core.observation", "canonical_value"),)
    assert lineage.parents("growth")["base_value"] == (("mart.series", "value"),)
    assert ("core.article", "attribution") in lineage.columns("flagged")["citation"]


def test_a_decimal_is_shown_with_every_digit(tmp_path: Path) -> None:
    told(tmp_path, [{"value": Decimal("0.1")}])
    assert rows(tmp_path, "SELECT value_text FROM mart.current") == [{"value_text": "0.1"}]
