"""Archives of vendors as tests build them: real structure, made-up walks."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from evenstride.importers.contract import NO_OPTIONS, Importer, Item, Options
from evenstride.importers.source import Source

from .fit import write
from .samples import zipped

FIT_START = datetime.fromtimestamp(write.T0 + 631_065_600, UTC)
"""When every FIT walk of these tests began."""


def names(text: str) -> list[str]:
    """Return the names in a text with commas."""
    return text.split(",")


STRAVA: dict[str, list[str]] = {
    "English": names(
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,"
        "Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,"
        "Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,"
        "Bike,Gear"
    ),
    "German": names(
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,"
        "Verstrichene Zeit,Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,"
        "Hinweis zur Privatsphäre für Aktivitäten,Aktivitätsausrüstung,Dateiname,"
        "Sportlergewicht,Fahrradgewicht,Verstrichene Zeit,Bewegungszeit,Distanz,Fahrrad,"
        "Ausrüstung"
    ),
    "French": names(
        "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,"
        "Description de l'activité,Temps écoulé,Distance,Fréquence cardiaque max.,"
        "Effort relatif,Déplacement-transport,Note privée sur les activités,"
        "Matériel utilisé pour l'activité,Nom du fichier,Poids de l'athlète,Poids du vélo,"
        "Temps écoulé,Durée de déplacement,Distance,Vélo,Matériel"
    ),
    "Japanese": names(
        "アクティビティID,アクティビティ日,アクティビティ名,アクティビティタイプ,"
        "アクティビティの説明,経過時間,距離,最大心拍数,相対的エフォート,通勤,"
        "アクティビティのプライベートメモ,アクティビティのギア,ファイル名,選手の体重,"
        "自転車の重量,経過時間,移動時間,距離,自転車,ギア"
    ),
}
WALK = {"English": "Walk", "German": "Spaziergang", "French": "Marche", "Japanese": "ウォーキング"}
HIKE = {"English": "Hike", "German": "Wanderung", "French": "Randonnée", "Japanese": "ハイキング"}
DATE = {
    "English": "%b %d, %Y, %I:%M:%S %p",
    "German": "%d.%m.%Y, %H:%M:%S",
    "French": "%d mai %Y, %H:%M:%S",
    "Japanese": "%Y/%m/%d %H:%M:%S",
}
SHOES = "Shoe Name,Shoe Brand,Shoe Model\r\nOld pair,Brand,One\r\n,Maker,Road 2\r\n"
FILES = ("1.fit.gz", "2.gpx", "3.gpx.gz", "4.tcx.gz", "")


def unpacked_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose members are not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def fit_walk(seconds: int = 60) -> bytes:
    """Return a FIT file of a walk that began at ``FIT_START``."""
    return write.join(write.walk(seconds))


def gpx_walk(day: int, seconds: int = 60) -> bytes:
    """Return a GPX file of a walk on a day of May 2024."""
    points = "".join(
        f'<trkpt lat="{47 + i * 1e-5:.6f}" lon="8.5"><ele>400</ele>'
        f"<time>2024-05-{day:02d}T08:{i // 60:02d}:{i % 60:02d}Z</time></trkpt>"
        for i in range(seconds)
    )
    head = '<?xml version="1.0"?><gpx version="1.1" creator="a phone"><trk><name>file</name>'
    return f"{head}<type>walking</type><trkseg>{points}</trkseg></trk></gpx>".encode()


def tcx_walk(day: int, seconds: int = 60) -> bytes:
    """Return a TCX file, with the blanks before it that some archives have."""
    points = "".join(
        f"<Trackpoint><Time>2024-05-{day:02d}T08:{i // 60:02d}:{i % 60:02d}Z</Time><Position>"
        f"<LatitudeDegrees>{47 + i * 1e-5:.6f}</LatitudeDegrees>"
        "<LongitudeDegrees>8.5</LongitudeDegrees></Position></Trackpoint>"
        for i in range(seconds)
    )
    return (
        '          <?xml version="1.0"?><TrainingCenterDatabase><Activities>'
        f'<Activity Sport="Other"><Id>2024-05-{day:02d}T08:00:00Z</Id><Lap '
        f'StartTime="2024-05-{day:02d}T08:00:00Z"><Track>{points}</Track></Lap>'
        "</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def strava_rows(language: str) -> list[list[str]]:
    """Return the rows of five activities; the last one was typed in."""
    rows = []
    for day, name in enumerate(FILES, start=1):
        when = datetime(2024, 5, day, 8, tzinfo=UTC).strftime(DATE[language])
        sport = HIKE[language] if day == 2 else WALK[language]
        gear = ("Old pair", "Maker Road 2", "", "Old pair", "Maker Road 2")[day - 1]
        elapsed, metres = 60 * day + 1, 80.0 * day
        row = [f"82280267{day:02d}", when, f"Walk {day}", sport, f'fine,\nthe "back" hurt {day}']
        row += [str(elapsed), f"{metres / 1000:.2f}", "", "", "false", "", gear]
        row += [f"activities/{name}" if name else "", "", "", f"{elapsed}.0", f"{elapsed - 1}.0"]
        rows.append([*row, f"{metres}", "", f"{77 + day}.0"])
    return rows


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as Strava writes it."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def strava_files(language: str = "English", order: Sequence[int] | None = None) -> dict[str, bytes]:
    """Return the files of an archive, with its columns in another order if wanted."""
    header, rows = STRAVA[language], strava_rows(language)
    order = range(len(header)) if order is None else order
    return {
        "activities.csv": table([header[i] for i in order], [[r[i] for i in order] for r in rows]),
        "shoes.csv": SHOES.encode(),
        "activities/1.fit.gz": gzip.compress(fit_walk()),
        "activities/2.gpx": gpx_walk(2),
        "activities/3.gpx.gz": gzip.compress(gpx_walk(3)),
        "activities/4.tcx.gz": gzip.compress(tcx_walk(4)),
        "media/photo.jpg": b"\xff\xd8\xff" + b"0" * 99,
        "messaging.json": b"{}",
    }


def garmin_activity(number: int, start: datetime, **more: Any) -> dict[str, Any]:
    """Return one activity of Garmin's list."""
    begin = round(start.timestamp() * 1000)
    return {
        "activityId": number,
        "name": f"Walk {number}",
        "activityType": "walking",
        "beginTimestamp": begin,
        "startTimeLocal": begin + 7_200_000.0,
        "duration": 60_000.0,
        "elapsedDuration": 65_000.0,
        "movingDuration": 55_000.0,
        "distance": 8_400.0,
        "elevationGain": 1_200.0,
        "avgHr": 91.0,
        "steps": 110.0,
        **more,
    }


