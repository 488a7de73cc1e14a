"""A response that somebody uploads is read, and its passages are matched with what the report asks of the force.

The form of the response is filled in as far as they say; a person puts it in words of their own, and saves it.
"""
