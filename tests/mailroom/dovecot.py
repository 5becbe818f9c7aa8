"""A real IMAP server for tests: Dovecot as a throw-away process with a configuration, certificate and mail of its own."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
SECRET = "eine ruhige Hand"


def is_here() -> bool:
    return Path(PROGRAM).exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path, host: str = "localhost") -> tuple[Path, Path]:
    """(certificate, key) for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True).sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, secret


@dataclass
class Dovecot:
    """The running server: `put` delivers into a user's folder, `listed` reads it as a mail program would."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="gj-imap-", dir="/tmp")))
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Dovecot:
        self.port, self.tls_port = free_port(), free_port()
        self.cert, self.key = certificate(self.folder)
        as_root = os.getuid() == 0  # then it wants its own users, who must reach the folder
        login, me, group = ("dovenull", "dovecot", "dovecot") if as_root else (getpass.getuser(), getpass.getuser(), grp.getgrgid(os.getgid()).gr_name)
        self.folder.chmod(0o755)
        (self.folder / "run").mkdir()
        (self.folder / "mail").mkdir()
        uid, gid = (pwd.getpwnam("mail").pw_uid, pwd.getpwnam("mail").pw_gid) if as_root else (os.getuid(), os.getgid())
        os.chown(self.folder / "mail", uid, gid)
        (self.folder / "users").write_text(f"sales:{{PLAIN}}{SECRET}\nsecond:{{PLAIN}}{SECRET}\n")
        config = self.folder / "dovecot.conf"
        inner = "".join(
            f"service {name} {{\n chroot =\n{'' if as_root else ' user = ' + me}\n}}\n" for name in ("anvil", "stats", "auth")
        )
        config.write_text(
            f"""
base_dir = {self.folder}/run
log_path = {self.folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {me}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{self.folder}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
ssl = yes
ssl_cert = <{self.cert}
ssl_key = <{self.key}
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_max_userip_connections = 50
passdb {{
 driver = passwd-file
 args = {self.folder}/users
}}
userdb {{
 driver = static
 args = uid={uid} gid={gid} home={self.folder}/mail/%u
}}
service imap-login {{
 chroot =
 inet_listener imap {{
  port = {self.port}
 }}
 inet_listener imaps {{
  port = {self.tls_port}
 }}
}}
{inner}
namespace inbox {{
 inbox = yes
 separator = /
 mailbox Done {{
  auto = create
 }}
}}
"""
        )
        self.process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        until = time.monotonic() + 15
        while time.monotonic() < until:
            try:
                self.client().logout()
                return self
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.1)
        log = self.folder / "log"
        said = log.read_text()[-2000:] if log.exists() else ""
        self.__exit__()
        if self.process.poll():
            said += (self.process.stderr.read() if self.process.stderr else b"").decode()
        raise RuntimeError(f"dovecot did not start: {said}")

    def __exit__(self, *_error: object) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, user: str = "sales") -> imaplib.IMAP4:
        """A mail program's connection."""
        found = imaplib.IMAP4("127.0.0.1", self.port, 10)
        found.login(user, SECRET)
        return found

    def put(self, data: bytes, *, arrived_at: datetime | None = None, folder: str = "INBOX", user: str = "sales") -> None:
        """Deliver a message; the server notes the given moment as its arrival."""
        client = self.client(user)
        kind, said = client.append(folder, None, (arrived_at or datetime.now(UTC)).astimezone(UTC), data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        client.logout()
        assert kind == "OK", said

    def listed(self, folder: str = "INBOX", user: str = "sales") -> list[str]:
        """Flags of the messages in a folder, one each."""
        client = self.client(user)
        client.select(f'"{folder}"', readonly=True)
        found = client.fetch("1:*", "(FLAGS)")[1] if client.search(None, "ALL")[1][0] else []
        client.logout()
        return [one.decode() for one in found if isinstance(one, bytes)]

    def number_anew(self, folder: str = "INBOX", user: str = "sales") -> None:
        """A new UIDVALIDITY, as after a restore of the server: its index of numbers is lost."""
        place = self.folder / "mail" / user
        place = place if folder == "INBOX" else place / f".{folder}"
        for file in place.glob("dovecot*"):
            file.unlink()
        time.sleep(1.1)  # the new validity is a second's number
