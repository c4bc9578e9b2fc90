"""Who is told when a deadline moves or a call is cancelled."""

from datetime import timedelta

from core import jobs
from core.jobs import work
from core.jobs.models import Job
from core.mail.models import Message
from fund.actions import calls
from tests import factories


def test_every_draft_owner_hears_the_new_deadline_once(open_call, draft, amir, helena):
    factories.make_submitted(open_call, amir)
    Message.objects.all().delete()
    new = open_call.closes_at + timedelta(days=7)

    change = calls.move_deadline(call=open_call, new=new, reason="A holiday fell on the last day.", by=helena)
    jobs.put("deadline-moved", key=f"deadline-moved-{change.pk}", call=open_call.pk, change=change.pk)
    work.run_all()

    messages = Message.objects.filter(subject__startswith="More time")
    assert [(each.person, each.subject) for each in messages] == [
        (draft.started_by, f"More time for {open_call.title}")
    ]
    assert "Why: A holiday fell on the last day." in messages[0].body
    assert Job.objects.get(kind="deadline-moved").result == {"told": 1}


def test_everyone_in_the_call_hears_that_it_is_cancelled(open_call, draft, amir, helena):
    factories.make_submitted(open_call, amir)

    calls.cancel(call=open_call, reason="The advisory group asked for a pause.", by=helena)
    work.run_all()

    messages = Message.objects.filter(subject=f"The call {open_call.title} is cancelled").order_by("person__name")
    assert [each.person.name for each in messages] == ["Ada", "Amir"]
    assert all("Why: The advisory group asked for a pause." in each.body for each in messages)
