"""What axe-core finds on a page: nothing."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    ]
}


def assert_accessible(page):
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(v["id"], v["nodes"][0]["html"][:300]) for v in found]
