"""Uploads of actuals: the file is previewed as a difference, then applied whole or dropped."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.downloads import download
from bcfportal.lib.spreadsheets.refusals import Refused
from finance.ledger import limits, uploading
from finance.ledger.applying import preview_read
from finance.ledger.forms import UploadForm
from finance.ledger.marking import marked_file
from finance.ledger.question_lists import asked
from finance.ledger.transitions import UPLOADS, is_silent, job_of, with_taking_back
from finance.models import LedgerRow, LedgerUpload
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from typed.seen import Seen, Stale, mark_of

Kind = LedgerRow.Kind
State = LedgerUpload.State
UPLOADS_SHOWN = 50
# How many rows of each kind a preview shows.
ROWS_SHOWN = {Kind.WRONG: 50, Kind.CHANGED: 20, Kind.NEW: 20, Kind.SAME: 5}


@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request, council):
    """The form that takes a file, and the uploads so far."""
    council, access = working_council(request, council)
    access.require(Permission.UPLOAD_LEDGER)
    form = UploadForm(request if request.method == "POST" else None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = uploading.take(
                council=council,
                file_name=file.name,
                content=file.read(),
                year=form.chosen_year,
                by=request.user,
            )
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("reporting:ledger-upload", council.slug, taken.pk)
    known = with_taking_back(council.ledger_uploads.all())
    return render_working_page(
        request,
        "finance/ledger/uploads.html",
        council,
        access,
        "ledger",
        form=form,
        uploads=known.select_related("uploaded_by", "applied_by", "work").defer("work__content")[
            :UPLOADS_SHOWN
        ],
    )


@require_safe
def upload(request, council, number):
    """One upload: how far it is, what it would change, or what it changed."""
    council, access, upload = upload_for(request, council, number, Permission.SEE_LEDGER)
    job = job_of(upload)
    context: dict[str, Any] = {}
    if job is None and upload.state == State.PREVIEWED:
        context = {
            kind.name.lower(): list(upload.rows.filter(kind=kind).order_by("pk")[:most])
            for kind, most in ROWS_SHOWN.items()
        }
    if job is None and upload.state in (State.PREVIEWED, State.APPLIED):
        context |= asked(upload)
    if job is None and upload.state == State.PREVIEWED:
        context["seen"] = mark_of(preview_read(upload))
    return render_working_page(
        request,
        "finance/ledger/upload.html",
        council,
        access,
        "ledger",
        upload=upload,
        job=job,
        silent=job is not None and is_silent(job),
        forgotten_on=upload.uploaded_at + limits.KEPT,
        before=_applied_before(upload),
        may_upload=access.may(Permission.UPLOAD_LEDGER),
        actions={
            rule.action for rule in UPLOADS.actions_for(upload, by=request.user, access=access)
        },
        takings=list(upload.takings_back.select_related("by")) if upload.is_back else [],
        **context,
    )


@require_safe
def marked(request, council, number):
    """The same file with its errors marked."""
    _, _, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    if upload.state != State.PREVIEWED or not upload.wrong:
        raise Http404("This upload has no errors to mark.")
    return download(*marked_file(upload))


@require_POST
def apply(request, council, number):
    """Applies what the preview shows, all of it or nothing."""
    council, _, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    try:
        seen = Seen(request.POST.get("seen", ""), preview_read)
        applied = uploading.apply(upload, by=request.user, seen=seen)
    except (NotNow, Stale) as error:
        messages.error(request, str(error))
    else:
        if applied.state == State.APPLIED:
            messages.success(request, f"The ledger is up to date with {applied.file_name}.")
    return redirect("reporting:ledger-upload", council.slug, upload.pk)


@require_POST
def drop(request, council, number):
    """Forgets an upload that was not applied."""
    council, _, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    try:
        uploading.drop(upload, by=request.user)
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("reporting:ledger-upload", council.slug, upload.pk)
    messages.success(request, f"{upload.file_name} is dropped. The ledger is as it was.")
    return redirect("reporting:ledger-uploads", council.slug)


@require_POST
def go_on(request, council, number):
    """Starts work again that was cut off."""
    council, _, upload = upload_for(request, council, number, Permission.UPLOAD_LEDGER)
    uploading.start_again(upload)
    return redirect("reporting:ledger-upload", council.slug, upload.pk)


def upload_for(request, slug, number, permission):
    """The council, the access and the upload. Http404 for those outside, else PermissionDenied."""
    council, access = working_council(request, slug)
    access.require(Permission.SEE_LEDGER)
    uploads = with_taking_back(council.ledger_uploads.all())
    uploads = uploads.select_related("uploaded_by", "applied_by", "work")
    upload = uploads.defer("work__content").filter(pk=number).first()
    if upload is None:
        raise Http404("No such upload.")
    access.require(permission)
    return council, access, upload


def _applied_before(upload):
    """The latest upload of the very same file that was applied before this one, if there is."""
    same = LedgerUpload.objects.filter(
        council=upload.council_id, fingerprint=upload.fingerprint, state=State.APPLIED
    )
    return same.exclude(pk=upload.pk).select_related("applied_by").order_by("-applied_at").first()
