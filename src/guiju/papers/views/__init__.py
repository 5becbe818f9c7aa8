"""Pages of papers: the department's inbox, a paper with its sign-off, print, the register, the QR page."""

from guiju.papers.queries import may_see

__all__ = ["may_see"]
