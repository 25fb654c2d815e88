"""Publishing a period and withdrawing what is published: each asks first."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from bcfportal.lib import clock, present
from bcfportal.lib.sentences import counted, day_words
from outcomes.vital_signs.decisions import decisions_of, decisions_to_publish, sentences_of
from publishing.current_report import current_period
from publishing.models import Report, ReportingPeriod, Withdrawal, with_subjects
from publishing.pages import PublishPage, render_working_page, working_council
from publishing.period_versions.content import Contents
from publishing.period_versions.published import standing_version, versions_of
from publishing.publications import NEXT
from publishing.version_cache import sheets_by_fingerprint
from publishing.withdrawal_form import answered, asked_for, form_of, kept_reason
from publishing.workflow import NotNow
from returns.due import IN, is_missing, with_end
from returns.period_versions.collect import contents_of
from returns.period_versions.content import ProgrammeContents
from returns.period_versions.holding_withdrawn import holding_withdrawn
from returns.period_versions.published import shown_sheets
from returns.period_versions.to_publish import changes_to_publish, said_of_changes
from returns.publication import Current, approved_snapshots, later_reports, make_current
from returns.review import publish_period
from returns.subjects import content_of, model_of, reports_of
from returns.transitions import IN_REVIEW
from returns.warnings.held_back_in_sums import in_sums_of
from returns.warnings.held_back_in_words import in_words_of
from returns.warnings.unprinted_letters import in_letters_of
from returns.warnings.what_sentences_say import in_sentences_of
from typed.addresses import stands_on
from typed.seen import Seen, Stale, mark_of

CHOICES = (
    (Current.NOW, "Now", "Everybody who opens the council’s pages sees this period first."),
    (
        Current.COMPLETE,
        "When all returns are in",
        "Until then the pages open on {current}. The last return to be published changes that.",
    ),
    (
        Current.LATER,
        "Later, when I say so",
        "The pages open on {current}; this period can be chosen from the list.",
    ),
)


def period_to_run(request, council, period):
    """The period and the person's access, for who may publish. 404 outside, 403 for others."""
    council, access = working_council(request, council)
    chosen = ReportingPeriod.objects.filter(council=council, key=period).first()
    if chosen is None:
        raise Http404("No such period.")
    access.require(Permission.RUN_PERIODS)
    chosen.council = council
    return chosen, access


def _of_projects(period):
    return period.kind == ReportingPeriod.Kind.PROGRAMME


