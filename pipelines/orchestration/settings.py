"""Dagster's settings for one home, and the command that opens the UI on it. Does not import Dagster.

What lives here: making a home's own `dagster.yaml` from the repository's, with every path below that home.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import yaml

from pipelines.storage.disk import guarded, replace_file
from pipelines.storage.home import INSTALLED, VARIABLE, Home

SETTINGS = INSTALLED / "dagster.yaml"


def write(home: Home) -> Path:
    """Writes the home's own `dagster.yaml` and returns its folder, to be used as DAGSTER_HOME."""
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    text = "# Written by Tallyhouse from the dagster.yaml of its repository.\n" + yaml.safe_dump(
        _below(settings, home.root.resolve()), sort_keys=False
    )
    target = home.dagster / "dagster.yaml"
    with guarded(home.dagster):
        home.dagster.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            replace_file(target, text)
    return home.dagster


def open_ui(home: Home, port: int = 3000) -> None:
    """Becomes `dagster dev` on this home, on this machine only. Does not return; an interrupt stops it."""
    from pipelines.orchestration import execution

    execution.end_killed(home)  # or Dagster would let no other run begin
    environment = {**os.environ, "DAGSTER_HOME": str(write(home).resolve()), VARIABLE: str(home.root.resolve())}
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)  # a script's background job inherits deaf ears: Dagster would never stop
    os.chdir(INSTALLED)  # where pyproject.toml names the definitions
    command = [sys.executable, "-m", "dagster", "dev", "--host", "127.0.0.1", "--port", str(port)]
    os.execve(sys.executable, command, environment)


def _below(settings: Any, root: Path) -> Any:
    """The settings with each relative `base_dir` made absolute below the home."""
    if isinstance(settings, dict):
        return {key: str(root / value) if key == "base_dir" else _below(value, root) for key, value in settings.items()}
    return settings
