"""A stylesheet whose rules are read once for all applications of a process: they are most of what one takes to begin."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

from okrtui.terminal.leftovers import loosen, parts_of

if TYPE_CHECKING:
    from textual.css.model import RuleSet
    from textual.css.tokenizer import Token
    from textual.css.types import CSSLocation
    from textual.dom import DOMNode
    from textual.style import Style

_Variables = tuple[tuple[str, str], ...]


@lru_cache(maxsize=2048)
def _rules(
    variables: _Variables, css: str, read_from: CSSLocation, *, is_default: bool, tie_breaker: int, scope: str
) -> list[RuleSet]:
    """The rules of a source with some colours; nobody changes them."""
    return _plain(variables)._parse_rules(css, read_from, is_default, tie_breaker, scope)


@lru_cache(maxsize=32)
def _plain(variables: _Variables) -> Stylesheet:
    """What reads sources with some colours, which it takes apart once."""
    return Stylesheet(variables=dict(variables))


@lru_cache(maxsize=32)
def _styles(variables: _Variables) -> LRUCache[str, Style]:
    """What the styles of texts mean with some colours, as far as anybody asked."""
    del variables
    return LRUCache(4096)


class SharedStylesheet(Stylesheet):
    """As Textual's, one an application, but for the reading of the sources and of the styles of texts."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._share()

    def _share(self) -> None:
        self._named = tuple(sorted(self._variables.items()))
        self._style_parse_cache = _styles(self._named)

    @property
    def _variable_tokens(self) -> dict[str, list[Token]]:
        return _plain(self._named)._variable_tokens

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours; the sources are read with them when they are read again."""
        self._style_parse_cache = LRUCache(1)  # which is emptied: the others' stays
        super().set_variables(variables)
        self._share()

    def reparse(self) -> None:
        """Read all sources again; what they were before stays where one of them is wrong."""
        self.parse()

    def _process_component_classes(self, node: DOMNode) -> None:
        """Style the parts of a widget that have a style of their own; those that they had before are let go."""
        before = parts_of(node)
        super()._process_component_classes(node)
        loosen(before)

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,  # noqa: FBT001, FBT002  # Textual's signature
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        return _rules(self._named, css, read_from, is_default=is_default_rules, tie_breaker=tie_breaker, scope=scope)
