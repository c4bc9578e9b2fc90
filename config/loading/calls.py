"""The calls of the sample."""

from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from config.loading.moments import from_today
from config.sample import calls as sample
from core import clock
from core.forms.models import FormVersion
from core.people.models import User
from fund import standard
from fund.actions import calls, questions
from fund.budget_plan import uncapped
from fund.models import Call, Fund, Rubric

REVIEW_DAYS, DECISION_DAYS = 60, 95


def make_call(
    key: str, *, fund: Fund, form: FormVersion, rubric: Rubric, by: User, follows: Call | None = None
) -> Call:  # fmt: skip
    """Make and publish a call as it stood on the day it opened; one that `follows` another is its second stage."""
    raw = sample.call_text(key)
    opens, closes = _dates(raw)
    with clock.at(opens - clock.days(7)):
        call = calls.create(
            fund=fund, form=form, rubric=rubric, by=by, title=raw["title"], slug=raw["slug"], prefix=raw["prefix"],
            summary=raw["summary"], text="\n\n".join([*raw["description"], sample.SAMPLE_NOTE]),
            eligibility="\n\n".join(sample.GUIDANCE["who_can_apply"]), opens_at=opens, closes_at=closes,
            zone=raw["zone"], budget=Decimal(raw["total"]), least_amount=Decimal(raw["least"]),
            most_amount=Decimal(raw["most"]), least_months=raw["months"][0], most_months=raw["months"][1],
            indirect_cap=Decimal(raw["indirect_cap"]), most_per_pi=raw["per_pi"], budget_categories=categories(raw.get("caps", {})),
            quiz=standard.QUIZ if raw.get("asks_quiz") else [], reviews_due_at=closes + clock.days(REVIEW_DAYS), decision_at=closes + clock.days(DECISION_DAYS),
            themes=[(slug, sample.THEMES[slug][0]) for slug in raw["themes"]],
            grace_minutes=raw.get("grace_minutes", 0), invited_only=raw.get("invited_only", False), follows=follows,
        )  # fmt: skip
        published = calls.publish(call=call, by=by)
    with clock.at(opens):
        for question, answer in raw["faq"]:
            questions.add(call=published, question=question, answer=answer, by=by)
    return published


def categories(caps: dict[str, list[str]] | None = None) -> list[dict[str, str]]:
    """Return the categories of the sample's budget as a call stores them; caps are per cent and an amount, by key."""
    asked = [each for section in sample.FORM["sections"] for each in section["questions"]]
    pairs = next(each["categories"] for each in asked if each["kind"] == "budget")
    most = {key: dict(zip(("most_share", "most_amount"), caps, strict=True)) for key, caps in (caps or {}).items()}
    return [each | most.get(each["key"], {}) for each in uncapped(dict(pairs))]


def _dates(raw: dict) -> tuple[datetime, datetime]:
    zone = ZoneInfo(raw["zone"])
    if "opens" in raw:
        return tuple(datetime.fromisoformat(raw[key]).replace(tzinfo=zone) for key in ("opens", "closes"))  # type: ignore[return-value]
    closing = time.fromisoformat(raw["closes_at"])
    closes = from_today(raw["closes_in"]).astimezone(zone)
    return from_today(raw["opens_in"], zone=raw["zone"]), datetime.combine(closes.date(), closing, zone)
