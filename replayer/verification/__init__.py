"""A tutorial that was played -> which of its claims hold, which do not, which could not be tried, and why."""

from replayer.verification.findings import Found, Holds, Report, report
from replayer.verification.untried import Untried, set_aside

__all__ = ["Found", "Holds", "Report", "Untried", "report", "set_aside"]
