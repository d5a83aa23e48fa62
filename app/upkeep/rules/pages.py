"""The pages below /admin, and the deeds that open each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.core.text import Text
from app.people.rules import ADMINISTERING, Deed


@dataclass(frozen=True, slots=True)
class AdminPage:
    """One page of the administration, as its navigation leads to it."""

    address: str
    name: Text
    deeds: frozenset[Deed]
    """Any of these opens it."""


PAGES: tuple[AdminPage, ...] = (
    AdminPage("/admin", Text("Ringkasan", "Overview"), ADMINISTERING),
    AdminPage("/admin/orang", Text("Orang", "People"), frozenset({Deed.MANAGE_PEOPLE})),
    AdminPage("/admin/lokasi", Text("Lokasi", "Sites"), frozenset({Deed.CONFIRM_SITE, Deed.MOVE_SITE})),
    AdminPage("/admin/wilayah", Text("Wilayah", "Areas"), frozenset({Deed.IMPORT_PLACES})),
    AdminPage("/admin/program", Text("Program", "Programmes"), frozenset({Deed.APPLY_PROGRAMME})),
    AdminPage("/admin/tinjauan", Text("Tinjauan", "Reviews"), frozenset({Deed.SEE_AUDIT, Deed.STAMP})),
    AdminPage("/admin/riwayat", Text("Riwayat", "Audit log"), frozenset({Deed.SEE_AUDIT})),
    AdminPage("/admin/pekerjaan", Text("Pekerjaan", "Jobs"), frozenset({Deed.SEE_AUDIT})),
)


def pages_of(deeds: Collection[Deed]) -> tuple[AdminPage, ...]:
    """The pages that somebody entitled to these deeds may open."""
    return tuple(page for page in PAGES if page.deeds.intersection(deeds))
