"""The day sheet for the morning briefing: arrivals, functions, VIPs."""
