"""The posts: what each has to do by the manual, and what in the system carries it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from guiju.editions import carrying
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import POSTS
from guiju.house.naming import department_name, post_name
from guiju.shelf.errors import Missing


@page("standard.view", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """All posts by department, with how many duties the manual gives each."""
    counts = carrying.counts(request.hotel.pk, request.now)
    departments: dict[str, list[tuple[str, str, int, bool]]] = {}
    for post, (department, *_names) in POSTS.items():
        if post != "administrator":
            line = (post, post_name(post), counts.get(post, 0), post in request.actor.posts)
            departments.setdefault(department_name(department), []).append(line)
    return render(request, "editions/posts.html", {"departments": departments})


@page("standard.view", methods=("GET",))
def post(request: Asked, post: str) -> HttpResponse:
    """One post: its duties by the manual with what carries each, and the clauses that concern it."""
    if post not in POSTS or post == "administrator":
        raise Missing("no such post")
    duties, clauses = carrying.of_post(request.hotel.pk, post, request.now)
    context = {
        "post": post, "name": post_name(post), "department": department_name(POSTS[post][0]), "duties": duties, "clauses": clauses,
        "carried": sum(not one.training for one in duties), "training": sum(one.training for one in duties),
    }
    return render(request, "editions/post.html", context)
