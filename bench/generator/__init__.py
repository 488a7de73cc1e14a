"""Made-up extracts of disruptions, of any size, the same bytes each time.

They have the shape of the real thing (who records how much, which of the 4Ps,
how late), so that the database meets the skew it will meet in use. Nothing in
them is a fact about any body: load them nowhere but into a database for measuring.
"""

from bench.generator.extract import HEADINGS, Written, write_extract

__all__ = ["HEADINGS", "Written", "write_extract"]
