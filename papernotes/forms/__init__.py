"""From what readers send by a form, and mentors on a sheet, to the notes."""
