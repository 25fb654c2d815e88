"""What people type about a risk of testshire, and sending it as a browser would."""

import html
import re

from tests.forms import forms_of
from tests.seen import seen_on

ASSESSMENT = {"likelihood": "2", "impact": "3", "prospects": "green", "reason": "It went well."}
DETAILS = {
    "title": "Failure of rm019",
    "description": "It may fail.",
    "area": "Care",
    "level": "corporate",
    "owner_post": "Director",
    "reviewer_post": "Manager",
    "target_date_0": "31",
    "target_date_1": "3",
    "target_date_2": "2019",
    "reason": "It was out of date.",
}
NEW = DETAILS | {
    "reference": "RM 300",
    "original_likelihood": "4",
    "original_impact": "4",
    "target_likelihood": "2",
    "target_impact": "2",
    "prospects": "amber",
    "days_are_right": "yes: 2019-03-31",
}
FORMS = {
    "assess": ASSESSMENT,
    "details": DETAILS,
    "tasks": {"text": "Do more."},
    "progress": {"text": "Half of it is done.", "state": "on schedule"},
    "links": {"measures": "VS 204", "savings": "ASC003\nCOM040"},
    "close": {"reason": "It cannot happen any more."},
}


def at(page="", risk="rm019"):
    return f"/testshire/risks/{risk}/{page}"


def words_on(response):
    body = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def seen(client, page):
    return seen_on(client, at(page))


def send(client, page, **changes):
    """Posts the form as a browser would, with what the page held."""
    data = FORMS[page] | seen(client, f"{page}/") | changes
    return client.post(at(f"{page}/"), data)


def published(client, address, typed, **changes):
    """Types which register to publish, reads what that day holds, and confirms it."""
    asked = client.post(address, typed)
    forms = [form for form in forms_of(asked, address) if "confirm" in form.sent]
    return client.post(address, forms[0].sent | changes) if forms else asked
