"""Bodies at a glance: small pictures on one scale, the same on every page that shows them."""
