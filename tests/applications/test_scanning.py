"""The virus scanner: a real clamd with one signature of our own."""

import socket
import subprocess
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from applications import file_jobs
from applications.actions import drafts
from applications.models import Attachment, Incident
from core import clock, waiting
from core.files.scan import ScannerAway, scan
from core.jobs.models import Job
from core.jobs.work import run_all
from core.people.models import Role
from tests import factories, services
from tests.services import skip_for_lack

MARK = b"the mark that only our own test signature knows"
CONF = """LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
PidFile {folder}/clamd.pid
LogFile {folder}/clamd.log
Foreground yes
TemporaryDirectory {folder}
"""


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """Start a clamd that knows one signature, and return the path of its socket."""
    program = services.find_clamd()
    if program is None:
        skip_for_lack("clamav-daemon is not installed")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Fund.Test:0:*:{MARK.hex()}\n")
    (folder / "clamd.conf").write_text(CONF.format(folder=folder))
    process = subprocess.Popen(
        [program, "--config-file", folder / "clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    path = str(folder / "clamd.sock")
    try:
        services.wait_until(lambda: _answers(path), what="clamd answers")
        yield path
    finally:
        services.stop(process)


def _answers(path):
    with socket.socket(socket.AF_UNIX) as tried:
        return tried.connect_ex(path) == 0


@pytest.fixture
def scanned(clamd, settings):
    settings.CLAMAV_SOCKET = clamd
    return clamd


def attach(draft, by, content=b"Name,Year\nLink,1\n"):
    return drafts.attach(
        application=draft, question="letter", name="table.csv", content=content, attested=True, by=by, at=clock.now()
    )


def fetched(browser, file):
    """Return the status of a download, read to its end."""
    response = browser.get(file.get_absolute_url())
    if response.status_code == 200:
        b"".join(response.streaming_content)
    return response.status_code


def test_the_client_speaks_with_a_real_daemon(clamd):
    assert scan(BytesIO(b"clean" * 100_000), address=clamd) is None
    assert scan(BytesIO(b"before " + MARK + b" after"), address=clamd) == "Fund.Test.UNOFFICIAL"


def test_a_daemon_that_is_not_there_is_no_clean_result(tmp_path):
    for address in (str(tmp_path / "nothing.sock"), "127.0.0.1:9", "nonsense"):
        with pytest.raises(ScannerAway):
            scan(BytesIO(b"clean"), address=address)


def test_a_file_stays_closed_until_the_scanner_has_answered(scanned, draft, ada, as_ada):
    file = attach(draft, ada)

    assert file.state == "checking"
    assert fetched(as_ada, file) == 404
    assert "Being checked" in as_ada.get(f"/apply/{draft.pk}/sections/files/").content.decode()

    run_all()
    file.refresh_from_db()
    assert file.state == "clean"
    assert fetched(as_ada, file) == 200
    assert "Scanned" in as_ada.get(f"/apply/{draft.pk}/sections/files/").content.decode()


def test_what_the_scanner_finds_goes_to_quarantine_with_an_incident(scanned, draft, ada, as_ada):
    file = attach(draft, ada, b"Name,Year\n" + MARK + b",1\n")
    run_all()

    file.refresh_from_db()
    assert (file.state, file.path) == ("quarantined", f"quarantine/{file.sha256[:2]}/{file.sha256}")
    incident = Incident.objects.get()
    assert (incident.is_by_scanner, incident.seen) == (True, "The virus scanner found “Fund.Test.UNOFFICIAL”.")
    assert fetched(as_ada, file) == 404


def test_a_pdf_is_drawn_only_after_the_scanner_has_answered(scanned, draft, ada):
    file = attach(draft, ada, factories.make_pdf(1))
    assert list(Job.objects.filter(state="waiting").values_list("kind", flat=True)) == ["attachment-scan"]
    run_all()

    file.refresh_from_db()
    assert (file.state, file.pictures.count()) == ("clean", 1)


def test_a_silent_scanner_keeps_the_file_closed_and_waits_for_a_person(draft, ada, settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "nothing.sock")
    helena = factories.make_user("Helena", Role.ADMINISTRATOR)
    file = attach(draft, ada)
    run_all()

    file.refresh_from_db()
    assert (file.state, Job.objects.get(kind="attachment-scan").state) == ("checking", "waiting")
    assert waiting.waiting_for(helena) == []
    Attachment.objects.update(added_at=clock.now() - file_jobs.LONG * 2)
    assert [each.what for each in waiting.waiting_for(helena)] == ["See why the virus scanner does not answer"]

    settings.CLAMAV_SOCKET = ""
    file_jobs.ask_again()
    file_jobs.ask_again()
    assert run_all() == 1
    file.refresh_from_db()
    assert file.state == "kept"


def test_without_a_scanner_a_file_is_open_and_says_that_it_was_not_scanned(draft, ada, as_ada):
    file = attach(draft, ada, ContentFile(b"Name,Year\nLink,1\n"))

    assert (file.state, fetched(as_ada, file)) == ("kept", 200)
    assert "Not scanned" in as_ada.get(f"/apply/{draft.pk}/sections/files/").content.decode()
