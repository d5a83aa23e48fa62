"""Every table of the house, gathered for whoever needs to know them all: migrations and foreign keys by name."""

from __future__ import annotations

import app.actions.models
import app.audit.models
import app.awards.models
import app.indicators.models
import app.integrity.models
import app.jobs.models
import app.leaderboard.models
import app.media.models
import app.notices.models
import app.people.models
import app.photo_consent.models
import app.places.models
import app.programmes.models
import app.reviews.models
import app.stamping.models
import app.tallies.models  # noqa: F401
