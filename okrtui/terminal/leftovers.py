"""What is left of widgets that were removed, and of an application that has ended: it is taken apart, and so is gone at once.

The parts of a widget hold each other, so that Python gives them back once its collector has looked through all there is. An application
that has shown every page is some fifty thousand objects: with a hundred of them in one process that takes seconds, in which
nobody is served.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.cache import LRUCache
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import App
    from textual.dom import DOMNode

LATER_SECONDS = 3.0
"""After the end: what was cancelled with it has heard of that by then."""
AT_ONCE = 40
"""Widgets taken apart in one turn of the loop: a millisecond."""


def everything_of(widgets: Iterable[Widget]) -> list[DOMNode]:
    """Widgets, their scrollbars, and what each has for the parts of it that have a style of their own."""
    found = [one for widget in widgets for one in (widget, *widget._get_virtual_dom())]
    return [*found, *(part for widget in found for part in parts_of(widget))]


def parts_of(node: DOMNode) -> list[DOMNode]:
    """What a widget has for the parts of it that have a style of their own."""
    return [part for style in node._component_styles.values() if (part := style.node) is not None]


def loosen(nodes: Iterable[DOMNode]) -> None:
    """Let go of each other what a removed widget is made of; whoever holds it still may look at it."""
    for node in nodes:
        if not vars(node):  # it was taken apart with its application
            continue
        node._css_styles.node = node._inline_styles.node = None
        if isinstance(node, Widget):
            node._styles_cache.clear()
        if isinstance(node, Screen):
            node._layout_widgets.clear()  # a widget elsewhere holds the screen for as long as its last message came from it
        for value in vars(node).values():
            if isinstance(value, LRUCache):
                for link in value._cache.values():  # a ring, which would hold itself
                    link.clear()
                value.clear()
            elif isinstance(value, Timer):  # which has been stopped
                value._callback = None


def loosen_later(nodes: list[DOMNode]) -> None:
    """Do so once they are removed."""
    asyncio.get_running_loop().call_later(LATER_SECONDS, _loosen_removed, nodes)


def _loosen_removed(nodes: list[DOMNode]) -> None:
    loosen(node for node in nodes if not node._running)
    if late := [node for node in nodes if node._running]:
        loosen_later(late)


def take_apart(app: App[Any], nodes: Sequence[DOMNode]) -> None:
    """Take an application apart that has ended, with the widgets that it had, once nothing runs of it any more."""
    asyncio.get_running_loop().call_later(LATER_SECONDS, _begin, app, nodes)


def _begin(app: App[Any], nodes: Sequence[DOMNode]) -> None:
    if any(worker._task is not None and not worker._task.done() for worker in app.workers):  # it saves still
        take_apart(app, nodes)
    else:
        _go_on([app, *nodes])


def _go_on(nodes: list[DOMNode]) -> None:
    some = nodes[-AT_ONCE:]
    loosen(some)
    for node in some:
        vars(node).clear()
    del nodes[-AT_ONCE:]
    if nodes:
        asyncio.get_running_loop().call_soon(_go_on, nodes)


_divide = Strip.divide


def _divided(self: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """Divide a strip. Textual has one that is cut at its end alone remember itself: each line drawn would wait for the collector."""
    places = [cut for cut in cuts if cut <= self.cell_length]
    return [self] if places == [self.cell_length] else _divide(self, places)


def divide_without_holding() -> None:
    """Have every strip of the process divided so."""
    Strip.divide = _divided  # type: ignore[method-assign]  # it is called by Textual alone
