"""One suite that every sandbox passes, whoever starts it."""

import shutil
from pathlib import Path

import pytest

from .conftest import Owners

_EVERYWHERE = [
    "terminal_is_real",
    "environment_is_clean",
    "foreground_gets_the_signal",
    "jobs_are_killed",
    "shell_ends",
    "terminal_cannot_start",
    "program_runs",
    "file_is_written",
    "end_is_told",
    "interrupted_request_does_no_harm",
]
_ISOLATED = [
    "network_works",
    "packets_are_captured",
    "terminals_share_the_network",
    "probe_leaves_no_trace",
    "files_can_be_edited",
    "files_of_the_host_are_replaced",
    "tunnels_work",
    "changes_are_told",
    "links_are_found",
    "watching_is_not_felt",
    "init_heeds_no_signal_from_inside",
    "supervisor_sees_behind_a_covered_proc",
    "limits_hold_a_fork_bomb",
    "limits_hold_the_disk",
    "limits_hold_memory_and_cores",
]


@pytest.mark.parametrize("check", [*_EVERYWHERE, *_ISOLATED])
def test_isolating(check: str, backend: str, owners: Owners) -> None:
    if check == "packets_are_captured" and not shutil.which("tcpdump"):
        pytest.skip("tcpdump is not installed")
    if check == "tunnels_work":
        tun = Path("/dev/net/tun")
        if not tun.exists() or (owners.user == "ordinary" and not tun.stat().st_mode & 0o002):
            pytest.skip("the host gives this user no /dev/net/tun")
    owners.run(backend, check, env={"PASSWORD": "SECRET-OF-THE-OWNER"})


@pytest.mark.parametrize("check", _EVERYWHERE)
def test_host(check: str, owners: Owners) -> None:
    # In throwaway namespaces: a test of the backend that protects nothing must not touch the machine.
    owners.run("host", check, throwaway=True)
