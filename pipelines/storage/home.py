"""Where things lie in a home folder: the one place where a path is built.

A home holds the record (`raw/`), what is published (`warehouse/`), the curator's overlay (`catalogue/`) and the
pipeline's own state (`.tallyhouse/`, `.dagster/`). The SQL and the dictionary belong to the installation and lie
beside the package.
"""

import os
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path(__file__).resolve().parents[2]
SCHEMA = INSTALLED / "warehouse" / "schema"
BODIES = INSTALLED / "warehouse" / "bodies" / "body.sql"
MARTS = INSTALLED / "warehouse" / "marts"
DICTIONARY = INSTALLED / "warehouse" / "dictionary"

VARIABLE = "TALLYHOUSE_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder. Making the value touches no disk; `prepare` makes the folders."""

    root: Path

    @classmethod
    def find(cls, given: str | Path | None = None) -> "Home":
        """The folder given, else TALLYHOUSE_HOME, else the installation when one works inside it, else here."""
        named = given or os.environ.get(VARIABLE)
        if named:
            return cls(Path(named).expanduser().resolve())
        here = Path.cwd()
        return cls(INSTALLED if here == INSTALLED or INSTALLED in here.parents else here)

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def overlay(self) -> Path:
        return self.root / "catalogue"

    @property
    def published(self) -> Path:
        """The warehouse that everyone reads and nobody writes."""
        return self.root / "warehouse" / "tallyhouse.duckdb"

    @property
    def bodies(self) -> Path:
        """The articles' texts, in a file of their own: the published file can be shared without them."""
        return self.root / "warehouse" / "articles.duckdb"

    @property
    def state(self) -> Path:
        return self.root / ".tallyhouse"

    @property
    def staging(self) -> Path:
        return self.state / "staging"

    @property
    def build(self) -> Path:
        """Where the next files are made; on the same disk as the published ones, so that a replace is atomic."""
        return self.state / "build"

    @property
    def next_warehouse(self) -> Path:
        return self.build / "tallyhouse.duckdb"

    @property
    def next_bodies(self) -> Path:
        return self.build / "articles.duckdb"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    @property
    def scan(self) -> Path:
        """What the last look at `raw/` saw, so that only what changed is hashed again."""
        return self.state / "scan.json"

    @property
    def notes(self) -> Path:
        """What the steps of a run tell one another: which run it is, what failed, what the checks said."""
        return self.state / "run.json"

    @property
    def dagster(self) -> Path:
        return self.root / ".dagster"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    def prepare(self) -> None:
        """Makes the folders that a run writes to. Raises StorageError where the disk refuses."""
        from pipelines.storage.disk import guarded

        with guarded(self.root):
            for folder in (self.raw, self.published.parent, self.staging, self.build):
                folder.mkdir(parents=True, exist_ok=True)
