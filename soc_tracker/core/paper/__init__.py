"""One sheet of A4, or reports on as many as they need: put together once, drawn as a web page and as a PDF.

``content`` holds the parts of a sheet and bounds them so that they fit; ``drawings`` draws small charts as SVG;
``pdf`` sets the same content with Typst as a tagged PDF (PDF/UA-1). A page makes a ``Paper``, calls ``fitted`` and
hands the result to its template or to ``pdf_of``. ``booklet`` sets the tables of some reports one after the other.
"""
