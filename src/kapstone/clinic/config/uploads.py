"""Takes an uploaded file into memory up to a bound, so that nothing unsealed touches the disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

PATIENCE = 4
"""How many times the bound is read and dropped, so that the page can still say that the file is too large."""


class BoundedInMemory(FileUploadHandler):
    """Keeps at most `UPLOAD_MOST_BYTES` of a request's files; of a larger one its size alone, and every other field.

    Nothing is kept for somebody who is not signed in.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = 0
        self.kept = bytearray()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begins a file."""
        super().new_file(*args, **kwargs)
        self.kept = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keeps a part, or drops all where there is too much. StopUpload where it does not end."""
        self.total += len(raw_data)
        if self.total <= self._most():
            self.kept += raw_data
            return
        self.kept = bytearray()
        if self.total > PATIENCE * settings.UPLOAD_MOST_BYTES:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file with what was kept of it."""
        whole = BytesIO(bytes(self.kept))
        return InMemoryUploadedFile(
            whole, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )

    def _most(self) -> int:
        signed_in = self.request is not None and settings.SESSION_COOKIE_NAME in self.request.COOKIES
        return int(settings.UPLOAD_MOST_BYTES) if signed_in else 0
