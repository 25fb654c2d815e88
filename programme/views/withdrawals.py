"""Withdrawing what is published: the screen of every kind, and what is done with its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from programme.other_versions import other_version
from projects.access import Access
from publishing.models import PeriodVersion, Withdrawal
from publishing.pages import render_working_page, working_council
from publishing.publications import kind_of
from publishing.withdrawal import ask_to_withdraw, decide, withdrawals_of
from publishing.workflow import NotNow

# Where the screen is found in the menu, and the page that leads to it: by the field of Withdrawal.
FOUND_IN = {
    "report": ("money", "Finance reports", "money-reports"),
    "edition": ("savings-work", "Publish a paper", "savings-papers"),
    "register": ("risks", "Publish a register", "publish-risks"),
}
SECOND = "A second person has to decide: not the one who asked."


def asked_for(
    request: HttpRequest, access: Access, standing: Model | None, waiting: Withdrawal | None
) -> tuple[str, str]:
    """Does what the posted form asks for: (what is to be said of it, what is wrong), one of them.

    ``standing`` is what is published, ``waiting`` the withdrawal that waits for a second person.
    """
    row = waiting.of if waiting else standing
    action = request.POST.get("action", "")
    by = {"by": request.user, "access": access}
    try:
        if row is None or request.POST.get("version") != str(kind_of(row).number(row)):
            raise NotNow(
                "Another version stands by now than the one on the page. Look again first."
            )
        if action == "ask" and waiting is None:
            asked = ask_to_withdraw(row, reason=_reason(request), **by)
            if asked.decision == Withdrawal.Decision.WAITING:
                return "Asked. The version stays public until a second person agrees.", ""
            return "Withdrawn.", ""
        if action in ("confirm", "refuse") and waiting is not None:
            decide(waiting, confirm=action == "confirm", **by)
            said = "Withdrawn." if action == "confirm" else "Refused. The version stays public."
            return said, ""
        raise NotNow("Nothing of that kind can be done now.")
    except NotNow as reason:
        return "", str(reason)
    except PermissionDenied:
        return "", SECOND


def form_of(request: HttpRequest, row: Model | None, waiting: Withdrawal | None) -> dict:
    """What ``components/withdrawing.html`` needs of what is published."""
    row = waiting.of if waiting else row
    if row is None:
        return {}
    kind = kind_of(row)
    return {
        "waiting": waiting,
        "own": waiting is not None and waiting.asked_by_id == request.user.pk,
        "number": kind.number(row),
        "said": kind.said(row),
        "name": kind.name(row),
        "before": kind.before(row),
        "repeats": [kind.number(each) for each in kind.repeats(row)],
        "opens_on": kind.opens_on(row),
        "second_person": kind.second_person,
        "reason": _reason(request),
    }


def _reason(request):
    return request.POST.get("reason", "").replace("\x00", "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_published(request, council, short):
    """Asks to withdraw what has the fingerprint, decides it, and says what happened so far."""
    council, access = working_council(request, council)
    row = _published(request, council, short)
    kind = kind_of(row)
    kind.require(row, access)
    if isinstance(row, PeriodVersion):
        return redirect("reporting:publications", council.slug, row.period.key)
    happened = withdrawals_of(row)
    waiting = next((each for each in happened if each.decision == "waiting"), None)
    standing = kind.standing(row)
    stands = standing is not None and standing.pk == row.pk
    problem = ""
    if request.method == "POST":
        said, problem = asked_for(request, access, row, waiting)
        if said:
            messages.success(request, said)
            return redirect(request.path)
    section, parent, name = FOUND_IN[kind.field]
    return render_working_page(
        request,
        "returns/withdraw_published.html",
        council,
        access,
        section,
        status=409 if problem else 200,
        title=kind.said(row),
        short=short,
        parent=parent,
        parent_url=reverse(f"reporting:{name}", args=[council.slug]),
        happened=happened,
        withdrawn=next((each for each in happened if each.decision == "confirmed"), None),
        stands=stands,
        instead=kind.instead(row),
        problem=problem,
        **form_of(request, row, waiting),
    )


def _published(request, council, short):
    """What was published with the fingerprint that begins so, of this council. Or Http404."""
    if len(short) < 12:
        raise Http404("Too short for a fingerprint.")
    mine = PeriodVersion.objects.filter(period__council=council, fingerprint__startswith=short)
    version = mine.select_related("period__council").first()
    if version:
        return version
    found = other_version(request.user, short)
    if found is None or found.row is None or found.council.pk != council.pk:
        raise Http404("Nothing of the council has that fingerprint.")
    return found.row
