"""Posts and departments in the reader's language."""

from django.utils.translation import get_language

from guiju.house.facts import DEPARTMENTS, POSTS


def _english() -> bool:
    return (get_language() or "").startswith("en")


def post_name(post: str) -> str:
    """What a post is called."""
    return POSTS[post][2 if _english() else 1] if post in POSTS else post


def department_name(key: str) -> str:
    """What a department is called."""
    return DEPARTMENTS[key][_english()] if key in DEPARTMENTS else key
