"""Whatever two people, staff and the clock do to one application in any order: no rule breaks, no saved text is lost.

The machine keeps its own small model of the application: what each answer says, what each person last saw of it, in
which state it is and until when. Every step is predicted from the model and then taken by the product.
"""

import hashlib
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications.actions import drafts, readiness, returning, screening, submission
from applications.actions.drafts import StaleAnswer
from applications.checks import Incomplete
from applications.models import Application
from applications.models.records import digest_of
from core import clock
from core.forms.answers import as_text
from core.states import WrongState
from tests import factories
from tests.browser import new_browser

FORM = {
    "sections": [
        {
            "key": "project", "title": "The project",
            "questions": [
                {"key": "title", "kind": "short_text", "label": "Title", "role": "title", "required": True,
                 "max_chars": 60},
                {"key": "story", "kind": "long_text", "label": "Story", "required": True, "max_words": 4},
                {"key": "kids", "kind": "yes_no", "label": "Do children take part?", "required": True},
                {"key": "why", "kind": "long_text", "label": "Why?", "required": True,
                 "shown_if": {"question": "kids", "values": ["yes"]}},
                {"key": "partners", "kind": "table", "label": "Partners",
                 "columns": [{"key": "name", "kind": "short_text", "label": "Name"}]},
                {"key": "team", "kind": "team", "label": "Team"},
                {"key": "budget", "kind": "budget", "label": "Budget"},
            ],
        }
    ]
}  # fmt: skip
TEXTS = ("title", "story", "why")
KEYS = (*TEXTS, "kids", "partners")
GRACE = timedelta(minutes=30)
STEPS = [timedelta(seconds=20), timedelta(minutes=3), timedelta(minutes=20), timedelta(days=4), timedelta(days=27)]
TOO_MUCH = [{**factories.LINES[0], "amount": 900_000}]
WRITABLE = ("draft", "returned")


