"""What is asked about what is typed of savings, and what who decides reads of the answers.

docs/rules/questions.md has the rules.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from django.forms import BaseForm
from django.utils.timezone import localdate

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.forms import NumberField
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label, financial_year_of
from bcfportal.lib.plausible import Beside, far_years, said_of_far_day, unusual
from bcfportal.lib.sentences import listed
from finance.models import ChangeRequest, OptionForChange, Saving, SavingYear, TemporaryPost
from projects.models import Council
from publishing.current_report import council_years
from typed.asking import ask
from typed.grids import BaseGrid

# Less than this, in pounds, is rather a saving in £ million typed without the word.
LITTLE = 100
# Beside a figure of the record that is so many times as large, less than this is rather thousands;
# so is what is about a thousandth of it.
FEW, TIMES = 1_000, 100
MOST_THOUSANDS, THOUSANDTH = 10_000, (700, 1_300)
# What a year of a person costs, with on-costs, and how many have one post together.
A_YEAR, ALL_TIME, MOST_PEOPLE = (10_000, 250_000), (1_000, 1_000_000), 20
# A budget has at least so many pounds for each person whom it pays.
LEAST_BUDGET = 5_000
_POUNDS = ("gross", "lost_income", "reprovision", "capital", "revenue")


def may_be_thousands(amount: Decimal, beside: Collection[Decimal]) -> bool:
    """Whether pounds are so few beside the other amounts of a record that they may be thousands."""
    times = [abs(other) / abs(amount) for other in beside] if amount else []
    few = abs(amount) < FEW and any(so_many >= TIMES for so_many in times)
    low, high = THOUSANDTH
    return few or (abs(amount) < MOST_THOUSANDS and any(low <= many <= high for many in times))


def is_little(amount: Decimal | None, beside: Collection[Decimal] = ()) -> bool:
    """Whether an amount in pounds may be meant in millions, or in thousands."""
    if not amount:
        return False
    return abs(amount) < LITTLE or may_be_thousands(amount, beside)


def _amounts(form: BaseForm, names: Iterable[str]) -> list[Decimal]:
    return [
        amount
        for name in names
        if isinstance(field := form.fields[name], NumberField) and field.unit == "£"
        if isinstance(amount := form.cleaned_data.get(name), Decimal)
    ]


def ask_about_little(
    form: BaseForm,
    rows: BaseGrid | None = None,
    beside: Callable[[], Iterable[Decimal | None]] = tuple,
) -> None:
    """Asks whether such amounts are right, by a box that is on the page only then.

    Those of the form itself and of the table below it, but for those that were kept so. They are
    held against each other, what the form held before and the record's own figures, ``beside``. An
    answer holds for these amounts and no others. Both have been checked before.
    """
    forms = [form, *(rows.forms if rows else ())]
    changed = [amount for part in forms for amount in _amounts(part, part.changed_data)]
    known = [amount for part in forms for amount in _amounts(part, part.fields)]
    if not any(0 < abs(amount) < MOST_THOUSANDS for amount in changed):
        return
    known += [amount for part in forms for amount in _held(part)]
    known += [amount for amount in beside() if amount is not None]
    little = [amount for amount in changed if is_little(amount, known)]
    if not little:
        return
    ask(
        form,
        "pounds_are_right",
        " ".join(f"{amount.normalize():f}" for amount in little),
        f"{_very_little(little, known)} Amounts are in pounds here: {_meant(little[0])}. "
        "Or tick that it is right.",
        label="These amounts are right, in pounds",
    )


def _held(form: BaseForm) -> list[Decimal]:
    """The amounts that a form was opened with."""
    return [
        held
        for name, field in form.fields.items()
        if isinstance(field, NumberField) and field.unit == "£"
        if isinstance(held := form.get_initial_for_field(field, name), Decimal)
    ]


def _very_little(little: Collection[Decimal], beside: Iterable[Decimal]) -> str:
    given = listed([f"£{amount:,.2f}" for amount in dict.fromkeys(little)])
    if all(abs(amount) < LITTLE for amount in little):
        return f"{given} is very little for a saving."
    return f"{given} is very little beside {pounds(max(map(abs, beside)))}."


def _meant(amount: Decimal) -> str:
    """What to type for the millions or thousands that an amount may be."""
    said = f"{amount.normalize():f}"
    scale, unit, letter = (1_000_000, "million", "m")
    if abs(amount) >= LITTLE:
        scale, unit, letter = (1_000, "thousand", "k")
    return f"for £{said} {unit} enter {amount * scale:,.0f} or {said}{letter}"


def ask_about_years_over(form: BaseForm, years: Iterable[int | None], beside: set[int]) -> None:
    """Asks about years that are over, in which nothing changes any more."""
    given = [year for year in years if year]
    if over := years_over(given, beside):
        ask(
            form,
            "over_is_right",
            " ".join(map(str, given)),
            f"{over} Put it right, or tick that it is right.",
            label="It is right that a year that is over changes",
        )


def years_over(years: Iterable[int], beside: set[int]) -> str:
    """Which of the years are over, also for the council's latest period, in a sentence."""
    over = [year for year in dict.fromkeys(years) if year < min(beside)]
    named = listed([financial_year_label(year) for year in over])
    return f"{named} {'is' if len(over) == 1 else 'are'} over." if over else ""


