"""Statistics as pure functions: numbers in, numbers out, each with its source; nothing here knows a database or a page.

``shares`` has intervals of a share and the funnel plot, ``series`` how complete recent months are and the XmR chart,
``survival`` how long things stay open, ``histories`` what was made, closed, opened again and due, as at any day.
Where there is too little to judge from, a function answers None, and the page says why.
"""
