"""Suites are read with file and line in every complaint, and judged with four ends: passed, warned, failed, error."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines import checks
from pipelines.checks import Expectation, Suite, suites
from pipelines.vocabulary.errors import CatalogueError, InvariantError
from pipelines.vocabulary.verdict import ENDS, Quarantined

ROWS = {"id": "counted", "type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}


def suite(*entries: dict) -> Suite:
    made = [Expectation(severity="critical", description=f"about {e['id']}", **e) for e in (ROWS, *entries)
            if "severity" not in e]  # fmt: skip
    made += [Expectation(description=f"about {e['id']}", **e) for e in entries if "severity" in e]
    return Suite("thing", "things", "name", tuple(made))


def frame(**columns: list) -> pd.DataFrame:
    return pd.DataFrame({"name": list("abc"), **columns})


def ends(verdicts: list) -> dict[str, str]:
    return {verdict.check.removeprefix("thing."): verdict.end for verdict in verdicts}


@pytest.mark.parametrize("path", sorted(suites.FOLDER.glob("*.yml")), ids=lambda p: p.stem)
def test_every_shipped_suite_can_be_judged(path: Path) -> None:
    read = suites.read(path)
    empty = pd.DataFrame({column: pd.Series(dtype="object") for column in read.columns})
    verdicts, quarantined = checks.judge(read, empty)
    assert [verdict.check for verdict in verdicts] == [read.check_name(e) for e in read.expectations]
    assert all(verdict.end in ENDS and verdict.end != "error" for verdict in verdicts)
    assert not quarantined


def test_a_failing_row_goes_to_quarantine_with_name_and_reason() -> None:
    about = {"id": "positive", "type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": 0}}
    verdicts, quarantined = checks.judge(suite(about), frame(x=[1.0, -2.0, None]))
    assert ends(verdicts) == {"counted": "passed", "positive": "failed"}
    assert quarantined == [Quarantined("b", "thing.positive", "about positive")]
    assert not any(verdict.is_blocking for verdict in verdicts)
    assert "-2.0" in verdicts[1].reason
    checks.require(verdicts)


def test_the_index_of_the_frame_does_not_matter() -> None:
    about = {"id": "positive", "type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": 0}}
    shuffled = frame(x=[-1.0, 1.0, 1.0]).set_index(pd.Index([7, 7, 9]))
    _, quarantined = checks.judge(suite(about), shuffled)
    assert [q.observation_id for q in quarantined] == ["a"]


def test_a_warning_keeps_its_rows() -> None:
    about = {"id": "w", "type": "expect_column_values_to_not_be_null", "kwargs": {"column": "x"}, "severity": "warning"}
    verdicts, quarantined = checks.judge(suite(about), frame(x=[1, None, 3]))
    assert ends(verdicts)["w"] == "warned"
    assert not quarantined


def test_a_broken_invariant_stops_the_publish() -> None:
    about = {"id": "u", "type": "expect_column_values_to_be_unique", "kwargs": {"column": "x"}, "is_invariant": True}
    verdicts, quarantined = checks.judge(suite(about), frame(x=[1, 1, 2]))
    assert not quarantined
    with pytest.raises(InvariantError, match=r"thing\.u failed"):
        checks.require(verdicts)


def test_a_check_that_cannot_run_is_an_error_and_never_a_failure() -> None:
    about = [
        {"id": "gone", "type": "expect_column_values_to_not_be_null", "kwargs": {"column": "nowhere"}},
        {"id": "text", "type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": 0}},
    ]
    verdicts, quarantined = checks.judge(suite(*about), frame(x=list("uvw")))
    assert ends(verdicts) == {"counted": "passed", "gone": "error", "text": "error"}
    assert not quarantined
    with pytest.raises(InvariantError, match="could not run"):
        checks.require(verdicts)


def test_an_empty_table_is_noticed() -> None:
    verdicts, _ = checks.judge(suite(), frame().iloc[:0])
    assert ends(verdicts) == {"counted": "failed"}


def test_a_misspelt_type_is_named() -> None:
    about = {"id": "typo", "type": "expect_column_values_to_be_betwen", "kwargs": {"column": "x"}}
    with pytest.raises(CatalogueError, match="typo"):
        checks.judge(suite(about), frame(x=[1, 2, 3]))


GOOD = """table: t
description: d
key: k
expectations:
  - {id: counted, type: expect_table_row_count_to_be_between, kwargs: {min_value: 1}, description: rows}
"""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("expect_table_row_count_to_be_between", "expect_x"), "row-count"),
        (GOOD + "  - {id: x, type: y}\n", "line 6: an expectation needs"),
        (GOOD + "  - {id: x, type: y, description: z, severty: info}\n", 'line 6: "severty" is no field'),
        (GOOD + "  - {id: x, type: y, description: z, severity: bad}\n", 'line 6: severity "bad"'),
        (GOOD + "  - {id: counted, type: y, description: z}\n", "line 6: a second expectation"),
        (GOOD.replace("key: k", "key: [k"), "line 4"),
        ("just text", "must hold"),
        (GOOD.replace("key: k\n", ""), '"key" is missing'),
    ],
)
def test_a_faulty_suite_is_refused_with_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "t.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"t\.yml") as caught:
        suites.read(path)
    assert complaint in str(caught.value)
