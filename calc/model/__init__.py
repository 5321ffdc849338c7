"""Inputs, scenarios and what a formula yields in one."""
