"""Security headers stand on every answer."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/nothing", 404), ("/api/v1/nothing", 404)])
def test_every_answer_carries_the_headers(page, path, status):
    headers = page.get(path, status=status).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_pages_forbid_foreign_scripts_and_frames(page):
    policy = page.get("/nothing", status=404).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
