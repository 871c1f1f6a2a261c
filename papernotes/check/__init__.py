"""What must not get onto the site, and what each code means."""
