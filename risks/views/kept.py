"""Forms about risks, with what is typed into them, and the page that they stand on."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import About, KeptForm
from publishing.pages import render_working_page
from risks import forms
from risks.models import Risk
from risks.risk_history import OneRisk
from risks.views.register import WORKING

CONFLICT = 409


def kept_about(
    request: HttpRequest,
    council: Council,
    access: Access,
    title: str,
    make: Callable[[QueryDict | None], forms.RiskForm],
    *,
    risk: Risk | None = None,
    own: bool = False,
    key: str = "",
) -> KeptForm:
    """The form of that title, with what is typed into it; for people who may send it."""
    steps = [(reverse("reporting:risks", args=[council.slug]), "Risks")]
    if risk:
        address = reverse("reporting:risk", args=[council.slug, risk.slug])
        steps.append((f"{address}?as_at={WORKING}", str(risk)))
    about = About(
        council=council,
        access=access,
        menu="risks",
        title=title,
        subject=str(risk or "Risk register"),
        steps=steps,
        own=own,
        key=key,
    )
    return KeptForm(request, about, lambda data: [make(data)])


def form_page(kept: KeptForm, *, history: OneRisk | None = None, **context: Any) -> HttpResponse:
    return render_working_page(
        kept.request,
        "risks/write.html",
        kept.about.council,
        kept.about.access,
        "risks",
        status=CONFLICT if kept.problem else 200,
        title=kept.about.title,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        history=history,
        entry=history.at if history else None,
        working=WORKING,
        **context,
    )


def to_risk(council: Council, slug: str) -> HttpResponse:
    """Leads to the risk as it is now."""
    address = reverse("reporting:risk", args=[council.slug, slug])
    return redirect(f"{address}?as_at={WORKING}")
