"""The throwaway environments that plans are played in (contracts C2 and C3)."""

from .opening import BACKENDS, Backend, Limits, open_sandbox, probe
from .owner import Sandbox

__all__ = ["BACKENDS", "Backend", "Limits", "Sandbox", "open_sandbox", "probe"]
