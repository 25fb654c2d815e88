"""What is renamed from a later day on is called where people work what it is called today."""

from datetime import date

from accounts.models import User
from bcfportal.lib import clock
from projects.actions import Kind, keep_change, keep_name_change
from projects.models import Fund, Project, Provider
from publishing.models import Return
from returns.reminders import chase
from returns.review import send_back
from tests.text import words_of
from tests.westshire.project_pages import Q3, by
from tests.westshire.shown import page, person, signed_in
from tests.westshire.test_later_periods import GREY

DAY, LATER = date(2027, 4, 1), "Hereafter"


def renamed(record, day=DAY):
    """The record has another name from the day on; what it was called before."""
    was, title = record.typed_name, f"{LATER} {record.pk}"
    if isinstance(record, Project):
        record.title = record.short_title = title
        record.save()
        words = {"before": was.name, "after": title, "short_before": was.short}
        keep_change(record, Kind.RENAMED, on=day, why="So.", **words, short_after=title)
        return was
    record.__dict__.update({"title": title} if hasattr(record, "title") else {"name": title})
    record.save()
    keep_name_change(record, was, on=day, why="So.", by=person("administrator"))
    return was


def test_returns_are_called_after_their_project_s_name_of_today_wherever_they_are_worked_on(
    westshire, client
):
    project = Project.objects.get(council=westshire, slug=GREY)
    title, short = renamed(project)
    lead = project.assignments.first().user
    client.force_login(lead)
    own = [f"returns/{Q3}/{GREY}/", f"returns/{Q3}/{GREY}/spend/", f"returns/{Q3}/{GREY}/check/"]
    told = {where: page(client, where) for where in ("returns/", *own)}
    signed_in(client, "performance")
    for where in (f"quarter/?period={Q3}", f"quarter/{Q3}/publish/", f"quarter/{Q3}/{GREY}/"):
        told[where] = page(client, where)
    signed_in(client, "administrator")
    told["period"] = page(client, f"periods/{Q3}/")
    for where, words in told.items():
        assert LATER not in words.replace(f"Called “{LATER} {project.pk}” from 1 April 2027.", "")
        assert short in words or title in words, where
    assert "from 1 April 2027." in told["returns/"]


def test_mails_have_the_name_of_today(westshire, mailoutbox):
    User.objects.update(is_demonstration=False)
    names = {}
    for project in Project.objects.filter(council=westshire):
        names[project.slug] = renamed(project).short
    sent = Return.objects.filter(period__council=westshire, period__key=Q3, status="submitted")
    found = sent.first()
    send_back(
        found.pk, asked={"spend": "Right?"}, comment="Once more.", **by("performance", westshire)
    )
    all_of_them = Return.objects.filter(period__council=westshire, period__key=Q3)
    chase(all_of_them, council=westshire, by=person("performance"), now=clock.now())
    assert mailoutbox
    for mail in mailoutbox:
        assert LATER not in mail.subject + mail.body
    assert any(names[found.project.slug] in mail.subject for mail in mailoutbox)
    assert any(names[found.project.slug] in mail.body for mail in mailoutbox)


def test_a_name_is_edited_as_it_was_typed_last_with_its_day(westshire, client):
    signed_in(client, "administrator")
    fund, provider = Fund.objects.filter(council=westshire).first(), westshire.providers.first()
    purpose, project = westshire.conditions.first(), westshire.projects.get(slug=GREY)
    for kind, record, key in (
        ("funds", fund, fund.slug),
        ("providers", provider, provider.slug),
        ("conditions", purpose, purpose.number),
        ("projects", project, project.slug),
    ):
        before = str(record)
        renamed(record)
        listed = page(client, f"administration/{kind}/")
        assert before in listed, kind
        assert f"Called “{LATER} {record.pk}" in listed, kind
        edited = client.get(f"/westshire/administration/{kind}/{key}/").content.decode()
        assert f'<h1 class="govuk-heading-l">{before}</h1>' in edited, kind
        assert f'value="{LATER} {record.pk}"' in edited, kind
        assert f"Called “{LATER} {record.pk}" in words_of(edited), kind


def test_what_was_renamed_can_be_removed_where_nothing_else_names_it(westshire, client):
    signed_in(client, "administrator")
    record = Provider.objects.create(council=westshire, slug="made-up", name="Made up")
    renamed(record)
    where = "/westshire/administration/providers/made-up/"
    assert "in use" not in words_of(client.get(where).content.decode())
    client.post(f"{where}remove/")
    assert not Provider.objects.filter(pk=record.pk).exists()


def test_a_name_of_a_day_that_has_come_is_that_of_today(westshire, client):
    project = Project.objects.get(council=westshire, slug=GREY)
    renamed(project, clock.today())
    assert str(Project.objects.get(pk=project.pk)) == f"{LATER} {project.pk}"
