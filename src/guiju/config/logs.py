"""Log lines as JSON with the request's id and no personal data."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from guiju.shelf.requests import request_id


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        number = request_id.get() or getattr(getattr(record, "request", None), "request_id", "")
        if number:
            line["request"] = number
        line |= {name: getattr(record, name) for name in ("status", "took_ms") if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
