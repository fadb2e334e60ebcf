"""Raw files of research sensors: Axivity, GENEActiv and ActiGraph."""
