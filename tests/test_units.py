"""Units: factors against Pint, surfaces, money that keeps its currency, rates, and faults with file and line."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pint
import pytest

from pipelines.catalogue import units
from pipelines.vocabulary.errors import CatalogueError

UNITS = units.load()

#: What our codes are called in Pint. A code that is not here and not in Pint either has no peer to be compared with.
PINT = {
    "B": "byte", "t": "metric_ton", "mile": "mile", "nmi": "nautical_mile", "ft": "foot", "in": "inch", "yd": "yard", "ly": "light_year",
    "m2": "meter**2", "km2": "kilometer**2", "cm2": "centimeter**2", "mm2": "millimeter**2", "ha": "hectare", "acre": "acre",
    "ft2": "foot**2", "mi2": "mile**2", "in2": "inch**2", "m3": "meter**3", "cm3": "centimeter**3", "km3": "kilometer**3", "ft3": "foot**3",
    "L": "liter", "mL": "milliliter", "barrel": "oil_barrel", "gal": "gallon", "pint": "pint", "lb": "pound", "oz": "ounce",
    "carat": "carat", "short_ton": "short_ton", "long_ton": "long_ton", "stone": "stone", "hp": "horsepower", "cal": "calorie",
    "kcal": "kilocalorie", "BTU": "BTU", "hour": "hour", "min": "minute", "day": "day", "week": "week", "month": "month", "year": "year",
    "decade": "decade", "century": "century", "mph": "mile/hour", "km/h": "kilometer/hour", "m/s": "meter/second", "knot": "knot",
    "rpm": "revolution/minute/turn", "fps": "1/second", "deg": "degree", "psi": "psi", "atm": "atmosphere", "bar": "bar", "g": "gram",
    "bit/s": "bit/second", "B/s": "byte/second",
}  # fmt: skip
#: Codes that Pint uses for something else ("li" is its link).
OTHERS = {"li"}
CANONICAL = {
    "B": "byte", "bit/s": "bit/second", "W": "watt", "Wh": "watt_hour", "VA": "volt_ampere", "V": "volt", "A": "ampere", "Ah": "ampere_hour",
    "kg": "kilogram", "m": "meter", "m2": "meter**2", "m3": "meter**3", "s": "second", "Pa": "pascal", "Hz": "hertz", "m/s": "meter/second",
}  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    return pint.UnitRegistry()


def test_factors_agree_with_pint_wherever_pint_has_the_unit(registry: pint.UnitRegistry) -> None:
    compared = 0
    for unit in list(UNITS.by_code.values()):
        if unit.canonical not in CANONICAL or unit.code in OTHERS or unit.dimension in ("rank", "pure"):
            continue
        name = PINT.get(unit.code, unit.code)
        try:
            theirs = registry(name).to(CANONICAL[unit.canonical]).magnitude
        except (pint.UndefinedUnitError, pint.DimensionalityError, AttributeError, AssertionError):
            continue
        assert float(unit.factor) == pytest.approx(theirs, rel=1e-6), unit.code
        compared += 1
    assert compared > 150


@pytest.mark.parametrize(
    ("value", "code", "canonical", "canonical_unit"),
    [
        ("1.59", "EFLOPS", "1590000000000000000", "FLOPS"),
        ("85", "PB", "85000000000000000", "B"),
        ("512", "GiB", "549755813888", "B"),
        ("80.1", "%", "0.801", "1"),
        ("25", "bp", "0.25", "pp"),
        ("-12", "degC", "-12", "degC"),
        ("212", "degF", "100", "degC"),
        ("0.8", "CNY/Mtoken", "0.0000008", "CNY/token"),
        ("45", "USD/MWh", "0.000045", "USD/Wh"),
        ("38.4", "base_station/10k_person", "0.00384", "base_station/person"),
        ("42", "cluster", "42", "cluster"),
        ("400", "Gbit/s", "400000000000", "bit/s"),
    ],
)
def test_canonical_values(value: str, code: str, canonical: str, canonical_unit: str) -> None:
    assert UNITS.canonical(Decimal(value), code) == (Decimal(canonical), canonical_unit)


def test_a_mu_is_two_thirds_of_a_thousand_square_metres_exactly() -> None:
    assert UNITS.get("mu").factor == Fraction(2000, 3)


def test_each_currency_is_a_dimension_of_its_own() -> None:
    assert UNITS.get("USD").dimension != UNITS.get("CNY").dimension
    assert UNITS.get("INR").canonical == "INR"


@pytest.mark.parametrize(
    ("table", "surface", "code"),
    [
        ("symbols", "EFLOPS", "EFLOPS"),
        ("symbols", "PFLOP/s", "PFLOPS"),
        ("symbols", "km²", "km2"),
        ("names", "u.s. dollars", "USD"),
        ("names", "square kilometers", "km2"),
        ("names", "kilowatt-hours", "kWh"),
        ("zh", "千瓦时", "kWh"),
        ("zh", "泽字节", "ZB"),
        ("zh", "港元", "HKD"),
        ("prefixes", "NT$", "TWD"),
        ("folded", "pflops", "PFLOPS"),
    ],
)
def test_surfaces(table: str, surface: str, code: str) -> None:
    assert getattr(UNITS, table)[surface][0] == code


def test_an_overlay_adds_a_unit(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "code,dimension,factor,offset,prefixes,symbols,names,zh,cues\nfurlong,length,201.168,0,,,furlong,,\n", encoding="utf-8"
    )
    assert units.load(tmp_path).names["furlongs"] == ("furlong",)


def test_a_fault_names_file_line_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "code,dimension,factor,offset,prefixes,symbols,names,zh,cues\nfurlong,lenght,201.168,0,,,furlong,,\n", encoding="utf-8"
    )
    with pytest.raises(CatalogueError, match=r'units.csv, line 2: dimension "lenght" is not defined; did you mean "length"'):
        units.load(tmp_path)
