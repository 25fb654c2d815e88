"""For each constraint of figures stated in words a record that breaks it."""

from stated.models import StatedFigure


def breakers(copy_of):
    """Constraint to record; each is a copy of a figure with one thing wrong."""

    def figure(**changes):
        first = StatedFigure.objects.order_by("pk").first()
        plain = {"number": 900, "project_id": None, "of_place": False, "until": None}
        return copy_of(first, **{**plain, "out_of": None, **changes})

    def of_project(**changes):
        first = StatedFigure.objects.filter(project__isnull=False).order_by("pk").first()
        return copy_of(first, number=900, **changes)

    return {
        "stated_number_unique_in_council": lambda: figure(number=1),
        "stated_number_from_one": lambda: figure(number=0),
        "stated_says_of_what": lambda: figure(thing=""),
        "stated_as_printed": lambda: figure(as_printed=""),
        "stated_source_in_document": lambda: figure(source="Another paper, page 2"),
        "stated_qualifier_known": lambda: figure(qualifier="roughly"),
        "stated_not_negative": lambda: figure(value=-1),
        "stated_span_goes_up": lambda: figure(qualifier="exact", value=20, until=15),
        "stated_span_exact_or_about": lambda: figure(qualifier="over", value=15, until=20),
        "stated_share_within_all": lambda: figure(value=6, out_of=5),
        "stated_basis_known": lambda: figure(basis="whole"),
        "stated_per_known": lambda: figure(per="a decade"),
        "stated_days_in_order": lambda: figure(first_day="2017-03-02", last_day="2017-03-01"),
        "stated_of_place_or_project": lambda: of_project(of_place=True),
    }