def unlikely_in_post(
    fte: Decimal | None,
    cost: Decimal | None,
    whole_time: bool,
    days: tuple[date | None, date | None],
) -> list[str]:
    """What cannot well be in a post, each in a sentence: many people, or a cost that no person has.

    ``whole_time`` says that the cost is of all its time, which the ``days`` begin and end.
    """
    said = []
    if fte is not None and fte > MOST_PEOPLE:
        said.append(f"{figure(plain(fte))} FTE is many for one post.")
    if not cost:
        return said
    of_one = cost / (fte or 1)
    low, high = (ALL_TIME[0], A_YEAR[1]) if fte is None else A_YEAR
    starts, ends = days
    if whole_time and starts and ends and ends > starts:
        of_one = of_one * Decimal(365) / ((ends - starts).days + 1)
    elif whole_time:
        low, high = ALL_TIME
    if not low <= of_one <= high:
        what = "for its whole time" if (low, high) == ALL_TIME else "a year"
        per_post = "for one FTE" if fte else "for a post"
        much = "little" if of_one < low else "much"
        said.append(
            f"{pounds(of_one)} {what} {per_post} is very {much}. Amounts are in pounds here."
        )
    return said


def ask_about_post(form: BaseForm) -> None:
    """Asks about what cannot well be in a post. The form has been checked before."""
    own = form.cleaned_data
    fte, cost = own.get("fte"), own.get("cost")
    whole_time = own.get("basis") == TemporaryPost.Basis.WHOLE
    unlikely = unlikely_in_post(fte, cost, whole_time, (own.get("starts"), own.get("ends")))
    if unlikely and {"fte", "cost", "basis", "starts", "ends"} & set(form.changed_data):
        about = " ".join(
            "-" if asked is None else f"{asked.normalize():f}" for asked in (fte, cost)
        )
        sentence = f"{' '.join(unlikely)} Put it right, or tick that it is right."
        ask(
            form,
            "post_is_right",
            f"{about} {own.get('basis')}",
            sentence,
            label="The post is right",
        )


def unlikely_in_option(
    budgets: tuple[Decimal | None, Decimal | None],
    staff: Decimal | None,
    years: Iterable[tuple[Decimal | None, Decimal | None]],
) -> list[str]:
    """What cannot well be in an option's figures, each in a sentence.

    ``budgets`` are the permanent ones, gross and net; ``years`` are (gross saving, FTE fewer).
    """
    gross, net = budgets
    by_year = list(years)
    saved = sum((saving for saving, _ in by_year if saving is not None), Decimal(0))
    fewer = sum((fte for _, fte in by_year if fte is not None), Decimal(0))
    budget = net if gross is None else gross
    said = []
    if gross is not None and net is not None and net > gross:
        said.append(f"The net budget, {pounds(net)}, is more than the gross, {pounds(gross)}.")
    if budget is not None and saved > budget:
        said.append(f"{pounds(saved)} is saved in all, more than the budget, {pounds(budget)}.")
    if staff and budget and budget / staff < LEAST_BUDGET:
        said.append(
            f"{pounds(budget)} for {figure(plain(staff))} FTE is {pounds(budget / staff)} for each."
        )
    if staff is not None and fewer > staff:
        there = figure(plain(staff))
        said.append(f"{figure(plain(fewer))} FTE fewer in all, and there are {there} FTE now.")
    return said


def unlikely_in_year(
    year: int | None, target: Decimal | None, figures: Mapping[str, Decimal | None]
) -> list[str]:
    """Which figures of a saving's year, by what they are called, are many times its target.

    Less than the target is usual, and so is a saving that cost more than it saved.
    """
    beside = [Beside("the target is", target, at_most=True)]
    when = f" of {financial_year_label(year)}" if year else ""
    return [
        f"{name}{when}: {said}"
        for name, value in figures.items()
        if value is not None and value > 0 and (said := unusual(value, beside, pounds))
    ]


