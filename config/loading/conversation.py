"""What passes between the fund and the applicants of the sample beside their applications."""

from datetime import datetime

from applications.actions import asking
from applications.models import Application
from core import clock
from core.people import actions as people
from core.people.models import User
from fund.models import Call

CV = {
    "cv_knowledge": "With two colleagues I made an open set of anonymised warning texts, which four help lines use in "
    "their training. The method behind it, asking young people to rewrite what we wrote, is described in a report that "
    "anybody can read.",
    "cv_people": "I lead a group of five. Two of them came from help lines and not from a university, and both now "
    "write the questions of our studies.",
    "cv_community": "I review for two journals and answer for the ethics board of my faculty when children take part.",
    "cv_society": "Every spring we show what we found to the people who work with reports, and change our plan after it.",
}
MINE = (
    "The letter of your ethics committee names 2020 as the year of its approval, and your plan begins later. "
    "Is the approval still in force on the first day of the project?"
)
THEIRS = "Which of the two partners keeps the interview recordings, and for how long?"
ANSWER = (
    "The university keeps them, encrypted, for six months after the last interview; then they are erased. The charity "
    "never gets the recordings, only the texts without names."
)


def describe(applicant: User) -> None:
    """Give the applicant who can sign in a profile that is worth reading."""
    people.change_profile(user=applicant, position="Senior lecturer", country=applicant.works_in, **CV)


def ask_some(call: Call, *, applicant: User, by: User, at: datetime, due_at: datetime) -> None:
    """Ask the applicant one thing, which waits for them, and another one something that is answered already."""
    rows = Application.objects.filter(call=call, state=Application.State.IN_REVIEW).order_by("pk")
    with clock.at(at):
        for mine in rows.filter(team__user=applicant)[:1]:
            asking.ask(application=mine, question=MINE, due_at=due_at, by=by)
        for other in rows.exclude(team__user=applicant)[:1]:
            inquiry = asking.ask(application=other, question=THEIRS, due_at=due_at, by=by)
            asking.answer(inquiry=inquiry, text=ANSWER, by=other.started_by)
