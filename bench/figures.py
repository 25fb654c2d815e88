"""Times as figures and in words."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any


def clocked(action: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that ``action`` takes, and what it returns."""
    started = time.perf_counter()
    result = action()
    return time.perf_counter() - started, result


@dataclass(frozen=True)
class Times:
    """Seconds of the same thing done many times; the figures are milliseconds."""

    seconds: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds) * 1000

    @property
    def p95(self) -> float:
        """The 95th percentile: all but one in twenty took at most this long."""
        if len(self.seconds) < 2:
            return self.median
        return quantiles(self.seconds, n=20, method="inclusive")[-1] * 1000

    @property
    def words(self) -> list[str]:
        """Median and 95th percentile, for two cells of a table."""
        return [milliseconds(self.median), milliseconds(self.p95)]


def milliseconds(figure: float) -> str:
    return f"{figure:,.1f}" if figure < 100 else f"{figure:,.0f}"


def ratio(figure: float, of: float) -> str:
    return f"{figure / of:.1f}"


def verdict(figure: float, limit: float) -> str:
    """What stands beside a figure that has a budget."""
    return "within" if figure <= limit else "OVER"
