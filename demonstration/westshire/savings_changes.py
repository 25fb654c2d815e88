"""Changes of Westshire's savings that people ask for, and options that they put forward."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from demonstration.westshire import savings
from demonstration.westshire.savings_texts import (
    DAY_CENTRE,
    LAUNDRY,
    MONITORS,
    SHARED_LIVES,
    OptionText,
)
from demonstration.westshire.story import Step, Story, moment
from finance.models import ChangeRequest, OptionForChange
from finance.savings.records import save_change, save_option
from finance.savings.transitions import CHANGES, OPTIONS, may_propose_for


def steps() -> Iterator[Step]:
    yield from _changes()
    yield from _options()


def _changes():
    # Moved to next year: asked for by the commissioner, agreed by another person.
    tender = "Supported living tendered anew, £500K from 2026/27 to 2027/28"
    yield Step(
        moment(2026, 9, 2, 11), _moves("ASC26-03", 500_000, tender, WHY_TENDER), "commissioner"
    )
    yield Step(moment(2026, 9, 9, 14), _decides(tender, "agree"), "performance lead")
    # Refused, with a reason.
    travel = "Travel to day opportunities, £150K from 2026/27 to 2027/28"
    yield Step(moment(2026, 9, 3, 10), _moves("ASC26-11", 150_000, travel, WHY_TRAVEL), "finance")
    yield Step(moment(2026, 9, 10, 9, 30), _decides(travel, "refuse", NOT_YET), "performance lead")
    # Withdrawn by the one who asked.
    falls = "Falls prevented, £100K from 2026/27 to 2027/28"
    yield Step(moment(2026, 9, 28, 15), _moves("ASC26-12", 100_000, falls, WHY_FALLS), "finance")
    yield Step(moment(2026, 10, 1, 9, 15), _withdraws(falls), "finance")
    # Asked for and not decided yet.
    technology = "Assistive technology in place of some home visits, £120K to 2027/28"
    yield Step(
        moment(2027, 1, 15, 16), _moves("ASC26-05", 120_000, technology, WHY_TECHNOLOGY), "finance"
    )


WHY_TENDER = "The second lot starts in January, so most of the saving falls into next year."
WHY_TRAVEL = "Training people to go by bus began late."
NOT_YET = "The schools' timetable is not known yet. Ask again once it is."
WHY_FALLS = "Classes in two localities begin after Christmas."
WHY_TECHNOLOGY = "Nobody has led the roll-out since September."


def _moves(reference, amount, title, why) -> Callable[[Story], None]:
    def act(story):
        saving = savings.saving_of(story, reference)
        asks = _asks(story, saving)
        change = save_change(
            story.council,
            None,
            ChangeRequest.Kind.REPROFILE,
            {
                "saving": saving,
                "amount": Decimal(amount),
                "from_year": 2026,
                "to_year": 2027,
                "title": title,
                "reason": why,
                "source": "Savings board",
            },
            by=asks["by"],
        )
        CHANGES.transition("request", change.pk, **asks)

    return act


def _asks(story, saving):
    """The commissioner, where the saving's project is theirs; or else finance, for them."""
    if may_propose_for(story.access("commissioner"), saving.project_id):
        return story.by("commissioner")
    return story.by("finance")


def _decides(title, action, comment=""):
    return lambda story: CHANGES.transition(
        action, _change(story, title).pk, comment=comment, **story.by("performance lead")
    )


def _withdraws(title):
    return lambda story: CHANGES.transition(
        "withdraw", _change(story, title).pk, **story.by("finance")
    )


def _change(story, title):
    return ChangeRequest.objects.get(council=story.council, title=title)


def _options():
    yield Step(moment(2026, 4, 14, 10), _writes(SHARED_LIVES, date(2026, 4, 13)), "finance")
    yield Step(moment(2026, 4, 14, 11), _puts_forward(SHARED_LIVES), "finance")
    yield Step(moment(2026, 5, 6, 10), _agrees(SHARED_LIVES), "performance lead")
    yield Step(moment(2026, 4, 15, 10), _writes(DAY_CENTRE, date(2026, 4, 14)), "finance")
    yield Step(moment(2026, 4, 15, 11), _puts_forward(DAY_CENTRE), "finance")
    yield Step(moment(2026, 5, 6, 10, 30), _refuses(DAY_CENTRE), "performance lead")
    yield Step(moment(2026, 9, 7, 10), _writes(MONITORS, None), "leaver")
    yield Step(moment(2027, 1, 13, 10), _writes(LAUNDRY, date(2027, 1, 12)), "finance")
    yield Step(moment(2027, 1, 13, 11), _puts_forward(LAUNDRY), "finance")


def _writes(option: OptionText, signed: date | None) -> Callable[[Story], None]:
    def act(story):
        project = savings.project_of(story, option.writer) if option.writer == "leaver" else None
        given = {
            "reference": option.reference,
            "title": option.title,
            "service_area": "Adult social care",
            "proposal": option.proposal,
            "reasons": option.reasons,
            "impact_on_people": option.people,
            "project": project,
            "signed_by": "Director of adult social care" if signed else "",
            "signed_when": f"{signed.day} {signed:%B %Y}" if signed else "",
            "source": "Savings board",
        }
        years = [
            {
                "year": year,
                "gross": Decimal(gross),
                "lost_income": Decimal(lost),
                "reprovision": Decimal(reprovision),
                "capital": None,
                "revenue": None,
                "fte": Decimal(fte),
            }
            for year, gross, lost, reprovision, fte in option.years
        ]
        risks = [{"risk": risk, "mitigation": answer} for risk, answer in option.risks]
        writer = story.people[option.writer]
        save_option(story.council, None, given, years, risks, by=writer)

    return act


def _option(story, option):
    return OptionForChange.objects.get(council=story.council, reference=option.reference)


def _puts_forward(option):
    return lambda story: OPTIONS.transition(
        "put forward", _option(story, option).pk, **story.by("finance")
    )


def _agrees(option):
    return lambda story: OPTIONS.transition(
        "agree", _option(story, option).pk, **story.by("performance lead")
    )


def _refuses(option):
    comment = "The journey is too long for people who use the centre. Repair the roof instead."
    return lambda story: OPTIONS.transition(
        "refuse", _option(story, option).pk, comment=comment, **story.by("performance lead")
    )
