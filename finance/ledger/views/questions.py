"""What is asked about an upload before it is applied, and taking an applied one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import counted
from finance.ledger import taking_back, uploading
from finance.ledger.forms import TakingBackForm
from finance.ledger.question_lists import TITLES, Part, item_of
from finance.ledger.views.uploads import upload_for
from finance.models import LedgerQuestion, LedgerUpload
from publishing.pages import render_working_page
from publishing.workflow import NotNow

State = LedgerUpload.State
ON_PAGE = 100
# How many lines a page about taking back names.
LINES_SHOWN = 50


@require_safe
def questions(request, council, number, kind):
    """All questions of one kind, a hundred on a page, to be answered one by one."""
    council, access, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    if kind not in LedgerQuestion.Kind or upload.state != State.PREVIEWED:
        raise Http404("There is no such question.")
    of_kind = upload.questions.filter(kind=kind).order_by("pk")
    page = Paginator(of_kind, ON_PAGE).get_page(request.GET.get("page"))
    number_of = page.paginator.count
    if not number_of:
        raise Http404("There is no such question.")
    items = [item_of(question) for question in page.object_list]
    part = Part(
        LedgerQuestion.Kind(kind), number_of, of_kind.filter(answer="").count(), None, items
    )
    return render_working_page(
        request,
        "finance/ledger/questions.html",
        council,
        access,
        "ledger",
        upload=upload,
        part=part,
        page=page,
        title=TITLES[part.kind],
    )


@require_POST
def answer(request, council, number):
    """Keeps what was answered; the preview then says what applying would do."""
    council, _, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    by_question = {
        int(name[2:]): value
        for name, value in request.POST.items()
        if name.startswith("q-") and name[2:].isascii() and name[2:].isdecimal() and len(name) < 20
    }
    by_kind = {
        str(kind): request.POST[f"every-{kind}"]
        for kind in LedgerQuestion.Kind
        if f"every-{kind}" in request.POST
    }
    try:
        uploading.answer(upload, by=request.user, by_question=by_question, by_kind=by_kind)
    except NotNow as error:
        messages.error(request, str(error))
    kind, page = request.POST.get("kind", ""), request.POST.get("next", "")
    if kind in LedgerQuestion.Kind and page.isascii() and page.isdecimal() and not by_kind:
        address = reverse("reporting:ledger-questions", args=[council.slug, upload.pk, kind])
        return redirect(f"{address}?page={page[:9]}")
    return redirect("reporting:ledger-upload", council.slug, upload.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def back(request, council, number):
    """Takes an applied upload back, after saying what that does."""
    council, access, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    if upload.state != State.APPLIED:
        raise Http404("Only an applied upload can be taken back.")
    form = TakingBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act = taking_back.take_back(
                upload.pk,
                by=request.user,
                why=form.cleaned_data["why"],
                lines=form.cleaned_data["lines"],
            )
        except NotNow as error:
            messages.error(request, str(error))
            return redirect("reporting:ledger-back", council.slug, upload.pk)
        count = counted(act.lines, "line is", "lines are")
        messages.success(request, f"{upload.file_name} is taken back: {count} as before.")
        return redirect("reporting:ledger-upload", council.slug, upload.pk)
    effect = taking_back.outlook(upload)
    changes = upload.line_changes.filter(taken_back=None, is_same=False).order_by("pk")[
        :LINES_SHOWN
    ]
    return render_working_page(
        request,
        "finance/ledger/take_back.html",
        council,
        access,
        "ledger",
        upload=upload,
        form=form,
        outlook=effect,
        why_not="" if effect.lines else taking_back.why_not(upload, effect),
        changes=[(change, Period.parse(change.period).label) for change in changes],
        more=effect.lines + effect.kept - len(changes),
    )
