"""OKRs for teams in the terminal: direction from the top, evidence from the bottom."""

__version__ = "0.1.0"
