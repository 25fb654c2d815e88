"""What pages show of risks to who decides on them, by title; see ``typed.seen``."""

from bcfportal.lib import clock
from projects.models import Council
from risks.models import Risk
from risks.register import Register, RiskAt, register_at
from risks.risk_history import OneRisk, one_risk


def risk_read(risk: Risk) -> dict[str, str]:
    """What is written of the risk so far, as it is now: each row that was added last."""
    history = one_risk(risk.council, risk.slug, clock.today())
    return read_of(history) if history else {}


def read_of(history: OneRisk) -> dict[str, str]:
    """The same of a risk that is read already."""
    told = [progress for _, several in history.tasks for progress in several]
    return {
        "Details": str(history.at.details.pk),
        "Assessment": _assessment(history.at),
        "Prospects": str(history.at.prospect and history.at.prospect.pk),
        "Links": " ".join(sorted(str(link.pk) for link in history.at.links)),
        "Tasks": " ".join(str(task.pk) for task, _ in history.tasks),
        "Progress": str(len(told) + len(history.other_progress)),
    }


def register_read(council: Council, register: Register | None = None) -> dict[str, str]:
    """What is written of each risk of the register, by its title.

    ``register`` is the register as it is now, where it is read already.
    """
    register = register or register_at(council, clock.today())
    every = register.everything if register else ()
    return {"Number of risks": str(len(every))} | {
        f"{risk.risk.reference}. {risk.details.title}": " ".join(
            (
                str(risk.details.pk),
                _assessment(risk),
                str(risk.prospect and risk.prospect.pk),
                "closed" if risk.closure else "open",
                *sorted(str(link.pk) for link in risk.links),
            )
        )
        for risk in every
    }


def _assessment(risk: RiskAt) -> str:
    return str(risk.now.row.pk) if risk.now else "none"
