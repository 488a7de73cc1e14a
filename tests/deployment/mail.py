"""Sends e-mail into a folder, where a test opens it."""

import os
from pathlib import Path
from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        for message in email_messages:
            text = f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}"
            Path(os.environ["MAIL_FOLDER"], uuid4().hex).write_text(text)
        return len(email_messages)
