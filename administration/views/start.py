"""Where an administrator begins."""

from django.views.decorators.http import require_safe

from accounts.roles import Permission
from reporting.views.pages import render_working_page, working_council


@require_safe
def start(request, council):
    council, access = working_council(request, council)
    access.require(Permission.ADMINISTER)
    return render_working_page(
        request, "administration/start.html", council, access, "administration"
    )
