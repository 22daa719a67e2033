"""What the shipped articles say about one another must come out of the marts, or be listed here with the reason.

The relations are those of `tests/data/relations.jsonl`; the warehouse is made of the labels (see `gold`).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.storage.connection import reading, rows
from pipelines.storage.home import Home
from tests import gold

RELATIONS = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "relations.jsonl").read_text("utf-8").splitlines()
]

#: By their number in the file: what cannot come out of the fields of the contract, and where it shows instead.
IMPOSSIBLE = {
    9: "One article prints both vintages, and no field holds the day on which the older one was issued: the check "
    "same_article shows the two values.",
    11: "The same: both vintages stand in one article of one day.",
    13: "A conversion is no vintage: it restates the figure in yuan, the article and its reprint are one voice, and "
    "the two amounts are stated as `about`, so that their intervals meet.",
    16: "The wrong year makes a series of its own, and no other statement about 2035 contradicts it.",
    19: "One end states its basis (FP16), the other none: an unstated basis is not taken for the stated one.",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gold.publish(tmp_path_factory.mktemp("gold")).root


def ask(root: Path, sql: str, values: list[object]) -> list[dict[str, Any]]:
    with reading(Home(root).published) as con:
        return rows(con, sql, values)


def members(relation: dict[str, Any]) -> list[str]:
    """The observations of the members. Where a text differs from that of the labels, the quote tells."""
    quotes = {(label["article"], label["start"]): label["quote"] for label in gold.labels()}
    ids = gold.extractions()[1]
    found = []
    for member in relation["members"]:
        places = [p for p in ids if p[0] == member["article"] and quotes[p] == member["quote"]]
        found.append(ids[min(places, key=lambda place: abs(place[1] - member["start"]))])
    return found


def together(root: Path, mart: str, wanted: list[str], where: str = "true") -> list[dict[str, Any]]:
    """The rows of a mart that name all the observations."""
    return ask(root, f"SELECT * FROM mart.{mart} WHERE list_has_all(observation_ids, ?) AND {where}", [wanted])


def agreement(root: Path, wanted: list[str]) -> bool:
    """One row for all that are of one period; figures of two periods with the same digits are perhaps carried over."""
    series = together(root, "series", wanted)
    if series:
        return series[0]["agreement"] in ("agreed", "bounds only") and series[0]["dissenting"] == 0
    return bool(together(root, "flagged", wanted, "\"check\" = 'carried_over'"))


def same_report(root: Path, wanted: list[str]) -> bool:
    sql = "SELECT DISTINCT issuer, report FROM mart.statement WHERE list_contains(?, observation_id)"
    found = ask(root, sql, [wanted])
    return len(found) == 1 and found[0]["report"] is not None


def conflict(root: Path, wanted: list[str]) -> bool:
    sql = (
        "SELECT * FROM mart.conflict "
        "WHERE list_has_all(list_append(observation_ids, against_observation_id), ?) AND reason <> ''"
    )
    return bool(ask(root, sql, [wanted]))


def revision(root: Path, wanted: list[str]) -> bool:
    return bool(together(root, "revision", wanted)) and not conflict(root, wanted)


def confirmation(root: Path, wanted: list[str]) -> bool:
    return [row["outcome"] for row in together(root, "outcome", wanted)] == ["as stated"]


def series(root: Path, wanted: list[str]) -> bool:
    """Points of one line, in the order of their periods."""
    sql = "SELECT line_key, period_end FROM mart.series WHERE list_contains(observation_ids, ?)"
    points = [ask(root, sql, [one])[0] for one in wanted]
    periods = [point["period_end"] for point in points]
    return len({point["line_key"] for point in points}) == 1 and periods == sorted(set(periods))


def apart(root: Path, wanted: list[str]) -> bool:
    """Neither one fact nor a conflict nor a revision, and no growth is computed from the one to the other."""
    computed = "(yearly_growth IS NOT NULL OR cagr IS NOT NULL)"
    return not (
        together(root, "series", wanted)
        or conflict(root, wanted)
        or together(root, "revision", wanted)
        or together(root, "growth", wanted, computed)
    )


def near_agreement(root: Path, wanted: list[str]) -> bool:
    """Two points of one line that contradict each other nowhere."""
    return apart(root, wanted) and series(root, wanted[::-1])


COMES_OUT = {
    "agreement": agreement, "same_report": same_report, "conflict": conflict, "revision": revision,
    "confirmation": confirmation, "series": series, "not_comparable": apart, "near_agreement": near_agreement,
}  # fmt: skip


@pytest.mark.parametrize("number", [n for n, r in enumerate(RELATIONS) if r["relation"] != "syndication"])
def test_a_relation_comes_out_of_the_marts_or_is_listed(home: Path, number: int) -> None:
    relation = RELATIONS[number]
    came_out = COMES_OUT[relation["relation"]](home, members(relation))
    assert came_out == (number not in IMPOSSIBLE), (relation["note"], IMPOSSIBLE.get(number))


def test_a_reprint_is_no_voice_of_its_own(home: Path) -> None:
    copies = {m["article"] for r in RELATIONS if r["relation"] == "syndication" for m in r["members"]}
    found = ask(home, "SELECT raw_path, story_id FROM core.article WHERE story_id IS NOT NULL", [])
    assert {row["raw_path"].removesuffix(".txt") for row in found} == copies
    assert len({row["story_id"] for row in found}) == 1
    users = [r for r in RELATIONS if {m["article"] for m in r["members"]} == {"000", "011", "s11"}]
    assert [together(home, "series", members(r))[0]["sources"] for r in users] == [2]


def test_what_is_listed_shows_in_another_place(home: Path) -> None:
    for number in (9, 11):
        wanted = members(RELATIONS[number])
        older = ask(home, "SELECT * FROM mart.flagged WHERE list_contains(observation_ids, ?)", [wanted[0]])
        assert {row["check"] for row in older} == {"same_article"}
    conversions = ask(home, "SELECT restates FROM mart.statement WHERE list_contains(?, observation_id)",
                      [members(RELATIONS[13])])  # fmt: skip
    assert all(row["restates"] for row in conversions)


def test_the_slip_of_the_seed_is_found_with_its_proposed_value(home: Path) -> None:
    slip = next(r for r in RELATIONS if r["relation"] == "conflict")
    found = together(home, "flagged", members(slip)[:1], "proposed_value IS NOT NULL")
    assert {(row["value"], row["proposed_value"]) for row in found} == {(159e6, 1.59e6)}
