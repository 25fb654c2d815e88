"""What was public and is withdrawn: 410, with when, by which post, why, and what stands now."""

from django.shortcuts import render

from reporting.actions import current_period
from reporting.versions.reading import standing_version
from reporting.versions.withdrawing import Withdrawn


class WithdrawnMiddleware:
    """Answers 410 where a page was public and is withdrawn."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Withdrawn):
            return None
        version = exception.version
        asked = exception.asked
        period = asked.period if asked else version.period
        standing = standing_version(period)
        return render(
            request,
            "reporting/withdrawn.html",
            {
                "council": period.council,
                "period": period,
                "version": version,
                "asked": asked,
                "withdrawal": version.withdrawals.select_related("decided_by").get(
                    decision="confirmed"
                ),
                "standing": standing,
                "current": current_period(period.council_id, period.kind),
                "months": period.kind == "vital signs",
            },
            status=410,
        )
