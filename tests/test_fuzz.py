"""Mutated requests at every address and every form: whatever is sent, no page breaks.

Seeded and bounded: the same requests each time, so many for each address and form.
"""

import html
import random
import re

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.long]
SEED = 20_270_120
OF_A_FORM = 4
ROLES = ("anonymous", "commissioner", "performance officer", "finance officer", "administrator")
LEFT_OUT = {"accounts:sign-out"}
# Forms that end the visit.
ENDING = ("sign-out", "end-session")
NASTY = (
    *("", " ", "\x00", "a\x00b", "\x1b[0m", "\ufeff", "\u202e", "e\u0301" * 30, "💷" * 9, "ı"),
    *("-1", "0", "1e999", "NaN", "Infinity", "9" * 25, "9" * 5_000, "٣", "½", "1_000", "0x10"),
    *("'", '"', "<b>&amp;</b>", "{{ 7*7 }}", "%s%n", "../../etc/passwd", "=1+1", "a\tb\nc\td"),
    *("31/2/2018", "0/0/0", "29/2/2019", "99999-99-99", "2026-27-q9", "2026/27", "on", "None"),
    *("x" * 300, "\t" * 500, "1\t2\r\n" * 50, "[]", "{}", "null", "true", "undefined", "\\"),
)


def people_of_westshire(westshire):
    """One person for each role of the council."""
    found = {}
    for membership in westshire.memberships.select_related("user").order_by("pk"):
        found.setdefault(membership.role, membership.user)
    return found


def fields_of(page):
    """The names that forms of a page send, by the address that each is posted to."""
    forms = {}
    for attributes, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.S):
        if 'method="post"' not in attributes.lower():
            continue
        action = re.search(r'action="([^"]*)"', attributes)
        names = re.findall(r'<(?:input|textarea|select|button)\b[^>]*?\sname="([^"]+)"', inside)
        values = dict(
            re.findall(r'<(?:input|button)\b[^>]*?\sname="([^"]+)"[^>]*?value="([^"]*)"', inside)
        )
        address = html.unescape(action[1]) if action else ""
        forms.setdefault(address, {}).update(
            {html.unescape(name): html.unescape(values.get(name, "")) for name in names}
        )
    return forms


def mutated(chooser, fields):
    """The fields with some of them nonsense, some left out and some that nobody asked for."""
    sent = dict(fields)
    names = [name for name in sent if name != "csrfmiddlewaretoken"]
    for name in chooser.sample(names, min(len(names), chooser.randint(1, 6))):
        change = chooser.random()
        if change < 0.15:
            del sent[name]
        else:
            sent[name] = chooser.choice(NASTY)
    if chooser.random() < 0.3:
        sent[chooser.choice(("is_superuser", "council", "pk", "id", "user", "-", "\x00"))] = "1"
    return sent


def addresses_of(role):
    """What everybody reads, for nobody; for each role what asks for sign-in."""
    for each in addresses():
        if each.public == (role == "anonymous") and each.name not in LEFT_OUT:
            yield each


def queries_of(chooser):
    names = ("period", "version", "as_at", "paper", "search", "page", "month", "rating", "fund")
    return {name: chooser.choice(NASTY) for name in chooser.sample(names, 2)}


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_sent_no_page_breaks(westshire, role):
    chooser = random.Random(f"{SEED} {role}")
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(people_of_westshire(westshire)[role])
    broken, seen, asked = [], set(), 0
    for each in addresses_of(role):
        page = client.get(f"{each.path}?{urlencode(queries_of(chooser))}")
        if page.status_code >= 500:
            broken.append(("get", page.request["QUERY_STRING"], each.path))
        asked += 1
        if each.path.endswith(".pdf"):
            continue
        page = client.get(each.path)
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            continue
        for action, fields in fields_of(page.content.decode()).items():
            address = action or each.path
            key = address, frozenset(fields)
            if key in seen or any(name in address for name in ENDING):
                continue
            seen.add(key)
            for number in range(OF_A_FORM):
                sent = mutated(chooser, fields)
                if number in (1, 2):
                    # Every field at once: each form has those that a view reads by itself.
                    nonsense = ("a\x00b", "9" * 5_000)[number - 1]
                    kept = ("csrfmiddlewaretoken", "action")
                    sent = {name: fields[name] if name in kept else nonsense for name in fields}
                accept = {"accept": "application/json"} if number == 0 else {}
                asked += 1
                if client.post(address, sent, headers=accept).status_code >= 500:
                    broken.append(("post", address, sent))
    assert not broken, broken[:5]
    assert asked > 50
