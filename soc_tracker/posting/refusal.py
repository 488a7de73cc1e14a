"""What a view raises that has no page of its own to show a refused form on."""


class Refusal(Exception):  # noqa: N818  an answer, no fault of the program
    """Nothing was written. The page that the form stood on comes back with what was typed and with ``why``.

    ``page`` is the address of that page, for browsers that do not say where a form came from.
    """

    def __init__(self, why: str, *, page: str) -> None:
        self.why, self.page = why, page
        super().__init__(why)
