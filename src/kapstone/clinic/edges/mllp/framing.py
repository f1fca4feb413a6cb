"""Cuts a stream of bytes into MLLP frames. Bounded, and without a socket: bytes in, messages out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

START, END = b"\x0b", b"\x1c\r"


@dataclass(slots=True)
class Frames:
    """The frames of one connection. A frame longer than `most` is dropped to its end, and counted in `too_long`.

    Bytes between frames belong to no message: they are dropped, and counted in `stray`.
    """

    most: int
    too_long: int = 0
    stray: int = 0
    _held: bytearray = field(default_factory=bytearray)
    _inside: bool = False
    _dropping: bool = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Takes what came; gives each message that is whole by now."""
        self._held += data
        while self._step():
            end = self._held.find(END)
            if end < 0:
                self._bound()
                return
            body = bytes(self._held[:end])
            del self._held[: end + len(END)]
            self._inside = False
            if self._dropping or len(body) > self.most:
                self.too_long += 1
                self._dropping = False
            else:
                yield body

    def _step(self) -> bool:
        """Goes into the next frame; False where none has begun."""
        if self._inside:
            return True
        begin = self._held.find(START)
        self.stray += len(self._held) if begin < 0 else begin
        del self._held[: len(self._held) if begin < 0 else begin + 1]
        self._inside = begin >= 0
        return self._inside

    def _bound(self) -> None:
        """Never holds more than a message may have; keeps the last byte, since the end has two."""
        if len(self._held) > self.most + 1:
            self._dropping = True
            del self._held[:-1]


def framed(message: bytes) -> bytes:
    """A message in its frame."""
    return START + message + END
