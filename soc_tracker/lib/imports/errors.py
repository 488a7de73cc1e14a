"""What is said about a file that cannot be read at all."""


class UnreadableFileError(Exception):
    """The file as a whole is no table that can be loaded; the text says what is wrong with it and what to do."""
