"""The pack of a quarter: what was open, what was made, reopened and closed, and what is open still."""
