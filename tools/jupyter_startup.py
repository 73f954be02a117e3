"""Run by each kernel that `make lab` starts (as PYTHONSTARTUP): changed helpers reload, `%preview` is there."""

get_ipython().run_line_magic("load_ext", "helpers.lab")  # noqa: F821
