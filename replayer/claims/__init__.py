"""What a tutorial says that its commands show: Session with the lines as they stand -> Session with claims."""

from replayer.claims.background import beside_jobs
from replayer.claims.reader import claimed

__all__ = ["beside_jobs", "claimed"]
