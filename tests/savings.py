"""Testshire's savings: one of each record, in a published paper, for tests."""

from datetime import date

from finance.models import (
    ChangeRequest,
    OptionForChange,
    Saving,
    SavingReference,
    SavingsPaper,
    TemporaryPost,
)
from finance.savings.editions import freeze_paper


def make_savings(quarter, *, publish=True):
    """A paper with a saving, a post, an option and a draft change of Testshire's one project."""
    council, project = quarter.council, quarter.project
    fund = council.funds.get()
    other = council.funds.create(slug="other-fund", name="Other fund", label="O")
    paper = SavingsPaper.objects.create(
        council=council,
        slug="paper",
        title="Paper",
        dated=date(2018, 11, 1),
        as_at=date(2018, 10, 31),
    )
    reported = {"council": council, "paper": paper, "source": "Paper, page 1"}
    saving = Saving.objects.create(slug="project", title="Reviews", project=project, **reported)
    SavingReference.objects.create(council=council, saving=saving, reference="T1")
    saving.years.create(year=2018, target=1000, forecast=800)
    saving.years.create(year=2019, target=2000)
    TemporaryPost.objects.create(
        slug="project", title="Officer", fte=1, ends="2019-03-31", project=project, **reported
    )
    option = OptionForChange.objects.create(
        slug="project",
        title="Do less",
        reference="T2",
        proposal="Less.",
        reasons="Money.",
        project=project,
        **reported,
    )
    option.years.create(year=2019, gross=500, net=500)
    ChangeRequest.objects.create(
        council=council,
        number=1,
        kind="funding source",
        title="Project, from F to O",
        project=project,
        from_fund=fund,
        to_fund=other,
        starts="2019-04-01",
        reason="It fits.",
    )
    if publish:
        freeze_paper(paper)
    return paper


def paper_to_come(council, **given):
    """The next paper, as its form gives it."""
    days = {"dated": date(2019, 1, 1), "as_at": date(2018, 12, 31)}
    return SavingsPaper(council=council, slug="next", title="Next", **days | given)
