"""The room's only writers: grants that follow the staff's assignments, the rules of programmes."""

from cases.insurance.actions.projects import (
    end_policy,
    follow_projects,
    hold_policy,
    issue_policy,
    project_names,
    projects,
)
from cases.insurance.actions.rulebook import (
    begin_edition,
    draft_of,
    drop_edition,
    drop_example,
    keep_example,
    publish_edition,
    save_edition,
)

__all__ = [
    "begin_edition",
    "draft_of",
    "drop_edition",
    "drop_example",
    "end_policy",
    "follow_projects",
    "hold_policy",
    "issue_policy",
    "keep_example",
    "project_names",
    "projects",
    "publish_edition",
    "save_edition",
]
