"""The files that an operator copies are ones that systemd, nginx and a shell understand, and name what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
BY_HAND = re.compile(r"^([A-Z_]+)=(.+)$", re.MULTILINE)


def needs(program: str) -> str:
    found = shutil.which(program, path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/sbin:/bin")
    if found is None:
        pytest.skip(f"there is no {program} here")
    return found


def test_every_setting_of_the_file_is_in_the_table():
    told = (DOCS / "operations.md").read_text()
    settings = dict(BY_HAND.findall((DOCS / "sabuk.env").read_text()))
    assert {name for name in settings if f"`{name}`" not in told} == set()
    assert settings["SABUK_TRUSTED_PROXIES"] == "1"


def test_the_unit_is_one_that_systemd_takes(tmp_path):
    unit = tmp_path / "sabuk.service"
    program = "/srv/sabuk/.venv/bin/sabuk"
    text = (DOCS / "sabuk.service").read_text()
    assert program in text
    unit.write_text(text.replace(program, sys.executable).replace("/srv/sabuk", str(tmp_path)))
    done = subprocess.run([needs("systemd-analyze"), "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(unit) in line or "sabuk.service" in line]) == (
        0,
        [],
    )


def test_the_proxy_s_file_is_one_that_nginx_takes(tmp_path):
    nginx, openssl = needs("nginx"), needs("openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    making = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=sabuk.example",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run([openssl, *making], capture_output=True, check=True)
    text = (DOCS / "nginx.conf").read_text().replace("/etc/ssl/sabuk", str(tmp_path))
    # As anybody, beside whatever answers on this machine.
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE).replace("listen 80;", f"listen unix:{tmp_path}/80;")
    text = text.replace("listen 443 ", f"listen unix:{tmp_path}/443 ")
    temporary = "".join(f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {temporary}\n{text}\n}}")
    done = subprocess.run(
        [nginx, "-t", "-e", str(tmp_path / "error.log"), "-p", str(tmp_path), "-c", str(whole)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "[emerg]" in line]) == (0, [])


def test_the_commands_of_root_are_a_shell_script():
    assert subprocess.run(["sh", "-n", str(DOCS / "sabuk.sh")], check=True).returncode == 0


def test_what_the_steps_copy_is_there():
    copied = re.findall(r"/srv/sabuk/docs/([\w.]+)", (DOCS / "operations.md").read_text())
    assert {"sabuk.env", "sabuk.service", "sabuk.sh", "nginx.conf"} == set(copied)
    assert all((DOCS / name).is_file() for name in copied)
