"""Who works in the council: the list, inviting, and what each person does."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.actions import close_membership, set_work
from administration.forms.people import WorkForm
from administration.history import history_of_person
from administration.people import people_of, person_of, why_post_is_kept
from administration.views.frame import for_administrators, render_screen
from projects.approval import why_not_approved
from projects.models import Council
from typed.forms import one_form

either = require_http_methods(["GET", "HEAD", "POST"])


@for_administrators
@require_safe
def people(request, council):
    waiting = council.invitations.filter(answered_at=None)
    return render_screen(
        request,
        "administration/people.html",
        council,
        people=people_of(council),
        invitations=waiting,
    )


@for_administrators
@either
def person(request, council, number):
    person = person_of(council, number)
    keep_post = why_post_is_kept(person, council)
    initial = {
        "post": person.user.post,
        "roles": person.roles,
        "projects": [project.pk for project in person.projects],
    }
    form = one_form(
        request,
        lambda data: WorkForm(
            data,
            council=council,
            person=person,
            by=request.user,
            keep_post=keep_post,
            submit="Save" if person.is_open else "Open again",
            initial=initial,
        ),
    )
    if form.is_valid():
        given = form.cleaned_data
        if not keep_post:
            person.user.post = given["post"]
            person.user.save(update_fields=["post"])
        set_work(council=council, user=person.user, **form.roles_and_projects())
        messages.success(request, f"Saved: {person.user.post}, {person.user.email}.")
        _say_what_waits(request, council)
        return redirect("administration:people", council.slug)
    return render_screen(
        request,
        "administration/person.html",
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
        request,
        f"{person.user.email} no longer has a role here. You can open the membership again.",
    )
    _say_what_waits(request, council)
    return redirect("administration:people", council.slug)


def _say_what_waits(request: HttpRequest, council: Council) -> None:
    for sentence in why_not_approved(council):
        messages.warning(request, sentence)
