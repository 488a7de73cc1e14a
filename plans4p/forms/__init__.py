"""Forms of the pages: one a model, and the steps that a plan takes."""
