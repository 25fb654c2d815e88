"""What axe-core finds on a page: nothing."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    ]
}


def assert_accessible(page, but=()):
    """``but`` names rules that do not hold for the page, by what it is."""
    page.wait_for_load_state()
    violations = Axe().run(page, options=RULES).response["violations"]
    broken = [violation for violation in violations if violation["id"] not in but]
    assert not broken, [(rule["id"], rule["nodes"][0]["html"][:300]) for rule in broken]
