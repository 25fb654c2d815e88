"""Each report has a project's name, purpose and end as they were on its own day."""

from projects.models import Project
from publishing.models import Return
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page, paper, signed_in
from tests.westshire.test_later_periods import GREY, corrected, row

AT = "/westshire/administration/projects/{}/"
NAME = "Home again"


def changed(client, slug, day, **given):
    """An administrator changes the project from the day (day, month, year)."""
    signed_in(client, "administrator")
    project = Project.objects.get(council__slug="westshire", slug=slug)
    typed = {
        "title": project.title,
        "short_title": project.short_title,
        "grant_condition": project.grant_condition_id,
        "order": project.order,
        "status": project.status,
        "leads": list(project.assignments.values_list("user", flat=True)),
        "why": f"Reason of {slug}.",
        **{f"on_{place}": str(part) for place, part in enumerate(day)},
        "days_are_right": f"yes: {day[2]}-{day[1]:02}-{day[0]:02}",
        **given,
    }
    answer = client.post(AT.format(slug), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    client.logout()


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
