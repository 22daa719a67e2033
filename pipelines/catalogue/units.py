"""Units of measure and currencies: how they are printed, what dimension they have, and what one is in canonical units.

Prefixes generate units (k to Q, m to p, Ki to Yi), so a row of `units.csv` names the bare unit only. Money of each
currency is a dimension of its own, since nothing is converted on the quiet. Any other code is a counted noun and its
own canonical unit. What lives here: codes, factors and surface forms. What does not: finding them in a text, and which
nouns count as one (`nouns.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path

from pipelines.catalogue.table import Row, read_table

#: "10k_person", "1000_person": so many of what is counted, in the lower half of a rate.
_MULTIPLE = re.compile(r"(\d+)(k?)_(.+)")
#: "Mperson": a capital before a counted noun is a scale, for the codes of nouns are lower case.
_CAPITAL = re.compile(r"([MGT])([a-z].*)")
#: Where the head of a name ends: "pounds per square inch", "tons of coal equivalent".
_JOINT = re.compile(r" of | per |-per-| an? ")
_SCALES = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_ZERO, _ONE = Fraction(0), Fraction(1)
_PARTS = {"cents": Fraction(1, 100), "dimes": Fraction(1, 10)}
_EXACT, _ROUNDED = Context(prec=1000), Context(prec=28)


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

    symbols: dict[str, tuple[str, ...]] = field(default_factory=dict)  # printed after a number, case counts
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)  # those of three letters and more in lower case
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)  # lower-case words
    zh: dict[str, tuple[str, ...]] = field(default_factory=dict)  # Chinese names in both scripts
    prefixes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # currencies before a number, case counts
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # the same, a capital (N350): where a cue stands
    contexts: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # surface -> (cue word, code)
    cued: dict[str, tuple[str, ...]] = field(default_factory=dict)  # symbols that stand only where a cue does
    homes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # currency -> words of texts that are at home in it
    not_units: frozenset[str] = frozenset()  # Chinese words that only begin like a unit
    dimensions: Mapping[str, str] = field(default_factory=dict)
    by_code: dict[str, Unit] = field(default_factory=dict)
    _steps: dict[str, tuple[Decimal | Fraction | None, str]] = field(default_factory=dict)  # to canonical units
    _named: dict[tuple[str, Fraction], str] = field(default_factory=dict)  # rates with a code of their own: km/h
    _own: frozenset[str] = frozenset()  # rates that are rows of the catalogue

    @property
    def max_words(self) -> int:
        """The words of the longest name."""
        return max(len(name.split()) for name in self.names)

    def get(self, code: str) -> Unit:
        """The unit of a code: a unit of measure, a currency, a rate "A/B", or else a counted noun."""
        unit = self.by_code.get(code)
        if unit is None:
            unit = self._rate(code) if "/" in code else self._multiplied(code) or _noun(code)
            self.by_code[code] = unit
        return unit

    def canonical(self, value: Decimal, code: str | None) -> tuple[Decimal | None, str | None]:
        """The value in the canonical unit of the code's dimension and that unit's code: exact where decimals can be."""
        if code is None:
            return value, None
        factor, canonical = self._steps.get(code) or self._step(code)
        if factor is None:
            return value, canonical
        if isinstance(factor, Decimal):
            return _EXACT.multiply(value, factor), canonical
        exact = (Fraction(value) + self.get(code).offset) * factor
        above, below = Decimal(exact.numerator), Decimal(exact.denominator)
        return (_EXACT if _is_decimal(exact.denominator) else _ROUNDED).divide(above, below), canonical

    def canonical_unit(self, code: str | None) -> str | None:
        """The canonical unit of a code's dimension."""
        return None if code is None else (self._steps.get(code) or self._step(code))[1]

    def _step(self, code: str) -> tuple[Decimal | Fraction | None, str]:
        step = self._steps[code] = _step(self.get(code))
        return step

    def join(self, above: str, below: str) -> str:
        """The code of a unit per another: that of the catalogue where it has one (km/h); a rate's rate is one."""
        if above not in self.by_code and "/" in above:
            above, _, first = above.partition("/")
            below = f"{first}/{below}"  # so much for each kW in each month
        made = self.get(f"{above}/{below}")
        if made.code in self._own:
            return made.code  # g/km of a gas is no tex of a thread
        return self._named.get((made.canonical, made.factor), made.code)

    def name_rates(self) -> None:
        """Note which rates the catalogue has, before any other is made: what they are called hangs on no text."""
        self._named = {(u.canonical, u.factor): u.code for u in self.by_code.values() if "/" in u.canonical}
        self._own = frozenset(code for code in self.by_code if "/" in code)

    def ambiguous(self, surface: str) -> tuple[str, ...]:
        """All codes that a surface may mean, best first; `contexts` says which words settle it."""
        tables = (self.prefixes, self.letters, self.symbols, self.names, self.zh, self.cued)
        return tuple(dict.fromkeys(code for table in tables for code in table.get(surface, ())))

    def home(self, text: str) -> str | None:
        """The currency that a text in traditional characters is at home in: the one whose words it has most of."""
        said = {code: sum(map(text.count, words)) for code, words in self.homes.items()}
        best = max(said, key=lambda code: said[code], default=None)
        return best if best and said[best] else None

    def _multiplied(self, code: str) -> Unit | None:
        """J.s, kg.m: units multiplied. A noun may have a dot in it, too."""
        parts = code.split(".")
        return self._product(code, parts) if len(parts) > 1 and all(part in self.by_code for part in parts) else None

    def _rate(self, code: str) -> Unit:
        above, _, below = code.partition("/")
        numerator, denominator = self.get(above), self._denominator(below)
        return Unit(
            code,
            f"{numerator.dimension}/{denominator.dimension}",
            numerator.factor / denominator.factor,
            _ZERO,
            f"{numerator.canonical}/{denominator.canonical}",
        )

    def _denominator(self, code: str) -> Unit:
        if code in self.by_code:
            return self.by_code[code]
        if "/" in code:
            return self._product(code, code.split("/"))
        if code.startswith("(") and code.endswith(")"):
            return self._product(code, code[1:-1].split("."))
        if "-" in code:  # USD/MW-day
            return self._product(code, code.split("-"))
        if match := _MULTIPLE.fullmatch(code):
            return _times(self.get(match[3]), int(match[1]) * _SCALES.get(match[2], 1), code)
        if match := _CAPITAL.fullmatch(code):
            return _times(self.get(match[2]), _SCALES[match[1]], code)
        return self.get(code)

    def _product(self, code: str, factors: Sequence[str]) -> Unit:
        parts = [self._denominator(part) for part in factors]
        factor = _ONE
        for part in parts:
            factor *= part.factor
        dimension = ".".join(part.dimension for part in parts)
        return Unit(code, dimension, factor, _ZERO, "(" + ".".join(part.canonical for part in parts) + ")")


