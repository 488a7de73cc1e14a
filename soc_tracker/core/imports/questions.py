"""What only its sender can say of a file: which sheet holds the table, in which order day and month stand.

Whatever reads a file is given the ``Answers`` so far, and asks with ``ask``, which finds its own answer among them::

    question = ask(answers, key="day_order", text="…", choices=(("day", "Day first"), ("month", "Month first")))
    if question.answer == "month": …

The questions stand in the outcome of the check, or in the UnreadableFileError of a file that cannot be read without an
answer. Answers are kept with an upload (``uploads``), and the file is checked anew with them; commands take
``--answer KEY=VALUE``. While a question ``is_open``, nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class UnreadableFileError(Exception):
    """The file as a whole is no table that can be loaded; the text says what is wrong with it and what to do.

    ``questions`` are those whose answer may make it one.
    """

    def __init__(self, message: str, questions: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.questions = tuple(questions)


Answers = Mapping[str, str]
"""By the key of their question."""
NO_ANSWERS: Answers = {}
MOST_NAMED = 20


@dataclass(frozen=True)
class Question:
    """``choices`` are values with their words. ``answer`` is the value that the sender chose, "" for none yet.

    ``is_needed``: nothing is loaded without an answer. Otherwise ``by_itself`` says what is done without one;
    ``keeps_out`` is whether rows stay refused then.
    ``within`` is the key of a question on whose answer these choices depend.
    """

    key: str
    text: str
    choices: tuple[tuple[str, str], ...]
    answer: str = ""
    hint: str = ""
    is_needed: bool = False
    by_itself: str = "As the check has read it"
    keeps_out: bool = False
    within: str = ""

    @property
    def is_open(self) -> bool:
        return self.is_needed and not self.answer

    @property
    def words(self) -> str:
        """The question and its answers on a line, with what a command is given for each."""
        choices = "; ".join(f"{self.key}={value} ({words})" for value, words in self.choices[:MOST_NAMED])
        return f"{self.text} Choose one with --answer: {choices}"


def ask(answers: Answers, *, key: str, text: str, choices: Sequence[tuple[str, str]], **more: Any) -> Question:
    """The question with what has been answered to it. Raises UnreadableFileError for an answer that is none of it."""
    answer = answers.get(key, "")
    if answer and answer not in dict(choices):
        named = ", ".join(f"“{value}”" for value, _ in choices[:MOST_NAMED])
        raise UnreadableFileError(f"“{answer}” is no answer to “{text}” Choose one of {named}, and try again.")
    return Question(key=key, text=text, choices=tuple(choices), answer=answer, **more)


def questions_of(outcome: Mapping[str, Any]) -> list[Question]:
    """Those that the check of a file has asked."""
    return [Question(**kept | {"choices": tuple(map(tuple, kept["choices"]))}) for kept in outcome.get("questions", ())]


def are_open(questions: Iterable[Question]) -> bool:
    return any(question.is_open for question in questions)
