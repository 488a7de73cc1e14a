"""What is kept where: the database, files, backups, the trail, counts for a while, static files."""

from pathlib import Path
from typing import Any

import dj_database_url
from whitenoise.compress import Compressor

from soc_tracker.core.environment import count, number, read, refuse_large_file, secret, secret_in_file
from soc_tracker.settings.site import BASE_DIR, DEVELOPMENT


def _database(url: str) -> dict[str, Any]:
    """Django's settings of the database at a URL, with what each engine needs to serve many requests."""
    config: dict[str, Any] = {**dj_database_url.parse(url)}
    if config["ENGINE"].endswith("postgresql"):
        pool = {"min_size": 1, "max_size": 8, "timeout": 10}
        return config | {"CONN_MAX_AGE": 0, "OPTIONS": config.get("OPTIONS", {}) | {"pool": pool}}
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Kept by each thread: a new one would read the tables' description again, a third of the time that a list takes.
    return config | {"CONN_MAX_AGE": None, "OPTIONS": options}


DATABASES = {
    "default": _database(
        read(
            "DATABASE_URL",
            str,
            default=f"sqlite:///{BASE_DIR / 'soc_tracker.sqlite3'}",
            purpose="the database, such as postgresql://user:password@host/name or sqlite:////folder/file.sqlite3",
        )
    )
}
if not DEVELOPMENT and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    refuse_large_file(
        DATABASES["default"]["NAME"],
        gigabytes=read(
            "SQLITE_GIGABYTES",
            count,
            default=4,
            purpose="the size up to which an SQLite database is meant to serve, in gigabytes",
        ),
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Extracts wait here between their upload and their loading, and files of evidence stay; nobody is served one by its
# address.
MEDIA_ROOT = read(
    "UPLOAD_FOLDER",
    Path,
    default=BASE_DIR / "uploads",
    purpose="the folder that keeps uploaded files, the same for the server and the worker",
)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_HANDLERS = [
    "soc_tracker.core.imports.uploads.files.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
BACKUP_KEY = read(
    "BACKUP_KEY",
    secret,
    default=read(
        "BACKUP_KEY_FILE",
        secret_in_file,
        default="",
        purpose="a file that holds the text with which backups are sealed",
    ),
    purpose="the long random text with which backups are sealed; without it they can be read by anybody who gets them",
    is_secret=True,
)
TRAIL_DIGESTS = read(
    "TRAIL_DIGESTS",
    str,
    default="" if DEVELOPMENT else str(BASE_DIR / "trail"),
    purpose="the folder, best on another machine, in which each day's file keeps the digests that seal the trail",
)
TRAIL_KEY = read(
    "TRAIL_KEY",
    secret,
    default="",
    purpose="the long random text that signs the digests of the trail, so that nobody without it can make them anew",
    is_secret=True,
)
TRAIL_DAYS = read(
    "TRAIL_DAYS",
    number,
    default=2557,
    purpose="for how many days entries stay on the trail before shorten_trail removes them",
)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": read(
            "CACHE_FOLDER",
            Path,
            default=BASE_DIR / ".cache",
            purpose="the folder that keeps what is counted for a while, the same for every process of the site",
        ),
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
# Also under DEBUG, serve what collectstatic gathered and compressed, so that pages weigh what they weigh in production.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
# Pages name files by their hash alone; keeping, and compressing, each a second time would double the wait for it.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are read by developers' tools alone; compressing them takes longer than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", *Compressor.SKIP_COMPRESS_EXTENSIONS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "soc_tracker.core.static_files.StaticFilesStorage"},
}
