"""Track -> TerrainProfile: slope, climb and surface, each with its error."""
