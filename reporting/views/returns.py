"""A commissioner's returns: the list, the task list of one, its sections."""

from django.views.decorators.http import require_safe

from accounts.roles import Permission
from reporting.views.pages import render_working_page, working_council


@require_safe
def my_returns(request, council):
    council, access = working_council(request, council)
    access.require(Permission.REPORT)
    return render_working_page(request, "reporting/my_returns.html", council, access, "returns")
