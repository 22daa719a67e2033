"""The Dagster instance of a home: where runs, logs and events are kept.

What lives here: making the instance of any home from the repository's `dagster.yaml`, with every path moved below
that home. What does not: definitions. Importing this module imports Dagster.
"""

from pathlib import Path
from typing import Any

import yaml
from dagster import DagsterInstance

SETTINGS = Path(__file__).parents[2] / "dagster.yaml"
STATE = ".dagster"


def open_instance(home: Path) -> DagsterInstance:
    """The instance that keeps its state in `.dagster/` below the home; the same one that the UI shows."""
    return DagsterInstance.from_config(str(write_settings(home)))


def write_settings(home: Path) -> Path:
    """Writes the home's own `dagster.yaml` and returns its folder, to be used as DAGSTER_HOME."""
    state = home.resolve() / STATE
    state.mkdir(parents=True, exist_ok=True)
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    text = "# Written anew by Tallyhouse from the dagster.yaml of its repository.\n" + yaml.safe_dump(
        _below(settings, home.resolve()), sort_keys=False
    )
    target = state / "dagster.yaml"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")
    return state


def _below(settings: Any, home: Path) -> Any:
    """The settings with each relative `base_dir` made absolute below the home."""
    if isinstance(settings, dict):
        return {key: str(home / value) if key == "base_dir" else _below(value, home) for key, value in settings.items()}
    return settings
