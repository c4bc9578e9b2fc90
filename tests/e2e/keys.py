"""A person at the keyboard: they see where the focus is, and reach everything by Tab, arrows, Space, Enter and typing."""

from typing import Any

from tests.e2e.site import Visitor

MOST_TABS = 160
SEEN = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const shown = [at, at.parentElement, at.closest("label, summary, li, .field")].filter(Boolean);
  const marked = shown.some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const spots = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [box.x + box.width * x, box.y + box.height * y]));
  const open = spots.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (at.contains(top) || top.contains(at) && !getComputedStyle(top).position.match(/sticky|fixed/));
  });
  const label = at.getAttribute("aria-label") || at.textContent.trim() || at.value || "";
  const target = at.matches("button, .button, summary, input:not([type=radio], [type=checkbox]), select, textarea");
  return {
    tag: at.tagName, type: at.type || "", name: at.name || "", value: at.value || "", id: at.id,
    label: label.replace(/\\s+/g, " "), marked, open, small: target && Math.min(box.width, box.height) < 24,
    checked: Boolean(at.checked), filled: Boolean(at.value), within: at.closest("form")?.id || "",
  };
}"""


class Keyboard:
    """Moves a visitor about without a pointer."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.now: dict[str, Any] = {}

    def tab(self, key: str = "Tab") -> dict[str, Any]:
        """Move the focus on, and check that the person sees where it is."""
        self.page.keyboard.press(key)
        self.now = self.page.evaluate(SEEN)
        if self.now["tag"] not in ("BODY", "HTML", "IFRAME"):
            where = f"{self.page.url}: {self.now}"
            if "date" not in self.now["type"]:  # the browser marks the parts of a date by itself
                assert self.now["marked"], f"the focus is not to be seen: {where}"
            assert self.now["open"], f"the focus is hidden: {where}"
            assert not self.now["small"], f"the target is smaller than 24 px: {where}"
        return self.now

    def skip(self) -> None:
        """Pass the masthead by the first link of the page, unless that was done and the browser remembers it."""
        if self.page.url.endswith("#main"):
            return
        assert self.tab()["label"] == "Skip to the content", f"{self.page.url}: {self.now}"
        self.page.keyboard.press("Enter")

    def reach(self, label: str, *, name: str = "") -> None:
        """Move on to what is called so."""
        for _ in range(MOST_TABS):
            at = self.tab()
            if (name and at["name"] == name) or (label and at["label"].startswith(label)):
                return
        raise AssertionError(f"{label or name} cannot be reached on {self.page.url}")

    def enter(self, label: str) -> None:
        """Reach a link or a button that leads to another page, and press it."""
        self.reach(label)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        """Reach a control and type into it."""
        self.reach("", name=name)
        self.page.keyboard.insert_text(text)

    def answer(self, answers: dict[str, Any], last: str) -> None:
        """Go through a form, answer what there is an answer for, and press the button that is named."""
        done: set[str] = set()
        for _ in range(MOST_TABS):
            at = self.tab()
            if at["tag"] in ("BUTTON", "A") and at["label"].startswith(last):
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
            if at["name"] in answers and at["tag"] in ("INPUT", "TEXTAREA", "SELECT"):
                self._answer(at, answers[at["name"]], done)
        raise AssertionError(f"{last} cannot be reached on {self.page.url}")

    def score(self, marks: dict[str, str], texts: dict[str, str], last: str) -> None:
        """Type a digit or n on each scale, and the texts, and press the button that is named."""
        for _ in range(MOST_TABS):
            at = self.tab()
            name = at["name"]
            if at["tag"] == "BUTTON" and at["label"].startswith(last):
                assert not marks, marks
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
            if at["type"] == "radio" and name in marks:
                mark = marks.pop(name)
                self.page.keyboard.press(mark)
                chosen = self.page.evaluate("[document.activeElement.value, document.activeElement.checked]")
                assert chosen == ["na" if mark == "n" else mark, True]
            elif name in texts and at["tag"] == "TEXTAREA" and not at["filled"]:
                self.page.keyboard.insert_text(texts[name])
        raise AssertionError(f"{last} cannot be reached on {self.page.url}")

    def _answer(self, at: dict[str, Any], value: Any, done: set[str]) -> None:
        wanted = [str(each) for each in value] if isinstance(value, list) else [str(value)]
        if at["type"] == "checkbox":
            if (at["value"] in wanted or value is True) and not at["checked"]:
                self.page.keyboard.press("Space")
        elif at["type"] == "radio":
            self._choose(at, wanted[0])
        elif at["name"] in done or value in (None, "", []):
            return
        elif at["tag"] == "SELECT":
            self._select(at["name"], wanted[0])
        elif at["type"] == "date":
            year, month, day = wanted[0].split("-")
            self.page.keyboard.type(f"{day}{month}{year}")
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(wanted[0])
        done.add(at["name"])

    def _choose(self, at: dict[str, Any], value: str) -> None:
        self.page.keyboard.press("Space")
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {value} among {at['name']}")

    def _select(self, name: str, value: str) -> None:
        words = self.page.locator(f'[name="{name}"] option[value="{value}"]').inner_text()
        self.page.keyboard.type(words)
