"""What a page reads: each selector takes the user and returns dataclasses."""
