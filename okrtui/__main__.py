"""Run the command as ``python -m okrtui``."""

from okrtui.cli.start import main

if __name__ == "__main__":
    main()
