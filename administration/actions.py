"""Changes to who works in a council and on what. Each is all or nothing."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Role
from administration.models import Invitation
from bcfportal.lib import clock
from projects.actions import changes_between, keep_change, keep_name_change, replaced_by
from projects.models import Assignment, Membership, Project, ProjectChange


def find_or_make_account(*, email, post):
    """The account with that address, in any case; a new one has no password yet."""
    user = User.objects.by_email(email)
    if user is None:
        try:
            with transaction.atomic():
                # An account that is made in a demonstration is one of a demonstration.
                return User.objects.create_user(
                    email, post=post, is_demonstration=settings.DEMONSTRATION
                )
        except IntegrityError:
            # Another council invited the same person a moment ago.
            user = User.objects.by_email(email)
    return user


@transaction.atomic
def open_invitation(*, council, user, email, post, roles, projects, by) -> Invitation:
    """Offers the person roles and projects; email and post as the administrator typed them."""
    invitation = Invitation.objects.create(
        council=council, user=user, email=email, post=post, roles=roles, made_by=by
    )
    invitation.projects.set(projects)
    return invitation


@transaction.atomic
def answer(invitation: Invitation, *, accepted: bool) -> None:
    """Closes the invitation; if accepted, gives the person the roles and projects it offers."""
    invitation.accepted, invitation.answered_at = accepted, clock.now()
    invitation.save(update_fields=["accepted", "answered_at"])
    if accepted:
        set_work(
            council=invitation.council,
            user=invitation.user,
            roles=[Role(role) for role in invitation.roles],
            projects=invitation.projects.live(),
        )


@transaction.atomic
def set_work(*, council, user, roles, projects):
    """Gives the person exactly these roles and assigned projects in the council."""
    memberships = Membership.objects.filter(user=user, council=council)
    memberships.exclude(role__in=roles).delete()
    Membership.objects.bulk_create(
        (Membership(user=user, council=council, role=role) for role in roles),
        ignore_conflicts=True,
    )
    assignments = Assignment.objects.filter(user=user, project__council=council)
    assignments.exclude(project__in=projects).delete()
    Assignment.objects.bulk_create(
        (Assignment(user=user, project=project) for project in projects), ignore_conflicts=True
    )


def close_membership(*, council, user):
    """Takes away every role and assigned project; the account itself stays for other councils."""
    set_work(council=council, user=user, roles=[], projects=[])


@transaction.atomic
def set_leads(*, project, leads):
    """Assigns the project to exactly these people."""
    project.assignments.exclude(user__in=leads).delete()
    Assignment.objects.bulk_create(
        (Assignment(user=user, project=project) for user in leads), ignore_conflicts=True
    )


@transaction.atomic
def save_project(form: Any, *, by: User) -> list[str]:
    """Saves a valid form of a project, who reports on it, and the changes its pages show.

    Returns what was typed before and lapses with them, in sentences.
    """
    project = form.save(commit=False)
    save_in_place(project)
    set_leads(project=project, leads=form.cleaned_data.get("leads", []))
    replaced: list[str] = []
    for change in changes_between(form.before, project):
        said = {name: form.cleaned_data[name] for name in ("on", "why")}
        replaced += replaced_by(project, change["kind"], said["on"])
        keep_change(project, by=by, **said, **change)
    if form.end_put_right:
        ended = ProjectChange.Kind.ENDED
        replaced += replaced_by(project, ended, form.end_put_right)
        why = form.cleaned_data["why"]
        keep_change(project, ended, on=form.end_put_right, why=why, by=by)
    return replaced


@transaction.atomic
def save_record(form: Any, *, by: User) -> tuple[Any, list[str]]:
    """Saves a valid form of what reports name, with its change of name.

    Returns the record, and what was typed before and lapses with it, in sentences.
    """
    is_new = form.instance.pk is None
    saved = form.save()
    if is_new:
        return saved, []
    why = form.cleaned_data["why"]
    return saved, keep_name_change(saved, form.called, on=form.since, why=why, by=by)


def saved_words(record: Any, replaced: list[str]) -> str:
    """What is said to who saved a record: also what lapses with it."""
    if not replaced:
        return f"Saved: {record}."
    return f"Saved: {record}. This takes the place of what was typed before: {' '.join(replaced)}"


@transaction.atomic
def save_in_place(project):
    """Saves the project at its place; projects already there move down as far as needed."""
    others = Project.objects.filter(grant_condition=project.grant_condition).exclude(pk=project.pk)
    place, moved = project.order, []
    for other in others.filter(order__gte=place).order_by("order"):
        if other.order != place:
            break
        place += 1
        other.order = place
        moved.append(other)
    Project.objects.bulk_update(moved, ["order"])
    project.save()


def commissioners_of(council):
    """The people who may be given projects to report on."""
    return User.objects.filter(
        memberships__council=council, memberships__role=Role.COMMISSIONER
    ).order_by("post", "email")
