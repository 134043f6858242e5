"""The themes a person chooses from: the terminal's own colours, dark, light, and high contrast.

Nothing is said by colour alone, so that any of them, and none, will do.
"""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "dark"

OWN_COLOURS = "ansi"
"""The theme that asks the terminal for its own colours; without them, under NO_COLOR, for none."""

_SELECTED = {
    "block-cursor-foreground": "#000000",
    "block-cursor-background": "#ffff00",
    "block-cursor-text-style": "bold",
    "input-selection-background": "#ffffff",
    "input-selection-foreground": "#000000",
    "foreground-muted": "#ffffff",
    "text-muted": "#ffffff",
    "foreground-disabled": "#c0c0c0",
    "text-disabled": "#c0c0c0",
}

THEMES: dict[str, tuple[str, Theme]] = {
    "dark": (
        "Dark",
        Theme(
            name="dark",
            primary="#0178D4",
            secondary="#004578",
            accent="#ffa62b",
            warning="#ffa62b",
            error="#ba3c5b",
            success="#4EBF71",
            foreground="#e0e0e0",
            panel="#26292d",
            variables={"scrollbar": "#25528c"},
        ),
    ),
    "light": (
        "Light",
        Theme(
            name="light",
            primary="#005a9e",
            secondary="#004578",
            accent="#8a3b00",
            warning="#8a5000",
            error="#a4153a",
            success="#0b6b2e",
            foreground="#1a1a1a",
            background="#f4f4f4",
            surface="#ffffff",
            panel="#e2e6ea",
            boost="#dfe5ea",
            dark=False,
            variables={
                "foreground-muted": "#4a4a4a",
                "text-muted": "#4a4a4a",
                "foreground-disabled": "#6b6b6b",
                "surface-lighten-2": "#8795a1",
            },
        ),
    ),
    "contrast": (
        "High contrast",
        Theme(
            name="contrast",
            primary="#00ffff",
            secondary="#00ffff",
            accent="#ffff00",
            warning="#ffff00",
            error="#ff8080",
            success="#80ff80",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#000000",
            boost="#303030",
            text_alpha=1.0,
            variables={**_SELECTED, "primary-background": "#000000", "surface-lighten-2": "#b0b0b0"},
        ),
    ),
    OWN_COLOURS: (
        "The terminal's own colours",
        Theme(
            name=OWN_COLOURS,
            ansi=True,
            primary="ansi_blue",
            secondary="ansi_cyan",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            accent="ansi_magenta",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables={
                "ansi-background": "ansi_default",
                "ansi-foreground": "ansi_default",
                "border-blurred": "ansi_default",
                "scrollbar-background": "ansi_default",
                "scrollbar-background-hover": "ansi_default",
                "scrollbar-background-active": "ansi_default",
                "foreground-muted": "ansi_default",
                "text-muted": "ansi_default",
                "input-cursor-foreground": "ansi_blue",
                "input-cursor-background": "ansi_bright_white",
                "input-cursor-text-style": "reverse",
            },
        ),
    ),
}

CSS = """
/* Shades that a terminal of 256 colours, as most are over SSH, comes close to: what Textual mixes of blue and grey is teal there. */
.-theme-dark {
    OptionList:focus > .option-list--option-highlighted,
    CommandList > .option-list--option-highlighted,
    LineTree:focus > .line-tree--cursor { background: #0d2e5c; }
    Input:focus, TextArea:focus, TickList:focus { background: #172d52; }
}
/* The terminal's own colours hold no shades: what is chosen is underlined, a dialog stands apart by its border. */
.-theme-ansi {
    OptionList:focus > .option-list--option-highlighted,
    CommandList > .option-list--option-highlighted {
        color: ansi_default; background: ansi_default; text-style: bold underline;
    }
    HeaderLine { text-style: reverse; }
    ModalScreen { background: ansi_default; }
    Input:focus, NoteArea:focus { background: ansi_default; border-left: outer ansi_default; }
    Button:focus { text-style: bold reverse; }
    .input--placeholder { text-style: dim; }
}
"""
