"""A file that somebody sends: kept, checked by the worker, looked at, and then loaded or given up.

A kind of file is a model that is an ``UploadRecord`` (``models``), an ``Uploads`` over it, which takes it from stage to
stage (``services``), and a ``Work``, which joins it with the tasks that check and load (``tasks``). Its pages are those
of ``pages``, each with that ``work``; on disk (``files``) a file is locked while a worker is at it.
"""
