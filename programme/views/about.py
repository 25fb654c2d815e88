"""What the figures are, and how accessible the portal is."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from programme.pages import programme_of, render_page


@require_safe
def about(request, council):
    return render_page(request, "programme/about.html", programme_of(request, council), "about")


@require_safe
def accessibility(request):
    return render(request, "programme/accessibility.html")
