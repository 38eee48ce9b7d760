"""Run the commands as ``python -m hubmap``."""

from hubmap.cli import main

if __name__ == "__main__":
    main()
