"""What every page offers, whatever it shows: comments, suggestions, the search, the line of sight, and undo."""

from __future__ import annotations

from textual import work

from screens.together import Together


class Everywhere(Together):
    """A screen with the acts that the table of commands has for everywhere."""

    # Commenting, from any page

    @work(group="asking")
    async def action_comment(self) -> None:
        """Comment on the chosen objective or key result."""
        from screens import commenting  # noqa: PLC0415  # loaded when asked for: the first frame does without

        await commenting.comment(self, self.chosen())

    # Suggesting, from any page

    @work(group="asking")
    async def action_suggest(self) -> None:
        """Suggest other words or another number for the chosen objective or key result."""
        from screens import suggesting  # noqa: PLC0415  # as above

        await suggesting.suggest(self, self.chosen())

    # Searching, and the line of sight, from any page

    @work(group="asking")
    async def action_search(self) -> None:
        """Search, and go to what is chosen."""
        from screens import searching  # noqa: PLC0415  # as above

        await searching.search(self)

    @work(group="asking")
    async def action_sight(self) -> None:
        """Show every way up from the chosen thing; where nothing is chosen that has any, from all of one's own."""
        from screens import searching  # noqa: PLC0415  # as above

        await searching.sight(self, self.chosen())

    # Undoing, on any page

    @work(group="moving")
    async def action_undo(self) -> None:
        """Undo one's own last act, where nobody else was told of it; say what is so again, or why not."""
        from okrtui.service import undo  # noqa: PLC0415  # as above

        again = await self.save(undo.undo)
        if again:
            self.say(again)
