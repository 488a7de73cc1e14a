"""Whether what was done about a finding has worked, as far as the data can tell."""
