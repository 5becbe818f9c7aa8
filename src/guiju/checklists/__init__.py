"""Checklists: items with owner, time and proof, hung on an anchor."""
