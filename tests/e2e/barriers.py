"""What keeps people out of a page: what axe-core finds, what is wider than the window, and words that are cut off."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]},
    "resultTypes": ["violations"],
}
"""What may differ in the dark and where there is little room."""
Look = tuple[str, int, dict[str, Any] | None]
"""Colours, width in pixels, and rules; without rules only what does not fit is looked for."""
BOTH: tuple[Look, ...] = (("light", 1280, RULES), ("dark", 320, LOOKS))
ONE: tuple[Look, ...] = (("light", 1280, RULES), ("light", 320, None))
DARK: tuple[Look, ...] = (("dark", 320, LOOKS),)
CUT = """() => [...document.querySelectorAll("body *")].filter((each) => {
  if (!each.clientWidth || each.closest(".visually-hidden, .scroll, svg, iframe, pre, select, input, textarea")) return false;
  const isCut = ["hidden", "clip"].includes(getComputedStyle(each).overflowX);
  const holdsWords = each.matches("button, .button, .badge, h1, h2, h3, label, legend, dt, dd, summary, .tabs a");
  return (isCut || holdsWords) && each.scrollWidth > each.clientWidth + 1;
}).map((each) => `${each.className} ${each.textContent.trim().slice(0, 60)}`)"""


def barriers_on(page: Page, looks: tuple[Look, ...] = BOTH) -> list[str]:
    """Return what is wrong with the open page in each look."""
    found: list[str] = []
    page.evaluate(Axe().axe_script)
    for scheme, width, rules in looks:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        violations = page.evaluate("options => axe.run(options)", rules)["violations"] if rules else []
        for violation in violations:
            nodes = "; ".join(node["html"][:140] for node in violation["nodes"][:3])
            found.append(f"{scheme} {width}: {violation['id']}: {nodes}")
        if (wide := page.evaluate("document.scrollingElement.scrollWidth")) > width:
            found.append(f"{wide} wide at {width}")
        found += [f"cut off at {width}: {words}" for words in page.evaluate(CUT)]
    return found
