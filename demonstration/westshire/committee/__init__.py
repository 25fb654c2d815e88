"""The committee of Westshire: its meetings and the papers to them."""
