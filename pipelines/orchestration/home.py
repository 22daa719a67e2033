"""The home as a Dagster resource: which folder holds raw/, the warehouse and all state.

What lives here: the one setting that the job needs. What does not: paths below the home (see `storage`).
"""

import os
from pathlib import Path

from dagster import Config, ConfigurableResource
from pydantic import Field

from pipelines.storage import Home


class HomeFolder(ConfigurableResource[Home]):
    """The home folder. Empty: TALLYHOUSE_HOME, else the working directory, which is the repository for `dagster dev`."""

    path: str = Field(default="", description="Folder that holds raw/, warehouse/ and state; empty for the usual one.")

    def open(self) -> Home:
        """The home, with its paths."""
        return Home(Path(self.path or os.environ.get("TALLYHOUSE_HOME") or Path.cwd()).resolve())


class Sources(Config):
    """What to read."""

    paths: list[str] = Field(default=[], description="Files and folders to ingest; empty for everything in raw/.")
