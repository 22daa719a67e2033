"""The extraction is linear in the text, whatever the text: shown by counting calls and what is copied, and by the
patterns and slices it goes by.

What lives here: hostile texts of every shape that `bench/adversarial.py` knows, at two sizes; every regular expression
that the pipeline compiles; and the slices that its stages cut. Time is no matter here: that benchmark measures it.
"""

import ast
import cProfile
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from re import _constants as sre
from re import _parser as parser
from typing import Any, cast

import pytest

from bench import adversarial
from pipelines import catalogue, flow
from pipelines.stages.quantities.chinese_compact import Compact
from pipelines.vocabulary.words import Words

ROOT = Path(__file__).resolve().parents[1]
SIZE = 600  # characters of the smaller text
WIDE = 5_000  # the same for shapes whose windows of figures and names a shorter text does not fill
_COPIED = 2_000  # characters of the smaller text whose copies are counted
_WINDOW = 30  # how much more, for each character, where the smaller text does not fill a window
PER_CHARACTER = 1_500  # calls; the dearest shape takes half of it
SHAPES = [
    *adversarial.SHAPES,
    *adversarial.HURTING,
]


@pytest.fixture(scope="module")
def known() -> catalogue.Catalogue:
    return catalogue.load()


def calls(name: str, size: int, known: catalogue.Catalogue) -> int:
    """How many functions the complete extraction of a shape calls, those in C too."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        flow.extract(adversarial.article(name, size), known)
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


FILLED_LATE = {
    "PFLOPS", "long rows zh", "metrics", "said", "respectively", "metrics zh", "brackets zh", "counted by companies",
    "respectively in turn", "one sentence zh", "plurals before plurals", "two long lists", "wide head, narrow rows",
    "a cell of figures", "spanning cells", "plurals", "nested divisions", "nested tables", "nested lists",
    "nested spans", "page of links",
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in FILLED_LATE else name for name in SHAPES]
)
def test_twice_the_text_is_twice_the_work(name: str, known: catalogue.Catalogue) -> None:
    size = WIDE if name in FILLED_LATE else SIZE
    calls("prose", size, known)  # what is worked out once for a catalogue is not counted
    calls(name, size // 8, known)
    once, twice = calls(name, size, known), calls(name, 2 * size, known)
    assert twice <= 2.3 * once
    assert twice <= 2 * size * PER_CHARACTER


class Copied:
    """How many characters, words and figures have been copied out of whole texts and sentences."""

    def __init__(self) -> None:
        self.count = 0

    def _slices(self, kind: Any) -> Any:
        """A kind of text or list whose slices are counted."""
        copied = self

        class Slices(kind):  # type: ignore[misc]
            def __getitem__(self, key: Any) -> Any:
                part = super().__getitem__(key)
                if isinstance(key, slice):
                    copied.count += len(part)
                return part

        return Slices

    def text(self, whole: str) -> str:
        """A text whose copies are counted, and those of what is made of it."""

        class Text(self._slices(str)):  # type: ignore[misc]
            def lower(self) -> Any:
                return Text(super().lower())

            def translate(self, table: Any) -> Any:
                return Text(super().translate(table))

        return cast(str, Text(whole))

    def row(self, whole: list[Any]) -> list[Any]:
        """A list whose copies are counted."""
        copied = self

        class Row(self._slices(list)):  # type: ignore[misc]
            def __iter__(self) -> Any:
                copied.count += len(self)
                return super().__iter__()

        return cast(list[Any], Row(whole))


def copied(name: str, size: int, known: catalogue.Catalogue, monkeypatch: pytest.MonkeyPatch) -> int:
    """How much is copied out of the text, its sentences and their words where a shape is extracted."""
    count = Copied()

    def words(self: Words, *given: Any) -> None:
        made(self, *given)
        for field in ("text", "low", "start", "end"):
            setattr(self, field, count.row(getattr(self, field)))

    def compact(self: Compact, *given: Any) -> None:
        made_compact(self, *given)
        self.text = count.text(self.text)

    made, made_compact = Words.__init__, Compact.__init__
    with monkeypatch.context() as patched:
        patched.setattr(Words, "__init__", words)
        patched.setattr(Compact, "__init__", compact)
        article = adversarial.article(name, size)
        flow.extract(replace(article, text=count.text(article.text)), known)
    return count.count


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SHAPES if name not in adversarial.FILES])
def test_twice_the_text_is_copied_twice(name: str, known: catalogue.Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = (copied(name, size, known, monkeypatch) for size in (_COPIED, 2 * _COPIED))
    assert twice <= 2.2 * once + _COPIED * _WINDOW


#: What a module of a stage calls the whole of a text, or of a sentence: to copy all of it before or behind a figure
#: costs as much for each figure as the sentence is long.
_WHOLE = {"low", "text", "source", "start", "end", "mentions", "folded", "quantities", "sentences", "before", "lower"}
_ONCE = {"_walled"}  # functions that read a text once


def endless_slices(code: str) -> list[str]:
    """The slices of a module that reach to an end of such a whole from a place that is no constant."""
    tree = ast.parse(code)
    once = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in _ONCE]
    left_out = {id(node) for function in once for node in ast.walk(function)}
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Slice)
        and (node.slice.lower is None) != (node.slice.upper is None)
        and not is_constant(node.slice.lower or node.slice.upper)
        and (node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")) in _WHOLE
        and id(node) not in left_out
    ]


def is_constant(node: ast.expr | None) -> bool:
    """5, -3, _MOST, and min(n, 5): no more than so many."""
    if isinstance(node, ast.UnaryOp):
        return is_constant(node.operand)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "min":
        return any(map(is_constant, node.args))
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def test_no_stage_copies_a_sentence_for_each_figure() -> None:
    stages = ROOT / "pipelines" / "stages"
    modules = [*stages.glob("quantities/*.py"), *stages.glob("observations/*.py")]
    found = {path.name: endless_slices(path.read_text(encoding="utf-8")) for path in modules}
    assert len(found) > 60
    assert {name: slices for name, slices in found.items() if slices} == {}


def copied_to_grow(code: str) -> list[str]:
    """The names that a loop of a module sets to a list of all that they held and one thing more."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for loop in ast.walk(ast.parse(code))
        if isinstance(loop, ast.For | ast.While)
        for node in ast.walk(loop)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        for whole in ast.walk(node.value)
        if isinstance(whole, ast.List)
        for part in whole.elts
        if isinstance(part, ast.Starred) and getattr(part.value, "id", "") == node.targets[0].id
    ]