def _board(period):
    return redirect(
        f"{reverse('reporting:quarter', args=[period.council.slug])}?period={period.key}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, council, period):
    """Asks what the public is to see; publishes once that is confirmed."""
    period, access = period_to_run(request, council, period)
    current = current_period(period.council_id, period.kind)
    later = current is not None and (current.as_at, current.key) < (period.as_at, period.key)
    asks = later and _of_projects(period)
    problem = ""
    if request.method == "POST" and request.POST.get("confirm"):
        chosen = request.POST.get("current", "") if asks else Current.NOW
        try:
            if chosen in set(Current):
                return _publish(request, period, access, Current(chosen))
            Seen(request.POST.get("seen", ""), _to_publish).require(period)
            problem = "Choose when this period becomes the current report."
        except Stale as reason:
            problem = str(reason)
    model = model_of(period)
    in_order = with_subjects(with_end(reports_of(period))).order_by(*model.IN_ORDER)
    # What is described only goes with the others: it has nothing to approve and is not counted.
    returns = [report for report in in_order if report.reports]
    ready = [report for report in returns if report.status == Report.Status.APPROVED]
    gone = holding_withdrawn(ready)
    approved = [report for report in ready if report.pk not in gone]
    withdrawn = [(report, gone[report.pk]) for report in ready if report.pk in gone]
    missing = [report for report in returns if is_missing(report)]
    changed = changes_to_publish(period)
    if not (ready or changed.all):
        messages.error(request, "Nothing is approved and unpublished: approve a return first.")
        return _board(period)
    address = f"{reverse('reporting:quarter', args=[period.council.slug])}?period={period.key}"
    contents, _ = contents_of(period, approved_snapshots(period), standing_version(period))
    called = _called(contents)
    for report in returns:
        report.called = called.get(report.slug, "")
    first = [*approved, *changed.all, *ready][0].slug
    ended = [report for report in returns if report.status not in IN and report.ended_on]
    due = counted(len(returns) - len(ended), "return")
    page = PublishPage(
        what=period.label,
        heading=_heading(approved, changed.all, due),
        lead=f"{period.label}, as at {day_words(period.as_at)}.",
        button=f"Publish {counted(len(approved), 'return')}"
        if approved and not withdrawn
        else "Publish",
        back=address,
        seen=mark_of(_to_publish(period)),
        missing=[f"{report.subject}: {report.get_status_display().lower()}" for report in missing],
        previews=_previews(period, first, called.get(first, "")),
    )
    new = {report.report_id: report.fingerprint for report in approved_snapshots(period)}
    sheets: dict[str, Any] = sheets_by_fingerprint(new.values(), content_of(period))
    to_publish = [(report, sheets[new[report.pk]]) for report in approved]
    return render_working_page(
        request,
        "returns/publish.html",
        period.council,
        access,
        "quarter",
        status=409 if problem else 200,
        period=period,
        approved=approved,
        withdrawn=withdrawn,
        changed=changed.about(period.council.purpose_word),
        public=[report for report in returns if report.status == Report.Status.PUBLISHED],
        missing=missing,
        waiting=[report for report in missing if report.status in IN_REVIEW],
        not_in=[report for report in missing if report.status not in IN_REVIEW],
        ended=ended,
        corrections=[said.named_correction for said in contents.corrections],
        given_otherwise=contents.given_otherwise,
        decided=_new_decisions(contents, period, current),
        held_back=in_words_of(to_publish),
        told_by_sums=in_sums_of(to_publish),
        unprinted=in_letters_of(sheet for _, sheet in to_publish),
        slips=[
            sentence
            for report, sheet in to_publish
            for sentence in in_sentences_of(sheet, report.written_by(clock.today()))
        ],
        followed_by=later_reports(period),
        current=current,
        choices=asks
        and current
        and [(value, title, hint.format(current=current.label)) for value, title, hint in CHOICES],
        problem=problem,
        page=page,
        parent=period.label,
        parent_url=address,
    )


def _heading(approved: list[Report], changed: list[Any], due: str) -> str:
    if approved:
        return f"Publish {len(approved)} of {due}?"
    if changed:
        return "Publish what changed?"
    return "Publish again what was withdrawn?"


def _called(contents: Contents) -> dict[str, str]:
    """By slug, what a version with these contents calls its projects."""
    if not isinstance(contents, ProgrammeContents):
        return {}
    return {sheet.slug: sheet.short_title for sheet in shown_sheets(contents)}


def _previews(period: ReportingPeriod, first: str, called: str) -> list[tuple[str, str]]:
    """The pages of the period as the public would read them, and a paper: of the project ``first``.

    The project is ``called`` so there.
    """
    slug = period.council.slug
    if not _of_projects(period):
        query = f"?month={period.key}&version={NEXT}"
        return [
            ("The dashboard", reverse("reporting:vital-signs", args=[slug]) + query),
            ("What is reported by exception", reverse("reporting:exceptions", args=[slug]) + query),
            ("The paper (PDF)", reverse("reporting:performance", args=[slug]) + query),
        ]
    query = f"?period={period.key}&version={NEXT}"
    paper = reverse("reporting:project-pdf", args=[slug, first])
    return [
        ("The front page", reverse("reporting:overview", args=[slug]) + query),
        (
            "The list of projects",
            f"{reverse('reporting:projects', args=[slug])}{query}&view=table",
        ),
        (f"A paper: {called} (PDF)", paper + query),
    ]


def _to_publish(period):
    """Exactly what the page asks to publish, by return, and the version that stands so far."""
    in_force = standing_version(period)
    decisions = [] if _of_projects(period) else decisions_to_publish(period, clock.now())
    said = sentences_of(period.council_id, decisions, clock.today())
    ready = approved_snapshots(period, again=True)
    return {
        **{kept.report.subject: kept.fingerprint for kept in ready},
        "Current version": str(in_force.number) if in_force else "none",
        **said_of_changes(period),
        **({"What the committee decided": "\n".join(said)} if said else {}),
    }


def _new_decisions(
    contents: Contents, period: ReportingPeriod, current: ReportingPeriod | None
) -> list[str]:
    """What committees decided that becomes public with the contents of a month, in sentences."""
    months = [month for month in (period, current) if month and contents.decisions]
    stand = map(standing_version, months)
    public = [decided for version in stand if version for decided in decisions_of(version)]
    new = [decided for decided in contents.decisions or () if decided not in public]
    return sentences_of(period.council_id, new, clock.today())


def _publish(request, period, access, current):
    seen = Seen(request.POST.get("seen", ""), _to_publish)
    try:
        again = request.POST.get("again") == "yes"
        count = publish_period(
            period, by=request.user, access=access, current=current, seen=seen, again=again
        )
    except NotNow as reason:
        messages.error(request, str(reason))
        return _board(period)
    now = present(current_period(period.council_id, period.kind))
    what = count or "What changed is"
    messages.success(
        request,
        f"{what} published. The pages and papers of {period.label} show them now. "
        f"The current report is {now.label}.",
    )
    return _board(period)


@stands_on("reporting:publications", "council", "period")
@require_POST
def current(request, council, period):
    """Makes a published period the current report."""
    period, access = period_to_run(request, council, period)
    if period.published_at is None:
        messages.error(request, f"{period.label} is not published.")
    else:
        make_current(period, access=access)
        messages.success(request, f"{period.label} is the current report now.")
    return redirect("reporting:publications", period.council.slug, period.key)


@require_http_methods(["GET", "HEAD", "POST"])
def publications(request, council, period):
    """Every version of the period, and withdrawing the one that stands."""
    period, access = period_to_run(request, council, period)
    rows = versions_of(period)
    in_force = standing_version(period)
    if in_force:
        in_force.period = period
    open_or_lapsed = [Withdrawal.Decision.WAITING, Withdrawal.Decision.LAPSED]
    asked = Withdrawal.objects.filter(
        version__periodversion__period=period, decision__in=open_or_lapsed
    ).select_related("version", "asked_by")
    waiting = next((row for row in asked if row.decision == Withdrawal.Decision.WAITING), None)
    board = f"{reverse('reporting:quarter', args=[period.council.slug])}?period={period.key}"
    steps, problem = [(board, period.label)], ""
    kept = kept_reason(request, access, in_force, waiting, menu="quarter", steps=steps)
    if answer := answered(request, kept):
        return answer
    if request.method == "POST":
        said, problem = asked_for(request, access, in_force, waiting, kept)
        if said:
            messages.success(request, said)
            return redirect(request.path)
    return render_working_page(
        request,
        "returns/publications.html",
        period.council,
        access,
        "quarter",
        status=409 if problem else 200,
        period=period,
        rows=rows,
        in_force=in_force,
        current=current_period(period.council_id, period.kind),
        problem=problem,
        lapsed_requests=[row for row in asked if row is not waiting],
        months=period.kind == ReportingPeriod.Kind.VITAL_SIGNS,
        **form_of(request, access, in_force, waiting, kept),
    )
