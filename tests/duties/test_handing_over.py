"""Handing a duty over and excusing it: what is missing or misshapen stands beside its field, nothing is half-written."""

from __future__ import annotations

from datetime import datetime

import pytest

from guiju.duties.models import Decision, Duty
from guiju.logbook.models import Entry
from tests.cast import TODAY
from tests.enquiries.scene import Scene


@pytest.fixture
def duty(scene: Scene, tmp_path, monkeypatch) -> Duty:
    """A running duty of a request that came in at 09:00; it is 10:00."""
    clock = tmp_path / "clock"
    clock.write_text(datetime.isoformat(scene.cast.at("10:00", TODAY)))
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    row = scene.came_in(client=scene.client)
    found = Duty.objects.filter(subject_id=str(row.pk), met_at__isnull=True, ended_at__isnull=True).first()
    assert found is not None
    return found


@pytest.mark.parametrize("to", ["nonsense", "", "01a216ba-a950-7620-a509-583f44bc0457", "-1"])
def test_a_person_that_is_none_is_refused_beside_the_field(scene: Scene, duty: Duty, to: str) -> None:
    answer = scene.cast.sign_in("shen").post(f"/duties/{duty.pk}/reassign/", {"to": to, "reason": "病了"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="e-to"' in page and "病了" in page
    assert not Decision.objects.exists() and not Entry.objects.filter(kind="duty.reassigned").exists()


def test_a_reason_is_asked_for_beside_its_field(scene: Scene, duty: Duty) -> None:
    browser, to = scene.cast.sign_in("shen"), str(scene.cast.people["wen"].pk)
    answer = browser.post(f"/duties/{duty.pk}/reassign/", {"to": to, "reason": " "})
    assert answer.status_code == 422 and 'id="e-reason"' in answer.content.decode()
    assert f'value="{to}" selected' in answer.content.decode()
    assert browser.post(f"/duties/{duty.pk}/reassign/", {"to": to, "reason": "病了"}).status_code == 302
    duty.refresh_from_db()
    assert duty.owner_person_id == scene.cast.people["wen"].pk


def test_excusing_without_a_reason_is_refused_beside_the_field(scene: Scene, duty: Duty) -> None:
    answer = scene.cast.sign_in("shen").post(f"/duties/{duty.pk}/waive/", {"reason": ""})
    assert answer.status_code == 422 and 'id="e-waive"' in answer.content.decode()
    assert not Decision.objects.exists()
