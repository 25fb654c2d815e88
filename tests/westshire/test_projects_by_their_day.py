"""Each report has a project's name, purpose and end as they were on its own day."""

from projects.actions import known_end
from projects.models import Project
from publishing.models import Return
from returns.period_versions.published import read
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page, paper, signed_in
from tests.westshire.test_later_periods import GREY, corrected, row
from tests.westshire.test_versions import standing

AT = "/westshire/administration/projects/{}/"
NAME = "Home again"


def parts_of(day):
    return str(day.day), str(day.month), str(day.year)


def changed(client, slug, day, **given):
    """An administrator changes the project from the day (day, month, year)."""
    signed_in(client, "administrator")
    project = Project.objects.get(council__slug="westshire", slug=slug)
    end = known_end(project)
    typed = {
        **({f"ended_{place}": part for place, part in enumerate(parts_of(end))} if end else {}),
        "title": project.title,
        "short_title": project.short_title,
        "grant_condition": project.grant_condition_id,
        "order": project.order,
        "status": project.status,
        "leads": list(project.assignments.values_list("user", flat=True)),
        "why": f"Reason of {slug}.",
        **{f"on_{place}": str(part) for place, part in enumerate(day)},
        "days_are_right": f"yes: {day[2]}-{day[1]:0>2}-{day[0]:0>2}",
        **given,
    }
    answer = client.post(AT.format(slug), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    client.logout()


def end_put_right(client, slug, day, why):
    """An administrator puts the day of the project's end right, to (day, month, year)."""
    typed = {f"ended_{place}": str(part) for place, part in enumerate(day)}
    changed(client, slug, ("", "", ""), why=why, days_are_right="", **typed)


def other_purpose(slug):
    project = Project.objects.get(council__slug="westshire", slug=slug)
    return project.council.conditions.exclude(pk=project.grant_condition_id).last()


def moved(client, slug, day):
    purpose = other_purpose(slug)
    number = purpose.projects.count() + 20
    changed(
        client, slug, day, title=NAME, short_title=NAME, grant_condition=purpose.pk, order=number
    )
    return purpose


def test_a_name_and_a_purpose_of_a_later_day_wait_for_it(westshire, client):
    reported = next(
        slug
        for slug in Return.objects.filter(
            project__council=westshire, period__key=Q3, status="approved"
        ).values_list("project__slug", flat=True)
    )
    before = {slug: report(westshire, slug).project.title for slug in (reported, GREY)}
    purposes = {slug: moved(client, slug, (1, 4, 2027)) for slug in (reported, GREY)}
    # Approved after the change was typed.
    corrected(westshire, reported, key=Q3, summary_performance="Counted.")
    publish_period(period(westshire), **by("performance", westshire))
    for slug, purpose in purposes.items():
        told = page(client, f"projects/{slug}/?period={Q3}")
        assert NAME not in told, slug
        assert "2027: Called" not in told, slug
        assert before[slug] in told, slug
        assert row(client, slug)["grant_condition"] != str(purpose.number), slug
    assert NAME not in paper(client, f"reports/summary-overview.pdf?period={Q3}")


def test_a_quarter_of_before_is_corrected_without_a_later_name_and_purpose(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    before = row(client, GREY, Q2)
    moved(client, GREY, (1, 11, 2026))
    corrected(westshire, GREY, summary_performance="Another sentence.")
    after = row(client, GREY, Q2)
    assert after["summary_performance"] == "Another sentence."
    assert (after["title"], after["grant_condition"]) == (
        before["title"],
        before["grant_condition"],
    )
    assert "Serves:" not in page(client, f"projects/{GREY}/?period={Q2}")
    assert NAME not in after["corrected"]


def test_an_end_that_is_still_to_come_is_not_published(westshire, client):
    changed(client, GREY, (15, 2, 2027), status="closed")
    publish_period(period(westshire), **by("performance", westshire))
    assert "Ended" not in page(client, f"projects/{GREY}/?period={Q3}")
    assert (row(client, GREY)["ended"], row(client, GREY)["standing"]) == ("", "not reported")


def test_an_end_that_became_known_later_is_a_correction_with_its_reason(westshire, client):
    slug = "social-prescribing"
    changed(client, slug, (31, 5, 2026), status="closed")
    corrected(westshire, "reablement", summary_performance="Another sentence.")
    told = page(client, f"projects/{slug}/?period={Q2}")
    assert "Reason of social-prescribing. Ended: 31 May 2026 ; it was not ended" in told
    assert "31 May 2026" in row(client, slug, Q2)["corrected"]
    assert row(client, slug, Q2)["ended"] == "2026-05-31"


def test_an_end_after_the_day_of_a_report_is_no_ending_of_it(westshire, client):
    """It is told as what has changed since, and is neither a correction nor in the file."""
    changed(client, GREY, (10, 1, 2027), status="closed")
    publish_period(period(westshire), **by("performance", westshire))
    assert (row(client, GREY)["ended"], row(client, GREY)["standing"]) == ("", "not reported")
    assert "10 January 2027: Ended. Reason of handyperson." in page(
        client, f"projects/{GREY}/?period={Q3}"
    )


def test_an_end_after_the_day_of_a_report_that_is_known_later_is_no_correction_of_it(
    westshire, client
):
    publish_period(period(westshire), **by("performance", westshire))
    changed(client, GREY, (10, 1, 2027), status="closed")
    signed_in(client, "performance")
    # Nothing is to be published.
    assert client.get(f"/westshire/quarter/{Q3}/publish/").status_code == 302
    client.logout()
    corrected(westshire, "reablement", summary_performance="Another sentence.")
    assert "Ended" not in row(client, GREY)["corrected"]
    corrected(westshire, "reablement", key=Q3, summary_performance="A third sentence.")
    assert "Ended" not in row(client, GREY)["corrected"]
    assert row(client, GREY)["ended"] == ""


def test_an_end_that_is_put_off_past_the_day_of_a_report_is_taken_back_in_it(westshire, client):
    """Published as of 15 December, then put right: it ended on 5 January."""
    changed(client, GREY, (15, 12, 2026), status="closed")
    publish_period(period(westshire), **by("performance", westshire))
    assert row(client, GREY)["ended"] == "2026-12-15"
    end_put_right(client, GREY, (5, 1, 2027), why="It went on over Christmas.")
    corrected(westshire, "reablement", key=Q3, summary_performance="Another sentence.")
    after = row(client, GREY)
    assert (after["ended"], after["standing"]) == ("", "not reported")
    said = [each for each in read(standing(westshire, Q3)).corrections if each.slug == GREY]
    assert [(each.what, each.before, each.after, each.why) for each in said] == [
        ("Ended", "15 December 2026", "not ended", "It went on over Christmas.")
    ]
    told = page(client, f"projects/{GREY}/?period={Q3}")
    assert "5 January 2027: Ended. It went on over Christmas." in told
    assert "15 December 2026: Ended" not in told


def test_an_end_that_was_given_too_late_ends_what_was_published_as_going_on(westshire, client):
    changed(client, GREY, (5, 1, 2027), status="closed")
    publish_period(period(westshire), **by("performance", westshire))
    end_put_right(client, GREY, (15, 12, 2026), why="It stopped before Christmas.")
    corrected(westshire, "reablement", key=Q3, summary_performance="Another sentence.")
    assert (row(client, GREY)["ended"], row(client, GREY)["standing"]) == ("2026-12-15", "ended")
    told = page(client, f"projects/{GREY}/?period={Q3}")
    assert "It stopped before Christmas. Ended: 15 December 2026 ; it was not ended" in told


def test_what_another_report_s_publication_does_not_say_waits_in_a_later_one(westshire, client):
    """A version that follows says of projects and names what the report that it follows says."""
    publish_period(period(westshire), **by("performance", westshire))
    other = "falls-prevention"
    was = row(client, other)["title"]
    changed(client, GREY, (20, 12, 2026), status="closed")
    changed(client, other, (1, 11, 2026), title="Another name", short_title="Another name")
    corrected(westshire, "reablement", summary_performance="Another sentence.")
    assert {each.slug for each in read(standing(westshire, Q3)).corrections} == {"reablement"}
    renamed_in_quarter_2 = "medicines-support"
    changed(client, renamed_in_quarter_2, (1, 9, 2026), title=NAME, short_title=NAME)
    corrected(westshire, "reablement", summary_performance="A third sentence.")
    said = {each.slug for each in read(standing(westshire, Q3)).corrections}
    assert said == {"reablement", renamed_in_quarter_2}
    assert "Another name" not in page(client, f"projects/{other}/?period={Q3}")
    assert row(client, other)["title"] == was
    assert row(client, GREY)["ended"] == ""
    # It is still asked about where the later quarter itself is published.
    signed_in(client, "performance")
    asked = page(client, f"quarter/{Q3}/publish/")
    assert "Another name" in asked
    assert "20 December 2026" in asked


def groups_of(answer):
    """The administrator's list: by purpose, the projects, and the places of all but the moved."""
    return [
        (
            today.grant_condition.number,
            sorted(
                (project.slug, project.order if project.slug != GREY else None)
                for project, other in answer.context["projects"]
                if other.grant_condition == today.grant_condition
            ),
        )
        for _, today in answer.context["projects"]
    ]


def test_a_move_from_a_coming_day_changes_no_place_of_today(westshire, client):
    purpose = other_purpose(GREY)
    first = purpose.projects.order_by("order").first()
    places = list(purpose.projects.order_by("pk").values_list("pk", "order"))
    free = max(place for _, place in places) + 1
    signed_in(client, "administrator")
    was = Project.objects.get(council=westshire, slug=GREY)
    where = client.get("/westshire/administration/projects/")
    shown = groups_of(where)
    typed = {
        "title": was.title,
        "short_title": was.short_title,
        "grant_condition": purpose.pk,
        "order": first.order,
        "status": was.status,
        "leads": list(was.assignments.values_list("user", flat=True)),
        "why": "The list of next year.",
        "on_0": "1",
        "on_1": "4",
        "on_2": "2027",
    }
    refused = client.post(AT.format(GREY), typed)
    assert (
        f"Place {first.order} is taken there, and nothing moves down before 1 April 2027: "
        f"enter one that is free, such as {free}."
    ) in refused.text
    assert client.post(AT.format(GREY), typed | {"order": str(free)}).status_code == 302
    assert list(purpose.projects.exclude(slug=GREY).order_by("pk").values_list("pk", "order")) == (
        places
    )
    where = client.get("/westshire/administration/projects/")
    assert groups_of(where) == shown
