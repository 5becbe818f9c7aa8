"""The one door for halls: take, confirm, move, give back, wait; out of order; the halls themselves."""

from __future__ import annotations

from guiju.function_space.actions.halls import add_hall, close_hall, edit_hall, import_halls, reopen_hall
from guiju.function_space.actions.lapsing import lapse
from guiju.function_space.actions.repairs import put_back_in_order, put_out_of_order
from guiju.function_space.actions.taking import change, confirm, extend_option, hold, move, on_lapse, release
from guiju.function_space.actions.waiting import close_waiting, take_waited_for, wait_for
from guiju.function_space.refusing import HallTaken

__all__ = [
    "HallTaken",
    "add_hall",
    "change",
    "close_hall",
    "close_waiting",
    "confirm",
    "edit_hall",
    "extend_option",
    "hold",
    "import_halls",
    "lapse",
    "move",
    "on_lapse",
    "put_back_in_order",
    "put_out_of_order",
    "release",
    "reopen_hall",
    "take_waited_for",
    "wait_for",
]
