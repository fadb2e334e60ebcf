"""The app in the browser: a thin skin over ``app``, served on the person's own computer."""
