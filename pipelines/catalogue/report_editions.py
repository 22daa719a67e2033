"""Numbered reports, whose number tells the time that their figures hold for: 第57次《中国互联网络发展状况统计报告》.

What lives here: the table `report_editions.csv` and the search of a text for such a number beside its title. What does
not: years in titles (see `periods`), and which figures take the time (see `stages.observations`).
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.catalogue.calendar import Moment, month_end
from pipelines.catalogue.period_shapes import PeriodExpression
from pipelines.catalogue.table import read_table

_NUMBER = r"第\s?(\d{1,3})\s?[次期]\s?[《“]?"


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of one report: the number and last day of one, and the months from one to the next."""

    title: re.Pattern[str]
    edition: int
    period_end: date
    months: int

    def find(self, text: str) -> PeriodExpression | None:
        """The edition that a text names first, as the last day of its figures."""
        found = self.title.search(text)
        if found is None:
            return None
        month = 12 * self.period_end.year + self.period_end.month - 1 + self.months * (int(found[1]) - self.edition)
        year, first = month // 12, month % 12 + 1
        last = month_end(year, first)
        moment = Moment("absolute", "month", last.year, first, first, edge="end")
        return PeriodExpression(found.start(), found.end(), "month", moment, "point")


def load(overlay: Path | None = None) -> tuple[Editions, ...]:
    """The rows of `report_editions.csv`. Raises CatalogueError for a number or day that is none."""
    editions: list[Editions] = []
    for row in read_table("report_editions.csv", ("title", "edition", "period_end", "months"), overlay):
        try:
            numbers = int(row["edition"]), date.fromisoformat(row["period_end"]), int(row["months"])
        except ValueError as fault:
            raise row.fail(str(fault)) from None
        editions.append(Editions(re.compile(_NUMBER + re.escape(row["title"])), *numbers))
    return tuple(editions)
