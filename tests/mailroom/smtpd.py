"""A small SMTP server for tests: takes letters, or refuses a recipient for good or for now; STARTTLS is not its business."""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass, field


@dataclass
class Taken:
    """A letter as it came over the wire."""

    sender: str
    to: list[str]
    data: bytes


@dataclass
class Smtp:
    """The running server; `refuses` maps a recipient to the answer he gets."""

    refuses: dict[str, str] = field(default_factory=dict)
    letters: list[Taken] = field(default_factory=list)

    def __enter__(self) -> Smtp:
        outer = self

        class Talk(socketserver.StreamRequestHandler):
            def say(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

            def handle(self) -> None:
                self.say("220 there")
                sender, to = "", []
                while line := self.rfile.readline():
                    words = line.decode("utf-8", "replace").strip()
                    verb = words.upper()
                    if verb.startswith(("EHLO", "HELO")):
                        self.say("250 there")
                    elif verb.startswith("MAIL FROM:"):
                        sender, to = words[10:].split(" ")[0].strip("<>"), []
                        self.say("250 fine")
                    elif verb.startswith("RCPT TO:"):
                        one = words[8:].split(" ")[0].strip("<>")
                        answer = outer.refuses.get(one, "250 fine")
                        to += [one] if answer.startswith("250") else []
                        self.say(answer)
                    elif verb == "DATA":
                        self.say("354 go on")
                        lines = []
                        while (part := self.rfile.readline()) not in (b".\r\n", b""):
                            lines.append(part[1:] if part.startswith(b"..") else part)
                        outer.letters.append(Taken(sender, to, b"".join(lines)))
                        self.say("250 kept")
                    elif verb == "QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("250 fine")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
