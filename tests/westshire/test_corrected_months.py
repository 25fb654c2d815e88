"""A month that is published again says everything that it says otherwise."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs

from outcomes.definitions import Definition
from outcomes.models import Month, ReportCard, Result
from outcomes.vital_signs import content as s
from outcomes.vital_signs.differences import NOT_SAID
from publishing.models import Snapshot
from returns.period_versions.differences import differences
from returns.publication import publish, take_snapshots
from tests.westshire.measures import LAST, csv_row, shown_in
from tests.westshire.shown import page

PARTS = {
    "VitalSigns": s.VitalSigns,
    "Segment": s.Segment,
    "Measure": s.Measure,
    "Definition": Definition,
    "Figure": s.Figure,
    "Target": s.Target,
    "Benchmark": s.Benchmark,
    "Break": s.Break,
    "Card": s.Card,
    "Action": s.Action,
    "OtherPrinting": s.OtherPrinting,
    "Reference": s.Reference,
}
# The measure's own definition is the last of its definitions; its parts are walked themselves.
WALKED = {
    "VitalSigns": {"segments", "measures"},
    "Measure": {
        *("references", "targets", "figures", "benchmarks", "breaks", "cards", "others"),
        "definitions",
    },
    "Card": {"actions"},
}
OF = LAST
DEFINITION = Definition(text="Waits", unit="days", tolerance=Decimal(5), tolerance_kind="relative")


def whole(definitions=()):
    """A month's sheet that has one of everything, each field filled."""
    measure = s.Measure(
        slug="waits", collection="vital signs", text="Waits", short_title="Waits", unit="days",
        tolerance=Decimal(5), tolerance_kind="relative", frequency="month",
        counted_until="2026-27-m12",
        references=[s.Reference("ASCOF", "2026/27", "2A")],
        targets=[s.Target(OF, "set", Decimal(4), "Agreed.", "Plan", OF)],
        figures=[s.Figure(OF, "reported", "", Decimal(5), Decimal(10), Decimal(2), note="Late.")],
        benchmarks=[s.Benchmark(OF, "England", "reported", Decimal(6), "Early.", "Source")],
        breaks=[s.Break(OF, "rebase", "A new count.", "Officer", date(2026, 12, 1), "Rebased.")],
        cards=[s.Card(OF, "Few staff.", "Fewer days.", actions=[
            s.Action("Hire.", "Head", date(2027, 1, 31))])],
        others=[s.OtherPrinting(OF, "Total", Decimal(9), "nine")],
        definitions=list(definitions),
    )  # fmt: skip
    return s.VitalSigns(
        title="Vital signs",
        period=OF,
        exception_variance=Decimal(10),
        segments=[s.Segment("north", "North", "locality")],
        measures=[measure],
    )


def otherwise(value, name):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Decimal | int):
        return value + 1
    if isinstance(value, date):
        return date(2027, 2, 28)
    if name == "target_changes":
        was, now = ("set", Decimal(4)), ("set", Decimal(5))
        return [s.TargetChange(OF, *was, *now, "Agreed again.", "Officer", date(2026, 12, 1))]
    if value is None:
        return 1000 if name == "multiplier" else Decimal(3)
    if name in ("until", "counted_until"):
        return "2027-28-m01"
    if name in ("period", "since"):
        return "2026-27-m08"
    if name == "tolerance_kind":
        return "absolute"
    return "smaller is better" if name == "direction" else f"{value} otherwise"


def changed(found, part, name):
    """The sheet with that field of that part said otherwise, wherever the part stands in it."""
    if type(found) is PARTS[part]:
        if name == "status":
            return structs.replace(found, status="not yet available", value=None)
        return structs.replace(found, **{name: otherwise(getattr(found, name), name)})
    if isinstance(found, list):
        return [changed(each, part, name) for each in found]
    if isinstance(found, tuple(PARTS.values())):
        return structs.replace(
            found, **{each: changed(getattr(found, each), part, name) for each in fields(found)}
        )
    return found


def fields(of):
    return of.__struct_fields__


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (part, name)
        for part, kind in PARTS.items()
        for name in fields(kind)
        if name not in WALKED.get(part, ())
    ],
)
def test_each_field_of_a_month_is_compared_or_said_why_not(part, name):
    # Without a change of definition the measure's own fields are its definition.
    before = whole([DEFINITION] if part == "Definition" else [])
    after = changed(before, part, name)
    assert after != before
    said = differences(before, after, slug="vital-signs", why="Counted again.")
    assert bool(said) != bool(NOT_SAID.get(part, {}).get(name)), said
    assert not differences(before, before, slug="vital-signs", why="")


def test_a_figure_that_was_not_there_or_no_longer_is_is_a_correction():
    full = whole()
    without = changed_figures(full, [])
    for before, after in ((full, without), (without, full)):
        said = differences(before, after, slug="vital-signs", why="")
        assert any(each.is_figure for each in said)


def changed_figures(sheet, figures):
    measure = structs.replace(sheet.measures[0], figures=figures)
    return structs.replace(sheet, measures=[measure])


def test_a_target_of_a_later_month_is_no_correction_of_this_one():
    before = whole()
    later = s.Target("2026-27-m12", "set", Decimal(2))
    measure = before.measures[0]
    measure = structs.replace(measure, targets=[*measure.targets, later])
    assert not differences(before, structs.replace(before, measures=[measure]), slug="", why="")


def test_a_changed_explanation_of_a_month_is_a_correction_that_its_card_alone_shows(
    westshire, client
):
    shown = shown_in(westshire, LAST)
    cards = ReportCard.objects.filter(measure__council=westshire, period=LAST)
    card = cards.select_related("measure").first()
    ReportCard.objects.filter(pk=card.pk).update(explains="Two rotas were merged in December.")
    again = take_snapshots(Month.objects.filter(period=shown.period))
    publish(list(Snapshot.objects.filter(pk__in=[each.pk for each in again])))
    others = [each.slug for each in shown.sheet.of("vital signs") if each.slug != card.measure.slug]
    own = page(client, f"vital-signs/{card.measure.slug}/")
    assert "Corrected on 20 January 2027" in own
    assert "What explains it" in own
    assert "Two rotas were merged" in page(client, f"versions/{LAST}/2/")
    for other in others[:3]:
        assert "Corrected on 20 January 2027" not in page(client, f"vital-signs/{other}/")


def test_an_old_version_of_a_month_says_nothing_of_what_was_corrected_after_it(westshire, client):
    """A figure of September is corrected, and again: the version between has the first alone."""
    shown = shown_in(westshire, LAST)
    result = Result.objects.filter(
        measure__council=westshire, period=LAST, segment=None, value__isnull=False
    ).select_related("measure")
    result = result.filter(measure__collection="vital signs").first()
    for more in (1, 2):
        Result.objects.filter(pk=result.pk).update(value=result.value + more)
        again = take_snapshots(Month.objects.filter(period=shown.period))
        publish(list(Snapshot.objects.filter(pk__in=[each.pk for each in again])))
    said = [
        csv_row(client, result.measure.slug, LAST, f"{LAST}{version}")["corrected"]
        for version in ("", "&version=2", "&version=1")
    ]
    assert [each.count("Corrected on 20 January 2027") for each in said] == [2, 1, 0]
