"""Maps of heights are read wherever they are whole, and help the ground to be told."""

import gzip
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from evenstride.errors import OptionError
from evenstride.terrain import elevation_folder, terrain
from evenstride.testing.ground import simulate_ground

SIDE = 1201


def plane():
    """Return a tile whose height is 100 m + 1000 m per degree east + 500 m per degree north."""
    steps = np.arange(SIDE) / (SIDE - 1)
    return np.round(100 + 1000 * steps[None, :] + 500 * (1 - steps[:, None])).astype(">i2")


def write(folder, name, rows):
    """Write a tile, packed as its name says."""
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(rows.tobytes()))
    elif name.endswith(".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name.replace(".zip", ""), rows.tobytes())
    else:
        path.write_bytes(rows.tobytes())


@pytest.mark.parametrize(
    "name", ["N46E014.hgt", "n46e014.HGT", "N46E014.hgt.gz", "N46E014.hgt.zip"]
)
def test_a_tile_gives_heights_between_its_points(tmp_path, name):
    """A tile, packed or not, gives the height between its points, and NaN outside."""
    write(tmp_path, name, plane())
    found = elevation_folder(tmp_path).heights(
        np.array([46.25, 46.0, 47.0, 45.9]), np.array([14.5, 14.0, 15.0, 14.5])
    )

    assert [725.0, 100.0, 1600.0] == pytest.approx(found[:3], abs=1.0)
    assert np.isnan(found[3])


def test_a_void_is_not_a_height(tmp_path):
    """Beside a void there is no height, and never one of 32 km below the sea."""
    rows = plane()
    rows[600, 600] = -32768
    write(tmp_path, "N46E014.hgt", rows)
    model = elevation_folder(tmp_path)
    step = 1 / (SIDE - 1)
    found = model.heights(np.array([46.5, 46.5 + 2 * step]), np.array([14.5 - step / 2] * 2))

    assert np.isnan(found[0])
    assert np.isfinite(found[1])


@pytest.mark.parametrize("size", [0, 1, 100, 2 * SIDE * SIDE - 2])
def test_a_broken_tile_is_no_tile(tmp_path, size):
    """A tile of the wrong size is left alone; a folder without any says so."""
    (tmp_path / "N46E014.hgt").write_bytes(plane().tobytes()[:size])
    (tmp_path / "N47E014.hgt.zip").write_bytes(b"PK\x03\x04 no zip at all")
    (tmp_path / "N48E014.hgt.gz").write_bytes(gzip.compress(b"x" * 1000)[:30])

    with pytest.raises(OptionError, match="no map of heights"):
        elevation_folder(tmp_path)


def test_a_missing_folder_is_said(tmp_path):
    """A folder that is not there is named."""
    with pytest.raises(OptionError, match="There is no folder"):
        elevation_folder(tmp_path / "none")


def geotiff(path, crs, transform, rows):
    """Write a GeoTIFF of heights."""
    rasterio = pytest.importorskip("rasterio")
    profile = {
        "driver": "GTiff",
        "height": rows.shape[0],
        "width": rows.shape[1],
        "count": 1,
        "dtype": "float32",
        "crs": crs,
        "transform": transform,
        "nodata": -9999.0,
    }
    with rasterio.open(path, "w", **profile) as file:
        file.write(rows.astype("float32"), 1)


def test_a_geotiff_gives_heights_in_any_projection(tmp_path):
    """A GeoTIFF in metres of another projection gives the height at a place in degrees."""
    pytest.importorskip("rasterio")
    from rasterio.transform import Affine
    from rasterio.warp import transform

    east, north = (one[0] for one in transform("EPSG:4326", "EPSG:32633", [14.01], [46.01]))
    rows = np.add.outer(-10.0 * np.arange(200), 10.0 * np.arange(200)) + 500.0
    rows[0, 0] = -9999.0
    origin = Affine(10.0, 0.0, east - 1000.0, 0.0, -10.0, north + 1000.0)
    geotiff(tmp_path / "dem.tif", "EPSG:32633", origin, rows)
    model = elevation_folder(tmp_path)
    found = model.heights(np.array([46.01, 0.0]), np.array([14.01, 0.0]))

    # The place lies on the corner of four cells, whose mean is that of the two of one diagonal.
    assert 500.0 == pytest.approx(found[0], abs=0.5)
    assert np.isnan(found[1])


def test_a_broken_geotiff_is_no_map(tmp_path):
    """A file that only calls itself GeoTIFF is left alone."""
    pytest.importorskip("rasterio")
    (tmp_path / "dem.tif").write_bytes(b"II*\x00 nothing")

    with pytest.raises(OptionError, match="no map of heights"):
        elevation_folder(tmp_path)


def test_a_map_gives_slopes_where_the_track_has_no_heights():
    """A map alone gives climb and slope; where it knows nothing of the way, that is said."""

    class Known:
        """A map that knows the true heights, wrong by a little."""

        name = "known"

        def heights(self, latitude_deg, _longitude_deg):
            return 500.0 + 1000.0 * (latitude_deg - 46.0) * 5.0

    class Nothing(Known):
        """A map of somewhere else."""

        def heights(self, latitude_deg, _longitude_deg):
            return np.full(len(latitude_deg), np.nan)

    track = simulate_ground(20, length_m=600.0, source="none").track
    profile = terrain(track, elevation_model=Known())
    empty = terrain(track, elevation_model=Nothing())

    assert "model" == profile.elevation_source
    assert profile.measures["climb_m"].value is not None
    assert empty.measures["climb_m"].value is None
    assert "does not cover" in empty.measures["climb_m"].reason


def test_a_map_narrows_what_satellites_leave_open():
    """Satellites and a map together leave less open than satellites alone, and hold the truth."""
    walk = simulate_ground(21, length_m=1500.0, hills="rolling", sampling_s=5.0)
    true = np.interp(walk.track.time_s, walk.time_s, walk.walked_m)
    heights = np.interp(true, walk.way_m, walk.height_m)

    class Good:
        """A map that is right to half a metre."""

        name = "good"

        def heights(self, latitude_deg, _longitude_deg):
            rows = [int(np.argmin(np.abs(walk.track.latitude_deg - one))) for one in latitude_deg]
            return heights[rows] + 0.5 * np.random.default_rng(1).standard_normal(len(rows))

    alone = terrain(replace(walk.track)).measures["climb_m"]
    both = terrain(walk.track, elevation_model=Good()).measures["climb_m"]

    assert both.high - both.low < alone.high - alone.low
    assert both.low <= walk.climb_m <= both.high
