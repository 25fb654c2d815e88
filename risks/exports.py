"""The register as a download: one row for each risk, closed ones last."""

from bcfportal.lib.exports import Export
from risks.register import Register

STAGES = ("original", "current", "target")


def risk_rows(register: Register):
    for entry in register.everything:
        details, closure = entry.details, entry.closure
        positions: list[int | str | None] = []
        for stage in STAGES:
            held = entry.positions.get(stage)
            positions += (
                [held.likelihood, held.impact, held.score, held.band.name]
                if held
                else [None, None, None, ""]
            )
        notes = [entry.risk.note, details.note, *(s.row.note for s in entry.positions.values())]
        yield [
            entry.risk.slug,
            entry.risk.reference,
            details.title,
            details.description,
            details.level,
            details.area,
            details.owner_post,
            details.reviewer_post,
            entry.risk.entered_on,
            *positions,
            details.target_date,
            entry.prospects,
            "yes" if entry.exception.yes else "no",
            entry.reviewed_on,
            entry.review_by,
            "yes" if entry.review_is_late else "no",
            "yes" if entry.target_has_passed else "no",
            closure.on if closure else None,
            closure.reason if closure else "",
            register.as_at,
            details.source,
            " ".join(dict.fromkeys(filter(None, notes))),
        ]


def _position_columns(stage: str, when: str) -> list[tuple[str, str]]:
    return [
        (f"{stage}_likelihood", f"Likelihood {when}, 1 to 5."),
        (f"{stage}_impact", f"Impact {when}, 1 to 5."),
        (f"{stage}_score", "Likelihood times impact, computed."),
        (f"{stage}_band", "The council's band that holds the score."),
    ]


RISKS = Export(
    "risks",
    "Risks",
    "One row for each risk of the register, those that are closed last.",
    [
        ("slug", "The risk's name in addresses."),
        ("reference", "As printed; […] where the source has lost it."),
        ("title", "What it is called."),
        ("description", "What could happen, and what it would lead to."),
        ("level", "corporate, departmental or project."),
        ("area", "The service or committee."),
        ("owner", "The owner's post; […] where the source prints none."),
        ("reviewer", "The reviewer's post; […] where the source prints none."),
        ("entered_on", "The day on which it was entered; empty where that is lost."),
        *_position_columns("original", "when it was entered"),
        *_position_columns("current", "when it was last reviewed"),
        *_position_columns("target", "that would be tolerated"),
        ("target_date", "By when the target should be met."),
        ("prospects", "Prospects of meeting the target by then: green, amber or red."),
        ("exception", "Whether the score and the prospects make it an exception."),
        ("reviewed_on", "When it was last reviewed."),
        ("review_by", "By when it is to be reviewed again; empty where no day is given."),
        ("review_late", "Whether that day had passed on the day of the meeting or register."),
        ("target_passed", "Whether the target date had passed with the target not met."),
        ("closed_on", "When it was closed; empty for open risks."),
        ("closed_reason", "Why it was closed."),
        ("as_at", "The day that the register is as at."),
        ("source", "Where the row was taken from."),
        ("note", "What was lost in the source."),
    ],
    risk_rows,
)
