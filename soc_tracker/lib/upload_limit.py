"""No upload fills the disk: what is beyond the limit is read, so that the sender gets an answer, and not kept."""

from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 2 * 1024**3


class UploadLimit(FileUploadHandler):
    """Stands before the handlers that keep files. A file that is too large arrives just larger than the limit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one have the file."""
