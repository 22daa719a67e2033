"""Units of measure and currencies: how they are printed, what dimension they have, and what one is in canonical units.

Prefixes generate units (k to Q, m to p, Ki to Yi), so a row of `units.csv` names the bare unit only. Money of each currency is
a dimension of its own, since nothing is converted on the quiet. Any other code is a counted noun and its own canonical unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

from pipelines.catalogue.table import Row, read_table

_LARGE = ("k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q")
_SMALL = ("m", "u", "n", "p")
_SCALED_NOUN = {"k": 10**3, "10k_": 10**4, "100k_": 10**5, "M": 10**6, "G": 10**9, "100_": 100, "1000_": 1000}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `canonical value = (value + offset) * factor`, in `canonical`, the unit of its dimension."""

    code: str
    dimension: str
    factor: Fraction
    offset: Fraction
    canonical: str


@dataclass(slots=True)
class Units:
    """All units by code, and every surface form that stands for one. Candidates are best first."""

    symbols: dict[str, tuple[str, ...]] = field(default_factory=dict)
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    zh: dict[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contexts: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    by_code: dict[str, Unit] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    def get(self, code: str) -> Unit:
        """The unit of a code: a unit of measure, a currency, a rate "A/B", or else a counted noun."""
        unit = self.by_code.get(code)
        if unit is None:
            unit = self._rate(code) if "/" in code else _noun(code)
            self.by_code[code] = unit
        return unit

    def canonical(self, value: Decimal, code: str | None) -> tuple[Decimal | None, str | None]:
        """The value in the canonical unit of the code's dimension, to 28 digits, and that unit's code."""
        if code is None:
            return value, None
        unit = self.get(code)
        if unit.factor == 1 and unit.offset == 0:
            return value, unit.canonical
        exact = (Fraction(value) + unit.offset) * unit.factor
        with localcontext() as context:
            context.prec = 28
            return Decimal(exact.numerator) / Decimal(exact.denominator), unit.canonical

    def _rate(self, code: str) -> Unit:
        above, _, below = code.partition("/")
        numerator, denominator = self.get(above), self._denominator(below)
        return Unit(
            code,
            f"{numerator.dimension}/{denominator.dimension}",
            numerator.factor / denominator.factor,
            Fraction(0),
            f"{numerator.canonical}/{denominator.canonical}",
        )

    def _denominator(self, code: str) -> Unit:
        if code in self.by_code:
            return self.by_code[code]
        for prefix, factor in sorted(_SCALED_NOUN.items(), key=lambda item: -len(item[0])):
            rest = code[len(prefix) :]
            if code.startswith(prefix) and rest and (prefix.endswith("_") or rest.islower() and prefix != "k" or rest in ("token", "tokens")):
                inner = self.get(rest)
                return Unit(code, inner.dimension, inner.factor * factor, Fraction(0), inner.canonical)
        return self.get(code)


def _noun(code: str) -> Unit:
    return Unit(code, f"count:{code}", Fraction(1), Fraction(0), code)


def load(overlay: Path | None = None) -> Units:
    """Read dimensions, prefixes, units and currencies. Raises CatalogueError with file and line."""
    canonical = {row["dimension"]: row["canonical"] for row in read_table("dimensions.csv", ("dimension", "canonical"), overlay)}
    units = Units(dimensions=canonical)
    surfaces = _Surfaces(units)
    prefix_rows = read_table("prefixes.csv", ("symbol", "name", "kind", "factor", "zh"), overlay)
    for row in read_table("units.csv", ("code", "dimension", "factor", "offset", "prefixes", "symbols", "names", "zh"), overlay):
        if row["dimension"] not in canonical:
            raise row.unknown("dimension", row["dimension"], list(canonical))
        _add_unit(row, prefix_rows, canonical[row["dimension"]], units, surfaces)
    for row in read_table("currencies.csv", ("code", "prefixes", "names", "zh", "cents", "cues"), overlay):
        _add_currency(row, units, surfaces)
    for code in ("rank", "1"):
        dimension = "rank" if code == "rank" else "pure"
        units.by_code[code] = Unit(code, dimension, Fraction(1), Fraction(0), code)
    surfaces.freeze()
    return units


class _Surfaces:
    """Collects the candidates of each surface form while the tables are read."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.tables: dict[str, dict[str, list[str]]] = {k: {} for k in ("symbols", "names", "zh", "prefixes")}
        self.contexts: dict[str, list[tuple[str, str]]] = {}

    def add(self, table: str, surface: str, code: str) -> None:
        codes = self.tables[table].setdefault(surface, [])
        if code not in codes:
            codes.append(code)

    def freeze(self) -> None:
        for table, surfaces in self.tables.items():
            setattr(self.units, table, {surface: tuple(codes) for surface, codes in surfaces.items()})
        folded: dict[str, list[str]] = {}
        for surface, codes in self.tables["symbols"].items():
            if len(surface) >= 3 and surface.isascii():
                folded.setdefault(surface.lower(), [])
                folded[surface.lower()] += [c for c in codes if c not in folded[surface.lower()]]
        self.units.folded = {s: tuple(c) for s, c in folded.items() if len(c) == 1}
        self.units.contexts = {s: tuple(c) for s, c in self.contexts.items()}


def _fraction(row: Row, column: str) -> Fraction:
    text = row[column] or "0"
    try:
        if "/" in text:
            above, below = text.split("/")
            return Fraction(above) / Fraction(below)
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise row.fail(f'{column} "{text}" is not a number; write a decimal or a fraction such as 2000/3') from error


def _add_unit(row: Row, prefix_rows: list[Row], canonical: str, units: Units, surfaces: _Surfaces) -> None:
    code, factor, offset = row["code"], _fraction(row, "factor"), _fraction(row, "offset")
    public = _PUBLIC.get(code, code)
    if public == code:
        units.by_code[code] = Unit(code, row["dimension"], factor, offset, canonical)
    names = row.list("names")
    for symbol in row.list("symbols"):
        surfaces.add("symbols", symbol, public)
    for name in names:
        for form in _forms(name):
            surfaces.add("names", form, public)
    for name in row.list("zh"):
        surfaces.add("zh", name, public)
    for cue in row.list("cues") if "cues" in row.cells else ():
        surface, _, word = cue.partition(">")
        surfaces.contexts.setdefault(surface, []).append((word, public))
    wanted = _wanted(row["prefixes"].split())
    for prefix in prefix_rows:
        if prefix["symbol"] not in wanted:
            continue
        made = prefix["symbol"] + code
        units.by_code[made] = Unit(made, row["dimension"], factor * Fraction(prefix["factor"]), Fraction(0), canonical)
        for symbol in row.list("symbols"):
            surfaces.add("symbols", prefix["symbol"] + symbol, made)
            if prefix["symbol"] == "u":
                surfaces.add("symbols", "µ" + symbol, made)
                surfaces.add("symbols", "μ" + symbol, made)
            if prefix["symbol"] == "k":
                surfaces.add("symbols", "K" + symbol, made)
        for name in names:
            for form in _forms(name):
                if form and " " not in form.split(" ")[0] and (" " not in form or form.split(" ")[0] in ("bits", "bit", "bytes", "byte", "watt", "watts")):
                    surfaces.add("names", prefix["name"] + form, made)
        for name in row.list("zh"):
            for mark in prefix.list("zh"):
                surfaces.add("zh", mark + name, made)


#: Codes that are only a second name of a unit that has a code of its own.
_PUBLIC = {"km_zh": "km", "cm_zh": "cm", "kg_zh": "kg", "kWh_du": "kWh"}


def _wanted(words: list[str]) -> set[str]:
    wanted: set[str] = set()
    for word in words:
        wanted |= {"large": set(_LARGE), "small": set(_SMALL), "iec": {p + "i" for p in "KMGTPEZY"}}.get(word, {word})
    return wanted


def _forms(name: str) -> list[str]:
    """A name in the singular and plural; with "!" as it is."""
    if name.endswith("!"):
        return [name[:-1]]
    head, _, tail = name.partition(" of ")
    plural = head[:-1] + "ies" if head.endswith("y") and head[-2] not in "aeiou" else head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")
    if head.endswith("foot"):
        plural = head[:-4] + "feet"
    made = [head, plural]
    made += [form.replace("-", " ") for form in made if "-" in form]
    return [form + (" of " + tail if tail else "") for form in made]


def _add_currency(row: Row, units: Units, surfaces: _Surfaces) -> None:
    code = row["code"]
    units.by_code[code] = Unit(code, f"money:{code}", Fraction(1), Fraction(0), code)
    for prefix in row.list("prefixes"):
        surfaces.add("prefixes", prefix, code)
        if len(prefix) == 1 and not prefix.isalnum():
            surfaces.add("symbols", prefix, code)
    for name in row.list("names"):
        for form in _forms(name):
            surfaces.add("names", form, code)
    if code.isalpha():
        surfaces.add("names", code.lower(), code)
    for name in row.list("zh"):
        surfaces.add("zh", name, code)
    cent = f"{code}_cent"
    units.by_code[cent] = Unit(cent, f"money:{code}", Fraction(1, 100), Fraction(0), code)
    for name in row.list("cents"):
        for form in _forms(name):
            surfaces.add("names", form, cent)
    for cue in row.list("cues"):
        surface, _, word = cue.partition(">")
        surfaces.contexts.setdefault(surface, []).append((word, code))
