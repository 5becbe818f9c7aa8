"""What this room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import FactKind

KINDS: list[FactKind] = []
