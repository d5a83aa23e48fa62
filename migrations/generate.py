"""Writes the next migration against a throw-away PostGIS; `bin/migration` calls it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from alembic import command

from app.database import migrations
from tests import databases

VERSIONS = Path(__file__).parent / "versions"
GIST = re.compile(r"^    (op\.(?:create|drop)_index\(.*postgresql_using='gist'.*\))$", re.MULTILINE)


def generate(title: str) -> Path:
    """The file that takes a database from the newest revision to what the models say."""
    databases.begin_run()
    try:
        database = databases.new_database("postgis")
        script = command.revision(migrations.config(database.url), title, autogenerate=True)
    finally:
        databases.end_run()
    file = Path(script.path)  # type: ignore[union-attr]
    file.write_text(tidied(file.read_text()))
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "format", "--quiet", file], check=True)
    subprocess.run([ruff, "check", "--quiet", "--fix", file], check=True)
    return file


def tidied(script: str) -> str:
    """The script with its GiST indexes kept to PostgreSQL and without alembic's markers."""
    script = GIST.sub(r'    if op.get_context().dialect.name == "postgresql":\n        \1', script)
    script = re.sub(r"\n *# (?:###|please adjust).*", "", script)
    return script.replace(", unique=False", "")


def main() -> None:
    if sys.argv[1:] == ["--first"]:
        for old in VERSIONS.glob("*.py"):
            old.unlink()
        title = "first tables"
    elif len(sys.argv) == 2 and not sys.argv[1].startswith("-"):
        title = sys.argv[1]
    else:
        raise SystemExit('usage: bin/migration "what changes"  |  bin/migration --first')
    sys.stdout.write(f"{generate(title)}\n")


if __name__ == "__main__":
    main()
