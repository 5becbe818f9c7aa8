"""What staff do with rates: agreements, seasons, rack rates, meals, the discount ladder, deviations."""

from guiju.rates.actions.agreements import (
    add_agreement,
    edit_agreement,
    end_agreement,
    renew_agreement,
    set_agreement_rates,
)
from guiju.rates.actions.deviations import ask_deviation, decide_deviation, set_ladder
from guiju.rates.actions.importing import import_agreements
from guiju.rates.actions.meals import remove_meal_rate, set_meal_rate
from guiju.rates.actions.tariff import (
    add_season,
    edit_season,
    remove_rack_rate,
    remove_season,
    remove_void_day,
    set_rack_rate,
    set_void_days,
)

__all__ = [
    "add_agreement",
    "add_season",
    "ask_deviation",
    "decide_deviation",
    "edit_agreement",
    "edit_season",
    "end_agreement",
    "import_agreements",
    "remove_meal_rate",
    "remove_rack_rate",
    "remove_season",
    "remove_void_day",
    "renew_agreement",
    "set_agreement_rates",
    "set_ladder",
    "set_meal_rate",
    "set_rack_rate",
    "set_void_days",
]
