"""What the applicant's pages share: finding the application, and knowing how far it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import progress
from applications.actions.submission import receipt_key
from applications.asked import Asked, asked_of, last_return
from applications.budget import Budget, problems
from applications.budget_form import BudgetForm
from applications.checks import answers_of, problems_of
from applications.models import Application, Screening, TeamMember
from applications.opening import open_keys
from core import clock
from core.documents.models import Document
from core.forms.answers import Problem
from core.forms.definition import Kind, Section
from core.jobs.models import Job
from core.people.models import User
from core.web.requests import SignedInRequest

WRITERS = (TeamMember.Access.OWNER, TeamMember.Access.EDITOR)

LONGEST_WAIT = timedelta(minutes=10)


@dataclass
class Draft:
    """An application as one of its team sees it."""

    application: Application
    user: User
    access: str
    at: datetime

    @property
    def can_write(self) -> bool:
        """Whether the person changes anything in it now."""
        return self.access in WRITERS and self.application.is_draft and not self.in_grace

    @property
    def may_submit(self) -> bool:
        """Whether the person marks it as ready and submits it."""
        return self.user.has_perm("applications.submit_application", self.application)

    @property
    def is_signatory(self) -> bool:
        """Whether the person declares for the host organisation."""
        return self.user.has_perm("applications.sign_application", self.application)

    @property
    def is_late(self) -> bool:
        """Whether the request arrived after the deadline in force."""
        return self.application.is_late(self.at)

    @property
    def in_grace(self) -> bool:
        """Whether the deadline has passed, and what was ready then may still be submitted."""
        return self.application.is_draft and self.application.is_in_grace(self.at)

    @property
    def misses_grace(self) -> bool:
        """Whether others may still submit, and this draft may not, since it was not ready at its deadline."""
        return self.is_late and not self.in_grace and self.at <= self.application.grace_until()

    @property
    def is_owner(self) -> bool:
        """Whether the person invites and withdraws."""
        return self.access == TeamMember.Access.OWNER

    @property
    def is_shared(self) -> bool:
        """Whether somebody else has joined its team."""
        return sum(each.user_id is not None for each in self.application.team.all()) > 1

    @cached_property
    def problems(self) -> list[Problem]:
        """All that is to mend."""
        return problems_of(self.application)

    @cached_property
    def sections(self) -> list[progress.SectionState]:
        """The task list."""
        is_returned = self.application.state == Application.State.RETURNED
        form = self.application.form.definition
        return progress.states_of(form, self.problems, self._begun, is_returned=is_returned, opened=self.opened)

    @cached_property
    def opened(self) -> frozenset[str] | None:
        """The keys of the questions that are open for correction, or None where all are."""
        return open_keys(self.application)

    @cached_property
    def returned(self) -> Screening | None:
        """The return that waits for a correction."""
        return last_return(self.application)

    @cached_property
    def asked(self) -> list[Asked]:
        """The questions that are to be corrected, with what staff wrote."""
        return asked_of(self.application, self.returned) if self.returned else []

    def is_open(self, key: str) -> bool:
        """Whether a question may be written in now."""
        return self.opened is None or key in self.opened

    @property
    def ready(self) -> int:
        """How many sections are complete."""
        return sum(section.is_ready for section in self.sections)

    @property
    def _begun(self) -> set[str]:
        begun = {key for key, value in answers_of(self.application).items() if value}
        begun |= {attachment.question for attachment in self.application.attachments.all()}
        tables = {Kind.BUDGET: self.application.budget_lines.all(), Kind.TEAM: self.application.team.all()[1:]}
        for question in self.application.form.definition.questions():
            if tables.get(question.kind):
                begun.add(question.key)
        return begun

    @property
    def is_begun(self) -> bool:
        """Whether anything stands in it yet."""
        return bool(self._begun)

    @property
    def next(self) -> progress.SectionState | None:
        """The first section that has something left to do, or to correct."""
        if self.opened is not None:
            left = {each.section for each in self.asked if not each.is_changed}
            return next((section for section in self.sections if section.key in left), None)
        return next((section for section in self.sections if not section.is_ready), None)

    @property
    def access_label(self) -> str:
        """What the person may do in it."""
        return str(TeamMember.Access(self.access).label)

    def limits(self, stand: Budget | None = None) -> list[str]:
        """Return what is wrong with the budget, as stored or as it stands on the page."""
        return list(problems(stand or self.budget, self.application.call, self.application.months))

    @property
    def budget(self) -> Budget:
        """The budget as it is stored."""
        return Budget.of(self.application.budget_lines.all())

    def with_kind(self, kind: Kind) -> Section | None:
        """Return the section that holds a question of a kind."""
        form = self.application.form.definition
        return next((each for each in form.sections if any(q.kind == kind for q in each.questions)), None)

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every page of a draft shows."""
        late = self.is_late and not self.in_grace
        return {"draft": self, "application": self.application, "call": self.application.call, "late": late, **more}


