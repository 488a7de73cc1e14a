"""The trail as auditors and administrators read it: a list to filter, and each entry with what was before and after."""
