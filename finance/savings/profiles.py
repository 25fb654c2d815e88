"""What a saving was to bring before each change of its profile, and after."""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib import present
from finance.savings.content import ChangeLine, SavingLine

Profile = dict[int, Decimal]


@dataclass(frozen=True)
class Step:
    """One change of a profile: pounds by year before and after it."""

    change: ChangeLine
    before: Profile
    after: Profile
    # The source prints neither: they follow from the targets and from what moved.
    worked_back: bool

    @property
    def proposed(self) -> bool:
        """Whether it is not agreed: then ``after`` is what it would do."""
        return self.change.status != "agreed"

    @property
    def cells(self) -> list[tuple[int, Decimal | None, Decimal | None]]:
        """(year, before, after) of each year that either has."""
        years = sorted({*self.before, *self.after})
        return [(year, self.before.get(year), self.after.get(year)) for year in years]


def moved(profile: Profile, amount: Decimal, from_year: int, to_year: int) -> Profile:
    """The profile in pounds by year, with the amount taken from one year and put into another.

    Raises ValueError, with a sentence for people, where the year has not as much.
    """
    if profile.get(from_year, Decimal(0)) < amount:
        raise ValueError("More would be moved than the year's target.")
    new = dict(profile)
    new[from_year] = new[from_year] - amount
    new[to_year] = new.get(to_year, Decimal(0)) + amount
    return new


def profile_of(saving: SavingLine) -> Profile:
    """The targets in pounds by the years that have one."""
    return {
        figures.year: figures.target
        for figures in saving.years
        if figures.year is not None and figures.target is not None
    }


def steps(saving: SavingLine, changes: list[ChangeLine]) -> list[Step]:
    """Each re-profiling of the saving in order; refused and withdrawn ones are left out.

    An agreed change is in the targets already, so its profiles are those kept with it or, for one
    that was agreed before the portal kept any, worked back. One that is not agreed shows what it
    alone would do to the targets as they are.
    """
    mine = [
        change
        for change in changes
        if change.kind == "re-profiling" and change.saving == saving.slug
    ]
    agreed = [change for change in mine if change.status == "agreed"]
    waiting = [change for change in mine if change.status in ("draft", "requested")]
    profile, done = profile_of(saving), []
    for change in reversed(agreed):
        after, worked_back = profile, not change.before
        if change.before:
            before, after = _kept(change.before), _kept(change.after)
        else:
            before = _moved_back(profile, change)
        done.append(Step(change, before, after, worked_back))
        profile = before
    done.reverse()
    profile = profile_of(saving)
    for change in waiting:
        after = dict(profile)
        amount = present(change.amount)
        start, end = present(change.from_year), present(change.to_year)
        after[start] = after.get(start, Decimal(0)) - amount
        after[end] = after.get(end, Decimal(0)) + amount
        done.append(Step(change, profile, after, worked_back=False))
    return done


def first_targets(saving: SavingLine, changes: list[ChangeLine]) -> Profile:
    """What the year's target was before any agreed change, in pounds, of years that moved."""
    agreed = [step for step in steps(saving, changes) if step.change.status == "agreed"]
    if not agreed:
        return {}
    now = profile_of(saving)
    return {year: amount for year, amount in agreed[0].before.items() if amount != now.get(year)}


def _kept(profile):
    return {int(year): amount for year, amount in profile.items()}


def _moved_back(profile, change):
    before = dict(profile)
    before[change.to_year] = before.get(change.to_year, Decimal(0)) - change.amount
    before[change.from_year] = before.get(change.from_year, Decimal(0)) + change.amount
    return before
