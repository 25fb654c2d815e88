"""Words that still give a figure as it was before it was corrected are pointed out."""

import pytest

from returns.actions import save_section, submit
from returns.review import send_back
from returns.transitions import RETURNS
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
SAID = "still says 1180. People seen was 1,180 when it was approved, and is something else now."


@pytest.fixture
def reopened(quarter):
    """A return that was approved with 1,180 people in a figure and in the words, and reopened."""
    measure = quarter.project.measures.create(position=1, text="People seen", unit="people")
    quarter.box = f"m{measure.pk}-value"
    words = {"performance": "We saw 1180 people.", "summary_performance": "Of 12 clinics, all."}
    quarter.fill(measures={quarter.box: "1,180"}, performance=words)
    submit(quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    RETURNS.transition("reopen", quarter.report.pk, comment="Look.", **quarter.by(OFFICER))
    return quarter


def typed(quarter, section, box, text):
    kept = quarter.report.sections.get(name=section)
    given = {"version": kept.version, **quarter.by("commissioner")}
    save_section(quarter.report.pk, section, kept.typed | {box: text}, **given)


def shown(client, quarter, who, page):
    quarter.sign_in(client, who)
    return words_of(client.get(quarter.address(page)).content.decode())


def test_words_with_a_figure_as_it_was_are_pointed_out_at_check_and_at_review(client, reopened):
    assert SAID not in shown(client, reopened, "commissioner", "check")
    typed(reopened, "measures", reopened.box, "1,195")
    check = shown(client, reopened, "commissioner", "check")
    assert f"Performance in full {SAID}" in check
    assert "still says 12" not in check
    submit(reopened.report.pk, **reopened.by("commissioner"))
    assert SAID in shown(client, reopened, OFFICER, "review")


def test_words_that_were_put_right_are_not(client, reopened):
    typed(reopened, "measures", reopened.box, "1,195")
    typed(reopened, "performance", "performance", "We saw 1,195 people.")
    assert "still says" not in shown(client, reopened, "commissioner", "check")
    submit(reopened.report.pk, **reopened.by("commissioner"))
    assert "still says" not in shown(client, reopened, OFFICER, "review")


def test_a_comment_beside_the_figure_is_pointed_out_too(client, reopened):
    typed(reopened, "measures", reopened.box, "1,195")
    comment = reopened.box.replace("-value", "-comment")
    typed(reopened, "measures", comment, "Of 1,180 some came twice.")
    assert f"Comment on People seen {SAID.replace('1180', '1,180')}" in shown(
        client, reopened, "commissioner", "check"
    )


def test_amounts_as_they_were_are_pointed_out_at_check_and_at_review(client, reopened):
    """Not of the boxes with the amounts themselves."""
    words = "We spent £500 of a forecast of £1,000."
    typed(reopened, "performance", "performance", words)
    assert "still says £" not in shown(client, reopened, "commissioner", "check")
    typed(reopened, "spend", "spend_to_date", "£411")
    said = "Performance in full still says £500. Spent to date was £500 when it was approved, and"
    check = shown(client, reopened, "commissioner", "check")
    assert said in check
    assert "still says £1,000" not in check
    submit(reopened.report.pk, **reopened.by("commissioner"))
    assert said in shown(client, reopened, OFFICER, "review")


def test_words_of_a_return_that_was_sent_back_are_compared_with_what_was_submitted(
    client, reopened
):
    """It was never approved with 1,195; nobody approved what the words still say."""
    typed(reopened, "measures", reopened.box, "1,195")
    typed(reopened, "performance", "performance", "We saw 1,195 people.")
    submit(reopened.report.pk, **reopened.by("commissioner"))
    send_back(reopened.report.pk, asked={}, comment="Count again.", **reopened.by(OFFICER))
    assert "still says" not in shown(client, reopened, "commissioner", "check")
    typed(reopened, "measures", reopened.box, "1,201")
    said = (
        "Performance in full still says 1,195. People seen was 1,195 when it was submitted, and is "
        "something else now."
    )
    assert said in shown(client, reopened, "commissioner", "check")
    submit(reopened.report.pk, **reopened.by("commissioner"))
    assert said in shown(client, reopened, OFFICER, "review")


@pytest.fixture
def of_shares(quarter):
    """A return whose per cent is worked out from its parts, approved and reopened."""
    measure = quarter.project.measures.create(position=1, text="Seen in time", unit="%")
    quarter.box = f"m{measure.pk}"
    words = {"performance": "We saw 89.7% in time.", "summary_performance": "Well."}
    parts = {f"{quarter.box}-numerator": "1,793", f"{quarter.box}-denominator": "2,000"}
    quarter.fill(measures=parts, performance=words)
    submit(quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    RETURNS.transition("reopen", quarter.report.pk, comment="Look.", **quarter.by(OFFICER))
    return quarter


def test_a_share_that_is_worked_out_and_is_as_it_was_is_not_pointed_out(client, of_shares):
    assert "still says" not in shown(client, of_shares, "commissioner", "check")
    typed(of_shares, "measures", f"{of_shares.box}-numerator", "1,600")
    check = shown(client, of_shares, "commissioner", "check")
    assert "Performance in full still says 89.7%. Seen in time was 89.7%" in check
