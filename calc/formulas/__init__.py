# ruff: noqa: F403, I001  # the order is the book's, and the order in which formulas are listed
"""The book's formulas, one module a subject. Importing this package defines them; each is checked when it is needed."""

from calc.formulas import (
    compute,
    parallelism,
    scaling,
    power,
    training,
    serving,
    prompt,
    estimates,
    fleet,
    facility,
    levers,
    water,
    campus,
    grid,
    china,
    city,
    mining,
    training_model,
    training_memory_model,
    carbon,
    water_model,
    money,
    place,
    serving_answer,
    serving_fleet,
    serving_model,
    serving_others,
    serving_time,
    serving_site,
    serving_batch,
    training_plan,
    hours,
    own_power,
    embodied,
    cooling,
    campus_money,
    supply,
    picture,
    trend,
    plan,
    plan_run,
)
from calc.formulas.compute import *
from calc.formulas.parallelism import *
from calc.formulas.scaling import *
from calc.formulas.power import *
from calc.formulas.training import *
from calc.formulas.serving import *
from calc.formulas.prompt import *
from calc.formulas.estimates import *
from calc.formulas.fleet import *
from calc.formulas.facility import *
from calc.formulas.levers import *
from calc.formulas.water import *
from calc.formulas.campus import *
from calc.formulas.grid import *
from calc.formulas.china import *
from calc.formulas.city import *
from calc.formulas.mining import *
from calc.formulas.training_model import *
from calc.formulas.training_memory_model import *
from calc.formulas.carbon import *
from calc.formulas.water_model import *
from calc.formulas.money import *
from calc.formulas.place import *
from calc.formulas.serving_model import *
from calc.formulas.serving_time import *
from calc.formulas.serving_site import *
from calc.formulas.serving_batch import *
from calc.formulas.training_plan import *
from calc.formulas.hours import *
from calc.formulas.own_power import *
from calc.formulas.embodied import *
from calc.formulas.cooling import *
from calc.formulas.campus_money import *
from calc.formulas.supply import *
from calc.formulas.picture import *
from calc.formulas.serving_answer import *
from calc.formulas.serving_others import *
from calc.formulas.serving_fleet import *
from calc.formulas.trend import *
from calc.formulas.plan import *
from calc.formulas.plan_run import *

__all__ = [*compute.__all__]
__all__ += parallelism.__all__
__all__ += scaling.__all__
__all__ += power.__all__
__all__ += training.__all__
__all__ += serving.__all__
__all__ += prompt.__all__
__all__ += estimates.__all__
__all__ += fleet.__all__
__all__ += facility.__all__
__all__ += levers.__all__
__all__ += water.__all__
__all__ += campus.__all__
__all__ += grid.__all__
__all__ += china.__all__
__all__ += city.__all__
__all__ += mining.__all__
__all__ += training_model.__all__
__all__ += training_memory_model.__all__
__all__ += carbon.__all__
__all__ += water_model.__all__
__all__ += money.__all__
__all__ += place.__all__
__all__ += serving_model.__all__
__all__ += serving_time.__all__
__all__ += serving_site.__all__
__all__ += serving_batch.__all__
__all__ += training_plan.__all__
__all__ += hours.__all__
__all__ += own_power.__all__
__all__ += embodied.__all__
__all__ += cooling.__all__
__all__ += campus_money.__all__
__all__ += supply.__all__
__all__ += picture.__all__
__all__ += serving_answer.__all__
__all__ += serving_others.__all__
__all__ += serving_fleet.__all__
__all__ += trend.__all__
__all__ += plan.__all__
__all__ += plan_run.__all__
