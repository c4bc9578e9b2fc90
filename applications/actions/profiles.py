"""What a draft takes over from a person's profile: who they are in the team, their host and its country."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions import history
from applications.actions.writing import open_draft, take_back_ready
from applications.columns import columns_for
from applications.models import Answer, Application, TeamMember
from applications.opening import part_of
from core import audit
from core.forms.definition import Kind
from core.people.models import User
from core.states import WrongState

OF_PROFILE = ("name", "organisation", "organisation_name", "orcid", "orcid_verified", "cv")


def describe(member: TeamMember, user: User) -> TeamMember:
    """Say of a member of a team, not saved yet, what the person's profile says."""
    member.name = user.name
    member.organisation = user.organisation
    member.organisation_name = user.works_at
    member.orcid = user.orcid
    member.orcid_verified = bool(user.orcid and user.orcid_verified_at)
    member.cv = user.cv
    return member


def fill_in(application: Application, user: User, at: datetime) -> None:
    """Answer the questions on the host and its country in a new draft, as far as the profile says."""
    known = {"host": user.works_at, "country": user.works_in}
    form = application.form.definition
    asked = [(form.with_role(role), value) for role, value in known.items() if value]
    rows = [
        Answer(application=application, key=question.key, value=value, revision=1, saved_at=at, saved_by=user)
        for question, value in asked
        if question is not None
    ]
    Answer.objects.bulk_create(rows)
    history.record(application, rows, by=user, at=at)
    for question, value in asked:
        if question is not None:
            for column, content in columns_for(question, value, application.call).items():
                setattr(application, column, content)
    application.save(update_fields=["host", "host_name", "country"])


@transaction.atomic
def refresh(*, application: Application, by: User) -> TeamMember:
    """Take over in the draft's team what the person's profile says now; of themselves only, whatever their access."""
    team = part_of(application.form.definition, Kind.TEAM)
    draft = open_draft(application, by=by, parts=[team], permission="applications.be_on_team")
    member = draft.team.filter(user=by).first()
    if member is None:
        raise WrongState(_("You are not in the team of this application any more."))
    describe(member, by).save(update_fields=OF_PROFILE)
    if member.part == TeamMember.Part.INVESTIGATOR:
        draft.investigator_name = member.name
        draft.save(update_fields=["investigator_name"])
    take_back_ready(draft, by=by)
    audit.record("application:take_over_profile", by=by, subject=draft, member=member.pk)
    return member
