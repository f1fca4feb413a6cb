"""The room's door for deeds: every action of a session, from the alcove that does it."""

from kapstone.clinic.session.arriving.actions import (
    arrive,
)
from kapstone.clinic.session.dosing.actions import (
    change_rate,
    check_second,
    clear_misses,
    dose_again,
    end_dose,
    give_device,
    give_medicine,
    not_today,
    pass_timeout,
    start_dose,
    stop_dose,
)
from kapstone.clinic.session.effects.actions import ask_round, write_effect
from kapstone.clinic.session.helping.actions import call_help, end_help, help_step, sign_card_lines, transfer
from kapstone.clinic.session.leaving.actions import not_ready, release_patient, sign_off
from kapstone.clinic.session.signing.actions import sign_record
from kapstone.clinic.session.watching.actions import (
    CLOSABLE,
    Looked,
    Reading,
    close_slot,
    mark_seen,
    move_part,
    note,
    observe,
    observe_all,
    record,
    seat_elsewhere,
    set_setting,
    take_over,
)

__all__ = [
    "CLOSABLE",
    "Looked",
    "Reading",
    "arrive",
    "ask_round",
    "call_help",
    "change_rate",
    "check_second",
    "clear_misses",
    "close_slot",
    "dose_again",
    "end_dose",
    "end_help",
    "give_device",
    "give_medicine",
    "help_step",
    "mark_seen",
    "move_part",
    "not_ready",
    "not_today",
    "note",
    "observe",
    "observe_all",
    "pass_timeout",
    "record",
    "release_patient",
    "seat_elsewhere",
    "set_setting",
    "sign_card_lines",
    "sign_off",
    "sign_record",
    "start_dose",
    "stop_dose",
    "take_over",
    "transfer",
    "write_effect",
]
