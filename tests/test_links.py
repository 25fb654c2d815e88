"""No page leads its reader to nothing: every link that a role is shown can be followed by it."""

import html
import re
from collections import Counter
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.urls import resolve

from accounts.models import User
from accounts.roles import Role
from bcfportal.lib import clock
from demonstration.westshire import NOW
from projects.models import Assignment, Council

pytestmark = pytest.mark.django_db
COUNCILS = ("westshire", "nottinghamshire", "norfolk")
LINK = re.compile(r'<a\b[^>]*\shref="([^"]+)"')
# Somebody who is shown a link can follow it.
LEADS_SOMEWHERE = {200, 302}
# Words that no number 1 stands before, on any page.
ONE_OF_MANY = re.compile(
    r"(?<![\d,.£/]) 1 (?:returns|risks|projects|measures|changes|lines|rows|errors|entries|"
    r"savings|posts|periods|papers|schemes|things|vital signs|months|years|days|people)\b"
)
# Keys of records, as boxes and addresses name them.
INTERNAL = re.compile(
    r">[^<]*\b(?:[cm]\d+(?:-s\d+)?-(?:value|numerator|due|text|owner|explains|"
    r"success|none|comment)|[a-z]+(?:-[a-z]+)*-(?:outturn|explanation))\b",
    re.I,
)


class Visits:
    """A person's way through the pages of a council, by the links on them."""

    def __init__(self, client, council, most_of_a_kind):
        self.client, self.council, self.most = client, council, most_of_a_kind
        self.waiting, self.seen = [], {}
        self.kinds: Counter = Counter()
        self.dead: list[str] = []

    def go(self):
        self.add(f"/{self.council.slug}/", "/")
        self.add("/", "/")
        while self.waiting:
            address, page = self.waiting.pop()
            response = self.client.get(address)
            if response.status_code not in LEADS_SOMEWHERE:
                self.dead.append(f"{response.status_code} {address} (on {page})")
                continue
            if response.status_code == 302:
                self.add(response.headers["Location"], page)
                continue
            if response.headers["Content-Type"].startswith("text/html"):
                self.read(address, response.content.decode())
        return self

    def read(self, address, page):
        words = html.unescape(re.sub(r"<[^>]+>", " ", page))
        if found := ONE_OF_MANY.search(re.sub(r"\s+", " ", words)):
            self.dead.append(f"“{found[0]}” on {address}")
        if found := INTERNAL.search(re.sub(r"(?s)<(script|template).*?</\1>", "", page)):
            self.dead.append(f"“{found[0]}” on {address}")
        for link in LINK.findall(page):
            self.add(html.unescape(link), address)

    def add(self, link, page):
        address = urljoin(page, link).partition("#")[0]
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not address.startswith("/"):
            return
        first = address.split("/")[1].partition("?")[0]
        if first in ("static", "admin") or (first in COUNCILS and first != self.council.slug):
            return
        if address in self.seen:
            return
        self.seen[address] = page
        # A page's links are the same kind of thing whichever record they are of.
        kind = (resolve(parts.path).view_name, tuple(sorted(parse_qs(parts.query))))
        self.kinds[kind] += 1
        if self.kinds[kind] <= self.most:
            self.waiting.append((address, page))


def person_of(council, role):
    """Somebody of the role, who reports on all projects where the role reports."""
    user = User.objects.create(email=f"{role.name.lower()}@links.example.org", post=role.label)
    user.memberships.create(council=council, role=role)
    if role == Role.COMMISSIONER:
        Assignment.objects.bulk_create(
            Assignment(user=user, project=project) for project in council.projects.all()
        )
    return user


def visit(client, slug, role, most):
    council = Council.objects.get(slug=slug)
    if role:
        client.force_login(person_of(council, role))
    with clock.stopped_at(NOW):
        return Visits(client, council, most).go()


ROLES = pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.name if role else "-")


@ROLES
@pytest.mark.parametrize("slug", COUNCILS)
def test_no_link_of_a_page_of_each_kind_is_dead_for_a_role(client, slug, role):
    visits = visit(client, slug, role, 3)
    assert len(visits.seen) > 20
    assert not visits.dead


@pytest.mark.long
@ROLES
@pytest.mark.parametrize("slug", COUNCILS)
def test_no_link_of_any_page_is_dead_for_a_role(client, slug, role):
    visits = visit(client, slug, role, 10_000)
    assert len(visits.seen) > 100
    assert not visits.dead
