from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "guiju.bookings"
    label = "bookings"

    def ready(self) -> None:
        from guiju.bookings import day_sheet, offers, records
        from guiju.bookings.roster_watch import watch
        from guiju.shelf import registry

        registry.effects["hold.lapse"] = offers.lapse
        registry.round_steps.append(watch)
        registry.subjects["booking"] = registry.SubjectKind("booking", offers.titles, "bookings.view")
        registry.briefs.update({"booking": offers.briefs, "service_line": offers.service_briefs, "difference": offers.difference_briefs})
        registry.subjects["service_line"] = registry.SubjectKind("service_line", offers.service_titles, "bookings.service")
        registry.subjects["difference"] = registry.SubjectKind("difference", offers.difference_titles, "bookings.check")
        registry.records.update(records.KINDS)
        registry.navigation += [
            registry.NavItem("orders", 20, _("Bookings"), "book", "bookings:list", "bookings.view", None, "b", {"sales": 4}),
            registry.NavItem(
                "orders", 30, _("Arrivals"), "bed", "bookings:arrivals", "bookings.view", None, "a", {"department": 3},
            ),
            registry.NavItem("department", 20, _("To arrange"), "check", "bookings:to_arrange", "bookings.service", offers.arrange_count),
        ]
        registry.day_sheet += day_sheet.PARTS
        registry.searches.append(registry.SearchSource("bookings", _("Bookings"), "bookings.view", offers.find))
        registry.duty_verbs.update({
            "booking.arrival-check/rooms": _("Check the rooms"), "booking.arrival-check/meals": _("Check the meals"),
            "booking.arrival-check": _("Check"), "booking.liaison-normal": _("Ask"), "booking.liaison-important": _("Look after"),
            "booking.hold-until/lapse": _("Extend or guarantee"), "booking.form-on-account": _("Issue the form"),
            "booking.form-group": _("Issue the schedule"), "group.pre-arrival": _("Check"), "group.meet": _("Meet"),
            "group.luggage-leader": _("Note"), "group.order-details": _("Arrange"), "booking.group-escalate/decide": _("Decide"),
            "booking.arrival-check/resolve": _("Settle"), "booking.change-notice/issue": _("Issue the notice"),
            "booking.form-group/names": _("Enter names"), "booking.form-group/chase": _("Ask for the names"),
            "booking.form-group/cut-off": _("Decide"), "group.pre-arrival/reconfirm": _("Go through it"),
            "group.pre-arrival/take-change": _("Change the booking"),
            "booking.change-notice/deliver": _("Deliver"), "group.change-notify": _("Tell the departments"),
        })
        registry.duty_places.update({
            "booking.arrival-check/rooms": "people/#step-check-rooms", "booking.arrival-check/meals": "people/#step-check-meals",
            "booking.liaison-normal": "people/#step-on-time", "booking.liaison-important/check-in": "people/#step-check-in",
            "booking.liaison-important/leader": "people/#step-leader", "booking.liaison-important/see-off": "people/#step-see-off",
            "booking.hold-until/lapse": "#step-extend", "group.pre-arrival": "people/#step-pre-arrival", "group.meet": "people/#step-meet",
            "group.luggage-leader": "people/#step-luggage", "booking.change-notice/issue": "history/#changes",
            "group.change-notify": "history/#changes", "booking.form-group/names": "people/#rooming",
            "booking.form-group/chase": "group/#step-chase-names", "booking.form-group/cut-off": "group/#step-cut-off",
            "group.pre-arrival/reconfirm": "group/#step-reconfirm", "group.pre-arrival/take-change": "change/",
        })
        registry.panels += [
            registry.Panel("client.main", "bookings/_groups_of_client.html", offers.groups_of_client, "bookings.view", 60),
            registry.Panel("client.side", "bookings/_of_client.html", offers.of_client, "bookings.view", 30),
            registry.Panel("today", "bookings/_arrivals_today.html", offers.arrivals_today, "bookings.view", 30),
        ]
