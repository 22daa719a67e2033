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
    "B": "byte", "t": "metric_ton", "mile": "mile", "nmi": "nautical_mile", "ft": "foot", "in": "inch", "yd": "yard",
    "ly": "light_year", "m2": "meter**2", "km2": "kilometer**2", "cm2": "centimeter**2", "mm2": "millimeter**2",
    "ha": "hectare", "acre": "acre", "ft2": "foot**2", "mi2": "mile**2", "in2": "inch**2", "m3": "meter**3",
    "cm3": "centimeter**3", "km3": "kilometer**3", "ft3": "foot**3", "L": "liter", "mL": "milliliter",
    "barrel": "oil_barrel", "gal": "gallon", "pint": "pint", "lb": "pound", "oz": "ounce", "carat": "carat",
    "short_ton": "short_ton", "long_ton": "long_ton", "stone": "stone", "hp": "horsepower", "cal": "calorie",
    "kcal": "kilocalorie", "BTU": "BTU", "hour": "hour", "min": "minute", "day": "day", "week": "week",
    "month": "month", "year": "year", "decade": "decade", "century": "century", "mph": "mile/hour",
    "km/h": "kilometer/hour", "m/s": "meter/second", "knot": "knot", "rpm": "revolution/minute/turn",
    "fps": "1/second", "deg": "degree", "psi": "psi", "atm": "atmosphere", "bar": "bar", "g": "gram",
    "bit/s": "bit/second", "B/s": "byte/second", "kW": "kilowatt", "boe": "barrel_of_oil_equivalent",
    "toe": "tonne_oil_equivalent", "au": "astronomical_unit", "fl_oz": "fluid_ounce", "yd2": "yard**2",
    "yd3": "yard**3", "in3": "inch**3", "acre-ft": "acre_foot", "imp_gal": "imperial_gallon", "ozt": "troy_ounce",
    "ft/s": "foot/second", "PS": "metric_horsepower", "MMBTU": "1e6*BTU", "RT": "refrigeration_ton",
    "inHg": "inch_Hg", "tablespoon": "tablespoon", "fortnight": "fortnight", "millennium": "millennium",
    "kgf": "kilogram_force", "lbf": "pound_force", "var": "var", "rad": "radian", "Sv": "sievert", "Bq": "becquerel",
    "furlong": "furlong", "hand": "hand", "chain": "chain", "cwt": "hundredweight", "board_ft": "board_foot",
    "arcmin": "arcminute", "arcsec": "arcsecond", "ksi": "ksi", "cmH2O": "cmH2O", "inH2O": "inch_H2O", "erg": "erg",
    "quad": "quadrillion_Btu", "tTNT": "ton_TNT", "dyn": "dyne", "Pa·s": "pascal*second",
    "mPa·s": "millipascal*second", "cP": "centipoise", "poise": "poise", "Ci": "curie", "rem": "rem", "dtex": "dtex",
    "tex": "tex", "denier": "denier", "mi3": "mile**3", "mcd": "millicandela",
}  # fmt: skip
#: Codes that Pint uses for something else: "li" is its link, "Mbarrel" a dry barrel.
OTHERS = {"li", "Mbarrel", "kbarrel"}
CANONICAL = {
    "B": "byte", "bit/s": "bit/second", "W": "watt", "Wh": "watt_hour", "VA": "volt_ampere", "V": "volt",
    "A": "ampere", "Ah": "ampere_hour", "kg": "kilogram", "m": "meter", "m2": "meter**2", "m3": "meter**3",
    "s": "second", "Pa": "pascal", "Hz": "hertz", "m/s": "meter/second", "N": "newton", "ohm": "ohm", "deg": "degree",
    "Sv": "sievert", "Bq": "becquerel", "var": "var", "Pa·s": "pascal*second", "T": "tesla", "F": "farad", "H": "henry",
    "S": "siemens", "Wb": "weber", "cd": "candela", "lx": "lux", "lm": "lumen", "Gy": "gray", "kg/m": "kilogram/meter",
    "C": "coulomb", "N·m": "newton*meter", "m/s2": "meter/second**2", "mol": "mole",
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
        assert float(unit.factor) == pytest.approx(theirs, rel=1e-10), unit.code
        compared += 1
    assert compared > 390


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
        ("5", "death/1000_person", "0.005", "death/person"),
        ("2", "case/Mperson", "0.000002", "case/person"),
        ("36", "USD/(kW.hour)", "0.00001", "USD/(W.s)"),
        ("3", "barrel/day", "0.000005520392185", "m3/s"),
        ("1", "km3", "1000000000", "m3"),
        ("123456789012345678901234567890.5", "km", "123456789012345678901234567890500", "m"),
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
        ("folded", "gbps", "Gbit/s"),
        ("folded", "mwh", "MWh"),
        ("symbols", "µs", "us"),
        ("symbols", "MtCO2e", "Mt"),
        ("symbols", "sq ft", "ft2"),
        ("symbols", "Kbps", "kbit/s"),
        ("symbols", "bps", "bp"),
        ("symbols", "EUR", "EUR"),
        ("names", "floating point operations per second", "FLOPS"),
        ("names", "petaflops", "PFLOPS"),
        ("names", "gigabits per second", "Gbit/s"),
        ("names", "pounds per square inch", "psi"),
        ("names", "tons of coal equivalent", "tce"),
        ("names", "cubic kilometres", "km3"),
        ("names", "per cent", "%"),
        ("names", "indian rupees", "INR"),
        ("names", "swiss francs", "CHF"),
        ("zh", "平方公里", "km2"),
        ("zh", "噸標準煤", "tce"),
        ("zh", "个百分点", "pp"),
        ("zh", "大卡", "kcal"),
        ("zh", "马力", "PS"),
        ("zh", "人民幣", "CNY"),
        ("zh", "周年", "year"),
        ("prefixes", "₹", "INR"),
        ("prefixes", "$", "USD"),
    ],
)
def test_surfaces(table: str, surface: str, code: str) -> None:
    assert getattr(UNITS, table)[surface][0] == code


