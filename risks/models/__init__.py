"""The risk register: what can go wrong, how bad it would be, and what is done about it."""

from risks.models.history import (
    Assessment,
    Closure,
    Details,
    Link,
    Progress,
    Promise,
    Prospect,
    Task,
)
from risks.models.registers import (
    PrintedCount,
    Printing,
    RegisterEdition,
    RegisterReport,
    RiskScale,
)
from risks.models.risks import Risk

__all__ = [
    "Assessment",
    "Closure",
    "Details",
    "Link",
    "PrintedCount",
    "Printing",
    "Progress",
    "Promise",
    "Prospect",
    "RegisterEdition",
    "RegisterReport",
    "Risk",
    "RiskScale",
    "Task",
]
