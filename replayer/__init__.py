"""replay: play a tutorial's shell commands for real, judge what they show, write its transcript."""

__version__ = "0.1.0"
