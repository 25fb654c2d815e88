"""Who approves what is written: a second signature, or a team of one."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.models import User
from administration.forms.approval import ApprovalForm
from administration.views.frame import for_administrators, render_screen
from projects.approval import change_approval
from projects.models import Council
from typed.forms import one_form


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, council: Council) -> HttpResponse:
    """Shows who approves, changes it with the reason, and lists the changes."""
    form = one_form(request, lambda data: ApprovalForm(data, council=council))
    if form.is_valid():
        typed = form.cleaned_data
        change = change_approval(
            council,
            typed["approval"],
            of_finance=typed["of_finance"],
            why=typed["why"],
            by=cast(User, request.user),
        )
        messages.success(request, f"Saved: {change.label}.")
        return redirect("administration:approval", council.slug)
    changes = council.approval_changes.select_related("by").order_by("-at", "-pk")
    return render_screen(
        request, "administration/approval.html", council, form=form, approval_changes=changes
    )
