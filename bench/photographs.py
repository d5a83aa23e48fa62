"""What photographs cost: CPU of the request that takes one in, time and memory of the job that looks at one.

.venv/bin/python -m bench.photographs [--count 30]
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import numpy
from PIL import Image
from pillow_heif import register_heif_opener

from app.application import create_app
from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people import service as people
from app.settings import ROOT, Settings
from bench import machine
from bench.client import send_all
from bench.databases import SABUK, Copy, Made
from bench.servers import Running, ours

PUTS = (("350 KB", 350_000, 8.0), ("2.5 MB", 2_500_000, 15.0))
"""Size by name, bytes, CPU milliseconds aimed at."""
LOOKS = (("JPEG", "jpeg", (4000, 3000), "450 ms, 60 MB"), ("HEIC", "heic", (4000, 3000), ""), ("PNG", "png", (4000, 3000), ""))

LOOK = """
import sys, time
from pathlib import Path
from app.media.rules import ImageKind
from app.media.service.decoding import Seen, look_at

def kib(name):
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))

with open(sys.argv[1], "rb") as file:
    Path("/proc/self/clear_refs").write_text("5")
    before, began, cpu = kib("VmRSS"), time.perf_counter(), time.process_time()
    assert isinstance(look_at(file, ImageKind(sys.argv[2])), Seen)
    print((time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000, (kib("VmHWM") - before) / 1024)
"""


def photograph(size: tuple[int, int], kind: str = "JPEG", seed: int = 1) -> bytes:
    """Soft shapes with the grain of a phone's camera."""
    chance = numpy.random.default_rng(seed)
    rough = chance.integers(0, 255, (size[1] // 40, size[0] // 40, 3), dtype=numpy.uint8)
    soft = numpy.asarray(Image.fromarray(rough).resize(size, Image.Resampling.BICUBIC), dtype=numpy.float32)
    grain = chance.normal(0, 5, (size[1], size[0], 1)).astype(numpy.float32)
    out = io.BytesIO()
    Image.fromarray((soft + grain).clip(0, 255).astype(numpy.uint8)).save(out, kind, quality=80)
    return out.getvalue()


def padded(content: bytes, size: int) -> bytes:
    """The photograph with that many bytes, others each time; what follows its end is not decoded."""
    return content + os.urandom(size - len(content))


def put(content: bytes, token: str) -> bytes:
    """The request as it goes over the wire."""
    head = (
        f"PUT /api/v1/photos/{hashlib.sha256(content).hexdigest()} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def web_server(running: Running) -> list[int]:
    """The web server's processes: the job runner beside them has no children."""
    children = [pid for pid in machine.tree(running.process)[1:] if len(machine.tree(pid)) > 1]
    return machine.tree(children[0])


def senders(database: Copy, count: int) -> list[str]:
    """Tokens of so many people: nobody may send much that no action names."""
    settings = Settings(database_url=database.url, instance=database.instance, secret_key="bench", log_level="WARNING")  # noqa: S106
    made = create_app(settings)
    with made.app_context():
        with write_transaction(db.session()) as session:
            accounts = [people.create(session, f"pengukur.{number}", now=utc_now()) for number in range(count)]
            tokens = [people.create_token(session, account, now=utc_now()) for account in accounts]
        db.engine.dispose()
    return tokens


def taking_in(running: Running, tokens: list[str], count: int) -> None:
    print("| photograph taken in | CPU ms of the request | aimed at | ms until the answer |\n|---|--:|--:|--:|")
    small = photograph((1600, 1200))
    for name, size, aim in PUTS:
        requests = [put(padded(small[: size // 2], size), tokens.pop()) for _ in range(count + 3)]
        send_all(running.port, requests[:3], 201)
        pids = web_server(running)
        machine.keep_to(pids, machine.SERVER_CORE)
        before = machine.cpu_ms(pids)
        with machine.started_on(machine.CLIENT_CORE):
            waited = send_all(running.port, requests[3:], 201)
        print(f"| {name} | {(machine.cpu_ms(pids) - before) / count:.1f} | {aim:.0f} | {median(waited):.1f} |")


def looking_at(folder: Path, runs: int) -> None:
    print("\n| photograph looked at | ms | CPU ms | MiB more at its highest | aimed at |\n|---|--:|--:|--:|---|")
    for name, kind, size, aim in LOOKS:
        file = folder / f"photograph.{kind}"
        file.write_bytes(photograph(size, {"heic": "HEIF"}.get(kind, kind.upper())))
        took = [_looked_at(file, kind) for _ in range(runs)]
        ms, cpu, mib = (median(values) for values in zip(*took, strict=True))
        mega = size[0] * size[1] / 1e6
        print(f"| {name}, {mega:.0f} megapixels, {file.stat().st_size / 1e6:.1f} MB | {ms:.0f} | {cpu:.0f} | {mib:.0f} | {aim} |")


def _looked_at(file: Path, kind: str) -> list[float]:
    command = [sys.executable, "-c", LOOK, str(file), kind]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [float(value) for value in done.stdout.split()]


def sabuk(database: Copy, *command: str) -> str:
    done = subprocess.run([SABUK, *command], cwd=ROOT, env=database.environment(), check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=30, help="photographs of each size")
    options.add_argument("--runs", type=int, default=5, help="how often each kind is looked at")
    given = options.parse_args()
    register_heif_opener()
    print(f"{machine.description()}, load {machine.load():.1f}\n")
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        database = Copy(f"sqlite:///{instance / 'sabuk.sqlite3'}", instance, Made(0, 0, 0, 0))
        sabuk(database, "db", "upgrade")
        tokens = senders(database, len(PUTS) * (given.count + 3))
        with ours(database) as running:
            taking_in(running, tokens, given.count)
        looking_at(instance, given.runs)


if __name__ == "__main__":
    main()
