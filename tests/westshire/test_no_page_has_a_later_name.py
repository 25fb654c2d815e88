"""Everything is renamed from a later day on: no page and no file calls anything so before."""

import re

import pytest

from projects.models import Fund, GrantCondition, Project, Provider
from tests.addresses import addresses
from tests.text import words_of
from tests.westshire.project_pages import Q3
from tests.westshire.shown import signed_in
from tests.westshire.test_later_periods import GREY
from tests.westshire.test_names_of_today import LATER, renamed

# Where names are edited, with what was changed and when.
EDITED = {"administration:project", "administration:fund", "administration:condition"} | {
    "administration:provider"
}
SAID = re.compile(rf"(Called|Serves) “{LATER} \d+( \([^)]*\))?” from 1 April 2027\.")
REPORTS = ({}, {"period": Q3, "slug": GREY}, {"period": "2026-27-q2", "slug": GREY})


@pytest.mark.parametrize("who", ["administrator", "performance", "finance", "commissioner"])
def test_no_page_calls_anything_by_a_later_name(westshire, client, who):
    for model in (Project, Fund, GrantCondition, Provider):
        for record in model.objects.filter(council=westshire):
            renamed(record)
    signed_in(client, who)
    seen, wrong = 0, []
    for of in REPORTS:
        for address in addresses(**of):
            if address.name in EDITED or not address.is_page:
                continue
            answer = client.get(address.path)
            if answer.status_code != 200 or answer.streaming:
                continue
            seen += 1
            left = SAID.sub("", words_of(answer.content.decode()))
            if LATER in left:
                at = left.index(LATER)
                wrong.append((address.path, left[max(0, at - 80) : at + 60]))
    assert seen > 60
    assert wrong == []
