"""An administrator's lists, settings and projects; who may open them; what is kept of changes."""

import re

import pytest
from crispy_forms_gds.fields import DateInputField
from django import forms
from django.template import Context, Template

from accounts.models import User
from accounts.roles import Role
from administration.history import history_of, history_of_project
from bcfportal.lib.forms import Helper
from projects.models import Assignment, Council, Fund, Membership, Project

pytestmark = pytest.mark.django_db
BASE = "/nottinghamshire/administration/"
PAGES = [
    "",
    "people/",
    "people/invite/",
    "people/{person}/",
    "settings/",
    "settings/approval/",
    "projects/",
    "projects/connect/",
    "funds/",
    "add-fund/",
    "funds/bcf-care-act/",
    "conditions/",
    "add-condition/",
    "conditions/1/",
    "providers/",
    "add-provider/",
]
POSTED = [
    "people/{person}/close/",
    "invitations/{person}/again/",
    "funds/bcf-care-act/remove/",
    "conditions/1/remove/",
    "providers/anyone/remove/",
]
WRITTEN = [
    *("people/invite/", "people/{person}/", "settings/", "projects/connect/", "add-fund/"),
    "settings/approval/",
    *("funds/bcf-care-act/", "add-condition/", "conditions/1/", "add-provider/"),
]


def member(council, role, email):
    user = User.objects.create(email=email, post=f"Post of {email}", password="!")
    user.memberships.create(council=council, role=role)
    return user


@pytest.fixture
def administrator(client, nottinghamshire):
    user = member(nottinghamshire, Role.ADMINISTRATOR, "administrator@example.org")
    client.force_login(user)
    return user


def test_every_role_at_every_address(client, administrator, nottinghamshire, testshire):
    people = {role: member(nottinghamshire, role, f"{role.name}@example.com") for role in Role}
    stranger = member(testshire(), Role.ADMINISTRATOR, "stranger@example.org")
    number = people[Role.MEMBER].pk
    for role, user in [*people.items(), ("stranger", stranger), ("nobody", None)]:
        visitor = type(client)()
        if user:
            visitor.force_login(user)
        inside = {"stranger": 404, "nobody": 302, Role.ADMINISTRATOR: 200}.get(role, 403)
        for page in PAGES:
            address = BASE + page.format(person=number)
            assert visitor.get(address).status_code == inside, (role, address)
        for page in POSTED:
            address = BASE + page.format(person=number)
            # For those who may, opening it leads to the page that the press stands on.
            assert visitor.get(address).status_code == (302 if inside == 200 else inside)
        for page in WRITTEN if inside != 200 else []:
            address = BASE + page.format(person=number)
            # What nobody signed in for is carried along by a page that asks for it.
            refused = 401 if inside == 302 else inside
            assert visitor.post(address).status_code == refused, (role, address)
    assert Membership.objects.filter(council=nottinghamshire).count() == 6


@pytest.mark.parametrize("page", PAGES)
def test_pages_have_one_h1_known_ids_and_no_wrong_method(client, administrator, page):
    address = BASE + page.format(person=administrator.pk)
    text = client.get(address).content.decode()
    assert len(re.findall(r"<h1\b", text)) == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for link in set(re.findall(r'href="(/nottinghamshire/administration[^"#]*)', text)):
        assert client.get(link).status_code == 200, link
    assert client.delete(address).status_code == 405
    if page not in WRITTEN:
        assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("page", "typed", "stored"),
    [
        ("fund", {"name": "Winter money", "label": "Winter", "order": "3"}, "winter-money"),
        ("condition", {"number": "12", "title": "A new purpose"}, 12),
        ("provider", {"name": "A charity"}, "a-charity"),
    ],
)
def test_a_record_is_added_once_changed_and_removed(
    client, administrator, nottinghamshire, page, typed, stored
):
    records = getattr(nottinghamshire, f"{page}s")
    before = records.count()
    there = client.post(f"{BASE}add-{page}/", typed)
    assert there.headers["Location"] == f"{BASE}{page}s/"
    again = client.post(f"{BASE}add-{page}/", typed).content.decode()
    assert "There is a problem" in again
    assert "already" in again
    assert records.count() == before + 1
    address = f"{BASE}{page}s/{stored}/"
    renamed = {key: "Renamed" if key in ("name", "title") else typed[key] for key in typed}
    how = {"how": "misspelt", "why": "A slip."}
    assert client.post(address, renamed | how).status_code == 302
    assert "Renamed" in client.get(f"{BASE}{page}s/").content.decode()
    assert client.get(address).status_code == 200
    assert client.get(f"{address}remove/").headers["Location"] == address
    for words in ("Removed: ", "is not in the list"):
        assert words in client.post(f"{address}remove/", follow=True).content.decode()
    assert records.count() == before


