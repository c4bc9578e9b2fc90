"""Who may read each kind of document: exactly whom the page that it prints is open to."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from applications.models import Application, ApplicationVersion, Incident
from applications.models.application import veiled_from
from core import clock
from fund.models import Award, Fund
from reports.models import PrintedApplication, PrintedFile
from reviews.models import Assignment, Meeting, MeetingItem
from reviews.models.assignment import reviews_owed_by
from reviews.models.panel import calls_chaired_by


def award_letter(user: Any) -> Q:
    """Return the letters of the awards that the person may open."""
    return Q(subject__in=Award.objects.visible_to(user).values("pk"))


def outcome_letter(user: Any) -> Q:
    """Return the letters of one's own applications once the outcome is known, and all for those who read all."""
    own = Application.objects.of_team(user).filter(outcome_released_at__lte=clock.now())
    found = Q(subject__in=own.values("pk"))
    if user.reads_all:
        found |= Q(subject__in=Application.objects.visible_to_fund(user).values("pk"))
    return found


def payment_schedule(user: Any) -> Q:
    """Return one's own copies of the schedules of awards that one may open."""
    return Q(recipient=user) & award_letter(user)


def feedback(user: Any) -> Q:
    """Return one's own copies of the feedback on applications of one's own, once the outcome is known."""
    known = Application.objects.of_team(user).filter(outcome_released_at__lte=clock.now())
    return Q(recipient=user, subject__in=known.values("pk"))


def receipt(user: Any) -> Q:
    """Return the receipts of one's own applications, and for those who read all, all that name no hidden applicant."""
    readable = Q(application__in=Application.objects.of_team(user).values("pk"))
    if user.reads_all:
        open_ones = Application.objects.visible_to_fund(user).exclude(veiled_from(user))
        readable |= Q(application__in=open_ones.values("pk"))
    return Q(subject__in=ApplicationVersion.objects.filter(readable).values("pk"))


def summary(user: Any) -> Q:
    """Return one's own copies of applications that one may still read, but those made before one was to review them."""
    still = Q(recipient=user, subject__in=Application.objects.visible_to_fund(user).values("pk"))
    return still & ~Q(Exists(_owed_since(user).filter(application=OuterRef("subject"))))


def _owed_since(user: Any) -> QuerySet[Assignment]:
    """Return the reviews that the person was given after a document was made: what it says of others' is shut now."""
    owed = Assignment.objects.filter(member__person=user, application__in=reviews_owed_by(user))
    return owed.filter(proposed_at__gte=OuterRef("made_at"))


def _shut_since(user: Any, applications: QuerySet) -> QuerySet:
    """Return the ties that shut the person out of one of these applications after a document was made."""
    shut = user.declarations.recusing().filter(subject_type="applications.application", subject__in=applications)
    return shut.annotate(at=Greatest("declared_at", Coalesce("ruled_at", "declared_at"))).filter(
        at__gte=OuterRef("made_at")
    )


def minutes(user: Any) -> Q:
    """Return one's own copies of the minutes of meetings that one may see.

    Those made before one was shut out of what was discussed, or given a review of it, say what one may not know now.
    """
    discussed = MeetingItem.objects.filter(meeting=OuterRef(OuterRef("subject"))).values("application")
    own = Q(recipient=user, subject__in=Meeting.objects.visible_to(user).values("pk"))
    given = _owed_since(user).filter(application__in=discussed)
    return own & ~Q(Exists(_shut_since(user, discussed))) & ~Q(Exists(given))


def printed(user: Any) -> Q:
    """Return one's own copies in which nothing stands that the person may not read any more.

    Not an application that was shut to them, nor who applies where they must not know it, nor what others think of
    what they owe a review of, nor a file that was closed since.
    """
    held = PrintedApplication.objects.filter(document=OuterRef("pk"))
    veiled = Application.objects.filter(veiled_from(user)).values("pk")
    shut = held.exclude(application__in=Application.objects.visible_to_fund(user).values("pk"))
    named = held.filter(names_applicants=True, application__in=veiled)
    judged = held.filter(shows_others=True, application__in=reviews_owed_by(user))
    return Q(recipient=user) & ~Q(Exists(shut)) & ~Q(Exists(named)) & ~Q(Exists(judged))


def own_reviews(user: Any) -> Q:
    """Return one's own copies of one's own reviews, but those made before one was shut out of an application."""
    later = _shut_since(user, Application.objects.filter(call=OuterRef(OuterRef("subject"))).values("pk"))
    return Q(recipient=user) & ~Q(Exists(later))


def application_copy(user: Any) -> Q:
    """Return one's own copies of applications that one may still open, as far as nothing in them was closed since."""
    held = PrintedApplication.objects.filter(document=OuterRef("pk"), names_applicants=True)
    named = held.filter(application__in=Application.objects.filter(veiled_from(user)).values("pk"))
    closed = Incident.objects.standing().values("sha256")
    bad = PrintedFile.objects.filter(document=OuterRef("pk"), sha256__in=closed)
    readable = ApplicationVersion.objects.filter(application__in=Application.objects.visible_to(user).values("pk"))
    return Q(recipient=user, subject__in=readable.values("pk")) & ~Q(Exists(named)) & ~Q(Exists(bad))


def programme(user: Any) -> Q:
    """Return one's own copies of reports on calls, or on all, as long as one reads all for the fund.

    Those made before one was shut out of an application, or given a review of one, say what one may not know now.
    """
    if not user.reads_all:
        return Q(pk__in=[])
    of_all = Q(subject_type=Fund._meta.label_lower)
    found = Application.objects.filter(call__fund=OuterRef(OuterRef("subject")))
    later = _shut_since(user, found.values("pk"))
    given = _owed_since(user).filter(application__call__fund=OuterRef("subject"))
    return Q(recipient=user) & (of_all & ~Q(Exists(later)) & ~Q(Exists(given)) | ~of_all & export(user))


def register(user: Any) -> Q:
    """Return one's own copies of the register: what it says is public."""
    return Q(recipient=user)


def nobodys(user: Any) -> Q:
    """Return nothing: what everybody may have is handed out on a public page, and is in no person's list."""
    return Q(pk__in=[])


def export(user: Any) -> Q:
    """Return one's own exports of calls whose list one may still open.

    Those made before one was shut out of an application, or given a review of one, say what one may not know now.
    """
    later = _shut_since(user, Application.objects.filter(call=OuterRef(OuterRef("subject"))).values("pk"))
    open_to_them = Q() if user.reads_all else Q(subject__in=calls_chaired_by(user))
    given = _owed_since(user).filter(application__call=OuterRef("subject"))
    return Q(recipient=user) & open_to_them & ~Q(Exists(later)) & ~Q(Exists(given))
