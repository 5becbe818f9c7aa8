"""What the house does: people, posts, passwords, sessions, tablets, receivers, roster, calendar, settings, hotels."""

from guiju.house.actions.founding import change_hotel, create_hotel, finish_setup
from guiju.house.actions.imports import import_people, read_people
from guiju.house.actions.keeping import change_setting, name_receiver, remove_receiver
from guiju.house.actions.passwords import (
    living_link,
    reset_password,
    send_reset_link,
    set_password,
    use_reset_link,
)
from guiju.house.actions.people import (
    add_person,
    appoint,
    change_person,
    disable_person,
    end_delegation,
    name_delegate,
    relieve,
)
from guiju.house.actions.rostering import clear_roster, import_roster, set_roster
from guiju.house.actions.sessions import (
    remove_totp,
    revoke_other_sessions,
    revoke_session,
    revoke_sessions_of,
    set_pin,
    set_totp,
    try_pin,
    use_code,
)
from guiju.house.actions.tablets import enroll_tablet, revoke_tablet
from guiju.house.actions.working_days import change_calendar, change_hours, take_published_year

__all__ = [
    "add_person", "appoint", "change_calendar", "change_hotel", "change_hours", "change_person", "change_setting",
    "clear_roster", "create_hotel", "disable_person", "end_delegation", "enroll_tablet", "finish_setup",
    "import_people", "import_roster", "living_link", "name_delegate", "name_receiver", "read_people", "relieve",
    "remove_receiver", "remove_totp", "reset_password", "revoke_other_sessions", "revoke_session",
    "revoke_sessions_of", "revoke_tablet", "send_reset_link", "set_password", "set_pin", "set_roster", "set_totp",
    "take_published_year", "try_pin", "use_code", "use_reset_link",
]
