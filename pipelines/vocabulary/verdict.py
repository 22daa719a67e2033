"""What the checks say: a verdict on an expectation, a flag on an observation, a row put in quarantine."""

from dataclasses import dataclass

#: The four ends of a check. "error" means that it could not run, which is never a failure of the data.
ENDS = ("passed", "warned", "failed", "error")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The end of one expectation over one table."""

    check: str  # suite.expectation id
    table: str
    end: str
    severity: str  # critical | warning | info
    checked: int
    failing: int
    reason: str
    is_blocking: bool = False  # a broken invariant stops the publish


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about a printed value. The value stays; this stands beside it."""

    observation_id: str
    check: str
    reason: str
    evidence: tuple[str, ...] = ()  # observation ids it was held against
    proposed_value: float | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that fails an expectation: kept, queryable, and not in the marts."""

    observation_id: str
    check: str
    reason: str
