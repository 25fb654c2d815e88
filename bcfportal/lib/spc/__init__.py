"""Statistical process control: XmR charts in the vocabulary of NHS England's "Making Data Count".

In prose, with worked examples that are test cases: docs/rules/spc.md. The calculation is that of
the R package NHSRplotthedots 0.2.2; where it gives no number, or disagrees with itself, the code
says what was settled.

Every comparison is exact. Figures are decimals; a float is read as the decimal that it prints, so
0.1 is a tenth. Nothing is divided before it is compared: a figure, its mean and its limits are
all multiplied by one whole number first. Only the numbers handed out are rounded, once, to 28
digits: a mark is to be read from ``special``, never made again from those.
"""

from bcfportal.lib.spc.results import (
    FEWEST_POINTS,
    Analysis,
    Assurance,
    Direction,
    Point,
    Segment,
    Special,
    Variation,
)
from bcfportal.lib.spc.rules import analyse

__all__ = [
    "FEWEST_POINTS",
    "Analysis",
    "Assurance",
    "Direction",
    "Point",
    "Segment",
    "Special",
    "Variation",
    "analyse",
]
