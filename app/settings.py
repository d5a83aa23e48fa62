"""Everything that can be set from outside. Every value has a default that runs."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parent.parent

ADDRESS = "http://127.0.0.1:8000"
CONTACT = "mailto:sabuk-hijau@localhost"
MIN_TOKEN_LETTERS = 24
PUSH_SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
)
"""The origins of the browsers' push services. A server that posts wherever it is told to could be sent into its own network."""


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    instance: Path
    """Folder of the embedded database, the secret and the photographs."""
    secret_key: str
    default_language: str = "id"
    session_days: int = 30
    secure_cookies: bool = False
    """True where the address people use begins with https."""
    body_limit: int = 64 * 1024
    """Bytes that one JSON request may have."""
    log_level: str = "INFO"
    address: str = ADDRESS
    """How people's address of this server begins. Letters, QR codes and messages name it, never what a request says."""
    trusted_proxies: int = 0
    """How many proxies in front may tell the client's address and scheme."""
    contact: str = CONTACT
    """Where push services reach whoever runs this server: mailto:... or https://..."""
    push_services: tuple[str, ...] = PUSH_SERVICES
    """Origins to which notices may be pushed."""
    tiles: str = ""
    """Address of map tiles with {z}, {x} and {y}; maps show our own outlines alone without it."""
    tiles_credit: str = ""
    tiles_credit_href: str = ""
    source_url: str = ""
    """Where people find the source of the version that runs: the foot of pages leads there, as the licence asks."""
    metrics_token: str = ""
    """Whoever sends it reads /metrics; without it there is no such address."""
    error_webhook: str = ""
    """Where errors are told, by kind and place alone: https://..., or http:// on this machine; nowhere where it is empty."""

    @staticmethod
    def from_env() -> Settings:
        """The settings of the environment: DATABASE_URL and SABUK_...; missing ones have their defaults."""
        instance = Path(os.environ.get("SABUK_INSTANCE", ROOT / "instance")).resolve()
        keep_private(instance)
        return Settings(
            database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'sabuk.sqlite3'}",
            instance=instance,
            secret_key=os.environ.get("SABUK_SECRET_KEY") or kept_text(instance / "secret", _new_secret),
            secure_cookies=os.environ.get("SABUK_HTTPS", "") == "1",
            log_level=os.environ.get("SABUK_LOG_LEVEL", "INFO"),
            address=_begins_addresses(os.environ.get("SABUK_ADDRESS", ADDRESS)),
            trusted_proxies=int(os.environ.get("SABUK_TRUSTED_PROXIES", "0")),
            contact=os.environ.get("SABUK_CONTACT", CONTACT),
            push_services=tuple(os.environ.get("SABUK_PUSH_SERVICES", " ".join(PUSH_SERVICES)).split()),
            tiles=os.environ.get("SABUK_TILES", ""),
            tiles_credit=os.environ.get("SABUK_TILES_CREDIT", ""),
            tiles_credit_href=os.environ.get("SABUK_TILES_CREDIT_HREF", ""),
            source_url=_web_address("SABUK_SOURCE_URL"),
            metrics_token=_token("SABUK_METRICS_TOKEN"),
            error_webhook=_webhook("SABUK_ERROR_WEBHOOK"),
        )

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite")


def _begins_addresses(said: str) -> str:
    """The scheme, host and port of SABUK_ADDRESS. Raises ValueError for anything that addresses do not begin with."""
    told = _web_parts(said.strip())
    if not told or told.path.strip("/") or told.query or told.fragment:
        raise ValueError(f"SABUK_ADDRESS is {said!r}; it has to begin addresses, as https://sabuk.example does")
    return f"{told.scheme}://{told.netloc}"


def _web_address(name: str) -> str:
    """What the variable of that name says, empty where it is not set. Raises ValueError for what no browser opens."""
    said = os.environ.get(name, "").strip()
    if not said:
        return ""
    if not _web_parts(said):
        raise ValueError(f"{name} is {said!r}; it has to be a whole address, as https://code.example/sabuk-hijau is")
    return said


def _webhook(name: str) -> str:
    """What the variable of that name says, empty where it is not set. Raises ValueError for what would go over a network openly.

    The address is not told in the error: many are secrets.
    """
    said = os.environ.get(name, "").strip()
    told = _web_parts(said)
    if said and (not told or told.username is not None or not (told.scheme == "https" or _is_this_machine(told.hostname or ""))):
        raise ValueError(f"{name} has to be a whole address that begins with https://, or with http:// on this machine")
    return said


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _token(name: str) -> str:
    """What the variable of that name says, empty where it is not set. Raises ValueError for what could be guessed."""
    said = os.environ.get(name, "").strip()
    if said and len(said) < MIN_TOKEN_LETTERS:
        raise ValueError(f"{name} needs at least {MIN_TOKEN_LETTERS} letters; `openssl rand -hex 24` makes some")
    return said


def _web_parts(said: str) -> SplitResult | None:
    """The parts of an address that browsers open; None where it is none."""
    with suppress(ValueError):  # what urlsplit and a port say of brackets and letters
        told = urlsplit(said)
        if told.scheme in ("http", "https") and told.hostname and told.port != 0 and not any(map(str.isspace, said)):
            return told
    return None


def keep_private(folder: Path) -> None:
    """Whatever this process makes from now on is for its user alone, and so is what the folder holds.

    An older version left the database readable by all. What belongs to another user is left to them.
    """
    os.umask(0o077)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, mode in ((folder, 0o700), *((file, 0o600) for file in folder.iterdir() if file.is_file())):
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(mode)


def kept_text(file: Path, make: Callable[[], str]) -> str:
    """The text of the file; made there, readable by its owner only, when it is missing."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(make())
        # A link appears whole or not at all: of two that start together, both read the same.
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()


def _new_secret() -> str:
    return secrets.token_urlsafe(48)
