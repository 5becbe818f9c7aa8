"""Approvals: what waits for somebody's yes, step by step."""
