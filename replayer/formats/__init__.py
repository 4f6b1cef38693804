"""What renders a transcript for readers: one file each; `catalogue.py` has them all by name."""
