"""What pages show of risks to who decides on them, by title; see ``typed.seen``."""

from bcfportal.lib import clock
from bcfportal.lib.sentences import listed
from projects.models import Council
from risks.models import RegisterReport, Risk
from risks.reconciliation import reconcile
from risks.register import Register, RiskAt, published_register, register_at
from risks.risk_history import OneRisk, one_risk


def risk_read(risk: Risk) -> dict[str, str]:
    """What is written of the risk so far, as it is now: each row that was added last."""
    history = one_risk(risk.council, risk.slug, clock.today())
    return read_of(history) if history else {}


def read_of(history: OneRisk) -> dict[str, str]:
    """The same of a risk that is read already."""
    told = [progress for _, several in history.tasks for progress in several]
    return {
        "State": f"closed on {history.at.closure.on}" if history.at.closure else "open",
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


def report_read(report: RegisterReport) -> dict[str, str]:
    """What the register of that day would say: its day and title, and what is written by risk."""
    held = {"The day": f"{report.as_at} {report.meeting_on} {report.title}"}
    return held | register_read(report.council, register_at(report.council, report.as_at))


def since_the_last(latest: RegisterReport | None, register: Register) -> str:
    """What is new, closed or scored otherwise than in the last published, in a sentence."""
    before = published_register(latest) if latest else None
    if before is None:
        return ""
    changes = reconcile(before, register)
    told = {
        "new": [entry.risk for entry in changes.new],
        "closed": [entry.risk for entry in changes.closed],
        "reopened": [entry.risk for entry in changes.reopened],
        "scored otherwise": [change.after.risk for change in changes.scores],
    }
    parts = [
        f"{what} {listed([risk.reference for risk in risks])}"
        for what, risks in told.items()
        if risks
    ]
    return f"Since the last published register: {'; '.join(parts) or 'no risk is new or closed'}."


def _assessment(risk: RiskAt) -> str:
    return str(risk.now.row.pk) if risk.now else "none"
