"""Notebooks to pages: execution, HTML and PDF, through nbconvert."""
