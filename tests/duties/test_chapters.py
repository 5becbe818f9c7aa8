"""Chapters of the shipped standards have words in both languages."""

from __future__ import annotations

from django.utils import translation

from guiju.duties import editions, saying
from guiju.rulebook.loading import readable
from guiju.shelf.words import vocabulary


def test_every_chapter_of_the_hotels_standard_has_words() -> None:
    standard, _broken = readable(editions.shipped_texts(), vocabulary())
    chapters = {clause.partition(".")[0] for clause in standard.clauses}
    assert chapters <= set(saying.CHAPTERS)
    with translation.override("en"):
        assert saying.chapter("vip") == "VIPs"
    with translation.override("zh-hans"):
        assert saying.chapter("vip") == "贵宾" and saying.chapter("own") == "own"