def load(overlay: Path | None = None) -> Units:
    """Read dimensions, prefixes, units and currencies. Raises CatalogueError with file and line."""
    canonical = {
        row["dimension"]: row["canonical"] for row in read_table("dimensions.csv", ("dimension", "canonical"), overlay)
    }
    units = Units(dimensions=canonical)
    surfaces = _Surfaces(units)
    columns: tuple[str, ...] = ("symbol", "name", "groups", "factor", "marks", "zh")
    prefixes = [_Prefix(row) for row in read_table("prefixes.csv", columns, overlay)]
    columns = ("code", "dimension", "factor", "offset", "prefixes", "symbols", "names", "zh", "cues")
    rows = read_table("units.csv", columns, overlay)
    for row in rows:
        if row["dimension"]:
            _define(row, prefixes, units)
    for row in rows:
        _add_surfaces(row, prefixes, units, surfaces)
    for row in read_table("currencies.csv", ("code", "prefixes", "names", "zh", "cents", "cues"), overlay):
        _add_currency(row, units, surfaces)
    surfaces.freeze()
    units.name_rates()
    return units


class _Prefix:
    """A row of `prefixes.csv`."""

    __slots__ = ("factor", "groups", "marks", "name", "symbol", "zh")

    def __init__(self, row: Row) -> None:
        self.symbol, self.name, self.factor = row["symbol"], row["name"], _fraction(row, "factor")
        self.groups = {self.symbol, *row["groups"].split(";")}
        self.marks = row.list("marks") or (self.symbol,)
        self.zh = row.list("zh")


