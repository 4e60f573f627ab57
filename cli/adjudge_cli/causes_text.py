"""What makes a difference, drawn as a tree or written as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.tree import Tree

from adjudge.inference import Inference
from adjudge_cli.markdown import escaped
from adjudge_cli.rendering import Reasons, styled

if TYPE_CHECKING:
    from rich.text import Text

    from adjudge.explaining.causes import Cause, Causes
    from adjudge.knowledge import Knowledge

_NOTHING = Inference((), {}, {}, {})  # causes rest on no statement


def lead_of(found: Causes) -> str:
    """Return what is said before several causes; nothing before a single one that makes all the difference."""
    if not found.found:
        return "No event and no rule explains it; what changed is how the statements are understood."
    if found.weight == "unsure":
        return "These take part, but without them it would still not be as before:"
    if len(found.found) == 1:
        return ""
    return (
        "Each of these alone makes the difference:"
        if found.weight == "alone"
        else "Only together do these make the difference:"
    )


def draw(knowledge: Knowledge, root: Text, found: Causes) -> Tree:
    """Return a tree with the causes below a root, each with its sources."""
    tree = Tree(root, guide_style="dim")
    lead = lead_of(found)
    below = tree.add(styled(lead)) if lead else tree
    reasons = Reasons(knowledge, _NOTHING)
    for one in found.found:
        reasons.add(below, one.reason)
    return tree


def cited(one: Cause) -> str:
    """Return a cause in Markdown, with its sources."""
    sources = f" *({escaped('; '.join(one.reason.sources))})*" if one.reason.sources else ""
    return escaped(one.reason.says) + sources