def test_what_is_in_use_stays(client, administrator, nottinghamshire):
    for page in ("funds/bcf-care-act", "conditions/1"):
        assert "so it cannot be removed" in client.get(f"{BASE}{page}/").content.decode()
        page = client.post(f"{BASE}{page}/remove/", follow=True).content.decode()
        assert "is in use, so it cannot be removed" in page
    assert nottinghamshire.conditions.filter(number=1).exists()


BAD = [
    ("add-fund/", {"name": "---", "label": "", "order": "x"}, 3),
    ("add-fund/", {"name": "x" * 121, "label": "x" * 31, "order": "99999"}, 3),
    ("add-condition/", {"number": "0", "title": ""}, 2),
    ("add-condition/", {"number": "1", "title": "Taken"}, 1),
    ("settings/", {}, 8),
    (
        "settings/",
        {
            "variance_tolerance": "101",
            "rating_tolerance": "lots",
            "money_style": "both",
            "accent_colour": "#ffffff",
        },
        8,
    ),
    ("projects/connect/", {"status": "gone", "leads": ["x"]}, 5),
    # A changed title needs its day and the reason; the purpose is left out.
    ("projects/connect/", {"status": "live", "title": "T", "short_title": "T", "order": "-1"}, 4),
]


@pytest.mark.parametrize(("page", "typed", "count"), BAD)
def test_errors_are_sentences_and_their_links_land(client, administrator, page, typed, count):
    text = client.post(BASE + page, typed).content.decode()
    summary = re.search(r'class="govuk-error-summary".*?</ul>', text, re.S)[0]
    links = re.findall(r'href="#([^"]+)">([^<]+)', summary)
    assert len(links) == count, links
    for anchor, sentence in links:
        assert re.search(rf'<(input|select|textarea)[^>]*\sid="{anchor}"', text), anchor
        assert sentence.endswith((".", ")", "characters (it has 121).")), sentence
    assert "<title>Error: " in text


def test_settings_are_saved_and_their_history_told(client, administrator, nottinghamshire):
    typed = {
        "variance_tolerance": "7.5",
        "rating_tolerance": "5",
        "rating_tolerance_kind": "relative",
        "exception_variance": "5",
        "money_style": "lower",
        "accent_colour": "#1d3d5c",
        "service_name": "Better Care Fund",
        "purpose_word": "Grant condition",
        "contact": "Performance team",
    }
    page = client.post(f"{BASE}settings/", typed, follow=True).content.decode()
    assert "Saved: the settings of the council." in page
    (change, *_) = history_of(nottinghamshire)
    assert change.who == administrator.post
    assert [(item.name, item.before, item.after) for item in change.details][:2] == [
        ("Accent colour", nottinghamshire.accent_colour, "#1d3d5c"),
        ("Money style", "£1.9M and £237K", "£1.9m and £237k"),
    ]
    assert ("Variance tolerance", "5", "7.5") in [
        (item.name, item.before, item.after) for item in change.details
    ]
    assert "to <ins>7.5</ins>" in client.get(f"{BASE}settings/").content.decode()


def test_a_project_moves_and_those_in_its_way_move_down(client, administrator, nottinghamshire):
    lead = member(nottinghamshire, Role.COMMISSIONER, "lead@example.org")
    found = Project.objects.filter(grant_condition__council=nottinghamshire, kind="reported")
    project = found.order_by("grant_condition__number", "-order").first()
    group = project.grant_condition.projects
    others = list(group.exclude(pk=project.pk).values_list("slug", flat=True))
    typed = {
        "title": "New title",
        "short_title": "New short title",
        "grant_condition": project.grant_condition_id,
        "on_0": "1",
        "on_1": "3",
        "on_2": "2018",
        "days_are_right": "yes: 2018-03-01",
        "why": "The service ends.",
        "order": "1",
        "status": "closed",
        "leads": [lead.pk],
    }
    for _ in range(2):
        answer = client.post(f"{BASE}projects/{project.slug}/", typed)
        assert answer.status_code == 302, answer.context["form"].errors
        assert list(group.values_list("slug", flat=True)) == [project.slug, *others]
    assert list(project.assignments.values_list("user", flat=True)) == [lead.pk]
    told = [change.what for change in history_of_project(project)]
    assert told == [
        "Ended from 1 March 2018. The service ends.",
        f"Renamed from 1 March 2018: New title; it was {project.title}. The service ends.",
        f"Reported on now by: {lead.post}",
        "Changed",
        "Added",
    ]
    page = client.get(f"{BASE}projects/{project.slug}/").content.decode()
    assert "Status: from <del>Live</del> to <ins>Closed</ins>" in page


