"""The papers on months, money and risks that a council offers, each with its version."""

from dataclasses import dataclass, replace

from django.urls import reverse

from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus
from finance.monitoring import report_pdf as money_paper
from finance.monitoring.compared import since_of
from finance.monitoring.published import ever_published
from outcomes.vital_signs.published import PublishedMeasures
from projects.models import Council
from publishing.kept_papers import hashes
from risks import report_pdf as risks_paper
from risks.versions import registers_of

IN_A_MONTH = "Summary, dashboard, what is reported by exception with report cards and charts, "
IN_MONEY = "The year’s money with what explains it, reserves and provisions, the capital programme."
IN_RISKS = "The matrix, every risk with its scores, tasks and prospects."


@dataclass(frozen=True)
class Offered:
    """A paper: its title and address, what is in it, its version, and the hash of its file.

    ``name`` is the name it is kept under. ``sha256`` is empty until it is first handed out.
    """

    title: str
    address: str
    about: str
    version: VersionStatus
    name: str
    sha256: str = ""


def papers_offered(council: Council, measures: PublishedMeasures | None) -> list[Offered]:
    """Every paper of the council's published months, finance reports and registers.

    The latest of each first. ``council`` comes from ``council_sections.councils``. At most five
    queries.
    """
    papers = [
        *(_of_months(council, measures) if measures else ()),
        *(_of_money(council) if council.has_money else ()),
        *(_of_risks(council) if council.has_risks else ()),
    ]
    kept = hashes(paper.version.fingerprint for paper in papers)
    return [
        replace(paper, sha256=kept.get((paper.version.fingerprint, paper.name), ""))
        for paper in papers
    ]


def _of_months(council, measures):
    address = reverse("reporting:performance", args=[council.slug])
    for place, paper in enumerate(measures.papers):
        version = paper.version
        several = version.number > 1 or not version.stands
        yield Offered(
            f"Performance report, {paper.label}" + (f", version {version.number}" * several),
            f"{address}?month={paper.key}"
            + ("" if version.stands else f"&version={version.number}"),
            " ".join(
                filter(
                    None,
                    (
                        f"{IN_A_MONTH}benchmarks." * (place == 0),
                        f"For the meeting of {day_words(paper.meets)}." if paper.meets else "",
                    ),
                )
            ),
            version,
            "performance",
        )


def _of_money(council):
    address = reverse("reporting:finance-pdf", args=[council.slug])
    every = ever_published(council)
    reports = [report for report in every if not report.withdrawn_at]
    withdrawn = [report for report in every if report.withdrawn_at]
    for place, report in enumerate(reports):
        version = report.as_version()
        after = f"Version {version.superseded_by} has corrected it." * (not version.stands)
        yield Offered(
            f"Finance monitoring, {report.versioned_label}",
            address + report.query,
            " ".join(filter(None, (after, report.why_words, IN_MONEY * (place == 0)))),
            version,
            money_paper.kept_name(
                council.slug, since_of(*report.compared_with, reports, withdrawn)
            ),
        )


def _of_risks(council):
    address = reverse("reporting:risks-pdf", args=[council.slug])
    registers = registers_of(council)
    for place, (report, version) in enumerate(registers):
        several = len(registers) > 1
        yield Offered(
            "Risk register" + f", as at {day_words(report.as_at)}" * several,
            address + (f"?as_at={report.as_at}" if place else ""),
            IN_RISKS * (place == 0),
            version,
            risks_paper.PAPER,
        )
