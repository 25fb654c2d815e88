"""The portal's addresses and one more, for bench alone: a view that does next to nothing."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from bcfportal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def bare(request, queries):
    """What any page of this portal costs at the least: the middleware and so many queries."""
    with connection.cursor() as cursor:
        for _ in range(queries):
            cursor.execute("SELECT 1")
            cursor.fetchone()
    return HttpResponse("Done.", content_type="text/plain")


urlpatterns = [path("bench/bare/<int:queries>/", bare), *urlpatterns]
