"""Issue, revise, sign, ask, withdraw, remind, give on paper: through the verbs, with the shipped standard in force."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.duties.models import Duty
from guiju.house.models import Receiver
from guiju.papers import actions, queries
from guiju.papers.models import Copy, Paper, Receipt
from guiju.shelf.errors import GateRefused, Invalid, NotAllowed, Refusal
from guiju.shelf.ids import uuid7
from tests.papers.scene import GROUP, LETTER, NOTICE, RESERVATION, Scene


def holders(paper: Paper) -> list[str]:
    return [copy.department for copy in paper.copies.filter(superseded_at__isnull=True).order_by("number")]


@pytest.mark.parametrize(
    ("attrs", "copies"),
    [
        ({}, {"front_desk", "front_cashier", "sales"}),
        ({"meals": True}, {"front_desk", "front_cashier", "sales", "fnb"}),
        ({"important": True}, {"front_desk", "front_cashier", "sales", "gm_office", "pr", "security"}),
        (
            {"important": True, "meals": True},
            {"front_desk", "front_cashier", "sales", "fnb", "gm_office", "pr", "security"},
        ),
    ],
)
def test_a_group_schedule_has_the_copies_of_the_clauses(
    scene: Scene, attrs: dict[str, bool], copies: set[str]
) -> None:
    paper = scene.group(**attrs)
    assert set(holders(paper)) == copies
    assert {copy.of for copy in paper.copies.all()} == {len(copies)}
    archive = scene.copy(paper, "sales")
    assert archive.archive and not archive.must_sign


def test_a_reservation_form_has_two_copies_and_three_with_collection(scene: Scene) -> None:
    assert set(holders(scene.reservation())) == {"front_desk", "sales"}
    assert set(holders(scene.reservation(collection=True))) == {"front_desk", "sales", "front_cashier"}


def test_every_kind_is_numbered_in_its_own_series_without_gaps(scene: Scene) -> None:
    groups = [scene.group(), scene.group()]
    one, two = (int(paper.number[-4:]) for paper in groups)
    assert two == one + 1
    letter = actions.issue(
        scene.cast.hotel,
        kind="confirmation_letter",
        about=("booking", str(uuid7())),
        title="x",
        content=LETTER,
        attrs=scene.attrs(),
        needs={"rooms_held": True},
        **scene.by("tang", "10:00"),
    )
    assert [(copy.department, copy.must_sign) for copy in letter.copies.all()] == [("sales", False)]
    assert (groups[0].number[0], scene.reservation().number[0], letter.number[0]) == ("T", "R", "L")


def test_no_group_paper_without_liaison_and_none_to_a_department_without_receiver(scene: Scene) -> None:
    with pytest.raises(GateRefused) as refused:
        actions.issue(
            scene.cast.hotel,
            kind="group_schedule",
            about=("booking", "x"),
            title="x",
            content=GROUP,
            attrs=scene.attrs(),
            needs={"liaison_named": False},
            **scene.by("tang", "10:00"),
        )
    assert "booking.liaison-named" in {refusal.clause for refusal in refused.value.verdict.refusals}
    Receiver.objects.filter(department="front_cashier").delete()
    with pytest.raises(GateRefused):
        scene.group()
    assert not Paper.objects.exists()


def test_copies_are_due_at_1800_and_signed_by_the_named_receiver(scene: Scene) -> None:
    paper = scene.group(meals=True)
    copy = scene.copy(paper, "fnb")
    duty = Duty.objects.get(subject_kind="copy", subject_id=str(copy.pk), owner="receiver")
    assert duty.due_at == scene.at("18:00")
    actions.sign_for(copy, **scene.by("chen", "14:20"))
    copy.refresh_from_db()
    duty.refresh_from_db()
    assert copy.signed_at == scene.at("14:20") and duty.met_at == scene.at("14:20")
    assert Receipt.objects.get(copy=copy, what="signed").content_hash == copy.revision.content_hash


@pytest.mark.parametrize("who", ["can", "fang", "tang", "lu"])
def test_nobody_else_signs(scene: Scene, who: str) -> None:
    copy = scene.copy(scene.group(meals=True), "fnb")
    with pytest.raises(GateRefused):
        actions.sign_for(copy, **scene.by(who, "11:00"))
    copy.refresh_from_db()
    assert copy.signed_at is None


def test_signing_twice_is_one_signature(scene: Scene) -> None:
    copy = scene.copy(scene.group(), "front_desk")
    actions.sign_for(copy, **scene.by("fang", "11:00"))
    actions.sign_for(copy, **scene.by("fang", "11:05"))
    assert Receipt.objects.filter(copy=copy, what="signed").count() == 1


def test_a_change_asks_only_the_concerned_again_and_their_old_copy_is_not_signable(scene: Scene) -> None:
    paper = scene.group(meals=True, important=True)
    for department, who in (
        ("front_desk", "fang"),
        ("front_cashier", "ma"),
        ("fnb", "chen"),
        ("security", "an"),
    ):
        actions.sign_for(scene.copy(paper, department), **scene.by(who, "10:30"))
    old_fnb, old_gm = scene.copy(paper, "fnb"), scene.copy(paper, "gm_office")
    new = {**GROUP, "meals": [{**GROUP["meals"][0], "diet": "素食 2 位"}, GROUP["meals"][1]]}
    revision = actions.revise(
        paper, content=new, attrs=scene.attrs(meals=True, important=True), **scene.by("tang", "11:00")
    )
    assert revision is not None and revision.number == 2
    assert revision.differences[0]["departments"] == ["fnb"]
    must = {copy.department: copy.must_sign for copy in paper.copies.filter(revision=revision)}
    assert must == {
        "front_desk": False,
        "front_cashier": False,
        "fnb": True,
        "security": False,
        "sales": False,
        "gm_office": True,
        "pr": True,  # they had not signed the first one yet
    }
    assert scene.copy(paper, "front_desk").carried_from_id is not None
    for old, who in ((old_fnb, "chen"), (old_gm, "zong")):
        with pytest.raises(Refusal):
            actions.sign_for(old, **scene.by(who, "11:10"))
    paper.refresh_from_db()
    off = queries.sign_off(paper, scene.at("11:10"))
    assert (off.signed, len(off.needed)) == (3, 6)


def test_the_same_content_makes_no_revision(scene: Scene) -> None:
    paper = scene.group()
    assert actions.revise(paper, content=GROUP, attrs=scene.attrs(), **scene.by("tang", "11:00")) is None
    paper.refresh_from_db()
    assert paper.latest == 1


def test_a_change_reaches_whom_it_brings_in(scene: Scene) -> None:
    paper = scene.group(content={**GROUP, "meals": []})
    actions.revise(paper, content=GROUP, attrs=scene.attrs(meals=True), **scene.by("tang", "11:00"))
    assert "fnb" in holders(paper) and scene.copy(paper, "fnb").must_sign


def test_the_change_notice_is_signed_by_the_concerned_and_told_to_the_others(scene: Scene) -> None:
    paper = scene.group(meals=True, important=True)
    notice = actions.issue_change(
        paper,
        cancel=False,
        content=NOTICE,
        attrs=scene.attrs(meals=True, important=True),
        concerned=["fnb"],
        **scene.by("tang", "11:00"),
    )
    must = {copy.department for copy in notice.copies.filter(must_sign=True)}
    assert must == {"front_desk", "front_cashier", "fnb"}
    assert {"security", "pr", "gm_office"} <= {
        copy.department for copy in notice.copies.filter(must_sign=False)
    }
    assert notice.original_id == paper.pk and notice.number.startswith("N")


def test_a_cancellation_is_signed_by_all_and_voids_the_form(scene: Scene) -> None:
    paper = scene.group(meals=True, important=True)
    copy = scene.copy(paper, "fnb")
    notice = actions.issue_change(
        paper,
        cancel=True,
        content={**NOTICE, "kind": "cancel"},
        attrs=scene.attrs(meals=True, important=True),
        concerned=(),
        **scene.by("tang", "11:00"),
    )
    assert {row.department for row in notice.copies.filter(must_sign=True)} >= {
        "security",
        "pr",
        "gm_office",
        "fnb",
    }
    paper.refresh_from_db()
    assert paper.voided_at and not holders(paper)
    with pytest.raises(Refusal):
        actions.sign_for(copy, **scene.by("chen", "11:30"))


def test_withdrawing_within_five_minutes_by_the_signer_only(scene: Scene) -> None:
    copy = scene.copy(scene.group(), "front_desk")
    actions.sign_for(copy, **scene.by("fang", "11:00"))
    with pytest.raises(Refusal):
        actions.undo_signature(copy, **scene.by("ma", "11:02"))
    with pytest.raises(Refusal):
        actions.undo_signature(copy, **scene.by("fang", "11:06"))
    actions.undo_signature(copy, **scene.by("fang", "11:04"))
    copy.refresh_from_db()
    assert copy.signed_at is None
    assert list(copy.receipts.order_by("recorded_at", "id").values_list("what", flat=True)) == [
        "delivered",
        "signed",
        "undone",
    ]
    assert Duty.objects.get(subject_id=str(copy.pk), owner="receiver").met_at is None


def test_a_question_goes_to_the_issuer_and_stops_nothing(scene: Scene) -> None:
    from guiju.notices.models import Notice

    copy = scene.copy(scene.group(meals=True), "fnb")
    with pytest.raises(Invalid):
        actions.object_to(copy, reason="  ", **scene.by("chen", "11:00"))
    actions.object_to(copy, reason="几桌？", **scene.by("chen", "11:00"))
    assert Notice.objects.filter(person_id=scene.cast.people["tang"].pk).count() == 1
    assert Duty.objects.get(subject_id=str(copy.pk), owner="receiver").due_at == scene.at("18:00")
    actions.answer_objection(copy, answer="四桌", **scene.by("tang", "11:10"))
    copy.refresh_from_db()
    assert copy.objected_at is None and copy.signed_at is None
    actions.sign_for(copy, **scene.by("chen", "11:20"))


def test_reminding_by_hand_at_most_every_quarter_of_an_hour(scene: Scene) -> None:
    copy = scene.copy(scene.group(), "front_desk")
    actions.remind(copy, **scene.by("tang", "11:00"))
    with pytest.raises(Refusal):
        actions.remind(copy, **scene.by("tang", "11:14"))
    actions.remind(copy, **scene.by("tang", "11:16"))
    with pytest.raises(NotAllowed):
        actions.remind(copy, **scene.by("ma", "12:00"))


def test_a_signature_on_paper_is_entered_afterwards(scene: Scene) -> None:
    copy = scene.copy(scene.group(clock="09:00"), "front_desk")
    for name, at in (("", scene.at("10:00")), ("方前", scene.at("08:00")), ("方前", scene.at("12:00"))):
        with pytest.raises(Invalid):
            actions.backfill(copy, name=name, at=at, **scene.by("tang", "11:00"))
    actions.backfill(copy, name="方前", at=scene.at("10:00"), **scene.by("tang", "11:00"))
    copy.refresh_from_db()
    receipt = Receipt.objects.get(copy=copy, what="signed")
    assert (copy.signed_at, receipt.name, receipt.how) == (scene.at("10:00"), "方前", "paper")
    assert receipt.recorded_at == scene.at("11:00")


def test_for_any_moment_who_held_which_revision(scene: Scene) -> None:
    paper = scene.group(clock="09:00")
    actions.sign_for(scene.copy(paper, "front_desk"), **scene.by("fang", "09:30"))
    new = {**GROUP, "wake_up": "27日 06:00"}
    actions.revise(paper, content=new, attrs=scene.attrs(), **scene.by("tang", "11:00"))
    early, late = (
        queries.held_at(paper, scene.at("10:00")),
        queries.held_at(paper, scene.at("11:00") + timedelta(seconds=1)),
    )
    desk = {row["department"]: row for row in early}["front_desk"]
    assert (desk["revision"], desk["signed"], desk["signer"]) == (1, True, "方前")
    assert {row["revision"] for row in late} == {2}
    assert not {row["department"]: row for row in late}["front_desk"]["signed"]
    assert queries.held_at(paper, scene.at("08:00")) == []


def test_a_hotel_adds_receivers_by_setting(scene: Scene) -> None:
    from guiju.house.models import Setting

    Setting.objects.create(hotel=scene.cast.hotel, key="reservation.extra_receivers", value=["housekeeping"])
    paper = scene.reservation()
    assert "housekeeping" in holders(paper)
    assert {copy.of for copy in Copy.objects.filter(paper=paper)} == {3}
    assert paper.revisions.get().content["guest"] == RESERVATION["guest"]