PARTS = ("answers", "budget_lines", "attachments", "team", "call__themes")


def open_draft(request: SignedInRequest, pk: int, *, whole: bool = True, news: bool = False) -> Draft:
    """Return an application of the person's own teams; 404 for strangers, 403 for who sees it for the fund.

    `whole` reads all its parts at once, for pages; saving one answer needs none of them. `news` counts with it what
    was answered in public about its call.
    """
    user = request.user
    TeamMember.objects.note_look(application=pk, user=user)
    # One's own team is the quicker half of `visible_to`, which is asked only to tell strangers from insiders.
    rows = Application.objects.of_team(user).with_deadlines()
    rows = rows.select_related("call__form", "call__fund", "theme", "current__form")
    rows = rows.with_new_answers() if news else rows
    application = (rows.prefetch_related(*PARTS) if whole else rows).filter(pk=pk).first()
    if application is None:
        get_object_or_404(Application.objects.visible_to(user), pk=pk)
        raise PermissionDenied(_("These pages belong to the applicant. You find the application in your own lists."))
    if whole:
        own = (each.access for each in application.team.all() if each.user_id == user.pk)
        application.knows_access(user, next(own, None))
    access = str(application.access_of(user))
    return Draft(application, user, access, request.arrived_at)


def documents_of(draft: Draft) -> list[Document]:
    """Return what was filed about the application or its versions, as far as the person may read it."""
    versions = draft.application.versions.values("pk")
    visible = Document.objects.visible_to(draft.user).current().order_by("-made_at")
    own = visible.filter(subject_type="applications.application", subject=draft.application.pk)
    return list(own | visible.filter(subject_type="applications.applicationversion", subject__in=versions))


def receipt_stage(application: Application, documents: list[Document]) -> str:
    """Return how the receipt of the last version stands: “” if it is there, or awaited, late, failed or given_up.

    While it is awaited the page looks for it by itself.
    """
    if application.submitted_at is None or application.is_draft:
        return ""
    receipts = (each for each in documents if each.kind == "application-receipt")
    if any(each.made_at >= application.submitted_at for each in receipts):
        return ""
    job = Job.objects.filter(key=receipt_key(application.current_id)).values_list("state", flat=True).first()
    if job in (Job.State.WAITING, Job.State.RUNNING):
        return "awaited" if clock.now() - application.submitted_at < LONGEST_WAIT else "late"
    return {None: "", Job.State.FAILED: "failed", Job.State.CANCELLED: "given_up"}.get(job, "")


def next_after(draft: Draft, key: str) -> str:
    """Return the address of the section after this one, or of the check page after the last."""
    keys = [section.key for section in draft.application.form.definition.sections]
    later = keys[keys.index(key) + 1 :] if key in keys else []
    if later:
        return reverse("apply:section", args=[draft.application.pk, later[0]])
    return reverse("apply:check", args=[draft.application.pk])


def section_url(draft: Draft, section: Section | None, anchor: str = "") -> str:
    """Return the address of a section, at one of its parts."""
    if section is None:
        return reverse("apply:detail", args=[draft.application.pk])
    return reverse("apply:section", args=[draft.application.pk, section.key]) + anchor


def budget_form(draft: Draft, data: Any = None) -> BudgetForm:
    """Return the budget's table, wide enough for the project and for every stored line."""
    application = draft.application
    months = application.months or application.call.most_months
    years = max(-(-months // 12), draft.budget.years)
    form = BudgetForm(application.call, min(years, 10), draft.application.budget_lines.all(), data)
    form.revision = application.budget_revision
    return form
