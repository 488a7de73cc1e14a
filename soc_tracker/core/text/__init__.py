"""Texts and days: how they are kept, compared and looked for.

``normal`` decides what may be stored, and the form in which words, references and names are compared, ``excerpts``
where the words of a query stand in a text, ``spelling`` what a reader may have meant, ``likeness`` whether two wordings
are the same word for word, ``days`` dates with their precision, and ``vocabulary`` fixed sets of words that carry what
pages need to know of them.
"""
