"""What is asked about what is typed of savings, and what who decides reads of the answers.

docs/rules/questions.md has the rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.forms import BaseForm
from django.utils.timezone import localdate

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.forms import NumberField
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label, financial_year_of
from bcfportal.lib.plausible import Beside, far_years, said_of_far_day, unusual
from bcfportal.lib.sentences import listed
from finance.models import ChangeRequest, OptionForChange, SavingYear, TemporaryPost
from finance.savings.fields import BaseGrid
from projects.models import Council
from publishing.current_report import council_years
from typed.asking import ask

# Less than this, in pounds, is rather a saving in £ million typed without the word.
LITTLE = 100
_POUNDS = ("gross", "lost_income", "reprovision", "capital", "revenue")


def very_little(forms: Iterable[BaseForm]) -> list[Decimal]:
    """The amounts of checked forms, in pounds, that may be meant in millions.

    None that were kept so. Pages show savings in £ million, in which people then type them.
    """
    return [
        amount
        for form in forms
        for name in form.changed_data
        if isinstance(field := form.fields[name], NumberField) and field.unit == "£"
        if isinstance(amount := form.cleaned_data.get(name), Decimal) and 0 < abs(amount) < LITTLE
    ]


def ask_about_little(form: BaseForm, rows: BaseGrid | None = None) -> None:
    """Asks whether such amounts are right, by a box that is on the page only then.

    Those of the form itself and of the table below it. An answer holds for these amounts and no
    others. Both have been checked before.
    """
    little = very_little([form, *(rows.forms if rows else ())])
    if not little:
        return
    given = listed([f"£{amount:,.2f}" for amount in dict.fromkeys(little)])
    meant = f"{little[0].normalize():f}"
    ask(
        form,
        "pounds_are_right",
        " ".join(f"{amount.normalize():f}" for amount in little),
        f"{given} is very little for a saving. Amounts are in pounds here: for £{meant} million "
        f"enter {little[0] * 1_000_000:,.0f} or {meant}m. Or tick that it is right.",
        label="These amounts are right, in pounds",
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
    return (
        said + _said_of_years(years, _years_beside(change, written)) + _said_right([change.amount])
    )


def _years_beside(change: ChangeRequest, written: date) -> set[int]:
    """The years near to which one of a change was none to ask about."""
    beside = council_years(change.council) | {financial_year_of(written)}
    if change.saving is None:
        return beside
    # Once it is agreed the saving has the year too.
    of_saving = change.before or {year.year: year for year in change.saving.years.all()}
    return beside | set(map(int, of_saving))


def said_right_of_option(option: OptionForChange) -> list[str]:
    """Amounts of an option that were asked about when it was written, for who decides on it."""
    if not option.written_by_id:
        return []
    years = list(option.years.all())
    by_year = [getattr(year, name) for year in years for name in _POUNDS]
    unlikely = unlikely_in_option(
        (option.gross_budget, option.net_budget),
        option.current_fte,
        [(year.gross, year.fte) for year in years],
    )
    return [
        *_said_of_years([year.year for year in years], council_years(option.council)),
        *map(_right, unlikely),
        *_said_right([option.gross_budget, option.net_budget, *by_year]),
    ]


def said_right_of_drafts(council: Council, today: date) -> dict[str, list[str]]:
    """What was asked about savings and posts that no paper reports, by title, for who publishes.

    Three queries.
    """
    said: dict[str, list[str]] = defaultdict(list)
    years = SavingYear.objects.filter(saving__council=council, saving__paper=None)
    beside = council_years(council)
    for year in years.select_related("saving").order_by("saving", "year"):
        said[year.saving.title] += _said_of_years([year.year] if year.year else [], beside)
        figures = {"Achieved": year.achieved, "Forecast": year.forecast}
        unlikely = unlikely_in_year(year.year, year.target, figures)
        said[year.saving.title] += map(_right, unlikely)
        said[year.saving.title] += _said_right([year.target, *figures.values()])
    for post in TemporaryPost.objects.filter(council=council, paper=None).order_by("pk"):
        days = (("From", post.starts), ("To", post.ends))
        said[post.title] += [
            sentence for name, day in days if (sentence := said_of_far_day(name, day, today))
        ]
    return {title: sentences for title, sentences in said.items() if sentences}


def _said_of_years(years: Iterable[int], beside: set[int]) -> list[str]:
    return [_right(f"{far}.") for far in far_years(years, beside)]


def _right(sentence: str) -> str:
    return f"{sentence.removesuffix('.')}, and was said to be right."


def _said_right(amounts: Iterable[Decimal | None]) -> list[str]:
    little = [amount for amount in amounts if amount is not None and 0 < abs(amount) < LITTLE]
    given = listed([f"£{amount:,.2f}" for amount in dict.fromkeys(little)])
    return [f"{given} is very little for a saving, and was said to be right."] if little else []
