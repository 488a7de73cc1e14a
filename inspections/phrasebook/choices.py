"""What a phrase of a report stands for."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Part(Vocabulary):
    """What a phrase is to the reader of reports. ``names`` is the vocabulary whose word it stands for, if any."""

    names: str

    KIND = word("kind", "A kind of finding, before its title", names="inspections.FindingKind")
    KINDS = word("kinds", "A kind of finding, over a list of several", names="inspections.FindingKind")
    GRADE = word("grade", "A grade", names="inspections.Grade")
    SECTION = word("section", "A section, as headings write it", names="inspections.Section")
    RECOMMENDATION = word("recommendation", "A recommendation, before its number or text", names="")
    RECOMMENDATIONS = word("recommendations", "A heading over recommendations", names="")
    EARLIER = word("earlier", "Of a heading, that its recommendations were made before", names="")
    OUTCOME = word("outcome", "What became of a recommendation that was made before", names="")
    BACKGROUND = word("background", "A heading of what is no finding", names="")
    DIVISION = word("division", "A heading that only divides a report", names="")
    COLUMN_NUMBER = word("column_number", "A column of a table: the number of a recommendation", names="")
    COLUMN_TEXT = word("column_text", "A column of a table: what is recommended, the likeliest words first", names="")
    COLUMN_OWNER = word("column_owner", "A column of a table: who should do it", names="")
    COLUMN_DUE = word("column_due", "A column of a table: by when", names="")
    COLUMN_STATUS = word("column_status", "A column of a table: what became of it", names="")
    MEASURE = word(
        "measure", "A measure, by words of the sentence; a star ends a word that goes on", names="inspections.Measure"
    )
    QUALIFIER = word("qualifier", "How exactly a figure is given", names="inspections.Qualifier")
    UNIT = word("unit", "A unit, after its number", names="inspections.Unit")
