"""What all pages of a council share."""

from django.shortcuts import render
from django.urls import reverse

from reporting.programme import published_programme

NAVIGATION = [
    ("overview", "Overview"),
    ("projects", "Projects"),
    ("finance", "Money"),
    ("papers", "Papers"),
    ("data", "Data"),
]


def programme_of(request, council):
    """The published programme that the address asks for. Raises Http404 otherwise."""
    return published_programme(council, request.GET.get("period", "")[:40])


def render_page(request, template, programme, section, status=200, **context):
    navigation = [
        {
            "section": name,
            "words": words,
            "url": reverse(f"reporting:{name}", args=[programme.council.slug]),
        }
        for name, words in NAVIGATION
    ]
    context |= {"programme": programme, "navigation": navigation, "section": section}
    return render(request, template, context, status=status)