class _Surfaces:
    """Collects the candidates of each surface form while the tables are read."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.tables: dict[str, dict[str, list[str]]] = {k: {} for k in ("symbols", "names", "zh", "prefixes")}
        self.contexts: dict[str, list[tuple[str, str]]] = {}
        self.not_units: set[str] = set()
        self.cased: set[str] = set()  # symbols that mean nothing in lower case
        self.cued: dict[str, list[str]] = {}  # symbols that mean nothing without a cue

    def add(self, table: str, surface: str, code: str) -> None:
        is_cued = surface.startswith("?")
        codes = self.cued.setdefault(surface[1:], []) if is_cued else self.tables[table].setdefault(surface, [])
        if code not in codes:
            codes.append(code)

    def cues(self, row: Row, code: str) -> None:
        """Cells such as "degree|degrees>celsius|warming": what stands left means `code` near a word on the right."""
        for cue in row.list("cues"):
            meant, sign, words = cue.partition(">")
            if not sign:
                raise row.fail(f'cue "{cue}" must read surface>word')
            for surface in meant.split("|"):
                candidates = [c for table in (*self.tables.values(), self.cued) for c in table.get(surface, ())]
                means = next((c for c in (code, code + "_cent") if c in candidates), None)
                if means is None:
                    raise row.fail(f'cue "{cue}": "{surface}" is no surface of {code}')
                self.contexts.setdefault(surface, []).extend((word, means) for word in words.split("|"))

    def freeze(self) -> None:
        for table, surfaces in self.tables.items():
            setattr(self.units, table, {surface: tuple(codes) for surface, codes in surfaces.items()})
        capitals = [p for p in self.units.prefixes if len(p) == 1 and "A" <= p <= "Z"]
        self.units.letters = {p: self.units.prefixes.pop(p) for p in capitals}
        folded: dict[str, list[str]] = {}
        for surface, codes in self.tables["symbols"].items():
            if len(surface) >= 3 and surface.isascii() and surface not in self.cased:
                folded.setdefault(surface.lower(), []).extend(codes)
        self.units.folded = {surface: tuple(dict.fromkeys(codes)) for surface, codes in folded.items()}
        self.units.contexts = {surface: tuple(cues) for surface, cues in self.contexts.items()}
        self.units.not_units = frozenset(self.not_units)
        self.units.cued = {surface: tuple(codes) for surface, codes in self.cued.items()}


def _define(row: Row, prefixes: list[_Prefix], units: Units) -> None:
    """Enter a unit and those its prefixes make."""
    code, dimension = row["code"], row["dimension"]
    if dimension not in units.dimensions:
        raise row.unknown("dimension", dimension, list(units.dimensions))
    factor, power, canonical = _fraction(row, "factor"), _power(row), units.dimensions[dimension]
    if factor <= 0:
        raise row.fail(f'factor "{row["factor"]}" must be above zero')
    units.by_code[code] = Unit(code, dimension, factor, _fraction(row, "offset"), canonical)
    for prefix in _wanted(row, prefixes):
        made = prefix.symbol + code
        units.by_code[made] = Unit(made, dimension, factor * prefix.factor**power, _ZERO, canonical)


def _add_surfaces(row: Row, prefixes: list[_Prefix], units: Units, surfaces: _Surfaces) -> None:
    """Enter what stands for a unit. "~" in a form is where a prefix may stand, "+" where one must, "?"
    before what needs a cue.
    """
    code = row["code"]
    if code == "!":
        surfaces.not_units.update(row.list("zh"))
        return
    if code not in units.by_code and "/" not in code:
        raise row.unknown("unit", code, list(units.by_code))
    units.get(code)
    forms = [(table, form) for table in ("symbols", "zh") for form in row.list(table)]
    forms += [("names", form) for name in row.list("names") for form in _forms(name)]
    for table, form in forms:
        if not form.startswith("+"):
            surfaces.add(table, form.replace("~", ""), code)
    for prefix in _wanted(row, prefixes):
        marks = {"symbols": prefix.marks, "names": (prefix.name,), "zh": prefix.zh}
        for table, form in forms:
            place = "~" if "~" in form else "+" if form.startswith("+") else ""
            if place:
                for mark in marks[table]:
                    surfaces.add(table, form.replace(place, mark), prefix.symbol + code)
    surfaces.cues(row, code)


def _wanted(row: Row, prefixes: list[_Prefix]) -> Iterator[_Prefix]:
    asked = row["prefixes"].split()
    known = {group for prefix in prefixes for group in prefix.groups} if asked else set()
    for group in asked:
        if group not in known:
            raise row.unknown("prefix", group, sorted(known))
    return (prefix for prefix in prefixes if not prefix.groups.isdisjoint(asked))


def _add_currency(row: Row, units: Units, surfaces: _Surfaces) -> None:
    code = row["code"]
    units.by_code[code] = Unit(code, f"money:{code}", _ONE, _ZERO, code)
    if row.cells.get("home"):
        units.homes[code] = tuple(row.list("home"))
    for table in ("prefixes", "symbols", "zh"):
        for surface in row.list(table) if table in row.cells else ():
            surfaces.add(table, surface, code)
            surfaces.cased.add(surface)
            if table == "prefixes" and len(surface) == 1 and not surface.isalnum():
                surfaces.add("symbols", surface, code)  # a sign also stands after the number: 100€
    for name in row.list("names"):
        for form in _forms(name):
            surfaces.add("names", form, code)
    for column, part in _PARTS.items():
        small = f"{code}_{column[:-1]}"
        units.by_code[small] = Unit(small, f"money:{code}", part, _ZERO, code)
        for name in row.list(column) if column in row.cells else ():
            for form in _forms(name):
                is_sign = len(form) == 1 and not form.isalnum()
                surfaces.add("symbols" if is_sign else "names" if form.isascii() else "zh", form, small)
    surfaces.cues(row, code)


def _forms(name: str) -> list[str]:
    """A name in the singular and plural, hyphens also as spaces; one that ends in "!" as it is."""
    if name.endswith("!"):
        made = [name[:-1]]
    elif not name.isascii():
        return [name]
    else:
        joint = _JOINT.search(name)
        cut = joint.start() if joint else len(name)
        made = [name, _plural(name[:cut]) + name[cut:]]
    return made + [form.replace("-", " ") for form in made if "-" in form]


def _plural(head: str) -> str:
    if head.endswith("y") and head[-2] not in "aeiou":
        return head[:-1] + "ies"
    return head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")


def _fraction(row: Row, column: str) -> Fraction:
    text = row[column]
    if not text:
        return _ZERO
    try:
        above, sign, below = text.partition("/")
        return Fraction(above) / Fraction(below) if sign else Fraction(above)
    except (ValueError, ZeroDivisionError) as error:
        raise row.fail(f'{column} "{text}" is not a number; write a decimal or a fraction such as 2000/3') from error


def _power(row: Row) -> int:
    text = row.cells.get("power") or "1"
    if text not in ("1", "2", "3"):
        raise row.fail(f'power "{text}" must be 1, 2 or 3')
    return int(text)


def _step(unit: Unit) -> tuple[Decimal | Fraction | None, str]:
    """The factor to the canonical unit and that unit's code; None where nothing changes.

    A decimal where one holds it exactly: most do, and multiplying is all that is left then.
    """
    factor = unit.factor
    if unit.offset or not _is_decimal(factor.denominator):
        return factor, unit.canonical
    if factor == 1:
        return None, unit.canonical
    return _EXACT.divide(Decimal(factor.numerator), Decimal(factor.denominator)), unit.canonical


def _is_decimal(denominator: int) -> bool:
    """Whether a fraction over it has an end in decimals: no prime but 2 and 5."""
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _times(unit: Unit, count: int, code: str) -> Unit:
    return Unit(code, unit.dimension, unit.factor * count, _ZERO, unit.canonical)


def _noun(code: str) -> Unit:
    return Unit(code, f"count:{code}", _ONE, _ZERO, code)
