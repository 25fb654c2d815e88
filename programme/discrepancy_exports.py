"""Discrepancies as a download: a row for each, with who accepted it and why."""

from collections.abc import Iterable, Iterator

from bcfportal.lib.exports import Export
from programme.discrepancies import Finding


def finding_rows(findings: Iterable[Finding]) -> Iterator[list]:
    """A row for each disagreement, in the order of the page."""
    for finding in findings:
        yield [
            finding.part,
            finding.disagreement.check,
            finding.disagreement.about,
            finding.disagreement.first.text,
            finding.disagreement.first.source,
            finding.disagreement.second.text,
            finding.disagreement.second.source,
            finding.disagreement.by,
            finding.accepted.reason if finding.accepted else "",
            finding.accepted.by.post_at(finding.accepted.at) if finding.accepted else "",
            finding.given_to,
        ]


DISCREPANCIES = Export(
    "checks",
    "Discrepancies",
    "One row for each pair of figures that disagree, accepted ones included.",
    [
        ("part", "The part of the portal that both figures belong to."),
        ("check", "What disagrees."),
        ("about", "The project, measure, area or risk, and the period."),
        ("first", "The first figure, in words."),
        ("first_source", "Where it is printed, or what it is worked out from."),
        ("second", "The second figure, in words."),
        ("second_source", "Where it is printed, or what it is worked out from."),
        ("by", "By how much they differ, in words."),
        ("accepted_because", "Why it was accepted; empty while it is open."),
        ("accepted_by", "The post of the person who accepted it."),
        ("given_to", "The post of the person to whom it was given last, to be put right."),
    ],
    finding_rows,
)
