"""Documents to tables: stacked, corrected, stored."""
