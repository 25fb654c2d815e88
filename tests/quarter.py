"""Testshire with a quarter open: people of each role, one project, one return."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from projects.access import access_of
from projects.models import Assignment, Council, Membership, Project
from publishing.models import ReportingPeriod, Return
from returns.actions import save_section, submit
from returns.periods import open_period

FULL = {
    "spend": {"spend_to_date": "500", "spend_forecast": "1,000"},
    "performance": {"performance": "Going well.", "summary_performance": "Well."},
    "rating": {"rating": "green", "rating_text": "On course.", "forecast_rating": "green"},
}


@dataclass
class Quarter:
    council: Council
    project: Project
    period: ReportingPeriod
    people: dict[str, User]

    @property
    def report(self) -> Return:
        return Return.objects.get(project=self.project, period=self.period)

    def access(self, role):
        return access_of(self.people[role], self.council)

    def by(self, role):
        return {"by": self.people[role], "access": self.access(role)}

    def address(self, name, *more):
        return reverse(
            f"reporting:{name}",
            args=[self.council.slug, self.period.key, self.project.slug, *more],
        )

    def sign_in(self, client, role):
        client.force_login(self.people[role])
        return client

    def fill(self, **changes):
        """Types a complete return as the commissioner."""
        for name, typed in (FULL | changes).items():
            version = self.report.sections.get(name=name).version
            save_section(self.report.pk, name, typed, version=version, **self.by("commissioner"))

    def submitted(self):
        self.fill()
        submit(self.report.pk, **self.by("commissioner"))
        return self.report


def make_quarter(council, other_council=None):
    """Opens a quarter in the council, with a person for each role and one who is outside."""
    project = council.projects.get(slug="project")
    project.streams.get().lines.create(year=2018, allocation=1000)
    people = {}
    for role in Role:
        user = User.objects.create(email=f"{role.name.lower()}@example.org", post=role.label)
        Membership.objects.create(user=user, council=council, role=role)
        people[role.value] = user
    Assignment.objects.create(user=people["commissioner"], project=project)
    outsider = User.objects.create(email="outsider@example.org", post="Of another council")
    elsewhere = Council.objects.create(slug="elsewhere", name="Elsewhere")
    for role in Role:
        Membership.objects.create(user=outsider, council=elsewhere, role=role)
    people["outsider"] = outsider
    period = open_period(
        council=council,
        key="2018-19-q2",
        as_at=date(2018, 10, 31),
        opens=date(2018, 10, 1),
        due=date(2018, 11, 1),
        closes=date(2018, 11, 30),
        title="Report",
        by=people["performance officer"],
    )
    return Quarter(council, project, period, people)
