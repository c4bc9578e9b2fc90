"""What is compared of an application: its latest version, whichever job comes first."""

from applications.actions import drafts, screening, submission
from applications.likeness import KIND
from applications.models import TextBand
from core import clock, jobs
from core.jobs.models import Job
from core.jobs.work import run_all
from tests import factories

END = " The project lasts two years and ends with a guide that anybody may use, copy and change."
FIRST = "We ask what happens between a report and its answer, who reads it, and what they are told." + END
LATER = "A trial of warnings in eleven languages, shown to those who search, with a survey afterwards." + END


def test_a_look_at_a_former_version_that_comes_late_changes_nothing(open_call, ada):
    first = factories.make_submitted(open_call, ada, answers={"summary": FIRST}).current
    screening.screen(application=first.application, outcome="returned", text="Say more.", by=None)
    drafts.save_answer(application=first.application, key="summary", value=LATER, by=ada, at=clock.now())
    submission.submit(application=first.application, by=ada, at=clock.now())
    Job.objects.exclude(kind=KIND).delete()
    run_all()
    bands = sorted(TextBand.objects.values_list("value", flat=True))

    jobs.put(KIND, version=first.pk)
    run_all()

    assert bands
    assert sorted(TextBand.objects.values_list("value", flat=True)) == bands
