"""The command line: ``python -m calc``, installed also as ``t2t``. One module for each few commands."""
