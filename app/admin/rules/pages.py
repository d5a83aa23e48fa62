"""The pages below /admin, and the permissions that open each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.core.text import Text
from app.people.rules import ADMINISTERING, Permission


@dataclass(frozen=True, slots=True)
class AdminPage:
    """One page of the administration, as its navigation leads to it."""

    address: str
    name: Text
    permissions: frozenset[Permission]
    """Any of these opens it."""


PAGES: tuple[AdminPage, ...] = (
    AdminPage("/admin", Text("Ringkasan"), ADMINISTERING),
    AdminPage("/admin/orang", Text("Orang"), frozenset({Permission.MANAGE_PEOPLE})),
    AdminPage("/admin/lokasi", Text.pgettext("sites", "Tempat"), frozenset({Permission.CONFIRM_SITE, Permission.MOVE_SITE})),
    AdminPage("/admin/wilayah", Text.pgettext("several", "Wilayah"), frozenset({Permission.IMPORT_PLACES})),
    AdminPage("/admin/program", Text.pgettext("several", "Program"), frozenset({Permission.APPLY_PROGRAMME})),
    AdminPage("/admin/tinjauan", Text("Tinjauan"), frozenset({Permission.SEE_AUDIT, Permission.STAMP})),
    AdminPage("/admin/riwayat", Text("Log audit"), frozenset({Permission.SEE_AUDIT})),
    AdminPage("/admin/pekerjaan", Text("Pekerjaan"), frozenset({Permission.SEE_AUDIT})),
    AdminPage("/admin/keadaan", Text("Keadaan"), frozenset({Permission.SEE_AUDIT})),
)


def pages_of(permissions: Collection[Permission], served: Collection[str]) -> tuple[AdminPage, ...]:
    """The pages that somebody with these permissions may open, of those that are served."""
    return tuple(page for page in PAGES if page.address in served and page.permissions.intersection(permissions))
