"""first tables

Small, in both directions, schema apart from data, tolerable for the previous version of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import types

revision = "9b1e10d825ac"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "city", "kecamatan", "kelurahan", "rw", name="arealevel", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("parent_id", types.Serial, nullable=True),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("closed_at", types.UtcTime, nullable=True),
        sa.CheckConstraint("level <> 'rw' OR parent_id IS NOT NULL", name=op.f("ck_area_rw_has_kelurahan")),
        sa.CheckConstraint("households >= 0", name=op.f("ck_area_households_not_negative")),
        sa.CheckConstraint("population >= 0", name=op.f("ck_area_population_not_negative")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    op.create_index(op.f("ix_area_level_closed_at"), "area", ["level", "closed_at"])
    op.create_index(op.f("ix_area_parent_id"), "area", ["parent_id"])
    op.create_table(
        "audit_line",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("at", types.UtcTime, nullable=False),
        sa.Column("account_id", types.Serial, nullable=True),
        sa.Column("deed", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("details", types.Document, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_line")),
    )
    op.create_index(op.f("ix_audit_line_account_id"), "audit_line", ["account_id"])
    op.create_index(op.f("ix_audit_line_at"), "audit_line", ["at"])
    op.create_index(op.f("ix_audit_line_subject"), "audit_line", ["subject"])
    op.create_table(
        "person",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_adult", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("erased_at", types.UtcTime, nullable=True),
        sa.CheckConstraint("is_adult OR NOT shown", name=op.f("ck_person_children_are_never_shown")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uuid", name=op.f("uq_person_uuid")),
    )
    op.create_table(
        "place_revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_place_revision_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_revision")),
    )
    op.create_table(
        "programme",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "account",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("disabled_at", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "area_code",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("area_id", types.Serial, nullable=False),
        sa.Column("register", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("valid_from", types.UtcTime, nullable=False),
        sa.Column("valid_until", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_code_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_code")),
    )
    op.create_index(op.f("ix_area_code_area_id"), "area_code", ["area_id"])
    op.create_index(op.f("ix_area_code_code"), "area_code", ["code"])
    op.create_table(
        "area_outline",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("area_id", types.Serial, nullable=False),
        sa.Column("outline", types.Geometry("MULTIPOLYGON"), nullable=False),
        sa.Column("area_km2", sa.Double(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("valid_from", types.UtcTime, nullable=False),
        sa.Column("valid_until", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_outline_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_outline")),
    )
    op.create_index(op.f("ix_area_outline_area_id"), "area_outline", ["area_id"])
    if op.get_context().dialect.name == "postgresql":
        op.create_index("ix_area_outline_outline_gist", "area_outline", ["outline"], postgresql_using="gist")
    op.create_index(
        "uq_area_outline_current",
        "area_outline",
        ["area_id"],
        unique=True,
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    op.create_table(
        "award",
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("belt", sa.String(length=24), nullable=False),
        sa.Column("stripes", sa.Integer(), nullable=False),
        sa.Column("earned_at", types.UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_award_programme_id")),
        sa.PrimaryKeyConstraint("person_id", "programme_id", "threshold", name=op.f("pk_award")),
    )
    op.create_table(
        "badge_award",
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("badge", sa.String(length=40), nullable=False),
        sa.Column("earned_at", types.UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_badge_award_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_badge_award_programme_id")),
        sa.PrimaryKeyConstraint("person_id", "programme_id", "badge", name=op.f("pk_badge_award")),
    )
    op.create_table(
        "histogram",
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("score", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_histogram_programme_id")),
        sa.PrimaryKeyConstraint("programme_id", "area_id", "period", "score", name=op.f("pk_histogram")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "presence",
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column(
            "scope",
            sa.Enum("person", "site", "area", name="subject", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("scope_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("ranked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_presence_programme_id")),
        sa.PrimaryKeyConstraint("programme_id", "scope", "scope_id", "period", "person_id", name=op.f("pk_presence")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_presence_board", "presence", ["programme_id", "scope", "scope_id", "period", "ranked"])
    op.create_table(
        "site",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("school", "workplace", name="sitekind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("npsn", sa.String(length=8), nullable=True),
        sa.Column("kelurahan_id", types.Serial, nullable=True),
        sa.Column("rw_id", types.Serial, nullable=True),
        sa.Column("rt", sa.String(length=3), nullable=True),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("confirmed_at", types.UtcTime, nullable=True),
        sa.Column("confirmed_by", types.Serial, nullable=True),
        sa.Column("closed_at", types.UtcTime, nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_site_confirmation_names_its_officer")
        ),
        sa.CheckConstraint("npsn IS NULL OR length(npsn) = 8", name=op.f("ck_site_npsn_has_eight_digits")),
        sa.ForeignKeyConstraint(["kelurahan_id"], ["area.id"], name=op.f("fk_site_kelurahan_id")),
        sa.ForeignKeyConstraint(["rw_id"], ["area.id"], name=op.f("fk_site_rw_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("npsn", name=op.f("uq_site_npsn")),
        sa.UniqueConstraint("uuid", name=op.f("uq_site_uuid")),
    )
    op.create_index(op.f("ix_site_kelurahan_id"), "site", ["kelurahan_id"])
    op.create_table(
        "tally",
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column(
            "subject",
            sa.Enum("person", "site", "area", name="subject", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_tally_programme_id")),
        sa.PrimaryKeyConstraint("programme_id", "subject", "subject_id", "period", "measure", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_token",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.Column("revoked_at", types.UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_access_token_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_access_token_digest")),
    )
    op.create_index(op.f("ix_access_token_account_id"), "access_token", ["account_id"])
    op.create_table(
        "baseline",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("area_id", types.Serial, nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", types.UtcTime, nullable=False),
        sa.Column("recorded_by", types.Serial, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_baseline_area_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_baseline_programme_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_baseline_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        sa.UniqueConstraint(
            "programme_id",
            "area_id",
            "indicator",
            "counted_on",
            name=op.f("uq_baseline_programme_id_area_id_indicator_counted_on"),
        ),
    )
    op.create_table(
        "programme_version",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("applied_at", types.UtcTime, nullable=False),
        sa.Column("applied_by", types.Serial, nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_programme_version_version_counts_from_one")),
        sa.ForeignKeyConstraint(["applied_by"], ["account.id"], name=op.f("fk_programme_version_applied_by")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_programme_version_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint("programme_id", "effective_from", name=op.f("uq_programme_version_programme_id_effective_from")),
        sa.UniqueConstraint("programme_id", "version", name=op.f("uq_programme_version_programme_id_version")),
    )
    op.create_index(op.f("ix_programme_version_programme_id"), "programme_version", ["programme_id"])
    op.create_table(
        "site_circle",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("site_id", types.Serial, nullable=False),
        sa.Column("centre", types.Geometry("POINT"), nullable=False),
        sa.Column("radius_m", sa.Double(), nullable=True),
        sa.Column("valid_from", types.UtcTime, nullable=False),
        sa.Column("valid_until", types.UtcTime, nullable=True),
        sa.Column("set_by", types.Serial, nullable=True),
        sa.CheckConstraint("radius_m > 0", name=op.f("ck_site_circle_radius_positive")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_circle_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_circle")),
    )
    if op.get_context().dialect.name == "postgresql":
        op.create_index("ix_site_circle_centre_gist", "site_circle", ["centre"], postgresql_using="gist")
    op.create_index(op.f("ix_site_circle_site_id"), "site_circle", ["site_id"])
    op.create_index(
        "uq_site_circle_current",
        "site_circle",
        ["site_id"],
        unique=True,
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    op.create_table(
        "target",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("area_id", types.Serial, nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", types.UtcTime, nullable=False),
        sa.Column("recorded_by", types.Serial, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_target_area_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_target_programme_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_target_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "programme_id", "area_id", "indicator", "due_on", name=op.f("uq_target_programme_id_area_id_indicator_due_on")
        ),
    )
    op.create_table(
        "tenure",
        sa.Column("id", types.Serial, nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "volunteer",
                "cadre",
                "rt",
                "rw",
                "teacher",
                "principal",
                "officer",
                "expert",
                "coordinator",
                "lurah",
                "kecamatan",
                "agency",
                "sponsor",
                "administrator",
                name="post",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "movement",
            sa.Enum("pkk", "kb", "dasawisma", name="movement", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("area_id", types.Serial, nullable=True),
        sa.Column("site_id", types.Serial, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("granted_by", types.Serial, nullable=True),
        sa.Column("created_at", types.UtcTime, nullable=False),
        sa.CheckConstraint("movement IS NULL OR post = 'cadre'", name=op.f("ck_tenure_only_cadres_have_a_movement")),
        sa.CheckConstraint("(area_id IS NULL) <> (site_id IS NULL)", name=op.f("ck_tenure_one_place")),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until", name=op.f("ck_tenure_span_in_order")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_tenure_area_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_tenure_granted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tenure_person_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_tenure_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure")),
    )
    op.create_index(op.f("ix_tenure_area_id"), "tenure", ["area_id"])
    op.create_index(op.f("ix_tenure_person_id"), "tenure", ["person_id"])
    op.create_index(op.f("ix_tenure_person_id_post"), "tenure", ["person_id", "post"])
    op.create_index(op.f("ix_tenure_site_id"), "tenure", ["site_id"])
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", types.Serial, nullable=False),
        sa.Column("version_id", types.Serial, nullable=False),
        sa.Column("person_id", types.Serial, nullable=False),
        sa.Column("recorded_by", types.Serial, nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "pupil",
                "teacher",
                "principal",
                "cadre",
                "coordinator",
                "volunteer",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("movement", sa.String(length=24), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "held",
                "stamped",
                "refused",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("captured_at", types.UtcTime, nullable=False),
        sa.Column("sent_at", types.UtcTime, nullable=False),
        sa.Column("received_at", types.UtcTime, nullable=False),
        sa.Column("observed_at", types.UtcTime, nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("position", types.Geometry("POINT"), nullable=False),
        sa.Column(
            "source",
            sa.Enum("device", "pin", "photo", name="source", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("fixed_at", types.UtcTime, nullable=True),
        sa.Column("cell", sa.BigInteger(), nullable=False),
        sa.Column("site_id", types.Serial, nullable=True),
        sa.Column("circle_id", types.Serial, nullable=True),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("kelurahan_id", types.Serial, nullable=True),
        sa.Column("kecamatan_id", types.Serial, nullable=True),
        sa.Column("city_id", types.Serial, nullable=True),
        sa.Column("rw_id", types.Serial, nullable=True),
        sa.Column("rt", sa.String(length=3), nullable=True),
        sa.Column("measures", types.Document, nullable=False),
        sa.Column("findings", types.Document, nullable=False),
        sa.Column("attention", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(source = 'device') = (accuracy_m IS NOT NULL)", name=op.f("ck_action_device_tells_accuracy")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_action_minutes_not_negative")),
        sa.ForeignKeyConstraint(["circle_id"], ["site_circle.id"], name=op.f("fk_action_circle_id")),
        sa.ForeignKeyConstraint(["city_id"], ["area.id"], name=op.f("fk_action_city_id")),
        sa.ForeignKeyConstraint(["kecamatan_id"], ["area.id"], name=op.f("fk_action_kecamatan_id")),
        sa.ForeignKeyConstraint(["kelurahan_id"], ["area.id"], name=op.f("fk_action_kelurahan_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_action_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_action_programme_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_action_recorded_by")),
        sa.ForeignKeyConstraint(["rw_id"], ["area.id"], name=op.f("fk_action_rw_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_action_site_id")),
        sa.ForeignKeyConstraint(["version_id"], ["programme_version.id"], name=op.f("fk_action_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_action_id_person_id")),
    )
    op.create_index(
        op.f("ix_action_kelurahan_id_programme_id_observed_on"), "action", ["kelurahan_id", "programme_id", "observed_on"]
    )
    op.create_index(op.f("ix_action_person_id_observed_on"), "action", ["person_id", "observed_on"])
    if op.get_context().dialect.name == "postgresql":
        op.create_index("ix_action_position_gist", "action", ["position"], postgresql_using="gist")
    op.create_index(
        "ix_action_queue_kelurahan",
        "action",
        ["kelurahan_id", "attention", "observed_at"],
        sqlite_where=sa.text("status IN ('waiting', 'held')"),
        postgresql_where=sa.text("status IN ('waiting', 'held')"),
    )
    op.create_index(
        "ix_action_queue_site",
        "action",
        ["site_id", "attention", "observed_at"],
        sqlite_where=sa.text("status IN ('waiting', 'held')"),
        postgresql_where=sa.text("status IN ('waiting', 'held')"),
    )
    op.create_table(
        "action_photo",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "before", "after", "detail", "person-free", name="photorole", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_photo_action_id")),
        sa.PrimaryKeyConstraint("action_id", "place", name=op.f("pk_action_photo")),
    )
    op.create_index(op.f("ix_action_photo_sha256"), "action_photo", ["sha256"])
    op.create_table(
        "refusal",
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("tenure_id", types.Serial, nullable=False),
        sa.Column("refused_at", types.UtcTime, nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_refusal_account_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_refusal_action_id")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_refusal_tenure_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_refusal")),
    )
    op.create_table(
        "stamp",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stamper_id", types.Serial, nullable=False),
        sa.Column("account_id", types.Serial, nullable=False),
        sa.Column("tenure_id", types.Serial, nullable=False),
        sa.Column("stamped_at", types.UtcTime, nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("credits", types.Document, nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("voided_at", types.UtcTime, nullable=True),
        sa.Column("voided_by", types.Serial, nullable=True),
        sa.Column("void_reason", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_stamp_a_void_is_whole"),
        ),
        sa.CheckConstraint("person_id <> stamper_id", name=op.f("ck_stamp_nobody_stamps_their_own")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_stamp_account_id")),
        sa.ForeignKeyConstraint(
            ["action_id", "person_id"], ["action.id", "action.person_id"], name=op.f("fk_stamp_action_id_person_id")
        ),
        sa.ForeignKeyConstraint(["stamper_id"], ["person.id"], name=op.f("fk_stamp_stamper_id")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_stamp_tenure_id")),
        sa.ForeignKeyConstraint(["voided_by"], ["account.id"], name=op.f("fk_stamp_voided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp")),
        sa.UniqueConstraint("person_id", "page", name=op.f("uq_stamp_person_id_page")),
    )
    op.create_index(op.f("ix_stamp_stamper_id"), "stamp", ["stamper_id"])
    op.create_index(
        "uq_stamp_valid",
        "stamp",
        ["action_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_stamp_valid",
        table_name="stamp",
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index(op.f("ix_stamp_stamper_id"), table_name="stamp")
    op.drop_table("stamp")
    op.drop_table("refusal")
    op.drop_index(op.f("ix_action_photo_sha256"), table_name="action_photo")
    op.drop_table("action_photo")
    op.drop_index(
        "ix_action_queue_site",
        table_name="action",
        sqlite_where=sa.text("status IN ('waiting', 'held')"),
        postgresql_where=sa.text("status IN ('waiting', 'held')"),
    )
    op.drop_index(
        "ix_action_queue_kelurahan",
        table_name="action",
        sqlite_where=sa.text("status IN ('waiting', 'held')"),
        postgresql_where=sa.text("status IN ('waiting', 'held')"),
    )
    if op.get_context().dialect.name == "postgresql":
        op.drop_index("ix_action_position_gist", table_name="action", postgresql_using="gist")
    op.drop_index(op.f("ix_action_person_id_observed_on"), table_name="action")
    op.drop_index(op.f("ix_action_kelurahan_id_programme_id_observed_on"), table_name="action")
    op.drop_table("action")
    op.drop_index(op.f("ix_tenure_site_id"), table_name="tenure")
    op.drop_index(op.f("ix_tenure_person_id_post"), table_name="tenure")
    op.drop_index(op.f("ix_tenure_person_id"), table_name="tenure")
    op.drop_index(op.f("ix_tenure_area_id"), table_name="tenure")
    op.drop_table("tenure")
    op.drop_table("target")
    op.drop_index(
        "uq_site_circle_current",
        table_name="site_circle",
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    op.drop_index(op.f("ix_site_circle_site_id"), table_name="site_circle")
    if op.get_context().dialect.name == "postgresql":
        op.drop_index("ix_site_circle_centre_gist", table_name="site_circle", postgresql_using="gist")
    op.drop_table("site_circle")
    op.drop_index(op.f("ix_programme_version_programme_id"), table_name="programme_version")
    op.drop_table("programme_version")
    op.drop_table("baseline")
    op.drop_index(op.f("ix_access_token_account_id"), table_name="access_token")
    op.drop_table("access_token")
    op.drop_table("tally")
    op.drop_index(op.f("ix_site_kelurahan_id"), table_name="site")
    op.drop_table("site")
    op.drop_index("ix_presence_board", table_name="presence")
    op.drop_table("presence")
    op.drop_table("histogram")
    op.drop_table("badge_award")
    op.drop_table("award")
    op.drop_index(
        "uq_area_outline_current",
        table_name="area_outline",
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    if op.get_context().dialect.name == "postgresql":
        op.drop_index("ix_area_outline_outline_gist", table_name="area_outline", postgresql_using="gist")
    op.drop_index(op.f("ix_area_outline_area_id"), table_name="area_outline")
    op.drop_table("area_outline")
    op.drop_index(op.f("ix_area_code_code"), table_name="area_code")
    op.drop_index(op.f("ix_area_code_area_id"), table_name="area_code")
    op.drop_table("area_code")
    op.drop_table("account")
    op.drop_table("programme")
    op.drop_table("place_revision")
    op.drop_table("person")
    op.drop_index(op.f("ix_audit_line_subject"), table_name="audit_line")
    op.drop_index(op.f("ix_audit_line_at"), table_name="audit_line")
    op.drop_index(op.f("ix_audit_line_account_id"), table_name="audit_line")
    op.drop_table("audit_line")
    op.drop_index(op.f("ix_area_parent_id"), table_name="area")
    op.drop_index(op.f("ix_area_level_closed_at"), table_name="area")
    op.drop_table("area")
