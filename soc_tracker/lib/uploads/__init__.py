"""Files that people upload, on their way into the record: checked by the worker, looked at, accepted, loaded.

An app has a model that is an ``UploadRecord``, a service ``Uploads(model)``, two tasks that a ``Work`` does, and pages
from ``pages``. It says what a file of its kind holds, and how it is read: all else is here.
"""
