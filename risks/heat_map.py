"""The matrix of likelihood and impact, with the risks in each of its cells."""

from collections.abc import Iterable
from dataclasses import dataclass

from risks.register import RiskAt, Scale
from risks.rules import HIGHEST, LOWEST, Band, band_of, score

VALUES = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True)
class Cell:
    """One cell. ``key`` names it in an address: the stage, the likelihood, the impact."""

    key: str
    likelihood: int
    impact: int
    score: int
    band: Band
    rank: int
    risks: tuple[RiskAt, ...]


@dataclass(frozen=True)
class Row:
    likelihood: int
    label: str
    cells: tuple[Cell, ...]


def heat_map(risks: Iterable[RiskAt], scale: Scale, stage: str) -> list[Row]:
    """The rows of the matrix, the most likely first, impact rising to the right.

    ``stage`` is original, current or target: which assessment of the risks to place. Risks without
    that assessment are left out.
    """
    placed: dict[tuple[int, int], list[RiskAt]] = {}
    for entry in risks:
        position = entry.positions.get(stage)
        if position:
            placed.setdefault((position.likelihood, position.impact), []).append(entry)
    rows = []
    for likelihood in reversed(VALUES):
        cells = []
        for impact in VALUES:
            points = score(likelihood, impact)
            band = band_of(points, scale.bands)
            cells.append(
                Cell(
                    f"{stage}-{likelihood}-{impact}",
                    likelihood,
                    impact,
                    points,
                    band,
                    scale.rank(band),
                    tuple(placed.get((likelihood, impact), ())),
                )
            )
        rows.append(Row(likelihood, scale.likelihood(likelihood), tuple(cells)))
    return rows
