"""The fax server's folder: a file when it has stopped growing, once, then put away whole; nothing but plain files."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guiju.enquiries.models import Enquiry, Message
from guiju.mailroom import folder, taking
from guiju.mailroom.looking import attempt, look
from guiju.mailroom.models import Item, Mailbox
from tests.enquiries.scene import Scene
from tests.mailroom.mails import FAX

pytestmark = pytest.mark.django_db


@pytest.fixture
def drop(scene: Scene, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "fax"
    place.mkdir()
    settings.FAX_FOLDER = str(place)
    monkeypatch.setattr(folder, "QUIET", timedelta(seconds=0.05))
    folder._seen.clear()
    folder.ensure(scene.cast.at("09:00"))
    return place


def look_in(scene: Scene, clock: str = "10:05") -> int:
    row = Mailbox.objects.select_related("hotel").get(kind="folder")
    return look(row, clock=lambda: scene.cast.at(clock)).taken


def settle(scene: Scene) -> int:
    """Two looks, as far apart as a file must lie still."""
    first = look_in(scene)
    time.sleep(0.07)
    return first + look_in(scene)


def names(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir() if one.is_file())


def test_a_fax_is_taken_in_and_put_away(scene: Scene, drop: Path) -> None:
    (drop / "fax001.txt").write_text(FAX, encoding="utf-8")
    assert look_in(scene) == 0  # just seen: it may still grow
    time.sleep(0.07)
    assert look_in(scene) == 1
    assert Enquiry.objects.get().rooms == {"TWN": 2} and names(drop) == []
    (done,) = names(drop / "done")
    assert done.endswith("fax001.txt") and (drop / "done" / done).read_text(encoding="utf-8") == FAX
    assert settle(scene) == 0 and Message.objects.count() == 1


def test_a_file_that_grows_waits(scene: Scene, drop: Path) -> None:
    file = drop / "slow.txt"
    file.write_text(FAX[:40], encoding="utf-8")
    look_in(scene)
    time.sleep(0.07)
    file.write_text(FAX, encoding="utf-8")
    assert look_in(scene) == 0
    time.sleep(0.07)
    assert look_in(scene) == 1 and Enquiry.objects.get().rooms == {"TWN": 2}


@pytest.mark.parametrize("name", [".hidden.txt", "a.tmp", "a.pdf.part", "a.filepart", "a~"])
def test_unfinished_names_are_left_alone(scene: Scene, drop: Path, name: str) -> None:
    (drop / name).write_text(FAX, encoding="utf-8")
    assert settle(scene) == 0 and (drop / name).exists()


def test_links_and_folders_are_left_alone(scene: Scene, drop: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(FAX, encoding="utf-8")
    (drop / "link.txt").symlink_to(tmp_path / "secret.txt")
    (drop / "dir.txt").mkdir()
    os.mkfifo(drop / "pipe.txt")
    assert settle(scene) == 0 and not Message.objects.exists() and (drop / "link.txt").is_symlink()


def test_a_hostile_file_goes_to_refused_with_the_reason(scene: Scene, drop: Path) -> None:
    (drop / "x.pdf").write_bytes(b"%PDF-1.4\n" + b"\x00garbage" * 50)
    assert settle(scene) == 1
    (refused, why) = names(drop / "refused")
    assert refused.endswith("x.pdf") and why.endswith("why.txt") and (drop / "refused" / why).read_text().strip()
    message = Message.objects.get()
    assert message.refused_code and message.file.quarantined and Item.objects.get().state == "refused"


def test_a_file_above_the_limit_is_refused_unread(scene: Scene, drop: Path) -> None:
    with (drop / "big.tif").open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    assert settle(scene) == 1 and Item.objects.get().state == "refused" and names(drop) == []


def test_a_worker_that_died_before_putting_away(scene: Scene, drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (drop / "fax.txt").write_text(FAX, encoding="utf-8")
    put_away = folder._put_away
    monkeypatch.setattr(folder, "_put_away", lambda *_: None)
    assert settle(scene) == 1 and names(drop) == ["fax.txt"]
    monkeypatch.setattr(folder, "_put_away", put_away)
    folder._seen.clear()  # another worker, which knows nothing
    assert settle(scene) == 0 and names(drop) == [] and Message.objects.count() == 1


def test_a_worker_that_died_while_reading(scene: Scene, drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (drop / "fax.txt").write_text(FAX, encoding="utf-8")

    def die(*_about: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    finish = taking.finish
    monkeypatch.setattr(taking, "finish", die)
    look_in(scene)
    time.sleep(0.07)
    with pytest.raises(KeyboardInterrupt):
        look_in(scene)
    monkeypatch.setattr(taking, "finish", finish)
    assert look_in(scene) == 0  # its claim holds for a while
    assert look_in(scene, "10:09") == 1 and Enquiry.objects.count() == 1


def test_the_same_name_again_is_another_fax(scene: Scene, drop: Path) -> None:
    for words in (FAX, FAX.replace("2 间", "3 间")):
        (drop / "fax.txt").write_text(words, encoding="utf-8")
        assert settle(scene) == 1
    assert sorted(row.rooms["TWN"] for row in Enquiry.objects.all()) == [2, 3] and len(names(drop / "done")) == 2


def test_a_folder_that_is_gone_is_said(scene: Scene, drop: Path, settings: Any) -> None:
    settings.FAX_FOLDER = str(drop / "nowhere")
    row = Mailbox.objects.select_related("hotel").get(kind="folder")
    assert attempt(row)[0] == "no_folder"
    look_in(scene)
    row.refresh_from_db()
    assert row.error_code == "no_folder" and row.next_look_at > scene.cast.at("10:05")
    settings.FAX_FOLDER = str(drop)
    look_in(scene)
    row.refresh_from_db()
    assert row.error_code == "" and row.failures == 0
