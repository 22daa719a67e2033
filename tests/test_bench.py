"""The benches measure what they say: the scorer against itself, the labelled articles' floors, and calibration."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from bench import accuracy, calibration, extract, public, scoring
from pipelines import catalogue
from pipelines.catalogue.confidence import Confidence
from pipelines.stages import quantities, sentences

DEV = accuracy.DATA / "dev"


@pytest.fixture(scope="module")
def known() -> catalogue.Catalogue:
    return catalogue.load()


@pytest.fixture(scope="module")
def dev(known: catalogue.Catalogue) -> accuracy.Scored:
    return accuracy.score(DEV, known)


def test_the_dev_corpus_keeps_its_floors(dev: accuracy.Scored) -> None:
    assert len(dev.articles) == 16
    assert dev.levels["found"].f1 >= 0.99
    assert dev.levels["bound"].f1 >= 0.97
    assert dev.metrics.share_wrong < 0.03


def test_labels_scored_against_themselves_are_all_right() -> None:
    labels = scoring.read_labels(DEV)
    seen = {name: [row for row in rows if "value" in row] for name, rows in labels.by_article.items()}
    pairs = scoring.pair(labels, seen)
    assert {level.f1 for level in scoring.levels(pairs).values()} == {1.0}
    assert set(scoring.fields(pairs).values()) == {1.0}
    assert scoring.given_metrics(pairs, labels.metrics).wrong == 0


def test_a_wrong_metric_counts_where_the_label_has_none() -> None:
    label = {"article": "a", "quote": "5 GW", "start": 0, "value": 5, "unit": "GW", "bound": "=", "metric": None}
    labels = scoring.Labels({"a": [label]}, frozenset({"power_capacity"}), {})
    for metric, wrong, unknown in (("power_capacity", 1, 0), ("tide", 0, 1), (None, 0, 0)):
        found = scoring.given_metrics(scoring.pair(labels, {"a": [label | {"metric": metric}]}), labels.metrics)
        assert (found.wrong, found.wrong_where_none, found.unknown) == (wrong, wrong, unknown)


def test_misses_and_json_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    accuracy.main([str(accuracy.DATA / "holdout_zh"), "--misses", "2"])
    shown = capsys.readouterr().out
    assert "first" in shown
    assert "label  {" in shown or "seen   {" in shown
    accuracy.main([str(DEV), "--json"])
    assert json.loads(capsys.readouterr().out)["levels"]["found"]["labels"] == 204


def test_confidence_is_calibrated_on_articles_it_was_not_fitted_on() -> None:
    given = calibration.cases()
    table = calibration.reliability(given, calibration.crossed(given, [calibration._fold(c.article) for c in given]))
    assert min(size for size, *_ in table) >= calibration.LEAST
    assert calibration.calibration_error(table) < 0.08  # the goal is 0.05; rules change before weights do


def test_the_fit_finds_what_a_sign_is_worth() -> None:
    chance = random.Random(3)
    given = [
        calibration.Case("f", f"a{n}", ("always", sign), chance.random() < worth)
        for n in range(1500)
        for sign, worth in (("metric: good", 0.9), ("metric: poor", 0.4))
    ]
    fitted = Confidence(calibration.fit(given))
    assert fitted.chance(("always", "metric: good")) == pytest.approx(0.9, abs=0.03)
    assert fitted.chance(("always", "metric: poor")) == pytest.approx(0.4, abs=0.03)
    assert fitted.chance(("always", "metric: good", "never seen")) == fitted.chance(("always", "metric: good"))
    table = calibration.reliability(given, calibration.crossed(given, [calibration._fold(c.article) for c in given]))
    assert calibration.calibration_error(table) < 0.05


def test_the_speed_bench_reads_the_same_texts_with_each(capsys: pytest.CaptureFixture[str]) -> None:
    extract.main(["--size", "4000", "--rounds", "1", "--without-quantulum3", "--json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert len(told) == 4
    assert all(row["per_second"].keys() == {"quantities", "observations", "floor"} for row in told)


def test_ordinary_prose_holds_fewer_numbers_than_reports(known: catalogue.Catalogue) -> None:
    _, report, ordinary, _ = extract.readings(20_000)
    found = []
    for reading in (report, ordinary):
        text = "\n\n".join(article.text for article in reading.articles)
        quantity, _ = quantities.find(text, sentences.split(text, "en", known), known, None)
        found.append(len(quantity) / len(text))
    assert found[1] < 0.75 * found[0]


@pytest.mark.parametrize(
    ("items", "values", "units"),
    [
        ([{"req": "The pipe is 3 metres long.", "res": [{"value": 3, "unit": "metre"}]}], 1, 1),
        (
            [
                {
                    "text": "It cost over $40 and 5 to 7 hours.",
                    "quantities": [
                        {"value": "40", "normalized_unit": "euro", "change": ">"},
                        {"value": "5-7", "normalized_unit": "hour", "change": "="},
                    ],
                }
            ],
            2,
            1,
        ),
        (
            [
                {
                    "Input": "Two firms paid 30 cents.",
                    "Results": [{"TypeName": "currency", "Resolution": {"value": "30", "unit": "Cent"}}],
                }
            ],
            1,
            1,
        ),
    ],
    ids=["quantulum3", "cqe", "recognizers"],
)
def test_a_published_set_is_scored_by_value_and_unit(
    items: list[dict[str, Any]], values: int, units: int, tmp_path: Path, known: catalogue.Catalogue
) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    result = public.score(path, known)
    assert (result.labels, result.found, result.values, result.units) == (values, values, values, units)
    assert bool(result.misses) == (values != units)
