"""What people hold: formulas and derivations, with all that can be asked of them."""

from calc.api.define import all_formulas, formula, formula_by_id
from calc.api.frame import table
from calc.api.objects import Derivation, Formula

__all__ = ["Derivation", "Formula", "all_formulas", "formula", "formula_by_id", "table"]
