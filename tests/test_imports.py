"""The imports point one way: a layer knows only the layers below it, and the extraction stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pipelines"

#: What each layer may import of this package, besides itself.
ALLOWED = {
    "vocabulary": set(),
    "catalogue": {"vocabulary"},
    "stages": {"vocabulary", "catalogue"},
    "storage": {"vocabulary"},
    "checks": {"vocabulary", "catalogue", "storage"},
    "flow": {"vocabulary", "catalogue", "stages", "storage", "checks"},
    "engines": {"vocabulary", "catalogue", "stages", "storage", "checks", "flow"},
    "orchestration": {"vocabulary", "catalogue", "stages", "storage", "checks", "flow", "engines"},
    "cli": {"vocabulary", "catalogue", "stages", "storage", "checks", "flow", "engines", "orchestration"},
    "__main__": {"cli"},
    "__init__": set(),
}

#: Third-party modules that one layer alone may import.
RESERVED = {
    "dagster": "orchestration",
    "great_expectations": "checks",
    "pandas": "checks",
    "duckdb": "storage",
    "pyarrow": "storage",
}

#: What reading an article must never pull in.
HEAVY = ("dagster", "great_expectations", "duckdb", "pandas", "pyarrow", "trafilatura", "numpy", "sqlglot")

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    """The layer a file belongs to: its folder below the package, or its own name."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every absolute module name that the file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
                base = ".".join((*parents, base)).rstrip(".")
            names.add(base)
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_layer_imports_only_the_layers_below(path: Path) -> None:
    own = layer(path)
    assert own in ALLOWED, f"{own} is no layer of the design; add it to ALLOWED with what it may import"
    inner = {name.split(".")[1] for name in imported(path) if name.startswith("pipelines.") and name.count(".") >= 1}
    layers = {name for name in inner if name in ALLOWED}
    assert layers <= ALLOWED[own] | {own}, f"{own} must not import {sorted(layers - ALLOWED[own] - {own})}"


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) == "stages"], ids=lambda p: str(p.relative_to(ROOT)))
def test_stages_do_not_import_one_another(path: Path) -> None:
    parts = path.relative_to(PACKAGE / "stages").parts
    own = parts[0].removesuffix(".py")
    others = {name.split(".")[2] for name in imported(path) if name.startswith("pipelines.stages.")} - {own}
    if own == "__init__":
        assert not others
    assert not others, f"stages.{own} imports stages.{sorted(others)}; let flow join them"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_reserved_library_has_one_home(path: Path) -> None:
    for name in imported(path):
        home = RESERVED.get(name.split(".")[0])
        if home == "storage":
            assert layer(path) in {"storage", "checks", "cli"}, f"{name} belongs in storage"
        elif home:
            assert layer(path) == home, f"{name} belongs in {home}"


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) == "stages"], ids=lambda p: str(p.relative_to(ROOT)))
def test_stages_are_pure(path: Path) -> None:
    impure = {"os", "io", "socket", "time", "random", "subprocess", "tempfile", "requests", "httpx"}
    impure |= {"urllib.request", "pathlib.Path", "datetime.datetime.now"}
    assert not imported(path) & impure


def test_importing_the_extraction_stays_light() -> None:
    program = f"import sys, pipelines.flow; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]", f"pipelines.flow pulls in {done.stdout.strip()}"


def test_importing_the_checks_stays_light() -> None:
    program = "import sys, pipelines.checks; print([m for m in ('dagster', 'great_expectations') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) == "stages"], ids=lambda p: str(p.relative_to(ROOT)))
def test_stages_ask_no_clock_and_open_no_file(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in {"open", "print", "input"}), f"line {node.lineno}"
            assert not (isinstance(called, ast.Attribute) and called.attr in {"now", "today", "utcnow", "read_text"}), (
                f"line {node.lineno}"
            )
