"""What runs inside a sandbox: the supervisor and the walls that it builds around itself.

It is imported as the top-level package `inside`, by a bare interpreter: nothing here may import `replayer`,
and every import is felt at each start, so `_socket` and `_signal` stand for their wrappers (which import
enum: 10 ms), and typing, dataclasses and array (20 ms) are left out: type checkers take a TYPE_CHECKING of
any origin for true.
"""
