"""Everything that can be set from outside. Every value has a default that runs."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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
    trusted_proxies: int = 0
    """How many proxies in front may tell the client's address and scheme."""

    @staticmethod
    def from_env() -> Settings:
        """The settings of the environment: DATABASE_URL and SABUK_...; missing ones have their defaults."""
        instance = Path(os.environ.get("SABUK_INSTANCE", ROOT / "instance")).resolve()
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Settings(
            database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'sabuk.sqlite3'}",
            instance=instance,
            secret_key=os.environ.get("SABUK_SECRET_KEY") or _kept_secret(instance / "secret"),
            secure_cookies=os.environ.get("SABUK_HTTPS", "") == "1",
            log_level=os.environ.get("SABUK_LOG_LEVEL", "INFO"),
            trusted_proxies=int(os.environ.get("SABUK_TRUSTED_PROXIES", "0")),
        )

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite")


def _kept_secret(file: Path) -> str:
    """The secret in the file; made there, readable by its owner only, when it is missing."""
    if not file.exists():
        draft = file.with_name(f"secret.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        # A link appears whole or not at all: of two that start together, both read the same secret.
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()
