"""The floor: what a list of disruptions costs when it shows the same rows, count and facets and does nothing else.

No chips, links, columns to choose, exports, as-at dates or charts; every query is
written for this one page. The site's pages are measured against it in the same minute.
"""