class OneApplication(RuleBasedStateMachine):
    """Ada's draft, in which Amir writes too."""

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = factories.NOON
        self.words = count()
        with clock.at(self.now):
            host = factories.make_organisation()
            self.people = {name: factories.make_user(name, organisation=host) for name in ("Ada", "Amir")}
            call = factories.make_call("one-call", form=factories.make_form(FORM), grace_minutes=30)
            draft = drafts.start(call=call, by=self.people["Ada"], at=self.now)
            member = drafts.add_member(
                application=draft, name="Amir", email=self.people["Amir"].email, access="editor", by=self.people["Ada"]
            )
            drafts.join(member=member, by=self.people["Amir"])
        self.pk = draft.pk
        self.state, self.deadline, self.ready_at = "draft", call.closes_at, None
        self.open, self.lines, self.reference = None, [], None
        self.answers, self.revisions, self.versions = {}, {}, []
        self.seen = {"Ada": {}, "Amir": {}}
        self.saved = set()
        self.is_forgotten = False

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # What the model expects.

    @property
    def application(self):
        return Application.objects.get(pk=self.pk)

    @property
    def is_late(self):
        return self.now > self.deadline

    @property
    def is_in_grace(self):
        return self.is_late and self.now <= self.deadline + GRACE and self.ready_at is not None

    def refuses(self, *keys):
        """Whether nothing can be written under these keys now."""
        open_now = self.open and {*self.open, *(["why"] if "kids" in self.open else [])}
        is_closed = self.state == "returned" and open_now and not set(keys) <= open_now
        return self.state not in WRITABLE or bool(is_closed) or self.is_in_grace

    @property
    def is_complete(self):
        given = {key: as_text(value).strip() for key, value in self.answers.items()}
        needed = ["title", "story", "kids", *(["why"] if given.get("kids") == "yes" else [])]
        fits = len(given.get("title", "")) <= 60 and len(given.get("story", "").split()) <= 4
        return all(given.get(key) for key in needed) and fits and self.lines == factories.LINES

    def word(self):
        """Return a word that nobody wrote before, longer than what may go from a text without a trace."""
        return hashlib.sha256(str(next(self.words)).encode()).hexdigest()[:40]

    def next_value(self, key, how):
        """Return what a person writes: something new, more of what is there, or less."""
        old = self.answers.get(key)
        if key == "kids":
            return "yes" if how == "new" else "no"
        if key == "partners":
            rows = [] if how == "new" or not old else list(old)
            return rows[:-1] if how == "less" else [*rows, [self.word()]]
        words = [] if how == "new" or not old else old.split()
        return " ".join(words[:-1] if how == "less" else [*words, self.word()])

    # What people do.

    @rule(person=st.sampled_from(["Ada", "Amir"]))
    def look(self, person):
        """Open the page of the section, and know what stands there."""
        browser = new_browser()
        with clock.at(self.now):
            browser.force_login(self.people[person])
            page = browser.get(reverse("apply:section", args=[self.pk, "project"]))
        assert page.status_code == (200 if self.state in WRITABLE and not self.is_in_grace else 302)
        self.seen[person] = dict(self.revisions)

    @rule(person=st.sampled_from(["Ada", "Amir"]), key=st.sampled_from(KEYS),
          how=st.sampled_from(["new", "more", "less"]))  # fmt: skip
    def save(self, person, key, how):
        """Save one answer, over what the person last saw of it."""
        self.write(person, key, self.next_value(key, how), drafts.save_answer)

    @rule(person=st.sampled_from(["Ada", "Amir"]), key=st.sampled_from(KEYS), which=st.integers(0, 30))
    def restore(self, person, key, which):
        """Take back one of the texts that the history has."""
        rows = list(self.application.answer_revisions.filter(key=key))
        if rows:
            row = rows[which % len(rows)]
            self.write(person, key, row.value, drafts.restore, number=row.revision)

    def write(self, person, key, value, action, **how):
        seen = self.seen[person].get(key, 0)
        wanted = how or {"value": value}
        call = {
            "application": self.application,
            "key": key,
            "revision": seen,
            "by": self.people[person],
            "at": self.now,
        }
        is_new = key not in self.answers or self.answers[key] != value
        is_stale = key in self.answers and is_new and seen != self.revisions[key]
        with clock.at(self.now):
            if self.refuses(key):
                with pytest.raises(WrongState):
                    action(**call, **wanted)
                return
            if is_stale:
                with pytest.raises(StaleAnswer) as conflict:
                    action(**call, **wanted)
                assert (conflict.value.theirs, conflict.value.revision) == (self.answers[key], self.revisions[key])
                return
            answer = action(**call, **wanted)
        self.seen[person][key] = answer.revision
        if is_new:
            self.keep(key, value)
            assert answer.revision == self.revisions[key]

    def keep(self, key, value):
        self.answers[key] = value
        self.revisions[key] = self.revisions.get(key, 0) + 1
        self.saved |= {(key, word) for word in as_text(value).split()}
        self.ready_at = None

    @rule(title=st.sampled_from(["new", "more"]), kids=st.sampled_from(["new", "less"]))
    def write_all_of_it(self, title, kids):
        """Ada reads everything and writes a whole application, answers and budget."""
        self.look("Ada")
        values = {"title": self.next_value("title", "new"), "story": self.next_value("story", "new"),
                  "kids": self.next_value("kids", kids), "why": self.next_value("why", title)}  # fmt: skip
        with clock.at(self.now):
            call = {"application": self.application, "values": values, "by": self.people["Ada"], "at": self.now}
            if self.refuses(*values):
                with pytest.raises(WrongState):
                    drafts.save_answers(**call, revisions=self.seen["Ada"])
                return
            assert drafts.save_answers(**call, revisions=self.seen["Ada"]) == []
        for key, value in values.items():
            if self.answers.get(key) != value:
                self.keep(key, value)
        self.plan(factories.LINES)

    @rule(lines=st.sampled_from([factories.LINES, TOO_MUCH, []]))
    def plan(self, lines):
        """Write the budget."""
        with clock.at(self.now):
            call = {"application": self.application, "lines": lines, "by": self.people["Ada"], "at": self.now}
            if self.refuses("budget"):
                with pytest.raises(WrongState):
                    drafts.save_budget(**call)
                return
            drafts.save_budget(**call)
        if lines != self.lines:  # what says the same is no change
            self.lines, self.ready_at = lines, None

    @rule()
    def mark_ready(self):
        with clock.at(self.now):
            call = {"application": self.application, "by": self.people["Ada"], "at": self.now}
            if self.state not in WRITABLE or (self.is_late and self.ready_at is None):
                with pytest.raises(WrongState):
                    readiness.mark_ready(**call)
            elif self.ready_at is None and not self.is_complete:
                with pytest.raises(Incomplete):
                    readiness.mark_ready(**call)
            else:
                self.ready_at = readiness.mark_ready(**call).ready_at

    @rule(person=st.sampled_from(["Ada", "Ada", "Amir"]))
    def submit(self, person):
        with clock.at(self.now):
            call = {"application": self.application, "by": self.people[person], "at": self.now, "name": "Ada"}
            if person == "Amir":
                with pytest.raises(PermissionDenied):
                    submission.submit(**call)
            elif self.state not in WRITABLE or (self.is_late and not self.is_in_grace):
                with pytest.raises(WrongState):
                    submission.submit(**call)
            elif not self.is_complete:
                with pytest.raises(Incomplete):
                    submission.submit(**call)
            else:
                self.note(submission.submit(**call))

    def note(self, submitted):
        """Check what was frozen, and remember it."""
        version = submitted.current
        held = {each["key"]: each["value"] for part in version.content["sections"] for each in part["answers"]}
        shown = set(KEYS) - (set() if self.answers["kids"] == "yes" else {"why"})
        assert held == {key: self.answers.get(key, [] if key == "partners" else "") for key in shown}
        assert submitted.amount == sum(line["amount"] for line in factories.LINES)
        assert self.reference in (None, submitted.reference)
        self.reference = submitted.reference
        self.versions.append((version.number, version.sha256, digest_of(version.content)))
        self.state, self.open, self.ready_at = "submitted", None, None

    # What staff and the clock do.

    @rule(keys=st.lists(st.sampled_from([*KEYS, "budget"]), unique=True, max_size=3))
    def give_back(self, keys):
        """Return it for the correction of some questions, or of all."""
        with clock.at(self.now):
            call = {"application": self.application, "outcome": "returned", "text": "Please.", "by": None,
                    "asked": dict.fromkeys(keys, "")}  # fmt: skip
            if self.state != "submitted":
                with pytest.raises(WrongState):
                    screening.screen(**call)
                return
            screening.screen(**call)
        self.state, self.open = "returned", set(keys)
        self.deadline = max(self.deadline, self.now + returning.TIME_TO_CORRECT)

    @rule()
    def end_of_correction(self):
        """Let the version that was submitted last stand, if no correction came in time."""
        with clock.at(self.now):
            stands = returning.let_stand(application=self.application)
        ends = self.deadline + (GRACE if self.ready_at else timedelta()) + returning.SLACK
        assert stands == (self.state == "returned" and self.now >= ends)
        if not stands:
            return
        content = self.application.current.content
        for each in content["sections"][0]["answers"]:
            if self.answers.get(each["key"], [] if each["key"] == "partners" else "") != each["value"]:
                self.keep(each["key"], each["value"])
        if not self.open or "budget" in self.open:
            self.lines = factories.LINES
        self.state, self.open, self.ready_at = "submitted", None, None

    @rule()
    def more_time(self):
        with clock.at(self.now):
            until = max(self.now, self.deadline) + timedelta(days=1)
            call = {"application": self.application, "until": until, "reason": "The line was down.", "by": None}
            if self.state not in WRITABLE:
                with pytest.raises(WrongState):
                    submission.extend(**call)
                return
            submission.extend(**call)
        self.deadline = until

    @rule(is_meant=st.sampled_from([False, False, False, True]))
    def withdraw(self, is_meant):
        with clock.at(self.now):
            call = {"application": self.application, "reason": "Another funder was faster.", "by": self.people["Ada"]}
            if self.state == "withdrawn":
                with pytest.raises(WrongState):
                    submission.withdraw(**call)
            elif is_meant:
                submission.withdraw(**call)
                self.is_forgotten = not self.versions
                self.state = "withdrawn"

    @rule(step=st.sampled_from(STEPS))
    def wait(self, step):
        self.now += step

    # What always holds.

    @invariant()
    def no_saved_text_is_lost(self):
        if not hasattr(self, "pk") or self.is_forgotten:
            return
        found = self.application
        rows = [*found.answer_revisions.values_list("key", "value"), *found.answers.values_list("key", "value")]
        kept = {(key, word) for key, value in rows for word in as_text(value).split()}
        assert self.saved <= kept

    @invariant()
    def everything_stands_as_the_model_says(self):
        if not hasattr(self, "pk"):
            return
        found = self.application
        stored = {answer.key: (answer.value, answer.revision) for answer in found.answers.all()}
        assert stored == {key: (value, self.revisions[key]) for key, value in self.answers.items()}
        assert (found.state, found.reference, found.ready_at) == (self.state, self.reference, self.ready_at)
        assert found.closes_at() == self.deadline
        amounts = sorted(row.amount for row in found.budget_lines.all())
        assert amounts == sorted(line["amount"] for line in self.lines)

    @invariant()
    def versions_never_change(self):
        if not hasattr(self, "pk"):
            return
        rows = self.application.versions.order_by("number")
        assert [(each.number, each.sha256, digest_of(each.content)) for each in rows] == self.versions
        assert all(sha256 == digest for _, sha256, digest in self.versions)


def run(examples, steps, **how):
    run_state_machine_as_test(
        OneApplication,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
            **how,
        ),
    )  # fmt: skip


def test_no_order_of_steps_breaks_a_rule_or_loses_a_text(db):
    run(6, 30, derandomize=True, phases=[Phase.generate])


@pytest.mark.soak
def test_no_order_of_thousands_of_steps_breaks_a_rule_or_loses_a_text(db):
    run(400, 60)
