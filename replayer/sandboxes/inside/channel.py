"""The supervisor's end of the line to its owner.

A request is a marshalled dict after its length (marshal needs no import, and only the owner, who is trusted,
writes it). An answer is one line of text, `number ok value` or `number error text`: the owner evaluates
nothing that comes from inside. Descriptors travel beside the bytes.
"""

from __future__ import annotations

import _socket
import marshal
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_DESCRIPTORS = 4


class Closed(Exception):
    """The owner has gone."""


class Channel:
    def __init__(self, descriptor: int) -> None:
        self._socket = _socket.socket(fileno=descriptor)

    def fileno(self) -> int:
        return self._socket.fileno()

    def receive(self) -> tuple[dict[str, Any], list[int]]:
        """The next request and the descriptors that came with it."""
        head, descriptors = self._read(4)
        body, more = self._read(int.from_bytes(head, "big"))
        request: dict[str, Any] = marshal.loads(body)
        return request, descriptors + more

    def answer(self, number: int, value: str | int = "", descriptors: tuple[int, ...] = ()) -> None:
        self._send(f"{number} ok {value}", descriptors)

    def refuse(self, number: int, reason: str) -> None:
        self._send(f"{number} error {reason}", ())

    def _send(self, line: str, descriptors: tuple[int, ...]) -> None:
        data = line.replace("\n", " ").encode(errors="replace") + b"\n"
        beside = (
            [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, struct.pack(f"{len(descriptors)}i", *descriptors))]
            if descriptors
            else []
        )
        try:
            sent = self._socket.sendmsg([data], beside, _socket.MSG_NOSIGNAL)
            self._socket.sendall(data[sent:], _socket.MSG_NOSIGNAL)
        except OSError as error:
            raise Closed from error

    def _read(self, size: int) -> tuple[bytes, list[int]]:
        data = b""
        descriptors: list[int] = []
        while len(data) < size:
            room = _socket.CMSG_SPACE(4 * _MOST_DESCRIPTORS)
            try:
                part, beside, _, _ = self._socket.recvmsg(size - len(data), room, _socket.MSG_CMSG_CLOEXEC)
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            data += part
            for level, kind, content in beside:
                if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
                    descriptors += struct.unpack(f"{len(content) // 4}i", content[: len(content) // 4 * 4])
        return data, descriptors
