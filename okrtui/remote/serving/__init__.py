"""An SSH server that runs every person's application in its own process."""