def test_records_of_another_council_are_not_there(client, administrator, testshire):
    testshire()
    for page in ("projects/project/", "funds/fund/"):
        assert client.get(BASE + page).status_code == 404
        assert client.post(BASE + page, {"name": "Taken over"}).status_code == 404
    client.post(f"{BASE}funds/fund/remove/")
    assert Fund.objects.filter(slug="fund").exists()
    for page in PAGES:
        address = "/testshire/administration/" + page.format(person=administrator.pk)
        assert client.get(address).status_code == 404


def test_bulk_changes_and_deletions_are_kept(nottinghamshire):
    fund = nottinghamshire.funds.create(slug="x", name="X", label="X")
    Fund.objects.filter(pk=fund.pk).update(name="Y")
    Council.objects.filter(pk=nottinghamshire.pk).update(contact="Team")
    assert history_of(nottinghamshire)[0].details[0].after == "Team"
    Fund.objects.filter(pk=fund.pk).delete()
    lines = history_of(fund)
    assert {line.who for line in lines} == {"Outside the portal's pages"}
    labels = Fund.pgh_event_model.objects.filter(pgh_obj_id=fund.pk).order_by("pgh_id")
    assert list(labels.values_list("pgh_label", "name")) == [
        ("insert", "X"),
        ("update", "Y"),
        ("delete", "Y"),
    ]


def test_changes_in_djangos_admin_are_kept_and_signing_in_is_no_change(client, nottinghamshire):
    root = User.objects.create(
        email="root@example.org", post="Root", password="!", is_staff=True, is_superuser=True
    )
    user = member(nottinghamshire, Role.MEMBER, "member@example.org")
    client.force_login(root)
    typed = {"email": user.email, "post": "Renamed", "is_active": "on"}
    assert client.post(f"/admin/accounts/user/{user.pk}/change/", typed).status_code == 302
    client.force_login(user)
    user.end_sessions()
    change, added = history_of(user)
    assert (change.who, added.what) == ("Root", "Added")
    assert [(item.name, item.after) for item in change.details] == [("Post", "Renamed")]
    kept = {item.name for item in User.pgh_event_model._meta.get_fields()}
    assert not kept & {"password", "last_login", "session_salt"}
    assert not Assignment.objects.filter(project__council=nottinghamshire).exists()


def test_links_of_an_error_summary_land_on_the_first_of_a_group():
    class Form(forms.Form):
        colour = forms.ChoiceField(choices=[("r", "Red"), ("g", "Green")], widget=forms.RadioSelect)
        sizes = forms.MultipleChoiceField(
            choices=[("s", "Small"), ("l", "Large")], widget=forms.CheckboxSelectMultiple
        )
        helper = Helper(None)

        def clean(self):
            raise forms.ValidationError("Together they are wrong.")

    form = Form({}, prefix="one")
    tags = "{% load crispy_forms_tags crispy_forms_gds %}{% error_summary form %}{% crispy form %}"
    page = Template(tags).render(Context({"form": form}))
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert anchors == ["id_one-colour", "id_one-colour", "id_one-sizes"]
    for anchor in anchors:
        assert re.search(rf'<input[^>]*\sid="{anchor}"', page)
    assert page.count('for="id_one-sizes_2"') == 1


def test_what_is_wrong_with_a_whole_date_links_to_its_day():
    class Form(forms.Form):
        due = DateInputField()
        opens = DateInputField(require_all_fields=False)
        helper = Helper(None)

    form = Form({"opens_0": "1", "opens_1": "x", "opens_2": "2018"})
    tags = "{% load crispy_forms_tags crispy_forms_gds %}{% error_summary form %}{% crispy form %}"
    page = Template(tags).render(Context({"form": form}))
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert anchors == ["id_due_0", "id_opens_1"]
    for anchor in anchors:
        assert re.search(rf'<input[^>]*\sid="{anchor}"', page)
