"""How a build runs: fresh or not, cells, processes, editions."""
