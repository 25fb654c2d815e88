"""Who works in the council: the list, inviting, and what each person does."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import outbox
from accounts.links import invitation_tokens, link_to_set_password, whole_address
from accounts.roles import Role
from administration.actions import close_membership, find_or_make_account, set_work
from administration.forms.people import WorkForm
from administration.history import history_of_person
from administration.people import Person, belongs_elsewhere, people_of, person_of
from administration.views.frame import for_administrators, render_screen, typed

either = require_http_methods(["GET", "HEAD", "POST"])


@for_administrators
@require_safe
def people(request, council):
    return render_screen(request, "people", council, people=people_of(council))


@for_administrators
@either
def invite(request, council):
    form = WorkForm(typed(request), council=council, submit="Invite")
    if form.is_valid():
        given = form.cleaned_data
        user = find_or_make_account(email=given["email"], post=given["post"])
        if user.memberships.filter(council=council).exists():
            # A second click on Invite, or somebody who is here already: nothing is done twice.
            messages.success(request, f"{user.email} has a role here already. Nothing is changed.")
        else:
            set_work(council=council, user=user, **form.work())
            _write_to(request, council, user)
        return redirect("administration:people", council.slug)
    return render_screen(request, "invite", council, form=form)


@for_administrators
@either
def person(request, council, number):
    person = person_of(council, number)
    keep_post = belongs_elsewhere(person.user, council)
    form = WorkForm(
        typed(request),
        council=council,
        person=person,
        by=request.user,
        keep_post=keep_post,
        submit="Save" if person.is_open else "Open again",
        initial={
            "post": person.user.post,
            "roles": person.roles,
            "projects": [project.pk for project in person.projects],
        },
    )
    if form.is_valid():
        given = form.cleaned_data
        if not keep_post:
            person.user.post = given["post"]
            person.user.save(update_fields=["post"])
        set_work(council=council, user=person.user, **form.work())
        messages.success(request, f"Saved: {person.user.post}, {person.user.email}.")
        return redirect("administration:people", council.slug)
    return render_screen(
        request,
        "person",
        council,
        person=person,
        form=form,
        myself=person.user == request.user,
        changes=history_of_person(person.user, council),
    )


@for_administrators
@require_POST
def close_person(request, council, number):
    person = person_of(council, number)
    if person.user == request.user:
        messages.error(
            request,
            "You cannot close your own membership, because nobody might be left to open it. "
            "Ask another administrator to do it.",
        )
        return redirect("administration:person", council.slug, number)
    close_membership(council=council, user=person.user)
    messages.success(
        request, f"{person.user.email} has no role here any more. You can open it again."
    )
    return redirect("administration:people", council.slug)


@for_administrators
@require_POST
def invite_again(request, council, number):
    person = person_of(council, number)
    if person.is_open and not person.has_set_password:
        _write_to(request, council, person.user)
    else:
        messages.success(request, f"{person.user.email} needs no invitation. Nothing is sent.")
    return redirect("administration:people", council.slug)


def _write_to(request, council, user):
    """Tells the person, once what was changed is kept."""
    person = Person(user, [Role(item.role) for item in user.memberships.filter(council=council)])
    invited = not person.has_set_password
    if invited:
        link = link_to_set_password(user, "invitation", invitation_tokens)
    else:
        link = whole_address(reverse("accounts:sign-in"))

    template = "invitation" if invited else "roles_given"
    outbox.post(user, template, council=council, roles=person.role_names, link=link)
    messages.success(request, f"A message is on its way to {user.email}.")
