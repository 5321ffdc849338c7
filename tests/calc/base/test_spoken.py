"""Printed values as a sentence says them."""

from __future__ import annotations

import pytest

from calc.base.spoken import spoken


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("1 s", "1 s"), ("1 GPU·h", "1 GPU·h"), ("2 s", "2 seconds"), ("1 to 2 s", "1 to 2 seconds"),
        ("25,000 GPUs", "25,000 GPUs"), ("999,000 people", "999,000 people"), ("1,234,000 people",
        "1.234 million people"),
        ("1,234,500 people", "1,234,500 people"), ("1,000,000 people", "1 million people"), ("1×10⁷ people",
        "10 million people"),
        ("2.5×10⁸", "250 million"), ("2.50×10¹² FLOP", "2.50 trillion FLOP"), ("2.184×10¹³ tokens",
        "21.84 trillion tokens"),
        ("2.1845×10¹³ tokens", "2.1845×10¹³ tokens"), ("2.5×10¹⁵ FLOP", "2.5×10¹⁵ FLOP"), ("2.5×10⁻⁷ J", "2.5×10⁻⁷ J"),
        ("−2.5×10⁸ L", "−2.5×10⁸ litres"), ("5 to 7.5×10⁸ people", "500 to 750 million people"),
        ("5–7×10⁸ people", "500 to 700 million people"), ("560–940 kWh", "560–940 kWh"),
        ("900,000 to 1,200,000 people", "900,000 to 1.2 million people"), ("2×10⁷ to 3×10⁸ L",
        "20 to 300 million litres"),
        ("9×10⁸ to 1.5×10⁹ people", "900 million to 1.5 billion people"), ("12.5 to 30.5 MW", "12.5 to 30.5 MW"),
        ("3 L/(person·day)", "3 litres a day for each person"), ("3 kWh/(server·rack)", "3 kWh/(server·rack)"),
        ("3 USD/h", "3 dollars an hour"), ("3 MUSD/year", "3 million dollars a year"), ("3 USD/s/GPU", "3 USD/s/GPU"),
        ("12", "12"), ("20 %", "20 %"), ("5×10⁹ tokens/s", "5 billion tokens a second"),
    ],
)  # fmt: skip
def test_as_a_sentence_says_it(printed: str, said: str) -> None:
    parts = printed.split(" ")
    unit = parts.pop() if len(parts) > 1 and (len(parts) != 3 or parts[1] != "to") else ""
    text = " ".join(parts) + ("\N{NO-BREAK SPACE}" + unit if unit else "")
    assert spoken(text).replace("\N{NO-BREAK SPACE}", " ") == said
