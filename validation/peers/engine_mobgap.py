"""mobgap: its full pipeline for healthy walking, or any pair of its sequence and contact parts."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd
from mobgap.data import GaitDatasetFromData  # type: ignore[import-not-found]
from mobgap.gait_sequences import GsdAdaptiveIonescu, GsdIluz, GsdIonescu  # type: ignore[import-not-found]
from mobgap.initial_contacts import IcdHKLeeImproved, IcdIonescu, IcdShinImproved  # type: ignore[import-not-found]
from mobgap.pipeline import GsIterator, MobilisedPipelineHealthy, MobilisedPipelineImpaired  # type: ignore[import-not-found]
from mobgap.utils.conversions import to_body_frame  # type: ignore[import-not-found]

VERSION = version("mobgap")
_PIPELINES = {"healthy": MobilisedPipelineHealthy, "impaired": MobilisedPipelineImpaired}
_SEQUENCES = {"iluz": GsdIluz, "ionescu": GsdIonescu, "adaptive": GsdAdaptiveIonescu}
_CONTACTS = {"ionescu": IcdIonescu, "shin": IcdShinImproved, "hklee": IcdHKLeeImproved}
_SIDES = {"left": -1, "right": 1}


def analyse(acceleration: Any, angular: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """Run the pipeline or the parts named in ``facts["variant"]``."""
    if not len(angular):
        angular = np.zeros_like(acceleration)
    frame = pd.DataFrame(
        np.hstack([acceleration, np.rad2deg(angular)]),
        columns=["acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z"],
    )
    variant = str(facts.get("variant", "healthy"))
    if variant in _PIPELINES:
        return _pipeline(variant, frame, facts)
    return _parts(variant, frame, facts)


def _pipeline(variant: str, frame: pd.DataFrame, facts: dict[str, Any]) -> dict[str, Any]:
    rate = float(facts["rate_hz"])
    height = facts.get("height_m") or 1.72
    person = {
        "height_m": height,
        "sensor_height_m": facts.get("sensor_height_m") or 0.53 * height,
        "cohort": "HA" if variant == "healthy" else "MS",
    }
    recording = {"measurement_condition": "laboratory", "recording_identifier": "one"}
    data = GaitDatasetFromData(
        {"one": {"LowerBack": frame}}, rate, {"one": person}, {"one": recording}
    )
    done = _PIPELINES[variant]().run(data[0])
    contacts = done.raw_ic_list_
    strides = done.per_stride_parameters_
    return {
        "contacts": (contacts["ic"].to_numpy(float) / rate).tolist(),
        "sides": [_SIDES.get(str(label), 0) for label in contacts["lr_label"]],
        "bouts": (done.gs_list_[["start", "end"]].to_numpy(float) / rate).tolist(),
        "strides": [
            [start / rate, end / rate, _SIDES.get(str(label), 0), length, speed]
            for start, end, label, length, speed in zip(
                strides["start"].astype(float),
                strides["end"].astype(float),
                strides["lr_label"],
                strides["stride_length_m"].astype(float),
                strides["walking_speed_mps"].astype(float),
                strict=True,
            )
        ]
        if len(strides)
        else [],
        "steps": len(contacts),
    }


def _parts(variant: str, frame: pd.DataFrame, facts: dict[str, Any]) -> dict[str, Any]:
    """Run one sequence detector and one contact detector: "adaptive+shin" and so on."""
    rate = float(facts["rate_hz"])
    sequence, contact = variant.split("+")
    body = to_body_frame(frame)
    found = _SEQUENCES[sequence]().detect(body, sampling_rate_hz=rate).gs_list_
    walker: Any = GsIterator()
    for (_, part), result in walker.iterate(body, found):
        result.ic_list = _CONTACTS[contact]().detect(part, sampling_rate_hz=rate).ic_list_
    contacts = walker.results_.ic_list
    times = [] if contacts.empty else contacts["ic"].to_numpy(float) / rate
    return {
        "contacts": [float(time) for time in times],
        "sides": [0] * len(times),
        "bouts": (found[["start", "end"]].to_numpy(float) / rate).tolist(),
        "strides": [],
        "steps": len(times),
    }
