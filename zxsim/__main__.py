"""``python -m zxsim`` is the same as the command ``zxsim``."""

from zxsim.cli import main

if __name__ == "__main__":
    main()
