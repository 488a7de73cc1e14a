"""The demo on record: loaded once for all tests of this folder."""
