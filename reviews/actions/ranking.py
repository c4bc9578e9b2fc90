"""Having the ranking of a call worked out, from the scores that the asking person may see."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, jobs
from core.jobs import Claim
from core.language import lazy
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.models import RankingRun
from reviews.order import digest_of, grades_of, stored
from reviews.ranking import rank
from reviews.scoring import Scale
from reviews.standing import results_of


@transaction.atomic
def ask_for_ranking(*, call: Call, by: User) -> RankingRun:
    """Have a worker rank what the person may see; the same scores are never ranked twice."""
    if not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("A ranking is worked out for an administrator or the chair of the panel."))
    results = results_of(call, by)
    if not grades_of(results):
        raise WrongState(_("No review that you may see is in yet, so there is nothing to rank."))
    digest = digest_of(call, results)
    # The seed follows from the scores, so anyone can compute the same intervals again.
    run, __ = RankingRun.objects.get_or_create(
        call=call, digest=digest, defaults={"seed": int(digest[:12], 16), "asked_by": by}
    )
    if run.made_at is None:
        RankingRun.objects.filter(pk=run.pk).update(asked_at=clock.now())
        jobs.put("ranking", priority=jobs.Priority.URGENT, run=run.pk, by=by.pk)
        audit.record("call:rank", by=by, subject=call, run=run.pk)
    return run


@jobs.handles("ranking", lazy("Ranking"))
def rank_by_job(claim: Claim) -> None:
    """Rank the applications of a call; if the scores changed meanwhile, the run is dropped and can be asked for again."""
    run = RankingRun.objects.select_related("call__rubric").filter(pk=claim.payload["run"], made_at=None).first()
    if run is None:
        return
    results = results_of(run.call, User.objects.get(pk=claim.payload["by"]))
    if digest_of(run.call, results) != run.digest:
        with claim.filing():
            run.delete()
        return
    names = [str(each.application.reference) for each in results]
    scale = Scale(run.call.rubric.least, run.call.rubric.most)
    found = rank(grades_of(results), scale=scale, seed=run.seed, applications=names)
    with claim.filing():
        RankingRun.objects.filter(pk=run.pk).update(result=stored(found), made_at=clock.now())
