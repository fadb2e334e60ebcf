"""The use cases: one function each. The command line and the web call only these."""
