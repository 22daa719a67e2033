"""What the steps of one run tell one another, kept in the home: each step may be another process.

What lives here: a small JSON file, replaced whole. What does not: rows; those lie in staging and in the build.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.storage.disk import replace_file
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import StorageError
from pipelines.vocabulary.verdict import Verdict


@dataclass(slots=True)
class Notes:
    """One run so far."""

    run_id: str
    known: int = 0
    staged: list[str] = field(default_factory=list)
    failures: list[tuple[str, str, str]] = field(default_factory=list)  # read in this run
    verdicts: list[Verdict] = field(default_factory=list)
    flags: dict[str, int] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)  # the published row of audit.run


def write(home: Home, notes: Notes) -> None:
    """Keeps the notes for the next step."""
    home.prepare()
    replace_file(home.notes, json.dumps(asdict(notes), ensure_ascii=False, default=str))


def read(home: Home) -> Notes:
    """The notes of the newest run. Raises StorageError where none was begun."""
    try:
        content = json.loads(home.notes.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StorageError(f"{home.notes}: no run has been begun; run the whole job") from None
    content["verdicts"] = [Verdict(**verdict) for verdict in content["verdicts"]]
    content["failures"] = [(path, code, message) for path, code, message in content["failures"]]
    return Notes(**content)
