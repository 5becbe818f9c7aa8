"""The pages about VIPs."""

from guiju.vip.views.editing import change, new
from guiju.vip.views.guests import guest, note
from guiju.vip.views.letters import letter
from guiju.vip.views.reading import listing, out, plan, side
from guiju.vip.views.steps import do

__all__ = ["change", "do", "guest", "letter", "listing", "new", "note", "out", "plan", "side"]
