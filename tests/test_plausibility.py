"""Doubts about values: true history raises few, real misprints are found, and order of arrival changes nothing."""

import csv
import random
from dataclasses import replace
from pathlib import Path

from pipelines import catalogue
from pipelines.checks import plausibility
from pipelines.checks.plausibility import Fact, Limits

SERIES = Path(__file__).parent / "data" / "series.csv"
PFLOPS = 1e15

COMPUTE = {
    "intelligent_computing_power": Limits(
        low=1e18, high=1e23, yearly_step=6.0, is_additive=True, canonical_unit="FLOPS", dimension="compute_rate"
    )
}


def fact(name: str, value: float, unit: str = "PFLOPS", factor: float = PFLOPS, **changes: object) -> Fact:
    base = Fact(
        observation_id=name,
        article_id=f"article-{name}",
        quote=f"{value:,} {unit}",
        value=value,
        unit=unit,
        canonical=value * factor,
        canonical_unit="FLOPS",
        bound="=",
        kind="level",
        status="actual",
        metric="intelligent_computing_power",
        place="CN",
        period_start="2025-12-31",
        period_end="2025-12-31",
        basis="FP16",
        report="Digital China Development Report (2025)",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


SLIP = fact("slip", 159_000_000)
RIGHT = fact("right", 1_590_000)
EXA = fact("exa", 1590, "EFLOPS", 1e18, basis=None)
HALF_YEAR_BEFORE = fact("before", 788, "EFLOPS", 1e18, period_start="2025-06-30", period_end="2025-06-30", report=None)


def of(flags: list, check: str) -> dict:
    return {flag.observation_id: flag for flag in flags if flag.check == check}


def test_the_hundredfold_slip_is_flagged_with_evidence_and_proposal() -> None:
    for facts in ([SLIP, RIGHT], [SLIP, RIGHT, EXA], [SLIP, RIGHT, HALF_YEAR_BEFORE], [SLIP, EXA]):
        flags = of(plausibility.judge(facts, COMPUTE), "power_of_ten")
        assert flags.keys() == {"slip"}
        assert flags["slip"].proposed_value == 1_590_000
        assert "right" in flags["slip"].evidence or "exa" in flags["slip"].evidence
        assert 0.5 < flags["slip"].confidence < 1


def test_more_evidence_makes_the_slip_surer() -> None:
    alone = of(plausibility.judge([SLIP, RIGHT], {}), "power_of_ten")["slip"]
    backed = of(plausibility.judge([SLIP, RIGHT, EXA, HALF_YEAR_BEFORE], COMPUTE), "power_of_ten")["slip"]
    assert backed.confidence > alone.confidence
    assert backed.confidence > 0.95


def test_a_value_that_lost_zeros_is_the_wrong_one_when_its_neighbours_say_so() -> None:
    short = fact("short", 15_900)
    flags = of(plausibility.judge([short, RIGHT, HALF_YEAR_BEFORE], COMPUTE), "power_of_ten")
    assert flags.keys() == {"short"}
    assert flags["short"].proposed_value == 1_590_000


def test_syndicated_copies_of_a_slip_do_not_outvote_the_right_value() -> None:
    copies = [replace(SLIP, observation_id=f"copy{n}", article_id=f"a{n}", story="s") for n in range(6)]
    flags = of(plausibility.judge([*copies, RIGHT, HALF_YEAR_BEFORE], COMPUTE), "power_of_ten")
    assert flags.keys() == {copy.observation_id for copy in copies}


def test_the_same_report_is_enough_where_a_period_is_missing() -> None:
    undated = replace(RIGHT, period_start=None, period_end=None)
    assert of(plausibility.judge([SLIP, undated], COMPUTE), "power_of_ten").keys() == {"slip"}


def test_other_basis_other_place_and_other_breakdown_are_not_compared() -> None:
    for change in ({"basis": "FP32"}, {"place": "world"}, {"dimensions": '{"use": "x"}'}, {"status": "target"}):
        flags = of(plausibility.judge([SLIP, replace(RIGHT, **change)], {}), "power_of_ten")
        assert not flags, change


def test_order_of_arrival_changes_nothing() -> None:
    facts = [SLIP, RIGHT, EXA, HALF_YEAR_BEFORE, fact("short", 15_900), fact("twice", 3_200_000)]
    expected = plausibility.judge(facts, COMPUTE)
    for seed in range(10):
        random.Random(seed).shuffle(facts)
        assert plausibility.judge(facts, COMPUTE) == expected


def test_a_slip_alone_is_out_of_line_with_its_series() -> None:
    history = [HALF_YEAR_BEFORE, fact("y2024", 90, "EFLOPS", 1e18, period_start="2024-12-31", period_end="2024-12-31",
               report=None), SLIP]  # fmt: skip
    flags = plausibility.judge(history, COMPUTE)
    assert {flag.check for flag in flags if flag.observation_id == "slip"} >= {"plausible_range"}


def test_a_country_is_not_larger_than_the_world() -> None:
    world = fact("world", 5693, "EFLOPS", 1e18, place="world")
    flags = of(plausibility.judge([SLIP, world], COMPUTE), "whole_part")
    assert flags.keys() == {"slip"}


def test_a_conversion_needs_a_rate_of_its_year() -> None:
    yuan = fact("yuan", 200e9, "CNY", 1, canonical_unit="CNY", metric=None, article_id="a", reported_at="2025-05-05")
    dollars = replace(yuan, observation_id="usd", value=273e9, canonical=273e9, unit="USD", canonical_unit="USD",
                      restates="yuan", quote="$273 billion")  # fmt: skip
    flags = of(plausibility.judge([yuan, dollars], {}), "exchange_rate")
    assert flags["usd"].proposed_value == 27.3e9
    right = replace(dollars, value=27.8e9, canonical=27.8e9)
    assert not plausibility.judge([yuan, right], {})


def test_a_fact_is_not_told_before_its_period() -> None:
    early = replace(RIGHT, reported_at="2025-03-01")
    assert of(plausibility.judge([early], {}), "period_sanity").keys() == {"right"}
    assert not plausibility.judge([replace(early, status="target")], {})


def test_a_target_moved_by_a_decade_is_doubted() -> None:
    plan = fact("plan", 300, "EFLOPS", 1e18, status="target", article_id="gov")
    slip = replace(plan, observation_id="late", article_id="paper", period_start="2035-01-01", period_end="2035-12-31")
    assert of(plausibility.judge([plan, slip], {}), "period_sanity").keys() == {"late"}


def test_a_unit_of_another_dimension_is_doubted() -> None:
    racks = replace(RIGHT, unit="rack", canonical_unit="rack")
    flags = plausibility.judge([racks], COMPUTE, dimension_of={"rack": "count", "FLOPS": "compute_rate"}.get)
    assert of(flags, "unit_fit").keys() == {"right"}


def test_printed_growth_is_held_against_the_base() -> None:
    base = fact("base", 1000, period_start="2024-12-31", period_end="2024-12-31", report=None)
    level = fact("level", 1500, article_id="a")
    growth = fact("growth", 15, "%", 0.01, article_id="a", kind="growth", versus="year", canonical_unit="1")
    assert of(plausibility.judge([base, level, growth], {}), "growth_base").keys() == {"growth"}
    assert not of(plausibility.judge([base, level, replace(growth, canonical=0.5)], {}), "growth_base")


def test_touching_the_world_judges_its_countries_again() -> None:
    known = [("m", "CN"), ("m", "world"), ("n", "CN")]
    assert plausibility.subjects_to_judge([("m", "world")], known, {}) == {("m", "CN"), ("m", "world")}
    assert ("m", "world") in plausibility.evidence_subjects([("m", "CN")], {})


CANONICAL = {"PFLOPS": PFLOPS, "%": 0.01}


def history() -> list[Fact]:
    """True history: values as printed by their sources, a few of them known to be wrong."""
    with open(SERIES, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Fact(
            observation_id=f"{row['metric']}/{row['place']}/{row['period_end']}/{number}",
            article_id=row["url"] or str(number),
            quote=row["as_printed"],
            value=float(row["value"]),
            unit=row["unit"],
            canonical=float(row["value"]) * CANONICAL.get(row["unit"], 1.0),
            canonical_unit={"%": "1", "PFLOPS": "FLOPS"}.get(row["unit"], row["unit"]),
            bound=row["bound"],
            kind="level",
            status=row["status"],
            metric=row["metric"],
            place=row["place"],
            period_start=row["period_start"] or None,
            period_end=row["period_end"] or None,
            basis=row["basis"] or None,
            reporter=row["reporter"] or None,
        )
        for number, row in enumerate(rows)
    ]


def test_true_history_raises_few_false_alarms() -> None:
    known = catalogue.load()
    limits = plausibility.of_catalogue(known)
    flags = plausibility.judge(history(), limits, dimension_of=plausibility.dimension_of(known))
    slips = {flag.reason.split('"')[1]: flag.proposed_value for flag in of(flags, "power_of_ten").values()}
    assert slips == {"159 million PFlops (FP16)": 1_590_000, "1.4 quadrillion": 140e12}
    others = {flag.observation_id for flag in flags if flag.check != "power_of_ten"}
    assert len(others) <= 0.05 * len(history())


def test_computing_power_per_rack_is_bounded() -> None:
    power = fact("power", 280, "EFLOPS", 1e18, metric="total_computing_power", basis=None, report=None)
    racks = fact("racks", 9_000_000, "rack", 1, metric="standard_racks_in_use", canonical_unit="rack", basis=None)
    assert not of(plausibility.judge([power, racks], {}), "density")
    few = replace(racks, value=9_000, canonical=9_000)
    assert of(plausibility.judge([power, few], {}), "density").keys() == {"power"}
    assert ("total_computing_power", "CN") in plausibility.subjects_to_judge(
        [("standard_racks_in_use", "CN")], [power.subject, racks.subject], {}
    )


def test_one_page_with_two_revenues_contradicts_itself() -> None:
    one = fact("one", 22.1e9, "USD", 1, metric="revenue", canonical_unit="USD", article_id="a", basis=None)
    other = replace(one, observation_id="other", value=68.1e9, canonical=68.1e9)
    assert of(plausibility.judge([one, other], {}), "same_article").keys() == {"one", "other"}
    elsewhere = replace(other, article_id="b")
    assert not of(plausibility.judge([one, elsewhere], {}), "same_article")


def test_the_same_digits_half_a_year_later_are_perhaps_carried_over() -> None:
    june = fact("june", 74.6, "%", 0.01, kind="share", canonical_unit="1", period_start="2025-06-30",
                period_end="2025-06-30", report=None)  # fmt: skip
    december = replace(june, observation_id="dec", article_id="b", period_start="2025-12-31", period_end="2025-12-31")
    assert of(plausibility.judge([june, december], {}), "carried_over").keys() == {"dec"}


def test_values_that_the_words_tell_apart_do_not_contradict_one_another() -> None:
    nation = fact("nation", 780_000, article_id="a", label="computing capacity",
                  sentence="Liu gave a total for the country's computing capacity: 780,000 PFlops.")  # fmt: skip
    hubs = replace(nation, observation_id="hubs", value=620_000, canonical=620e18,
                   sentence="The hubs\u2019 computing capacity alone amounts to 620,000 PFlops.")  # fmt: skip
    assert not of(plausibility.judge([nation, hubs], {}), "same_article")
    assert of(plausibility.judge([nation, replace(hubs, sentence="It said 620,000.")], {}), "same_article")
    shares = [replace(f, kind="share", sentence="") for f in (nation, hubs)]
    assert not of(plausibility.judge(shares, {}), "same_article")
    span = replace(nation, observation_id="from", value=620_000, canonical=620e18)
    assert not of(plausibility.judge([nation, span], {}), "same_article")


TOKENS = fact("now", 1.4e14, "token", 1, metric="daily_token_calls", canonical_unit="token/s", basis=None, report=None,
              article_id="a")  # fmt: skip
START = replace(TOKENS, observation_id="start", value=1e11, canonical=1e11, period_start="2024-01-01",
                period_end="2024-01-31")  # fmt: skip
TIMES = replace(TOKENS, observation_id="times", value=1000, unit="x", canonical=999, canonical_unit="1", kind="growth",
                bound=">", quote="over 1,000 times")  # fmt: skip


def test_times_are_held_against_the_two_levels_of_the_article() -> None:
    assert not plausibility.judge([TOKENS, START, TIMES], {})
    slip = replace(TOKENS, value=1.4e15, canonical=1.4e15)
    flags = of(plausibility.judge([slip, START, TIMES], {}), "multiple")
    assert flags.keys() == {"times"}
    assert set(flags["times"].evidence) == {"now", "start"}
    as_ratio = replace(TIMES, kind="ratio", canonical=1000)
    assert of(plausibility.judge([slip, START, as_ratio], {}), "multiple").keys() == {"times"}
    elsewhere = replace(START, article_id="b")
    assert not of(plausibility.judge([slip, elsewhere, TIMES], {}), "multiple")
    named = replace(TIMES, versus="2024-01-31")
    assert of(plausibility.judge([slip, elsewhere, named], {}), "multiple").keys() == {"times"}


def test_an_increase_of_n_times_may_be_n_or_one_more() -> None:
    level = replace(START, observation_id="level", value=4e11, canonical=4e11, period_end="2025-12-31")
    for factor in (3, 4, 5):
        times = replace(TIMES, bound="=", value=factor, canonical=factor - 1)
        assert not of(plausibility.judge([level, START, times], {}), "multiple"), factor
    times = replace(TIMES, bound="=", value=10, canonical=9)
    assert of(plausibility.judge([level, START, times], {}), "multiple")


def test_two_bases_in_one_sentence_make_no_change() -> None:
    told = "It grew from 90 EFLOPS (FP32) in 2024 to 788 EFLOPS (FP16) in June."
    before = fact("before", 90, "EFLOPS", 1e18, basis="FP32", period_start="2024-12-31", period_end="2024-12-31",
                  article_id="a", sentence=told)  # fmt: skip
    after = replace(HALF_YEAR_BEFORE, observation_id="after", article_id="a", sentence=told)
    assert of(plausibility.judge([before, after], {}), "unlike").keys() == {"after"}
    assert not plausibility.judge([replace(before, sentence="Another."), after], {})
    assert not plausibility.judge([before, replace(after, period_end="2024-12-31")], {})


def test_a_jump_without_a_basis_is_perhaps_one_of_basis() -> None:
    before = fact("before", 90, "EFLOPS", 1e18, basis=None, period_start="2025-03-31", period_end="2025-03-31")
    after = fact("after", 788, "EFLOPS", 1e18, basis=None)
    half = fact("half", 1590, "EFLOPS", 1e18, period_start="2026-06-30", period_end="2026-06-30")
    flags = plausibility.judge([before, after, half], COMPUTE)
    assert of(flags, "unlike").keys() == {"after"}
    assert not of(flags, "step")
    assert of(plausibility.judge([before, after], COMPUTE), "step").keys() == {"after"}


def test_a_part_is_not_taken_for_its_whole() -> None:
    hubs = {"hub_power": Limits(whole="intelligent_computing_power")}
    part = fact("part", 620_000, metric="hub_power", basis=None)
    taken = fact("taken", 620_000, basis=None)
    nation = fact("nation", 780_000, basis=None)
    assert of(plausibility.judge([part, taken, nation], hubs), "unlike").keys() == {"taken"}
    assert not of(plausibility.judge([part, taken], hubs), "unlike")
    known = [part.subject, nation.subject]
    assert nation.subject in plausibility.subjects_to_judge([part.subject], known, hubs)
    assert part.subject in plausibility.evidence_subjects([nation.subject], hubs)
