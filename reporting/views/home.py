"""The first page, the council's colour, and the answer to a monitor."""

from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from projects.models import Council
from reporting.contents import councils, has_contents
from reporting.programme import published_programmes


@require_safe
def home(request):
    """The councils of this installation; straight in where there is one, or one's own."""
    shown = [council for council in councils().publishing() if has_contents(council)]
    if len(shown) > 1 and request.user.is_authenticated:
        own = set(request.user.memberships.values_list("council_id", flat=True))
        shown = [council for council in shown if council.pk in own and len(own) == 1] or shown
    if len(shown) == 1:
        return redirect("reporting:overview", shown[0].slug)
    # In a demonstration the council that everything happens in comes first.
    shown.sort(key=lambda council: not council.made_up)
    programmes = {programme.council.pk: programme for programme in published_programmes()}
    rows = [(council, programmes.get(council.pk)) for council in shown]
    return render(request, "reporting/home.html", {"rows": rows})


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request, council, colour):
    """The council's accent colour as a style sheet; the colour in the address keeps caches true."""
    if not Council.objects.filter(slug=council, accent_colour=f"#{colour}").exists():
        raise Http404("No such colour.")
    css = f":root{{--govuk-brand-colour:#{colour};--portal-accent:#{colour}}}"
    return HttpResponse(css, content_type="text/css")


@require_safe
@cache_control(no_store=True)
def health(request):
    """200 where the portal and its database answer, 503 without; tells monitors nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        # The next request begins with a connection of its own.
        connection.close()
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})
