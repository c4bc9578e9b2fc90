"""What a right request carries, by address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core import clock
from fund.models import Call
from reports.models import in_force
from reviews.models import Meeting
from tests.access.world import World
from tests.factories import make_fund, make_organisation

Body = dict[str, Any] | Callable[[World], dict[str, Any]]


def _later(days: int) -> str:
    return (clock.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def _company() -> int:
    return make_organisation("Lumen").pk


def _pair(world: World, member: str) -> dict[str, Any]:
    return {"application": world.subjects["submitted"]["reference"], "member": world.subjects[member]["pk"]}


NEW_PASSWORD = "four words in a row"
BODIES: dict[str | tuple[str, str], Body] = {
    "account_login": lambda world: {"login": world.ada.email, "password": "secret"},
    "account_signup": {"name": "Nora", "email": "nora@nora.example", "password1": NEW_PASSWORD},
    "account_reauthenticate": {"password": "secret"},
    "account_email": {"action_add": "", "email": "second@example.org"},
    "account_change_password": {"oldpassword": "secret", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "account_set_password": {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "account_reset_password": lambda world: {"email": world.ada.email},
    "account_reset_password_from_key": {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "people:profile": {"name": "Ada", "position": "", "orcid": "", "time_zone": ""},
    "people:tokens": {"name": "Scripts", "days": "30"},
    "letters:replace": {"because": "A name was wrong."},
    "letters:withdraw": {"because": "Sent to the wrong person."},
    "apply:withdraw": {"reason": "We found another way."},
    "apply:autosave": {"key": "title", "value": "Another title", "revision": "1"},
    "apply:restore": {"number": "1", "revision": "1"},
    "apply:section": {"title": "Another title", "title-revision": "1"},
    "apply:team": {"name": "Second partner", "part": "partner", "access": "none"},
    "apply:access": {"access": "none"},
    "apply:member": {"name": "Partner", "part": "partner"},
    "before:quiz": {"quiz-host": "yes"},
    "manage_apply:invite": {"people": "nour@example.org", "send": "1"},
    "api:call-invitation-list": {"call": "invited", "emails": ["nour@example.org"]},
    "manage_apply:extend": lambda world: {"until": _later(60), "reason": "A power cut at the host"},
    "api:draft-extend": lambda world: {"until": f"{_later(60)}:00Z", "reason": "A power cut at the host"},
    "apply:file-report": {"seen": "A picture that must not be here."},
    "incidents:hand_over": lambda world: {
        "recipient": "The hotline", "handed_on": clock.today().isoformat(), "reference": "H-7",
    },
    "incidents:settle": {"because": "It was handed over.", "close": "1"},
    "review:invitation": {"answer": "accept", "version": "1"},
    "review:autosave": {"key": "overall", "value": "5", "revision": "1"},
    "review:bid_tie": {"kinds": "personal"},
    "review:declare": {"kinds": "personal", "note": "We met."},
    "api:meeting-vote": lambda world: {
        "item": world.subjects["meeting item"]["item_pk"], "advice": "fund", "overall": 5,
    },
    "api:meeting-list": lambda world: {"call": "review", "starts_at": f"{_later(9)}:00Z", "quorum": 2},
    "api:meeting-minutes": {"text": "All went well.", "seen": Meeting().minutes_seen},
    "api:meeting-approve-minutes": {"seen": Meeting().minutes_seen},
    "api:meeting-present": {"members": []},
    "api:meeting-begin": lambda world: {"item": world.subjects["meeting item"]["item_pk"]},
    "api:meeting-call-vote": lambda world: {"item": world.subjects["meeting item"]["item_pk"]},
    "api:meeting-put-off": lambda world: {"item": world.subjects["meeting item"]["item_pk"]},
    "api:meeting-conclude": lambda world: {
        "item": world.subjects["meeting item"]["item_pk"], "kind": "decline", "rationale": "Of one mind.",
    },
    "review:calibration_case": {"overall": "4", "revision": ""},
    "review:calibration_save": {"key": "overall", "value": "4", "revision": "0"},
    "manage:calibration": {"step": "settle", "is_required": "on"},
    "manage:calibration_case": {"remarks": "Look at the third criterion."},
    "api:calibration-case-score": {"overall": 4},
    "review:vote": {"advice": "fund", "overall": "5"},
    "manage:meetings": lambda world: {
        "starts_at": _later(9), "quorum": "2", "least_groups": "2", "minutes_each": "10",
    },
    "manage:meeting": {"step": "present"},
    "manage:minutes": {"text": "All went well.", "seen": Meeting().minutes_seen},
    "manage:conclude": {"kind": "decline", "rationale": "Of one mind."},
    "review:hand_back": {"reason": "I am ill."},
    "manage:screening": {"outcome": "eligible", "next": "1"},
    "manage:return": {"ask-title": "It is too long."},
    "manage:bulk": lambda world: {"action": "eligible", "chosen": world.subjects["waiting"]["reference"]},
    "manage:note": {"audience": "staff", "text": "Asked the host by telephone."},
    "manage:put_label": {"kind": "tag", "word": "Pilot"},
    "manage:take_label": {"label": "1"},
    "manage:checklist": {"items": "Is it within the scope?\nCan the host receive a grant?"},
    "reports:paper": {"paper": "Letter"},
    "reports:signatory": {"signatory": "Rui Costa", "role": "Director"},
    "manage_fund:grantee": {"address": "1 Long Street", "signatory": "Linnea"},
    "reports:programme": {"call": "review"},
    "reports:reviews": {"kind": "csv", "who": "hidden"},
    "reports:export": {"kind": "csv", "address": "q=quiet"},
    "manage:keep_view": {"name": "To screen", "address": "q=state:submitted"},
    "apply:inquiry": {"answer": "The director."},
    "manage:ask": lambda world: {"question": "Who keeps the key?", "due_at": _later(9)[:10]},
    "manage:inquiry": {"step": "share"},
    "api:inquiry-list": lambda world: {
        "application": world.subjects["submitted"]["pk"], "question": "Who keeps the key?", "due_at": _later(9),
    },
    "api:inquiry-answer": {"answer": "The director."},
    "manage:invite": {
        "name": "Noor", "email": "noor@noor.example", "group": "ngo", "country": "NL", "least_load": 0, "most_load": 9,
    },
    "manage:rule": {"ruling": "recused", "note": "They said so."},
    "manage:funding_rule": {"budget": "skip", "draw": "tie"},
    "manage:draw": {"step": "annul", "reason": "A late conflict."},
    "manage:afterwards": {"step": "approve"},
    "decided:decision": {"kind": "question", "text": "What could be better?"},
    "manage:recommendation": {"kind": "decline", "rationale": "The panel was of one mind."},
    "manage:approve": lambda world: {"decision": world.subjects["prepared"]["pk"]},
    "manage:release_check": lambda world: {"decision": world.subjects["approved"]["pk"]},
    "manage:decide": {"outcome": "decline", "rationale": "The panel was of one mind."},
    "manage:release_assignments": lambda world: {"due_at": _later(30)},
    "manage:assign_one": lambda world: {"step": "remove", "assignment": world.subjects["proposed"]["pk"]},
    "manage:import_panel": {"lines": "name,email,group,country\nNora,nora@nora.example,ngo,KE", "step": "import"},
    "manage:pool": lambda world: {"call": Call.objects.get(slug="open").pk, "person": world.people["ruth"].pk},
    "api:assigning-anew": {"price": 100},
    "api:assigning-release": lambda world: {"due_at": f"{_later(30)}:00Z"},
    "api:assigning-add": lambda world: _pair(world, "chair member"),
    "api:assigning-cost": lambda world: _pair(world, "chair member"),
    "api:assigning-keep": lambda world: _pair(world, "member") | {"is_kept": False},
    "api:assigning-remove": lambda world: _pair(world, "member"),
    "api:place-suggest": {"name": "Noor", "email": "noor@noor.example", "country": "NL"},
    "api:place-import-list": {"call": "review", "lines": "name,email,group,country\nNora,nora@nora.example,ngo,KE"},
    "api:pool-invite": lambda world: {"call": "open", "person": world.people["ruth"].pk},
    "api:place-answer": {"accepts": True},
    "api:place-terms": {"version": 1},
    "api:place-wish": {"avoids": ["prevention"], "most_content_notes": 3},
    "api:place-interests": {"interests": [{"name": "Northmere", "kind": "office"}]},
    "manage:suggestion": {"step": "invite"},
    "review:terms": {"version": "1"},
    "review:interests": {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Northmere", "form-0-kind": "office",
    },
    "manage:reassign": {"price": "100"},
    "manage:reviewer": lambda world: {"reopen": world.subjects["assignment"]["pk"]},
    "manage:progress": {"member": ""},
    "manage_fund:call_new": {},
    "public:ask": {"question": "May a company be a partner?"},
    "manage_fund:call_form": {"step": "question-copy:title"},
    "manage_fund:form_section": {"title": "Another title"},
    "manage_fund:form_question": {"label": "Another label", "kind": "short_text"},
    "manage_fund:form_start": {"form": "standard"},
    "manage_fund:form_changes": {"drop": "1"},
    "apply:preview": {},
    "manage_fund:pledge": lambda world: {"fund": make_fund().pk, "organisation": _company(), "amount": "1000.00"},
    "manage_fund:receipt": {"amount": "1000.00"},
    "manage_fund:call_deadline": lambda world: {"new": _later(60), "reason": "A holiday in many countries"},
    "manage_fund:call_step": {"reason": "No longer needed"},
    "manage_fund:condition": {"outcome": "met"},
    "manage_fund:award_step": lambda world: {"signed_on": clock.today().isoformat()},
    "manage_fund:reversal": {"reason": "Typed twice"},
    "templates:template": lambda world: {
        "text": in_force("award-letter", "en").text.replace("this work", "this good work"), "note": "Kinder", "seen": "1",
    },
    "templates:preview": {"text": "", "record": ""},
    "manage_core:invite": {"name": "Nora", "email": "nora@example.org", "role": "finance", "reason": "Joins in May"},
    "manage_core:give_role": {"role": "finance", "reason": "Joins in May"},
    "manage_core:take_role": {"role": "administrator", "reason": "Leaves in May"},
    "awards:accept": {"signatory": "Ada", "confirmed": "1"},
    "awards:decline": {"reason": "We found other money."},
    "api:call-questions": {"question": "May a company be a partner?"},
    "api:my-application-list": {"call": "open"},
    "api:my-application-budget": {
        "lines": [{"category": "staff", "description": "Researcher", "year": 1, "amount": "1000.00"}]
    },
    "api:my-application-answers": {"answers": {"title": "Another title"}},
    "api:my-application-withdraw": {"reason": "We found another way."},
    "api:application-screen": {"outcome": "eligible"},
    "api:application-return-for-correction": {"questions": {"title": "It is too long."}},
    "api:assignment-declare": {"has_interest": True, "kinds": ["personal"], "note": "We met."},
    "api:bid-list": lambda world: {
        "call": "review", "application": world.subjects["approved"]["reference"], "word": "can",
    },
    "api:bid-tie": lambda world: {
        "call": "review", "application": world.subjects["approved"]["reference"], "kinds": ["personal"],
    },
    "api:assignment-due": lambda world: {"due_at": f"{_later(30)}:00Z"},
    "api:assignment-hand-back": {"reason": "I am ill."},
    "api:review-detail": {"revision": 1, "overall": 5},
    "api:order-ranking": {"call": "review"},
    "api:order-book": {"call": "review"},
    "api:order-books": {"call": "review"},
    "api:order-application": lambda world: {"reference": world.subjects["submitted"]["reference"]},
    "api:order-minutes": lambda world: {"meeting": world.subjects["meeting"]["pk"]},
    "api:order-reviews": {"call": "review", "file": "csv", "is_named": True},
    "api:ranking-rule": {"budget": "skip", "draw": "tie"},
    "api:draw-list": {"call": "review"},
    "api:draw-annul": {"reason": "A late conflict."},
    "api:feedback-list": lambda world: {"application": world.subjects["submitted"]["pk"]},
    "api:feedback-detail": {"parts": [{"text": "Clear."}]},
    "api:decision-inquiry-list": lambda world: {
        "application": world.subjects["decided application"]["pk"], "kind": "question", "text": "What could be better?",
    },
    "api:decision-inquiry-answer": {"answer": "The ethics part."},
    "api:decision-list": lambda world: {
        "application": world.subjects["prepared"]["reference"], "outcome": "decline", "rationale": "Why.",
    },
    "api:decision-release": lambda world: {"call": "review", "decisions": [world.subjects["approved"]["pk"]]},
    "api:mailing-list": lambda world: {
        "batch": world.subjects["batch"]["pk"], "upto": world.subjects["draft letter"]["pk"],
    },
    "api:award-accept": {"signatory": "Ada"},
    "api:award-decline": {"reason": "We found other money."},
}  # fmt: skip
