"""Visitors received by PR: who comes and why, grade and scope, briefing, report."""
