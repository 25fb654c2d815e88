"""What a council arranges with its partners: programmes, pools of money, joint outcomes."""

from partnerships.models.arrangements import Arrangement, ArrangementStep, ArrangementVersion
from partnerships.models.outcomes import (
    JointOutcome,
    OutcomeMeasure,
    OutcomesFramework,
    OutcomeTension,
)
from partnerships.models.pools import (
    Basis,
    CapitatedBudget,
    Pool,
    PoolContribution,
    RiskShare,
)
from partnerships.models.programmes import (
    BlueprintActivity,
    CommissioningModel,
    Disposal,
    Function,
    FunctionDecision,
    IntegrationProgramme,
    IssueArea,
    ProgrammeParagraph,
    ServiceElement,
)

__all__ = [
    "Arrangement",
    "ArrangementStep",
    "ArrangementVersion",
    "Basis",
    "BlueprintActivity",
    "CapitatedBudget",
    "CommissioningModel",
    "Disposal",
    "Function",
    "FunctionDecision",
    "IntegrationProgramme",
    "IssueArea",
    "JointOutcome",
    "OutcomeMeasure",
    "OutcomeTension",
    "OutcomesFramework",
    "Pool",
    "PoolContribution",
    "ProgrammeParagraph",
    "RiskShare",
    "ServiceElement",
]