@pytest.mark.parametrize("word", ["top", "all", "try", "cop", "r", "n", "w"])
def test_no_word_of_the_language_is_a_currency(word: str) -> None:
    """TOP, ALL and TRY are codes too, and R, N and W signs: "top 10", "R1" and "N95" would be money."""
    known = {surface.lower() for surface in [*UNITS.prefixes, *UNITS.names, *UNITS.folded]}
    assert word not in known


def test_every_currency_of_iso_4217_in_use_is_there() -> None:
    codes = {unit.code for unit in UNITS.by_code.values() if unit.dimension == f"money:{unit.code}"}
    assert len(codes) >= 155
    assert {"USD", "XOF", "ZMW", "UYU", "AMD", "XDR"} <= codes


def test_hundredths_and_tenths_are_parts_of_their_currency() -> None:
    assert UNITS.canonical(Decimal(35), UNITS.names["cents"][0]) == (Decimal("0.35"), "USD")
    assert UNITS.canonical(Decimal(5), UNITS.zh["角钱"][0]) == (Decimal("0.5"), "CNY")


@pytest.mark.parametrize(
    ("surface", "cue", "code"),
    [
        ("¥", "tokyo", "JPY"),
        ("pounds", "british", "GBP"),
        ("degrees", "fahrenheit", "degF"),
        ("ounces", "gold", "ozt"),
        ("度", "用电", "kWh"),
    ],
)
def test_words_settle_what_is_ambiguous(surface: str, cue: str, code: str) -> None:
    assert len(UNITS.ambiguous(surface)) > 1
    assert next(c for word, c in UNITS.contexts[surface] if word in cue) == code


def test_every_cue_speaks_of_a_surface_and_one_of_its_codes() -> None:
    for surface, cues in UNITS.contexts.items():
        assert {code for _, code in cues} <= set(UNITS.ambiguous(surface)), surface


def test_chinese_words_that_only_begin_like_a_unit() -> None:
    assert "升至" in UNITS.not_units
    assert not UNITS.not_units & set(UNITS.zh)


def test_an_overlay_adds_a_unit(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "code,dimension,factor,offset,prefixes,symbols,names,zh,cues\nfurlong,length,201.168,0,,,furlong,,\n",
        encoding="utf-8",
    )
    assert units.load(tmp_path).names["furlongs"] == ("furlong",)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("furlong,length,about 200,,,,furlong,,", 'factor "about 200" is not a number'),
        ("furlong,length,201.168,,huge,,furlong,,", 'prefix "huge" is not defined'),
        ("furlong,length,201.168,,,,furlong,,rod>far", '"rod" is no surface of furlong'),
        ("furlong,,,,,,furlong,,", 'unit "furlong" is not defined'),
    ],
)
def test_faults_of_a_row(tmp_path: Path, row: str, message: str) -> None:
    heading = "code,dimension,factor,offset,prefixes,symbols,names,zh,cues"
    (tmp_path / "units.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"units.csv, line 2: .*{message}"):
        units.load(tmp_path)


def test_a_fault_names_file_line_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "code,dimension,factor,offset,prefixes,symbols,names,zh,cues\nfurlong,lenght,201.168,0,,,furlong,,\n",
        encoding="utf-8",
    )
    with pytest.raises(
        CatalogueError, match=r'units.csv, line 2: dimension "lenght" is not defined; did you mean "length"'
    ):
        units.load(tmp_path)
