"""A tracked row, from its columns to its pages: every change of it is kept with who, when, why and what it was before.

A model is ``Tracked`` (``models``); its ``Service`` (``services``) writes it, with a reason and against the version
that was read. ``history`` tells what was changed, ``restoring`` brings back. On pages, a form (``forms``) has the
service write, and shows both versions after a lost race: ``form.is_valid() and form.submit(write)``, or a whole
``FormPage`` (``pages``). In the administration, ``RecordAdmin`` (``admin``) does all of this for a model. A vocabulary
whose words are rows is a model that is a ``Word``, and facts name its words in a ``WordField`` (``words``).
"""
