"""Pure: facts, clauses and a calendar go in; duties, verdicts and lists of copies come out, with reasons.

No clock, no database, no network. Times are arguments; the same facts give the same duties, however often
and in whatever order they arrive.
"""

from guiju.rulebook.calendar import NEVER, Calendar, Calendars
from guiju.rulebook.cases import Report, check, run_case
from guiju.rulebook.clauses import Clause, DerivedDuty, Fact, Rule, Step
from guiju.rulebook.deriving import acting, derive
from guiju.rulebook.judging import (
    Refused,
    Verdict,
    approvals,
    completeness,
    distribution,
    figure_stands,
    judge,
    look_up,
)
from guiju.rulebook.loading import load_standard
from guiju.rulebook.standard import Case, Edition, Problem, Standard, StandardError
from guiju.rulebook.status import Status, status
from guiju.rulebook.vocabulary import FactKind, Verb, Vocabulary

__all__ = [
    "NEVER",
    "Calendar",
    "Calendars",
    "Case",
    "Clause",
    "DerivedDuty",
    "Edition",
    "Fact",
    "FactKind",
    "Problem",
    "Refused",
    "Report",
    "Rule",
    "Standard",
    "StandardError",
    "Status",
    "Step",
    "Verb",
    "Verdict",
    "Vocabulary",
    "acting",
    "approvals",
    "check",
    "completeness",
    "derive",
    "distribution",
    "figure_stands",
    "judge",
    "load_standard",
    "look_up",
    "run_case",
    "status",
]