def garmin_day(day: int, steps: int | None) -> dict[str, Any]:
    """Return the counts of a day of May 2024, in a zone two hours ahead of UTC."""
    begin = datetime(2024, 5, day, tzinfo=UTC) - timedelta(hours=2)
    return {
        "calendarDate": f"2024-05-{day:02d}",
        "totalSteps": steps,
        "totalDistanceMeters": None if steps is None else steps * 0.7,
        "wellnessStartTimeGmt": begin.strftime("%Y-%m-%dT%H:%M:%S.0"),
        "wellnessEndTimeGmt": (begin + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.0"),
    }


def garmin_files() -> dict[str, bytes]:
    """Return an export: uploads in a zip of their own, lists, shoes, days and other things."""
    lists = [
        garmin_activity(11, FIT_START),
        garmin_activity(12, datetime(2024, 5, 2, 8, tzinfo=UTC)),
        garmin_activity(13, datetime(2024, 5, 9, 8, tzinfo=UTC), name="Typed in"),
    ]
    gear = {
        "gearDTOS": [
            {"gearPk": 7, "customMakeModel": "Maker Road 2", "gearTypeName": "Shoes"},
            {"gearPk": 8, "displayName": "Strap", "gearTypeName": "Other"},
        ],
        "gearActivityDTOs": {
            "8": [{"activityId": 11, "gearPk": 8}],
            "7": [{"activityId": 11, "gearPk": 7}, {"activityId": 13, "gearPk": 7}],
        },
    }
    uploads: dict[str, str | bytes] = {
        "me_11.fit": fit_walk(),
        "me_12.gpx": gpx_walk(2),
        "me_99.txt": b"a note",
    }
    base = "DI_CONNECT/DI-Connect-"
    return {
        f"{base}Uploaded-Files/UploadedFiles_0-_Part1.zip": zipped(uploads),
        f"{base}Fitness/me_0_summarizedActivities.json": json.dumps(
            [{"summarizedActivitiesExport": lists}]
        ).encode(),
        f"{base}Fitness/me_gear.json": json.dumps([gear]).encode(),
        f"{base}Aggregator/UDSFile_2024-05-01_2024-08-09.json": json.dumps(
            [garmin_day(1, 4000), garmin_day(2, None), garmin_day(3, 6000)]
        ).encode(),
        f"{base}Wellness/me_sleepData.json": b'[{"sleepStartTimestampGMT": "2024"}]',
        "customer_data/customer.json": b"{}",
    }


def polar_old(
    sport: str = "WALKING", *, cadence: float = 55.0, samples: bool = True
) -> dict[str, Any]:
    """Return a training session in the older layout: 60 s, two hours ahead of UTC."""
    clock = [f"2019-05-01T10:00:{i:02d}.000" for i in range(60)]
    exercise: dict[str, Any] = {
        "startTime": clock[0],
        "stopTime": "2019-05-01T10:01:00.000",
        "timezoneOffset": 120,
        "duration": "PT1M",
        "distance": 84.0,
        "sport": sport,
        "heartRate": {"min": 80, "avg": 91, "max": 99},
    }
    if samples:
        exercise["samples"] = {
            "heartRate": [{"dateTime": t, "value": 90 + i % 3} for i, t in enumerate(clock)],
            "speed": [{"dateTime": t, "value": 5.04} for t in clock],
            "cadence": [{"dateTime": t, "value": cadence} for t in clock],
            "altitude": [
                {"dateTime": t, "value": 0.0 if i < 3 else 183.0} for i, t in enumerate(clock)
            ],
            "recordedRoute": [
                {"dateTime": t, "latitude": 47 + i * 1e-5, "longitude": 8.5, "altitude": 180.0}
                for i, t in enumerate(clock)
                if i >= 5
            ],
        }
    return {
        "exportVersion": "1.6",
        "name": "Evening",
        "startTime": clock[0],
        "stopTime": "2019-05-01T10:01:00.000",
        "timezoneOffset": 120,
        "exercises": [exercise],
    }


def polar_new(sport: str = "3") -> str:
    """Return the same walk in the newer layout, with the bare NaN that is no JSON."""
    channels = {
        "HEART_RATE": [90 + i % 3 for i in range(60)],
        "SPEED": [5.04] * 60,
        "CADENCE": [55.0] * 60,
        "ALTITUDE": [0.0] * 3 + [183.0] * 57,
        "TEMPERATURE": [float("nan")] * 60,
    }
    points = [
        {"latitude": 47 + (i + 5) * 1e-5, "longitude": 8.5, "altitude": 180.0}
        | {"elapsedMillis": 1000 * i}
        for i in range(55)
    ]
    exercise = {
        "startTime": "2019-05-01T10:00:00",
        "stopTime": "2019-05-01T10:01:00",
        "timezoneOffsetMinutes": 120,
        "durationMillis": 60_000,
        "distanceMeters": 84.0,
        "sport": {"id": sport},
        "samples": {
            "samples": [
                {"type": kind, "intervalMillis": 1000, "values": values}
                for kind, values in channels.items()
            ]
        },
        "routes": {"route": {"startTime": "2019-05-01T10:00:05", "wayPoints": points}},
    }
    session = {
        "identifier": {"id": "1"},
        "startTime": "2019-05-01T10:00:00",
        "name": "Evening",
        "timezoneOffsetMinutes": 120,
        "hrAvg": 91,
        "product": {"modelName": "Polar Vantage M"},
        "exercises": [exercise],
    }
    return json.dumps(session)


def polar_day(day: int, *, summed: bool = True) -> dict[str, Any]:
    """Return the file of a day of May 2019 with 300 steps."""
    steps = [{"localTime": f"10:{i:02d}:00", "value": 100} for i in range(3)]
    out: dict[str, Any] = {"exportVersion": "1.6", "date": f"2019-05-{day:02d}"}
    if summed:
        out["summary"] = {"stepCount": 300}
    return out | {"samples": {"mets": [], "steps": steps}}


def items(importer: Importer, data: bytes | Source, options: Options = NO_OPTIONS) -> list[Item]:
    """Return all that an importer reads of an archive."""
    source = Source.of(data, "archive.zip")
    return list(importer.read(source, importer.plan(source, options)))
