"""The home as a Dagster resource: which folder holds raw/, the warehouse and all state.

What lives here: the one setting that the job needs. What does not: paths below the home (see `storage`).
"""

from typing import Any

from dagster import Config, ConfigurableResource
from pydantic import Field

from pipelines.storage.home import Home


class HomeFolder(ConfigurableResource[Any]):
    """The home folder. Empty: what `Home.find` finds, the repository for `dagster dev`."""

    path: str = Field(default="", description="Folder that holds raw/, warehouse/ and state; empty for the usual one.")

    def open(self) -> Home:
        """The home, with its paths."""
        return Home.find(self.path or None)


class Sources(Config):
    """What to read."""

    paths: list[str] = Field(default=[], description="Files and folders to ingest; empty for everything in raw/.")
