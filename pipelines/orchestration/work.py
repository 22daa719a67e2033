"""What there is to do: raw/ held against what is published, for the rules and checks of this installation.

What lives here: bringing together the scan, the versions and storage's plan, before anything heavy is imported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipelines import catalogue
from pipelines.engines import rules
from pipelines.orchestration import reference
from pipelines.stages.text import is_article_path
from pipelines.storage.definitions import Reference
from pipelines.storage.home import Home
from pipelines.storage.raw import Scan, scan
from pipelines.storage.warehouse import Plan, plan


@dataclass(frozen=True, slots=True)
class Work:
    """A plan, and what it was made from. `outside` are paths that were given and do not lie in raw/."""

    plan: Plan
    scan: Scan
    reference: Reference
    rules: str
    judgement: str
    outside: tuple[Path, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether a run would change nothing."""
        return self.plan.is_nothing and not self.outside


def find(home: Home, paths: Sequence[Path] = ()) -> Work:
    """Looks at raw/ and the published file; makes the folders and the memory of the scan, no more."""
    home.prepare()
    version, judgement = rules.version(home.overlay), rules.judgement()
    known = reference.of_catalogue(catalogue.load(home.overlay))
    found = scan(home, is_article_path)
    inside = home.raw.resolve()
    return Work(
        plan=plan(home, found, version, known, judgement),
        scan=found,
        reference=known,
        rules=version,
        judgement=judgement,
        outside=tuple(path for path in paths if inside not in path.expanduser().resolve().parents),
    )


@lru_cache(maxsize=1)
def of_run(home: Home, run_id: str) -> Work:
    """The work of one run, looked for once: what arrives in raw/ meanwhile is for the next run.

    A step that runs in a process of its own looks for itself.
    """
    return find(home)
