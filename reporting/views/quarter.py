"""The officers' board of one period."""

from django.views.decorators.http import require_safe

from accounts.roles import Permission
from reporting.views.pages import render_working_page, working_council


@require_safe
def quarter(request, council):
    council, access = working_council(request, council)
    access.require(Permission.SEE_RETURNS)
    return render_working_page(request, "reporting/quarter.html", council, access, "quarter")
