"""The command line of adjudge: thin, and never deciding anything itself."""
