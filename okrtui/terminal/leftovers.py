"""What is left of an application that has ended: it is taken apart, and so is gone at once.

An application that has shown every page is some fifty thousand objects that hold each other. Python gives them back once its collector
has looked through all there is: with a hundred others in the same process that takes seconds, in which none of them is served.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.cache import LRUCache

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

LATER_SECONDS = 3.0
"""After the end: what was cancelled with it has heard of that by then."""
AT_ONCE = 40
"""Widgets taken apart in one turn of the loop: a millisecond."""


def everything_of(app: App[Any]) -> list[DOMNode]:
    """The widgets of an application that is about to end, and what each has for the parts of it that have a style of their own."""
    widgets = [node for node in app._registry if node is not app]
    parts = (style.node for widget in widgets for style in widget._component_styles.values())
    return [*widgets, *filter(None, parts)]


def take_apart(app: App[Any], nodes: list[DOMNode]) -> None:
    """Take an application apart that has ended, with the widgets that it had, once nothing runs of it any more."""
    asyncio.get_running_loop().call_later(LATER_SECONDS, _begin, app, nodes)


def _begin(app: App[Any], nodes: list[DOMNode]) -> None:
    if any(not worker.is_finished for worker in app.workers):  # one that saves still, for which it waits
        take_apart(app, nodes)
    else:
        _go_on([app, *nodes])


def _go_on(nodes: list[DOMNode]) -> None:
    for node in nodes[-AT_ONCE:]:
        for cache in vars(node).values():
            if isinstance(cache, LRUCache):
                for link in cache._cache.values():  # a ring, which would hold itself
                    link.clear()
        vars(node).clear()
    del nodes[-AT_ONCE:]
    if nodes:
        asyncio.get_running_loop().call_soon(_go_on, nodes)
