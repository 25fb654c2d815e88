"""Addresses of an administrator's screens, under the council's slug."""

from django.urls import path

from administration.views import approval, invitations, people, programme, records, start


def addresses_of(kind, plural):
    """A list, adding to it, and each record, found by its ``slug`` or ``number``."""
    key = "<slug:slug>" if kind.key == "slug" else "<int:number>"
    given = {"kind": kind}
    return [
        path(f"{plural}/", records.records, given, name=f"{kind.name}s"),
        path(f"add-{kind.name}/", records.add_record, given, name=f"add-{kind.name}"),
        path(f"{plural}/{key}/", records.record, given, name=kind.name),
        path(f"{plural}/{key}/remove/", records.remove_record, given, name=f"remove-{kind.name}"),
    ]


app_name = "administration"
urlpatterns = [
    path("", start.start, name="start"),
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("invitations/<int:number>/again/", invitations.invite_again, name="invite-again"),
    path(
        "invitations/<int:number>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw-invitation",
    ),
    path(
        "invitations/<int:number>/answer/",
        invitations.answer_invitation,
        name="answer-invitation",
    ),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/close/", people.close_person, name="close-person"),
    path("settings/", programme.settings, name="settings"),
    path("settings/approval/", approval.approval, name="approval"),
    path("projects/", programme.projects, name="projects"),
    path("projects/<slug:slug>/", programme.project, name="project"),
    *addresses_of(records.FUND, "funds"),
    *addresses_of(records.CONDITION, "conditions"),
    *addresses_of(records.PROVIDER, "providers"),
]
