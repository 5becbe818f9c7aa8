"""What people do with approvals: ask, decide, take back."""

from guiju.approvals.actions.asking import ask, withdraw
from guiju.approvals.actions.deciding import decide

__all__ = ["ask", "decide", "withdraw"]
