"""The page of mailboxes: who may, what is asked, how each stands in words; the password nowhere; and no page waits for a server."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.enquiries.models import Message
from guiju.logbook.models import Entry
from guiju.mailroom import collecting, looking, secrets
from guiju.mailroom.actions import change_mailbox
from guiju.mailroom.line import Trouble
from guiju.mailroom.models import Item, Mailbox
from guiju.shelf.errors import Invalid
from tests.enquiries.scene import Scene
from tests.mailroom import hostile
from tests.mailroom.conftest import box
from tests.mailroom.hostile import Imap, on
from tests.mailroom.mails import mail

pytestmark = pytest.mark.django_db
CARD = {
    "name": "预订", "host": "imap.hotel.example", "security": "tls", "user": "sales@hotel.example", "secret": "geheim-4711", "folder": "INBOX",
    "after": "keep", "every_seconds": "60",
}


def look(scene: Scene, row: Mailbox, clock: str = "10:05") -> Mailbox:
    row.refresh_from_db()
    looking.look(row, clock=lambda: scene.cast.at(clock))
    row.refresh_from_db()
    return row


def test_the_administrator_sets_one_up_and_its_password_is_nowhere(scene: Scene) -> None:
    browser = scene.cast.sign_in("guan")
    made = browser.post("/house/mail/new", CARD)
    row = Mailbox.objects.get()
    assert made.status_code == 302 and (row.host, row.port) == ("imap.hotel.example", 993) and row.try_asked_at
    assert b"geheim" not in bytes(row.secret_sealed) and secrets.secret_of(row) == "geheim-4711"
    assert "geheim" not in browser.get(f"/house/mail/{row.pk}/").content.decode()
    (entry,) = Entry.objects.filter(kind="mailbox.set_up")
    assert "geheim" not in entry.body


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": ""}, "host"), ({"host": "http://x/"}, "host"), ({"host": "a b"}, "host"), ({"user": ""}, "user"), ({"secret": ""}, "secret"),
        ({"port": "99999"}, "port"), ({"port": "x"}, "port"), ({"every_seconds": "1"}, "every_seconds"), ({"security": "none"}, "security"),
        ({"security": "x"}, "security"), ({"after": "move"}, "move_to"), ({"after": "x"}, "after"), ({"secret_from": "GUIJU_SECRET_KEY", "secret": ""}, "secret_from"),
        ({"secret_from": "GUIJU_MAIL_A"}, "secret"), ({"name": ""}, "name"), ({"folder": "a\rb"}, "folder"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(scene: Scene, change: dict[str, str], field: str) -> None:
    found = scene.cast.sign_in("guan").post("/house/mail/new", {**CARD, **change})
    page = found.content.decode()
    assert found.status_code == 422 and f'id="e-{field}"' in page and not Mailbox.objects.exists()
    assert "sales@hotel.example" in page or field == "user"  # what was typed is kept


def test_who_may_do_what(scene: Scene) -> None:
    row = box(scene, 1, security="none", host="localhost")
    for who, sees, tries, changes in (("guan", 200, 302, 302), ("shen", 200, 302, 403), ("wen", 200, 302, 403), ("lin", 200, 403, 403), ("chen", 403, 403, 403)):
        browser = scene.cast.sign_in(who)
        assert browser.get("/house/mail/").status_code == browser.get(f"/house/mail/{row.pk}/").status_code == sees, who
        assert browser.post(f"/house/mail/{row.pk}/try").status_code == tries, who
        assert browser.post(f"/house/mail/{row.pk}/", {"what": "off"}).status_code == changes, who
    row.refresh_from_db()
    assert not row.is_on


def test_a_seal_opens_only_for_its_own_server(scene: Scene) -> None:
    row = box(scene, 993, host="imap.hotel.example", secret="geheim")
    row.host = "imap.evil.example"
    with pytest.raises(Trouble):
        secrets.secret_of(row)
    row.refresh_from_db()
    step: dict[str, Any] = {"by": scene.cast.actor("guan"), "now": scene.cast.at("10:00")}
    with pytest.raises(Invalid) as wrong:
        change_mailbox(row, card={"host": "imap.evil.example"}, version=row.version, **step)
    assert set(wrong.value.errors) == {"secret"}
    change_mailbox(row, card={"every_seconds": 30}, version=row.version, **step)
    assert secrets.secret_of(row) == "geheim"
    change_mailbox(row, card={"host": "imap2.hotel.example"}, secret="neu", version=row.version, **step)
    assert secrets.secret_of(row) == "neu"


def test_a_password_from_the_environment(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    row = box(scene, 993, secret="", secret_from="GUIJU_MAIL_T")
    assert looking.attempt(row)[0] == "secret"
    monkeypatch.setenv("GUIJU_MAIL_T", "da")
    assert secrets.secret_of(row) == "da"


def test_how_each_stands_in_words_and_in_readyz(scene: Scene) -> None:
    from guiju.rounds.models import Heartbeat

    Heartbeat.objects.create(name="w", at=scene.cast.at("10:05"), pid=1)
    with Imap([mail().as_bytes()]) as good:
        well = look(scene, box(scene, good.port, security="none", name="好"))
        bad = look(scene, box(scene, 1, security="none", name="坏"))
    off = box(scene, 1, security="none", name="停")
    Mailbox.objects.filter(pk=off.pk).update(is_on=False)
    browser = scene.cast.sign_in("shen")
    browser.cookies["guiju_lang"] = "en"
    page = browser.get("/house/mail/").content.decode()
    assert "The server does not answer at this port." in page and "Off." in page and "Last reached" in page
    assert well.error_code == "" and bad.failures == 1
    found = Client().get("/readyz").json()
    told = {one["mailbox"]: one for one in found["checks"]["mailboxes"]["details"]}
    assert found["checks"]["mailboxes"]["ready"] and [told[name]["warning"] for name in ("好", "坏", "停")] == [False, True, False]
    assert told["坏"]["last_error"] == "The server does not answer at this port." and "localhost" not in str(found)


def test_looks_come_later_and_later_while_it_is_down_and_at_once_when_it_is_back(scene: Scene) -> None:
    row = box(scene, 1, security="none")
    pauses = []
    for _ in range(8):
        look(scene, row)
        pauses.append((row.next_look_at - scene.cast.at("10:05")).total_seconds())
    assert pauses == sorted(pauses) and pauses[0] == 60 and pauses[-1] == 900
    with Imap() as server:
        Mailbox.objects.filter(pk=row.pk).update(port=server.port, host="127.0.0.1")
        row.refresh_from_db()
        row.secret_sealed = secrets.seal(row, "s")
        row.save()
        look(scene, row)
    assert row.failures == 0 and row.error_code == "" and row.succeeded_at


def test_try_it_is_done_by_the_worker_and_the_page_waits_for_nobody(scene: Scene) -> None:
    with Imap([mail().as_bytes()], trick=on("LOGIN", hostile.silent)) as slow:
        row = box(scene, slow.port, security="none")
        browser = scene.cast.sign_in("guan")
        begun = time.monotonic()
        assert browser.post(f"/house/mail/{row.pk}/try").status_code == 302
        assert "every 2s" in browser.get(f"/house/mail/{row.pk}/").content.decode()
        assert time.monotonic() - begun < 3 and slow.talks == 0
        slow.trick = None
        row.refresh_from_db()
        assert collecting.try_one(row) and not collecting.try_one(row)  # a second worker finds it taken
    row.refresh_from_db()
    assert row.try_code == "ok" and not Message.objects.exists()
    page = browser.get(f"/house/mail/{row.pk}/try").content.decode()
    assert "every 2s" not in page


def test_one_worker_a_turn(scene: Scene) -> None:
    row = box(scene, 1, security="none")
    now = scene.cast.at("10:05")
    assert looking.may_look(row, now) and not looking.may_look(row, now)
    assert looking.may_look(row, now + row.every)


def test_a_mail_that_breaks_the_reader_is_put_aside_and_the_next_is_read(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.enquiries import incoming

    def prepare(hotel: Any, *, data: bytes, **more: Any) -> Any:
        if b"bomb" in data:
            raise MemoryError
        return incoming.prepare(hotel, data=data, **more)

    monkeypatch.setattr("guiju.mailroom.taking.prepare", prepare)
    with Imap([mail("x", subject="bomb").as_bytes(), mail(number="<2@x>").as_bytes(), b"\x00\x01garbage" * 99]) as server:
        look(scene, box(scene, server.port, security="none"))
    assert list(Item.objects.order_by("uid").values_list("state", flat=True)) == ["refused", "accepted", "refused"]
    refused = Message.objects.filter(form="refused", sender="zhao@dongjia.example").get()
    assert refused.file.quarantined and refused.refused_why


def test_a_mail_above_the_limit_is_not_fetched(scene: Scene) -> None:
    big = mail().as_bytes()

    def fetch(talk: Any, tag: str, words: str) -> bool:
        if not words.upper().startswith("UID FETCH"):
            return False
        if "BODY.PEEK[]" in words.upper():
            talk.say("* BYE that was not to be asked")
        elif "HEADER" in words.upper():
            talk.say(f"* 1 FETCH (UID 1 BODY[HEADER] {{{len(big)}}}")
            talk.say(big + b")\r\n")
        else:
            talk.say('* 1 FETCH (UID 1 INTERNALDATE "24-Nov-2026 01:41:00 +0000" RFC822.SIZE 31000000)')
        talk.say(f"{tag} OK done")
        return True

    with Imap([big], trick=fetch) as server:
        row = look(scene, box(scene, server.port, security="none"))
    item = Item.objects.get()
    assert row.error_code == "" and item.state == "refused" and item.size == 31000000
    assert Message.objects.get().sender == "zhao@dongjia.example"


def test_the_page_asks_little_and_other_hotels_see_nothing(scene: Scene) -> None:
    with Imap([mail(number=f"<{n}@x>", subject=f"{n}").as_bytes() for n in range(12)]) as server:
        row = look(scene, box(scene, server.port, security="none"))
    browser = scene.cast.sign_in("shen")
    for path in ("/house/mail/", f"/house/mail/{row.pk}/"):
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(path).content.decode()
        assert len(asked) <= 12, [one["sql"][:120] for one in asked]
        assert page.count("E26-") >= 12
    assert "E26-" not in scene.cast.sign_in("guan").get("/house/mail/").content.decode()  # whoever reads no requests reads none here
    from guiju.house.models import Hotel

    Mailbox.objects.filter(pk=row.pk).update(hotel=Hotel.objects.create(code="andere", name="x", zone="Asia/Shanghai", created_at=scene.now))
    assert browser.get(f"/house/mail/{row.pk}/").status_code == 404


