"""An export in part, read for its key results: each as the fields of its form, under the names of what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okrtui.core.errors import Invalid
from okrtui.core.inputs import KeyResultEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    Record = Mapping[str, object]

_OWN = frozenset(KeyResultEntry.model_fields) - {"steps", "owner", "shared_team"}


def key_results_of(document: Record) -> list[dict[str, object]]:
    """The key results of an export's tables.

    Raises:
        Invalid: its tables are not what an export has.
    """
    try:
        return _key_results(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise Invalid("That export has tables missing or of the wrong shape: export the file anew.") from error


def _key_results(document: Record) -> list[dict[str, object]]:
    tables = document["tables"]
    if not isinstance(tables, dict):
        raise TypeError
    invitations = {row["id"]: row for row in tables["invitation"]}
    slugs = {row["id"]: row["slug"] for row in tables["team"]}
    handles = {row["id"]: row["handle"] for row in tables["person"]}
    steps: dict[object, list[dict[str, object]]] = {}
    for row in tables["key_result_step"]:
        steps.setdefault(row["key_result_id"], []).append({"name": row["name"], "weight": row["weight"]})
    found = []
    for row in tables["key_result"]:
        invitation = invitations[row["invitation_id"]]
        found.append(
            {
                **{name: value for name, value in row.items() if name in _OWN},
                "steps": steps.get(row["id"], []),
                "owner": handles.get(row["owner_id"]),
                "shared_team": slugs.get(row["shared_team_id"]),
                "objective": f"O{invitation['objective_id']}",
                "team": slugs.get(invitation["team_id"]),
                "state": row["state"],
            }
        )
    return found
