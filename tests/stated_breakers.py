"""For each constraint of figures stated in words and of promises a record that breaks it."""

from publishing.models import Return
from stated.models import PromiseAnswer, StatedFigure, StatedPromise


def breakers(copy_of):
    """Constraint to record; each is a copy of a figure with one thing wrong."""

    def figure(**changes):
        first = StatedFigure.objects.order_by("pk").first()
        plain = {"number": 900, "project_id": None, "of_place": False, "until": None}
        return copy_of(first, **{**plain, "out_of": None, **changes})

    def of_project(**changes):
        first = StatedFigure.objects.filter(project__isnull=False).order_by("pk").first()
        return copy_of(first, number=900, **changes)

    def promise(**changes):
        first = StatedPromise.objects.filter(last_day__isnull=False).order_by("pk").first()
        return copy_of(first, number=900, **changes)

    def answer(**changes):
        first = StatedPromise.objects.order_by("pk").first()
        plain = {"promise": first, "state": "late", "text": "Not yet.", "told_in": "A meeting"}
        return PromiseAnswer(**plain | {"told_on": "2019-03-01"} | changes)

    days = {"first_day": "2019-03-01", "last_day": "2019-03-31"}
    return {
        "promise_number_unique_in_council": lambda: copy_of(
            StatedPromise.objects.order_by("pk").first()
        ),
        "promise_says_what_and_where": lambda: promise(what=""),
        "promise_days_in_order": lambda: promise(first_day="2030-01-01"),
        "promise_day_in_words": lambda: promise(when_as_said=""),
        "promise_typed_by_somebody_at_a_moment": lambda: promise(
            recorded_at="2019-03-01T09:00Z", recorded_by_id=None
        ),
        "promise_of_a_text_as_printed": lambda: promise(as_printed=""),
        "promise_of_a_return_has_its_project": lambda: promise(
            project_id=None, of_return_id=Return.objects.first().pk
        ),
        "answer_of_one_promise": lambda: answer(of_return=Return.objects.first()),
        "answer_state_known": lambda: answer(state="forgotten"),
        "answer_has_words": lambda: answer(text=""),
        "answer_days_in_order": lambda: answer(
            state="moved", when_as_said="March", **days | {"first_day": "2019-04-01"}
        ),
        "answer_moved_to_a_day": lambda: answer(state="moved"),
        "answer_typed_by_somebody_at_a_moment": lambda: answer(recorded_at="2019-03-01T09:00Z"),
        "answer_told_somewhere": lambda: answer(told_in=""),
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