def ask_about_figures(form: BaseForm, rows: BaseGrid) -> None:
    """Asks about what cannot well be in an option or a saving. Both have been checked before."""
    own = form.cleaned_data
    years = [row.cleaned_data for row in rows.forms if row.cleaned_data]
    if "gross_budget" in form.fields:
        asked = [own.get(name) for name in ("gross_budget", "net_budget", "current_fte")]
        by_year = [(year.get("gross"), year.get("fte")) for year in years]
        unlikely = unlikely_in_option((asked[0], asked[1]), asked[2], by_year)
        asked += [figure for figures in by_year for figure in figures]
    else:
        unlikely, asked = [], []
        for year in years:
            figures = {name.capitalize(): year.get(name) for name in ("achieved", "forecast")}
            unlikely += unlikely_in_year(year.get("year"), year.get("target"), figures)
            asked += [year.get("target"), *figures.values()]
    if unlikely and any(part.has_changed() for part in (form, *rows.forms)):
        about = " ".join("-" if figure is None else f"{figure.normalize():f}" for figure in asked)
        sentence = f"{' '.join(unlikely)} Put it right, or tick that it is right."
        ask(form, "figures_are_right", about, sentence, label="These figures are right")


def said_right_of_change(change: ChangeRequest, today: date) -> list[str]:
    """What was asked about when a change was written, for who decides on it."""
    if not (change.requested_by_id or change.status == ChangeRequest.Status.DRAFT):
        return []
    written = localdate(change.requested_at) if change.requested_at else today
    days = (("From when", change.starts), ("Until when", change.ends))
    said = [said for name, day in days if (said := said_of_far_day(name, day, written))]
    years = [year for year in (change.from_year, change.to_year) if year]
    of_council = council_years(change.council) | {financial_year_of(written)}
    said += _said_of_years(years, of_council | _years_of(change))
    if over := years_over(years, of_council):
        said.append(_right(over))
    return said + _said_right([change.amount], lambda: beside_change(change.saving))


def beside_change(saving: Saving | None) -> list[Decimal]:
    """The targets that an amount of a change is held against."""
    return [year.target for year in saving.years.all() if year.target] if saving else []


def _years_of(change: ChangeRequest) -> set[int]:
    """The years that the saving of a change has: those were not asked about."""
    if change.saving is None:
        return set()
    # Once it is agreed the saving has the year too.
    of_saving = change.before or {year.year: year for year in change.saving.years.all()}
    return set(map(int, of_saving))


def said_right_of_option(option: OptionForChange) -> list[str]:
    """Amounts of an option that were asked about when it was written, for who decides on it."""
    if not option.written_by_id:
        return []
    years = list(option.years.all())
    by_year = [getattr(year, name) for year in years for name in _POUNDS]
    amounts = [option.gross_budget, option.net_budget, *by_year]
    unlikely = unlikely_in_option(
        (option.gross_budget, option.net_budget),
        option.current_fte,
        [(year.gross, year.fte) for year in years],
    )
    return [
        *_said_of_years([year.year for year in years], council_years(option.council)),
        *map(_right, unlikely),
        *_said_right(amounts, lambda: amounts),
    ]


def said_right_of_drafts(council: Council, today: date) -> dict[str, list[str]]:
    """What was asked about savings and posts that no paper reports, by title, for who publishes.

    Three queries.
    """
    said: dict[str, list[str]] = defaultdict(list)
    years = SavingYear.objects.filter(saving__council=council, saving__paper=None)
    beside = council_years(council)
    rows = list(years.select_related("saving").order_by("saving", "year"))
    of_saving: dict[int | None, list[Decimal | None]] = defaultdict(list)
    for year in rows:
        of_saving[year.saving_id] += [year.target, year.achieved, year.forecast]
    for year in rows:
        said[year.saving.title] += _said_of_years([year.year] if year.year else [], beside)
        figures = {"Achieved": year.achieved, "Forecast": year.forecast}
        unlikely = unlikely_in_year(year.year, year.target, figures)
        said[year.saving.title] += map(_right, unlikely)
        amounts = [year.target, *figures.values()]
        said[year.saving.title] += _said_right(
            amounts, partial(of_saving.__getitem__, year.saving_id)
        )
    for post in TemporaryPost.objects.filter(council=council, paper=None).order_by("pk"):
        days = (("From", post.starts), ("To", post.ends))
        said[post.title] += [
            sentence for name, day in days if (sentence := said_of_far_day(name, day, today))
        ]
        whole_time = post.basis == TemporaryPost.Basis.WHOLE
        unlikely = unlikely_in_post(post.fte, post.cost, whole_time, (post.starts, post.ends))
        said[post.title] += map(_right, unlikely)
    return {title: sentences for title, sentences in said.items() if sentences}


def _said_of_years(years: Iterable[int], beside: set[int]) -> list[str]:
    return [_right(f"{far}.") for far in far_years(years, beside)]


def _right(sentence: str) -> str:
    return f"{sentence.removesuffix('.')}, and was said to be right."


def _said_right(
    amounts: Iterable[Decimal | None], beside: Callable[[], Iterable[Decimal | None]]
) -> list[str]:
    small = [amount for amount in amounts if amount and abs(amount) < MOST_THOUSANDS]
    known = [amount for amount in beside() if amount is not None] if small else []
    little = [amount for amount in small if is_little(amount, known)]
    return [_right(_very_little(little, known))] if little else []
