"""The risk register: the list and its matrix, one risk, what changed, and the downloads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from bcfportal.lib import clock, present
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import NotThen, Withdrawn
from projects.access import Access
from projects.models import Council, Project
from publishing.kept_papers import handed_out
from publishing.may_read import as_read_by, reads_drafts
from publishing.pages import council_shown, day_of_preview, render_council_page
from risks.access import may_keep
from risks.exports import RISKS
from risks.filters import RegisterFilterForm
from risks.heat_map import heat_map
from risks.models import Assessment, RegisterReport
from risks.reconciliation import reasons_of_changes, reconcile, significantly_reworded
from risks.register import Register, closure_now, published_register, register_at, shows
from risks.report_pdf import PAPER, risks_paper
from risks.risk_history import one_risk
from risks.versions import ever_published

# The working register, for those who maintain it.
WORKING = "working"
STAGES = {"current": "Now", "original": "Originally", "target": "Target"}


@dataclass(frozen=True)
class Choice:
    """Which register the address asks for: a published one, or the working one."""

    council: Council
    access: Access
    user: object
    reports: list[RegisterReport]
    # Those that were public and are withdrawn.
    gone: list[RegisterReport]
    versions: dict[int, VersionStatus]
    report: RegisterReport | None
    # Of the working register: the day, and the meeting that it would be published for.
    today: date
    meeting: date | None = None

    @property
    def working(self) -> bool:
        return self.report is None

    @property
    def as_at(self) -> date:
        return self.report.as_at if self.report else self.today

    @property
    def key(self) -> str:
        return _key(self.report)

    @property
    def version(self) -> VersionStatus | None:
        """The version of the register; None for the working one."""
        return self.versions.get(self.report.pk) if self.report else None

    @property
    def later(self) -> RegisterReport | None:
        """The current register, if it has replaced this one; else None."""
        if self.report not in self.reports or self.latest:
            return None
        return self.reports[0]

    @property
    def latest(self) -> bool:
        return bool(self.reports) and self.report == self.reports[0]

    @property
    def query(self) -> str:
        """The query that keeps the choice in links; empty for the latest report."""
        if self.report in self.gone:
            return f"?as_at={self.key}&version={present(self.report).number}"
        return "" if self.latest else f"?as_at={self.key}"

    @property
    def options(self) -> list[tuple[str, str]]:
        """The registers to choose from, as (key, label)."""
        dated = [(_key(report), day_words(report.as_at)) for report in self.reports]
        return [*([(WORKING, "Today, not published")] if self.may_write else []), *dated]

    @property
    def may_write(self) -> bool:
        return _may_write(self.access)

    def register(self) -> Register:
        return _register(self, self.report)


def _may_write(access):
    return reads_drafts(RegisterReport, access)


def _key(report):
    return report.as_at.isoformat() if report else WORKING


def _chosen(request, council) -> Choice:
    """The register that the address asks for, as far as this person may see it.

    See ``publishing.may_read`` for what each person may read. Raises Withdrawn if it was public and
    no longer is, Http404 if it never was.
    """
    council, access = council_shown(request, council)
    published = ever_published(council)
    reports = [report for report, version in published if not version.withdrawn_on]
    gone = [report for report, version in published if version.withdrawn_on]
    versions = {report.pk: version for report, version in published}
    asked, number = (request.GET.get(name, "") for name in ("as_at", "version"))
    report = _find(reports, gone, asked, number, access)
    if report:
        versions[report.pk] = as_read_by(
            access, versions[report.pk], RegisterReport, lambda: report, named=bool(number)
        )
    today, day = clock.today(), day_of_preview(request, "day")
    return Choice(
        *(council, access, request.user, reports, gone, versions, report),
        today=min(day or today, today),
        meeting=day_of_preview(request, "meeting"),
    )


def _find(reports, gone, asked, number, access):
    if asked == WORKING or not (asked or number or reports):
        if _may_write(access) and not number:
            return None
        if gone and not asked:
            raise Withdrawn(gone[0])
        raise Http404("No register for this person.")
    for report in (*reports, *gone):
        if _is_asked(report, asked, number):
            return report
    raise Http404("No register as at that day, or no such version of it.")


def _is_asked(report, asked, number):
    return asked in ("", _key(report)) and number in ("", str(report.number))


def _register(choice, report):
    """The register of a report, or the part of the working one that the person may see."""
    if report:
        register = published_register(report)
    else:
        register = register_at(choice.council, choice.today, promised_until=choice.meeting)
        if register and not choice.access.may(Permission.KEEP_RISKS):
            register = register.only(lambda risk: risk.owner_id == choice.user.pk)
    if register is None:
        raise Http404("The council has no risk matrix.")
    return register


@require_safe
def risks(request, council):
    """The register as a table and as a matrix; the filters are in the address."""
    choice = _chosen(request, council)
    register = choice.register()
    form = RegisterFilterForm(request.GET, register=register)
    stage = request.GET.get("map", "")
    stage = stage if stage in STAGES else Assessment.Stage.CURRENT.value
    return render_council_page(
        request,
        "risks/register.html",
        choice.council,
        choice.access,
        "risks",
        of_version=choice.version,
        choice=choice,
        register=register,
        form=form,
        shown=form.risks(),
        stage=stage,
        stages=STAGES,
        export=RISKS,
        heat_map=heat_map(register.risks, register.scale, stage),
        printed=_printed(choice.report, register) if choice.report else [],
        may_keep_all=choice.access.may(Permission.KEEP_RISKS),
    )


def _printed(report, register):
    """(place, [(band, printed, counted)], whether they disagree) of the counts a paper prints."""
    counted = {band.name: number for band, number in register.by_band}
    places: dict[str, list] = {}
    order = {band: place for place, band in enumerate(counted)}
    for count in sorted(report.counts.all(), key=lambda count: order.get(count.band, 99)):
        line = (count.band, count.number, counted.get(count.band, 0))
        places.setdefault(count.place, []).append(line)
    return [
        (place, lines, any(printed != number for _, printed, number in lines))
        for place, lines in places.items()
    ]


@require_safe
def risk(request, council, reference):
    choice = _chosen(request, council)
    report = choice.report
    history = one_risk(
        choice.council,
        reference,
        choice.as_at,
        recorded_by=report.published_at if report else None,
        promised_until=report.meeting_on if report else None,
    )
    if history is None or not _may_see(choice, history.at.risk):
        # A register that can be read and never had the risk says so, whatever later ones had.
        asked = request.GET.get("as_at", "")
        for withdrawn in choice.gone:
            if (
                not choice.working
                and asked in ("", _key(withdrawn))
                and shows(withdrawn, reference)
            ):
                raise Withdrawn(withdrawn)
        _shown_later(choice, reference)
        raise Http404("No such risk in this register.")
    may = may_keep(choice.access, request.user, history.at.risk)
    closure = closure_now(history.at.risk) if may else None
    linked = [link.project for link in history.at.links if link.project]
    prefetch_related_objects(linked, Project.RENAMINGS)
    return render_council_page(
        request,
        "risks/risk.html",
        choice.council,
        choice.access,
        "risks",
        of_version=choice.version,
        choice=choice,
        history=history,
        entry=history.at,
        may_keep=may,
        closure=closure,
        positions=[(label, history.at.positions.get(stage)) for stage, label in IN_TIME],
    )


def _shown_later(choice, reference):
    """Raises NotThen if the chosen register does not have the risk and the latest one does."""
    latest = choice.reports[0] if choice.reports else None
    if choice.report and latest and shows(latest, reference):
        raise NotThen(
            choice.council,
            f"Risk {reference.upper()} is not in the register as at "
            f"{day_words(choice.report.as_at)}.",
            reverse("reporting:risk", args=[choice.council.slug, reference]),
        )


IN_TIME = (("original", "Originally"), ("current", "Now"), ("target", "Target"))


def _may_see(choice, risk):
    return not choice.working or may_keep(choice.access, choice.user, risk)


@require_safe
def reconciliation(request, council):
    """What changed between two registers; by default, the two latest."""
    choice = _chosen(request, council)
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    ends, problem = _ends(choice, *asked)
    changes = None
    if ends:
        before, after = (_register(choice, end) for end in ends)
        changes = reconcile(
            before,
            after,
            significant=significantly_reworded(before, after),
            reasons=reasons_of_changes(before, after),
        )
    return render_council_page(
        request,
        "risks/reconciliation.html",
        choice.council,
        choice.access,
        "risks",
        of_version=choice.version,
        choice=choice,
        options=list(reversed(choice.options)),
        first=_key(ends[0]) if ends else asked[0],
        second=_key(ends[1]) if ends else asked[1],
        problem=problem,
        changes=changes,
        statement=ends[1] if ends else (choice.reports[0] if choice.reports else None),
    )


def _ends(choice, first, second):
    """(the two registers to compare, or None; what is wrong with the choice, or empty)."""
    latest_first = [*([None] if choice.may_write else []), *choice.reports]
    by_key = {_key(report): report for report in latest_first}
    if not first and not second:
        if len(latest_first) < 2:
            return None, ""
        return (latest_first[1], latest_first[0]), ""
    if first not in by_key or second not in by_key:
        for report in choice.gone:
            if _key(report) in (first, second) and _key(report) not in by_key:
                raise Withdrawn(report)
        return None, "Choose two dates from the lists."
    ends = by_key[first], by_key[second]
    if latest_first.index(ends[0]) <= latest_first.index(ends[1]):
        return None, "Choose a first date that is before the second."
    return ends, ""


@require_safe
def risks_csv(request, council):
    choice = _chosen(request, council)
    stem = f"{choice.council.file_name}-risks-{choice.as_at}"
    return RISKS.answer(choice.register(), stem, version=choice.version)


@require_safe
def risks_pdf(request, council):
    choice = _chosen(request, council)
    version = choice.version
    return handed_out(
        lambda: risks_paper(choice.register(), version),
        filename=f"{choice.council.file_name}-risks-{choice.as_at}.pdf",
        name=PAPER,
        version=version,
    )
