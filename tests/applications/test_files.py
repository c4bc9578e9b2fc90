"""Attachments: what they are by their content, and who gets them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from applications.actions import drafts, quarantine
from applications.models import Attachment
from core import clock
from tests import factories


def attach(draft, by, **more):
    given = {"question": "letter", "name": "letter.pdf", "content": factories.make_pdf(), "attested": True}
    return drafts.attach(application=draft, by=by, at=clock.now(), **given | more)


def test_a_file_is_kept_under_its_hash_with_a_safe_name(draft, ada):
    kept = attach(draft, ada, name="../../etc/pass\x00wd\u202efdp.pdf", content=factories.make_pdf(3))

    assert (kept.name, kept.pages, kept.state) == ("etc pass wd fdp.pdf", 3, "kept")
    assert kept.path == f"uploads/{kept.sha256[:2]}/{kept.sha256}"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"content": b"MZ\x90\x00 a program", "name": "letter.pdf"}, "This is a program"),
        ({"content": b""}, "This file is empty"),
        ({"content": b"%PDF-1.7 and then nothing"}, "The end of this PDF is missing"),
        ({"attested": False}, "Confirm that no file has an image or video of abuse"),
        ({"question": "title"}, "takes no file there"),
        ({"question": "unknown"}, "takes no file there"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_own_sentence(draft, ada, more, message):
    with pytest.raises(ValidationError, match=message):
        attach(draft, ada, **more)

    assert not Attachment.objects.exists()


def test_a_file_over_the_limit_gets_a_sentence(draft, ada, settings):
    settings.UPLOAD_LIMIT = 2**20

    with pytest.raises(ValidationError, match="This file has 3 MB and the limit is 1 MB"):
        attach(draft, ada, content=b"%PDF-" + bytes(3 * 2**20))


def test_five_files_for_a_question_are_the_most(draft, ada):
    for _ in range(5):
        attach(draft, ada)

    with pytest.raises(ValidationError, match="5 files here, which is the most"):
        attach(draft, ada)


def test_the_page_takes_a_file_and_gives_it_back_as_a_download(as_ada, draft, tmp_path):
    path = tmp_path / "Brief an die Jury.pdf"
    path.write_bytes(factories.make_pdf())
    with path.open("rb") as file:
        answer = as_ada.post(
            reverse("apply:attach", args=[draft.pk, "letter"]), {"file": file, "attested": "on"}, follow=True
        )
    assert "Brief an die Jury.pdf is attached." in answer.content.decode()

    response = as_ada.get(draft.attachments.get().get_absolute_url())
    assert b"".join(response.streaming_content) == factories.make_pdf()
    assert response["Content-Disposition"] == 'attachment; filename="Brief an die Jury.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "attested", "message"),
    [
        ("letter.docx", b"PK\x03\x04 a document", "on", "The end of this Office document is missing"),
        ("letter.pdf", b"", "on", "This file is empty."),
        ("letter.pdf", b"%PDF-1.7 broken", "on", "The end of this PDF is missing"),
        ("letter.pdf", b"%PDF-1.7", "", "Confirm that this file has no image or video of abuse."),
        ("letter.pdf", b"%PDF-" + bytes(21 * 2**20), "on", "This file has 21 MB and the limit is 20 MB."),
    ],
)
def test_the_page_says_what_is_wrong_with_a_file(as_ada, draft, tmp_path, name, content, attested, message):
    path = tmp_path / name
    path.write_bytes(content)
    with path.open("rb") as file:
        response = as_ada.post(reverse("apply:attach", args=[draft.pk, "letter"]), {"file": file, "attested": attested})

    assert (response.status_code, message in response.content.decode()) == (200, True)
    assert not draft.attachments.exists()


def test_other_people_get_no_file(client, draft, ada, amir):
    file = attach(draft, ada)
    client.force_login(amir)

    assert client.get(file.get_absolute_url()).status_code == 404


def test_nobody_gets_a_quarantined_file(as_ada, draft, ada):
    file = attach(draft, ada)
    quarantine.report(attachment=file, seen="A picture.", by=None)

    assert as_ada.get(file.get_absolute_url()).status_code == 404
    assert as_ada.get(reverse("apply:section", args=[draft.pk, "files"])).status_code == 200
