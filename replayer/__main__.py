"""`python -m replayer` is `replay`."""

from replayer.cli import main

main()
