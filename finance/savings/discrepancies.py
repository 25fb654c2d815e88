"""Figures of savings papers that disagree: totals, shortfalls, texts, options, dates.

Pure functions of a sheet, so that a page can say it beside the figure of a published paper;
``disagreements`` runs them over a council's records. Rounding is taken into account: a part or a
total printed as £m with three decimals is off by up to £500.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef
from msgspec import structs

from bcfportal.lib.discrepancies import Discrepancy, Place, differ, half_step
from bcfportal.lib.money import pounds
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import counted, day_words
from bcfportal.lib.sums import sum_complete, sum_present
from finance.models import SavingsEdition, SavingsPaper
from finance.savings.collect import make_sheet
from finance.savings.content import OptionLine, Printed, SavingRow, SavingsSheet, year_words

SHORT = (Rating.RED, Rating.AMBER)
FIGURE_OF = {
    "target": lambda row: row.figures.target,
    "achieved": lambda row: row.figures.achieved,
    "shortfall": lambda row: row.shortfall,
}
GROUPS = {
    "all": lambda row: True,
    "on target": lambda row: row.rating == Rating.GREEN,
    "not on target": lambda row: row.rating in SHORT,
}


def disagreements(council) -> Iterator[Discrepancy]:
    """What disagrees in the council's savings, posts, changes and options.

    Records stay when a paper is withdrawn; what that paper printed and promised holds no more.
    """
    sheet = make_sheet(council, as_at=date.min)
    gone = _withdrawn_papers(council)
    yield from disagreements_in(
        structs.replace(
            sheet,
            printed=[entry for entry in sheet.printed if entry.paper not in gone],
            to_come=[entry for entry in sheet.to_come if entry.paper not in gone],
        )
    )


def _withdrawn_papers(council):
    """The slugs of papers that were published and of which no edition stands. One query."""
    not_withdrawn = SavingsEdition.objects.not_withdrawn().filter(paper=OuterRef("pk"))
    papers = SavingsPaper.objects.filter(~Exists(not_withdrawn), council=council)
    return set(papers.filter(editions__isnull=False).values_list("slug", flat=True))


def disagreements_in(sheet: SavingsSheet) -> Iterator[Discrepancy]:
    """What disagrees in one sheet, in the order of its tables."""
    rows = sheet.rows_of_papers()
    for printed in sheet.printed:
        if disagreement := _against_computed(sheet, rows, printed):
            yield disagreement
    yield from _two_values(sheet)
    yield from _not_explained(rows)
    yield from _moves(sheet)
    for option in sheet.options:
        yield from _option(option)
    yield from _dates(sheet)


def _against_computed(sheet, rows, printed) -> Discrepancy | None:
    """A printed figure against the same figure of the records, or made from them."""
    computed, parts, text, source = _computed(sheet, rows, printed)
    if computed is None:
        return None
    rounding = half_step(printed.places) + parts
    if not differ(computed, printed.amount, rounding):
        return None
    return Discrepancy(
        key=f"savings:printed:{printed.number}",
        check=_check_words(printed),
        about=_about(printed),
        first=Place(f"{printed.as_printed} printed", printed.source),
        second=Place(text, source),
        by=_by(printed, computed),
    )


def _computed(sheet, rows, printed):
    """(figure, rounding of its parts, words, source); a figure of None where there is none."""
    if printed.about == "group" or printed.about == "saving":
        return _of_savings(rows, printed)
    records = {
        "change": {str(change.number): change for change in sheet.changes},
        "post": {post.slug: post for post in sheet.posts},
        "team": {team.slug: team for team in sheet.teams},
    }.get(printed.about, {})
    record = records.get(printed.key)
    if record is None:
        return None, Decimal(0), "", ""
    if printed.figure == "amount":
        return record.amount, Decimal(0), f"{pounds(record.amount)}", record.source
    if printed.figure == "cost" and record.cost is not None:
        return record.cost, Decimal(0), f"{pounds(record.cost)}", record.source
    if printed.figure == "FTE" and printed.about == "team":
        fte = sum_present(post.fte for post in sheet.posts if post.team == record.slug).total
        if fte:
            return fte, Decimal(0), f"{fte:f} FTE in its posts", record.source
    return None, Decimal(0), "", ""


def _of_savings(rows: list[SavingRow], printed: Printed):
    figure = FIGURE_OF.get(printed.figure)
    if printed.about == "saving":
        chosen = [row for row in rows if row.saving.slug == printed.key]
    elif printed.key in GROUPS:
        chosen = [row for row in rows if GROUPS[printed.key](row)]
    else:
        chosen = []
    chosen = [
        row
        for row in chosen
        if row.figures.year == printed.year and row.saving.paper == printed.paper
    ]
    total = sum_complete(figure(row) for row in chosen) if figure else None
    if total is None:
        return None, Decimal(0), "", ""
    # A shortfall is the difference of two rounded figures.
    terms = 2 if printed.figure == "shortfall" else 1
    parts = sum((terms * _half(row.figures.places) for row in chosen), Decimal(0))
    if printed.about == "saving":
        return total, parts, f"{pounds(total)} {printed.figure}", chosen[0].figures.source
    text = f"{pounds(total)} from {counted(len(chosen), 'saving')}"
    return total, parts, text, chosen[0].figures.source


def _half(places: int) -> Decimal:
    """Nothing for whole pounds, which are exact; half a step for what is rounded."""
    return half_step(places) if places < 0 else Decimal(0)


def _check_words(printed):
    if printed.about == "group":
        return "The savings do not add up to their printed total"
    if printed.about == "saving" and printed.figure == "shortfall":
        return "A shortfall is not target less outturn"
    return "One figure has two values"


def _about(printed):
    year = f", {year_words(printed.year)}" if printed.year else ""
    return f"{printed.title}: {printed.figure}{year}"


def _by(printed, other):
    if printed.figure == "FTE":
        return f"{abs(printed.amount - other):f} FTE"
    return pounds(abs(printed.amount - other))


def _two_values(sheet) -> Iterator[Discrepancy]:
    """Two printed figures of a group that the list of savings does not tell apart."""
    seen: dict[tuple, list[Printed]] = {}
    for printed in sheet.printed:
        if printed.about == "group" and printed.key not in GROUPS:
            key = (printed.key, printed.year, printed.figure, printed.paper)
            for earlier in seen.get(key, []):
                rounding = half_step(printed.places) + half_step(earlier.places)
                if differ(printed.amount, earlier.amount, rounding):
                    yield Discrepancy(
                        key=f"savings:printed:{earlier.number}:{printed.number}",
                        check="One figure has two values",
                        about=_about(printed),
                        first=Place(earlier.as_printed, earlier.source),
                        second=Place(printed.as_printed, printed.source),
                        by=pounds(abs(printed.amount - earlier.amount)),
                    )
            seen.setdefault(key, []).append(printed)


def _not_explained(rows) -> Iterator[Discrepancy]:
    """A saving that fell short, in a paper that explains the others and not this one."""
    explains = {row.saving.paper for row in rows if row.rating in SHORT and row.saving.explanation}
    for row in rows:
        saving = row.saving
        if row.rating in SHORT and not saving.explanation and saving.paper in explains:
            name = f"{saving.title} ({saving.reference})" if saving.references else saving.title
            yield Discrepancy(
                key=f"savings:not-explained:{saving.slug}:{row.figures.year}",
                check="A shortfall that the text does not explain",
                about=f"{name}, {row.figures.year_label}",
                first=Place(f"{pounds(row.shortfall)} short", row.figures.source),
                second=Place("no explanation, where the others have one", saving.source),
                by=pounds(row.shortfall),
            )


def _moves(sheet) -> Iterator[Discrepancy]:
    """A re-profiling that is asked for and moves more than its year has."""
    targets = {
        (saving.slug, figures.year): figures for saving in sheet.savings for figures in saving.years
    }
    for change in sheet.changes:
        if change.kind != "re-profiling" or change.status not in ("draft", "requested"):
            continue
        figures = targets.get((change.saving, change.from_year))
        if figures is None or (held := figures.target) is None:
            continue
        if change.amount - held > _half(figures.places):
            yield Discrepancy(
                key=f"savings:moves:{change.number}",
                check="More is moved than the year's target",
                about=change.title,
                first=Place(f"{pounds(change.amount)} moved", change.source),
                second=Place(f"{pounds(held)} target", figures.source),
                by=pounds(change.amount - held),
            )


def _option(option: OptionLine) -> Iterator[Discrepancy]:
    """Net is gross less what is lost; the years make their totals."""
    step, name = _half(option.places), f"{option.reference} {option.title}".strip()
    for figures in option.years:
        gross, lost = figures.gross, figures.lost_income
        reprovision, net = figures.reprovision, figures.net
        if gross is None or lost is None or reprovision is None or net is None:
            continue
        made = gross - lost - reprovision
        if differ(made, net, 4 * step):
            yield Discrepancy(
                key=f"options:net:{option.slug}:{figures.year}",
                check="A net saving is not the gross saving less its costs",
                about=f"{name}, {year_words(figures.year)}",
                first=Place(f"{pounds(net)} net", option.source),
                second=Place(f"{pounds(made)} from its parts", option.source),
                by=pounds(abs(made - net)),
            )
    for what, total, amounts in (
        ("gross saving", option.total_gross, [f.gross for f in option.years]),
        ("net saving", option.total_net, [f.net for f in option.years]),
        ("FTE reduction", option.total_fte, [f.fte for f in option.years]),
    ):
        whole = sum_complete(amounts)
        if total is None or whole is None:
            continue
        is_fte = what == "FTE reduction"
        rounding = half_step(1) * (len(amounts) + 1) if is_fte else step * (len(amounts) + 1)
        if differ(whole, total, rounding):
            written = (lambda amount: f"{amount:f} FTE") if is_fte else pounds
            yield Discrepancy(
                key=f"options:total:{option.slug}:{what.replace(' ', '-')}",
                check="The years of an option do not add up to its total",
                about=f"{name}: {what}",
                first=Place(f"{written(total)} total", option.source),
                second=Place(f"{written(whole)} from {len(amounts)} years", option.source),
                by=written(abs(whole - total)),
            )


def _dates(sheet) -> Iterator[Discrepancy]:
    """A day that had passed when the paper spoke of it as still to come."""
    for coming in sheet.to_come:
        paper = sheet.papers.get(coming.paper)
        if paper and coming.by < paper.dated:
            yield Discrepancy(
                key=f"savings:passed:{coming.number}",
                check="A date has passed for something still reported as to come",
                about=coming.about,
                first=Place(f"“{coming.words}”", coming.source),
                second=_dated(paper),
                by=counted((paper.dated - coming.by).days, "day"),
            )
    for change in sheet.changes:
        yield from _passed_before(
            sheet, change, change.status == "requested", "starts", "asked for"
        )
    for post in sheet.posts:
        waiting = post.status == "recommended"
        yield from _passed_before(sheet, post, waiting, "starts", "recommended")
        yield from _passed_before(sheet, post, post.status == "established", "ends", "established")


def _passed_before(sheet, record, applies, name, said) -> Iterator[Discrepancy]:
    """A record still said to be coming or going on, whose day came before its paper's."""
    day, paper = getattr(record, name), sheet.papers.get(record.paper)
    if applies and day and paper and day < paper.dated:
        yield Discrepancy(
            key=f"savings:{name}:{getattr(record, 'slug', None) or record.number}",
            check="A date has passed for something still reported as to come",
            about=record.title,
            first=Place(f"{name} {day_words(day)}, still {said}", record.source),
            second=_dated(paper),
            by=counted((paper.dated - day).days, "day"),
        )


def _dated(paper):
    return Place(f"the paper is of {day_words(paper.dated)}", paper.title)
