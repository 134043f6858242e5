"""Run the command as ``python -m okrtui``."""

from okrtui.cli.main import main

if __name__ == "__main__":
    main()
