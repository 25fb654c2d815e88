"""The first page, the council's colour, and the health check."""

from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programme.programme import published_programmes
from projects.access import accesses_of
from projects.models import Council
from publishing.council_sections import councils, has_contents
from publishing.pages import beginning, reading


@require_safe
def home(request):
    """The councils of this installation, each with where the person's work begins.

    Goes straight in if there is only one council to work in, or one to read.
    """
    has_something = [council for council in councils() if has_contents(council)]
    own = {
        council.pk: begin
        for council, access in accesses_of(request.user)
        # People who can only read have nowhere to go while there is nothing to read.
        if (begin := beginning(access)) != reading(council) or council in has_something
    }
    if len(own) == 1:
        return redirect(next(iter(own.values()))[0])
    publishing = [council for council in has_something if council.publishes]
    if len(publishing) == 1 and not own:
        return redirect("reporting:overview", publishing[0].slug)
    # In a demonstration, the council in which everything happens comes first.
    publishing.sort(key=lambda council: not council.made_up)
    programmes = {programme.council.pk: programme for programme in published_programmes()}
    rows = [(council, programmes.get(council.pk), own.get(council.pk)) for council in publishing]
    return render(request, "programme/home.html", {"rows": rows})


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
    """200 if the portal and its database answer, else 503; tells monitors nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        # The next request starts with a new connection.
        connection.close()
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})
