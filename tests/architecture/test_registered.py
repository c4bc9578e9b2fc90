"""What apps register when they start fits together: jobs, documents, triggers, mails."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.template.loader import get_template

from core.audit import triggers
from core.documents import registry as documents
from core.documents.models import Document
from core.jobs import failures, registry
from core.people.models import Role
from core.states import Stateful
from tests import factories
from tests.architecture.test_layers import MODULES, ROOT, named, tree_of

PRODUCT = [path for path in MODULES if not named(path).startswith("config/")]


def _texts(path: Path, function: str) -> list[str]:
    """Return the first argument of every call of a function in a module, as far as it is a text or a known name."""
    tree = tree_of(path)
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == function and node.args:
            found += _words(node.args[0], names)
    return found


def _words(node: ast.expr, names: dict[str, object]) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _words(node.body, names) + _words(node.orelse, names)
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.Name) and node.id in names:
        return [str(names[node.id])]
    return [f"({ast.unparse(node)})"]


def _put() -> set[str]:
    kinds = {kind for path in PRODUCT for each in ("jobs.put", "order") for kind in _texts(path, each)}
    return {kind for kind in kinds if not kind.startswith("(")} | _letters()


def _letters() -> set[str]:
    """Return the kinds of letters: a job makes each, and the register files it."""
    lettering = (ROOT / "reviews/actions/lettering.py").read_text()
    return {kind for pair in re.findall(r'return "([a-z-]+)" if .* else "([a-z-]+)"', lettering) for kind in pair}


def test_every_job_that_is_put_has_somebody_who_does_it() -> None:
    put = _put()
    assert {"award-letter", "outcome-letter", "application-receipt", "mail-send", "matching"} <= put
    assert sorted(put - registry._handlers.keys()) == []


def test_every_piece_of_work_says_what_it_is_about_so_that_somebody_can_mend_it() -> None:
    alone = {"application-receipt", "look-for-likeness", "mail-send", "invitation", "call-questions", "replacement"}
    assert alone <= failures._concerns.keys() <= registry._handlers.keys()
    assert sorted(kind for kind in registry._handlers if registry.label_of(kind) == kind) == []


def test_every_kind_of_document_that_is_filed_has_a_rule() -> None:
    filed = {kind for path in PRODUCT for each in ("documents.file", "next_copy") for kind in _texts(path, each)}
    assert {kind for kind in filed if not kind.startswith("(")} | _letters() == {
        kind.code for kind in documents.kinds()
    }


@pytest.mark.parametrize("kind", documents.kinds(), ids=lambda kind: kind.code)
@pytest.mark.parametrize("role", [None, *Role.values])
def test_the_rule_of_a_kind_can_be_asked_for_everybody(db: None, kind: documents.Kind, role: str | None) -> None:
    person = factories.make_user("Someone", *([role] if role else []))
    condition = kind.readable(person)
    assert isinstance(condition, Q)
    assert list(Document.objects.filter(condition)) == []


def test_nobody_who_is_not_signed_in_reads_a_document(db: None) -> None:
    assert Document.objects.visible_to(AnonymousUser()).query.is_empty()


def test_every_mail_that_is_queued_has_its_template() -> None:
    queued = {name for path in PRODUCT for function in ("mail.queue", "queue") for name in _texts(path, function)}
    names = {name for name in queued if name.endswith(".txt")}
    assert len(names) >= 8
    for name in names:
        get_template(name)


def test_every_mail_that_there_is_can_be_sent_by_somebody() -> None:
    written = {str(path).split("/templates/")[1] for path in ROOT.glob("*/templates/*/mail/*.txt")}
    code = "\n".join(path.read_text() for path in PRODUCT)
    assert sorted(name for name in written if name not in code and name.rsplit("/", 1)[1] not in code) == []


def test_what_is_only_added_to_refuses_changes_after_all_migrations(db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    wanted = {f"{table}_no_{verb}" for table in triggers._tables for verb in ("update", "delete")}
    assert {"core_auditevent", "core_auditseal", "fund_ledgerentry"} <= triggers._tables.keys()
    assert wanted <= there


def test_djangos_own_admin_site_is_not_installed() -> None:
    assert [app for app in settings.INSTALLED_APPS if "admin" in app] == []
    assert not apps.is_installed("django.contrib.admin")


STATEFUL = [model for model in apps.get_models() if issubclass(model, Stateful)]


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model.__name__)
def test_every_state_has_its_two_wordings_and_every_step_leads_to_a_state(model: type[Stateful]) -> None:
    states = set(model._meta.get_field("state").choices and dict(model._meta.get_field("state").choices))
    steps = model.TABLE.transitions.values()
    assert set(map(str, model.TABLE.wordings)) == states
    assert all(wording.staff and wording.applicant for wording in model.TABLE.wordings.values())
    assert {str(step.target) for step in steps} | {str(source) for step in steps for source in step.sources} <= states
