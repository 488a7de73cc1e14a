"""The columns of every list, once: page, CSV and XLSX take their order and headings from here."""
