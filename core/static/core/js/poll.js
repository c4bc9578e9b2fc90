// Replaces an element with data-poll (an address, or nothing for this page) by the answer's element of the same id,
// every two seconds, until the answer has no data-poll any more. An answer with an ETag is asked for by it again, and
// 304 leaves the page as it is. Without script, its reload link does the same.

const PAUSE = 2000;
const LONGEST_PAUSE = 30000;
const tags = new WeakMap();

function follow(element, failures = 0) {
  const pause = Math.min(PAUSE * 2 ** failures, LONGEST_PAUSE);
  setTimeout(() => (document.hidden ? follow(element, failures) : ask(element, failures)), pause);
}

async function ask(element, failures) {
  if (!element.isConnected) return;
  const headers = { "X-Poll": "1", ...(tags.has(element) && { "If-None-Match": tags.get(element) }) };
  try {
    const answer = await fetch(element.dataset.poll || location.href, { headers });
    if (answer.status === 304) return follow(element);
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    replace(element, new DOMParser().parseFromString(await answer.text(), "text/html"), answer.headers.get("ETag"));
  } catch {
    follow(element, failures + 1);
  }
}

function replace(element, answer, tag) {
  const next = element.id ? answer.getElementById(element.id) : answer.body.firstElementChild;
  if (!next) return;
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.replaceWith(document.adoptNode(next));
  if (focused) document.getElementById(focused)?.focus();
  next.dispatchEvent(new CustomEvent("fund:replaced", { bubbles: true }));
  if (tag) tags.set(next, tag);
  if ("poll" in next.dataset) follow(next);
}

document.querySelectorAll("[data-poll]").forEach((element) => follow(element));
