"""What I have to read, and who has not read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.editions import actions, queries
from guiju.editions.views.common import step, to
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.naming import post_name
from guiju.shelf.errors import Invalid


@page("standard.acknowledge")
def mine(request: Asked) -> HttpResponse:
    """The clauses of my posts, those I have not read first, with what changed."""
    error = ""
    if request.method == "POST":
        read = dict(one.rpartition("=")[::2] for one in request.POST.getlist("read") if "=" in one)
        try:
            many = actions.acknowledge(request.hotel, clauses=read, **step(request))
        except Invalid as wrong:
            error = " ".join(text for texts in wrong.errors.values() for text in texts)
        else:
            text = ngettext("Noted: {n} clause read.", "Noted: {n} clauses read.", many).format(n=many)
            messages.success(request, text if many else _("That was noted before."))
            return to("reading")
    owed, lines = queries.mine(request.actor, request.now)
    unread = [one for one in lines if not one.known]
    context = {
        "owed": owed, "unread": unread, "known": [one for one in lines if one.known], "error": error,
        "ahead": owed is not None and owed.edition.effective_at > request.now, "may_see_readers": request.actor.may("standard.readers"),
        "posts": [(post, post_name(post)) for post in sorted(request.actor.posts - {"administrator"})],
    }
    return render(request, "editions/mine.html", context, status=422 if error else 200)


@page("standard.readers", methods=("GET",))
def readers(request: Asked) -> HttpResponse:
    """Who has read the clauses of his post, and who has not."""
    lines = queries.readers(request.actor, request.now)
    context = {"lines": lines, "behind": sum(bool(line.owed.unread) for line in lines), "edition": lines[0].owed.edition if lines else None}
    return render(request, "editions/readers.html", context)
