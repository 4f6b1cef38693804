"""The throwaway environments that plans are played in (contracts C2 and C3)."""

from .opening import BACKENDS, Backend, Limits, choose, open_sandbox, probe
from .owner import Sandbox

__all__ = ["BACKENDS", "Backend", "Limits", "Sandbox", "choose", "open_sandbox", "probe"]
