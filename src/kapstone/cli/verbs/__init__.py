"""The verbs. Each file has EXAMPLE, add_arguments(parser) and run(args) -> Answer; its docstring is its help.

A verb imports what is heavy inside `run`, so that `kapstone --help` stays quick.
"""
