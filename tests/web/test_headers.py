"""Security headers stand on every answer."""

from __future__ import annotations

import pytest

from tests.conftest import application


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/nothing", 404), ("/api/v1/nothing", 404)])
def test_every_answer_carries_the_headers(page, path, status):
    headers = page.get(path, status=status).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/masuk", "/nothing", "/api/v1/programmes", "/healthz"])
def test_a_browser_that_came_by_https_keeps_to_it(app, page, path):
    name = "Strict-Transport-Security"
    assert name not in app.test_client().get(path).headers
    assert app.test_client().get(path, base_url="https://localhost").headers[name] == "max-age=31536000"


def test_behind_a_proxy_that_tells_no_scheme_the_setting_says_it(tmp_path):
    with application(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path, secure_cookies=True) as made:
        assert made.test_client().get("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_pages_forbid_foreign_scripts_and_frames(page):
    policy = page.get("/nothing", status=404).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
