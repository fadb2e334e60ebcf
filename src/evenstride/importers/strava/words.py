"""Words that Strava writes in the language of the person: kinds of sport, headers, months."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from evenstride.importers.xml_tracks.sports import sport_of
from evenstride.model import Sport

__all__ = ["MONTHS", "Role", "columns_called", "is_sport_word", "sport_named"]

Role = str

_SPORTS: dict[Sport, str] = {
    "walking": "walk|spaziergang|gehen|marche|marche à pied|caminata|caminar|paseo|camminata|"
    "passeggiata|caminhada|wandeling|wandelen|ウォーキング|散歩|步行|健走|ходьба|прогулка|"
    "spacer|promenad|gåtur|kävely|walking",
    "hiking": "hike|wanderung|wandern|randonnée|randonnée pédestre|senderismo|excursión|excursion|"
    "escursione|escursionismo|trilha|hiking|wandeltocht|ハイキング|徒步|远足|健行|поход|"
    "хайкинг|wędrówka|vandring|fottur|vaellus|caminhada na natureza",
    "running": "run|lauf|laufen|course à pied|carrera|correr|corsa|corrida|hardlopen|loop|ラン|"
    "ランニング|跑步|бег|забег|bieg|löpning|løp|juoksu|trail run|traillauf|trail|"
    "virtual run|virtueller lauf|トレイルラン|course virtuelle",
    "cycling": "ride|radfahrt|fahrrad|vélo|sortie à vélo|sortie vélo|bicicleta|ciclismo|giro|"
    "uscita in bici|pedalada|rit|fietsrit|fietsen|fietstocht|ライド|サイクリング|骑行|騎乘|"
    "велозаезд|jazda|cykeltur|sykkeltur|pyöräily|virtual ride|virtuelle radfahrt|"
    "e-bike ride|e-bike-fahrt|mountain bike ride|mountainbike-fahrt|gravel ride|"
    "gravel-fahrt|バーチャルライド|vélo virtuel|vtt",
    "other": "swim|schwimmen|natation|natación|nuoto|natação|zwemmen|水泳|スイム|游泳|плавание|"
    "workout|training|entraînement|entrenamiento|allenamento|treino|ワークアウト|锻炼|"
    "тренировка|yoga|ヨガ|weight training|krafttraining|gewichtstraining|musculation|"
    "entrenamiento con pesas|ウェイトトレーニング|elliptical|crosstrainer|rowing|rudern|"
    "aviron|kayaking|alpine ski|ski alpin|nordic ski|backcountry ski|snowshoe|snowboard|"
    "ice skate|inline skate|stair-stepper|golf|canoeing|surfing|crossfit|rock climb|"
    "pilates|tennis|badminton|soccer|fußball|handcycle|wheelchair|rollstuhl",
}

_HEADERS: dict[Role, str] = {
    "gear": "gear|ausrüstung|matériel|équipement|equipación|equipamiento|equipamento|attrezzatura|"
    "uitrusting|materiaal|ギア|用具|機材|装备|裝備|снаряжение|sprzęt|utrustning|utstyr|"
    "varuste",
    "sport": "type|aktivitätsart|sportart|tipo|soort|種類|タイプ|类型|類型|тип|rodzaj|typ",
    "title": "name|nom |nom de|nombre|nome|naam|名前|名称|アクティビティ名|название|nazwa|namn|"
    "navn|nimi",
    "note": "description|beschreibung|descripción|descrizione|descrição|beschrijving|説明|描述|"
    "описание|opis|beskrivning|beskrivelse|kuvaus",
    "private": "private note|privatsphäre|private notiz|note privée|nota privada|nota privata|"
    "privénotitie|プライベート|非公開",
    "elapsed": "elapsed|verstrichen|écoulé|transcurrido|trascorso|decorrido|verstreken|経過|总时间|"
    "прошедшее",
}
_NOT_A_TITLE = "file|datei|fichier|archivo|arquivo|bestand|ファイル|文件|файл|plik|fil"

MONTHS: dict[str, int] = {
    prefix: number
    for number, prefixes in enumerate(
        (
            "jan ene gen янв sty",
            "feb fév fev févr фев lut",
            "mar mär mrt maa мар",
            "apr avr abr апр kwi",
            "may mai mag mei maj мая",
            "jun juin giu июн cze",
            "jul juil lug июл lip",
            "aug aou août ago авг sie",
            "sep set сен wrz",
            "oct okt ott out окт paź",
            "nov ноя lis",
            "dec déc dez dic дек gru",
        ),
        start=1,
    )
    for prefix in prefixes.split()
}
"""First letters of the names of the months in the main languages -> 1 to 12."""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


_SPORT_OF: dict[str, Sport] = {
    _folded(word): sport for sport, words in _SPORTS.items() for word in words.split("|")
}


def is_sport_word(text: str) -> bool:
    """Tell whether this is exactly how Strava calls a kind of sport in some language."""
    return _folded(text) in _SPORT_OF


def sport_named(text: str) -> Sport:
    """Return the sport that a word means in any of the languages; "unknown" if none."""
    return _SPORT_OF.get(_folded(text)) or sport_of(text)


def columns_called(header: Sequence[str], role: Role) -> list[int]:
    """Return the columns whose names speak of ``role``, from the left."""
    words = _HEADERS[role].split("|")
    others = _NOT_A_TITLE.split("|") if role == "title" else []
    return [
        index
        for index, name in enumerate(map(_folded, header))
        if any(word in name for word in words) and not any(word in name for word in others)
    ]