def test_no_stage_copies_a_list_to_make_it_longer() -> None:
    modules = (ROOT / "pipelines" / "stages").rglob("*.py")
    found = {path.name: copied_to_grow(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert copied_to_grow("for m in names:\n    run = [*run, m] if run else [m]") != []


def test_an_endless_slice_is_told() -> None:
    assert endless_slices("mentions[:k], words.low[k:], text[m.end() :], source[-n:]") != []
    assert len(endless_slices("mentions[:k], words.low[k:], text[m.end() :], source[-n:]")) == 4
    assert endless_slices("mentions[-2:], before[-FAR_COUNT:], text[a : a + 9], low[: min(n, _MOST)], gap[k:]") == []


def compiled() -> list[str]:
    """Every pattern that the modules of the pipeline and the loaded catalogue compile, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _COMPILE], cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


_COMPILE = """
import importlib, json, pkgutil, re, sys
found, compile = {}, re._compile
def note(pattern, flags):
    made = compile(pattern, flags)
    if sys._getframe(2).f_globals.get("__name__", "").startswith("pipelines") and isinstance(pattern, str):
        found[made.pattern] = None
    return made
re._compile = note
import pipelines
for module in pkgutil.walk_packages(pipelines.__path__, "pipelines."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
pipelines.catalogue.load()
print(json.dumps(list(found)))
"""
_LETTERS = [chr(k) for k in (*range(0x250), *range(0x2000, 0x2070), 0x3001, 0x4E00, 0x4E07, 0x5E74, 0xFF0C)]


def matched(op: object, value: object) -> set[str] | None:
    """The sample letters that one item of a pattern matches; none where it is not about one letter."""
    if op is sre.LITERAL:
        return {chr(value)}  # type: ignore[arg-type]
    if op is sre.NOT_LITERAL:
        return {c for c in _LETTERS if ord(c) != value}
    if op is sre.ANY:
        return {c for c in _LETTERS if c != "\n"}
    if op is not sre.IN:
        return None
    is_negated = value[0][0] is sre.NEGATE  # type: ignore[index]
    found: set[str] = set()
    for kind, given in value:  # type: ignore[attr-defined]
        if kind is sre.LITERAL:
            found.add(chr(given))
        elif kind is sre.RANGE:
            found |= {c for c in _LETTERS if given[0] <= ord(c) <= given[1]}
        elif kind is sre.CATEGORY:
            found |= {c for c in _LETTERS if _CATEGORIES[given](c)}
    return set(_LETTERS) - found if is_negated else found


_CATEGORIES = {
    getattr(sre, f"CATEGORY_{name}"): re.compile(sign).match
    for name, sign in (
        ("DIGIT", r"\d"), ("NOT_DIGIT", r"\D"), ("SPACE", r"\s"), ("NOT_SPACE", r"\S"), ("WORD", r"\w"),
        ("NOT_WORD", r"\W"),
    )
}  # fmt: skip


def first(items: object) -> set[str]:
    """The sample letters that a row of items may begin with; all where it may be empty or that is not known."""
    for op, value in items:  # type: ignore[attr-defined]
        if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            continue
        if op is sre.SUBPATTERN:
            return first(value[3])
        if op is sre.BRANCH:
            return set().union(*map(first, value[1]))
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and value[0]:
            return first(value[2])
        letters = matched(op, value)
        return set(_LETTERS) if letters is None else letters
    return set(_LETTERS)


def ambiguous(items: object, begins: tuple[set[str], ...] = ()) -> bool:
    """Whether an unbounded repetition stands in another whose next round may begin with what it repeats: (a+)*."""
    outer = begins
    for k, (op, value) in enumerate(items):  # type: ignore[arg-type]
        rest = items[k + 1 :]  # type: ignore[index]
        ends = outer and rest.getwidth()[0] > 0  # then the round goes on with what must follow
        begins = (first(rest),) if ends else outer
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            is_endless = value[1] is sre.MAXREPEAT
            if is_endless and any(begin & first(value[2]) for begin in begins):
                return True
            inner = (*begins, first(value[2])) if value[1] > 1 and len(value[2]) + is_endless > 1 else begins
            if ambiguous(value[2], inner):
                return True
        elif op is sre.SUBPATTERN:
            if ambiguous(value[3], begins):
                return True
        elif op is sre.BRANCH:
            if any(ambiguous(branch, begins) for branch in value[1]):
                return True
        elif op in (sre.ASSERT, sre.ASSERT_NOT) and ambiguous(value[1]):
            return True
    return False


@pytest.mark.parametrize("pattern", [r"(a+)*b", r"(?:\w+\s?)+$", r"(?:[^,]+,?){1,9}x", r"(?:(?:ab)*a*)*"])
def test_what_is_ambiguous_is_told(pattern: str) -> None:
    assert ambiguous(parser.parse(pattern))


@pytest.mark.parametrize("pattern", [r"\d+(?:[.,]\d+)*", r"(?:the|all)\s+", r"(?:-[ \t]*){3,}$", r"(?:\w++\s?)+$"])
def test_what_is_delimited_is_not(pattern: str) -> None:
    assert not ambiguous(parser.parse(pattern))


def test_no_pattern_repeats_what_it_repeats() -> None:
    patterns = compiled()
    assert len(patterns) > 300
    assert [pattern for pattern in patterns if ambiguous(parser.parse(pattern))] == []
