"""The audit: what must hold (expectations, as data) and what is doubtful (plausibility, as flags).

`judge(suite, frame)` ends each expectation as passed, warned, failed or error and names the rows for quarantine;
`require(verdicts)` stops the publish on a broken invariant; `plausibility.judge` doubts values. What does not live
here: reading or writing tables (see `storage`). Great Expectations is imported only while a suite runs.
"""

from pipelines.checks import plausibility, suites
from pipelines.checks.judge import judge, require
from pipelines.checks.suites import Expectation, Suite

__all__ = ["Expectation", "Suite", "judge", "plausibility", "require", "suites"]
