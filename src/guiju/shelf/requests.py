"""The number of the request under way: in each log line, and on the page that says something broke."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("guiju_request_id", default="")
