"""Every format against every kind of damage: the right data, or one clear sentence."""
