"""Councils, funds, grant conditions, the projects that they pay for, and who works on them."""

from projects.models.changes import (
    ApprovalChange,
    NameChange,
    ProjectChange,
    Renaming,
    ToleranceChange,
)
from projects.models.councils import Council, Fund, GrantCondition, Provider
from projects.models.names import Name, Named
from projects.models.people import Assignment, Membership
from projects.models.projects import FundingStream, Project

__all__ = [
    "ApprovalChange",
    "Assignment",
    "Council",
    "Fund",
    "FundingStream",
    "GrantCondition",
    "Membership",
    "Name",
    "NameChange",
    "Named",
    "Project",
    "ProjectChange",
    "Provider",
    "Renaming",
    "ToleranceChange",
]
