"""What devices send: taken whole or refused with a sentence, and nothing that is no number becomes one."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.session.records import POLICY

from kapstone.care.quantities import Instant
from kapstone.care.session.offered import MOST_BYTES, Offered, Unreadable, acknowledgement, read_hl7, read_message

NOW = Instant(datetime(2026, 11, 18, 15, 30, tzinfo=UTC))
AT = "20261118103000-0500"
HEAD = "MSH|^~\\&|SN-1|ward|KAPSTONE|clinic|20261118103000-0500||ORU^R01^ORU_R01|MSG-7|P|2.6"


def read(body: bytes) -> Offered:
    """Reads a message under the default policy."""
    return read_hl7(body, timedelta(seconds=int(POLICY.number("session.devices.repeated_s"))))


def obx(
    code: str, value: str, unit: str, *, kind: str = "NM", status: str = "F", device: str = "SN-1", at: str = ""
) -> str:
    """One OBX segment."""
    return f"OBX|1|{kind}|{code}^NAME^MDC|1.1.1.1|{value}|{unit}^U^MDC|||||{status}|||{at}||||{device}"


def hl7(*segments: str, head: str = HEAD) -> bytes:
    """A message of these segments."""
    return "\r".join([head, "PID|1||someone^^^x", "OBR|1", *segments, ""]).encode()


def told(body: bytes) -> dict[str, Decimal]:
    """The values of an HL7 message."""
    return dict(read(body).values)


HR, SPO2, SBP = obx("147842", "72", "264864"), obx("150456", "97.5", "262688"), obx("150021", "120", "266016")


def test_a_message_of_a_monitor() -> None:
    found = read(hl7(HR, SPO2, SBP, obx("8462-4", "80", "mm[Hg]")))
    assert found.values == {"hr": 72, "spo2": Decimal("97.5"), "sbp": 120, "dbp": 80}
    assert (found.device, found.at, found.left) == ("SN-1", NOW, 0)


def test_what_is_not_known_is_left_and_counted_and_the_patient_is_never_read() -> None:
    found = read(hl7(HR, obx("999", "1", "x"), obx("150022", "80", "mmHg", status="X"), obx("150023", "", "mmHg")))
    assert (dict(found.values), found.left) == ({"hr": 72}, 3)
    assert "someone" not in repr(found)


REFUSED_HL7 = [
    # what, the message, what is said
    ("no message at all", b"", "does not begin with MSH"),
    ("another kind", hl7(HR, head=HEAD.replace("ORU^R01", "ADT^A01")), r"no ORU\^R01"),
    ("other separators", hl7(HR).replace(b"MSH|^~\\&", b"MSH|!~\\&"), "does not begin with MSH"),
    ("no UTF-8", hl7(HR) + b"\xff", "UTF-8"),
    ("too long", hl7(HR) + b"x" * MOST_BYTES, "longer than"),
    ("a field too long", hl7(HR, "NTE|" + "x" * 2000), "A field is longer"),
    ("too many segments", hl7(*["NTE|1"] * 300), "segments"),
    ("a signal twice", hl7(HR, HR), "stands twice"),
    ("kPa", hl7(obx("150021", "16", "kPa")), "another unit"),
    ("no unit", hl7(obx("147842", "72", "")), "another unit"),
    ("percent for a heart rate", hl7(obx("147842", "72", "%")), "another unit"),
    (
        "two devices",
        hl7(obx("147842", "72", "bpm", device="A1"), obx("150456", "97", "%", device="B2")),
        "one device",
    ),
    ("no device", hl7(obx("147842", "72", "bpm", device="")), "serial number"),
    ("one value without a device", hl7(HR, obx("150456", "97", "%", device="")), "one device"),
    ("a device with a space", hl7(obx("147842", "72", "bpm", device="SN 1")), "serial number"),
    (
        "a time before all calendars",
        hl7(HR, head=HEAD.replace("20261118103000-0500", "00010101000000+1400")),
        "calendar",
    ),
    ("a month that is none", hl7(HR, head=HEAD.replace("20261118", "20261318")), "calendar"),
    ("a time in words", hl7(HR, head=HEAD.replace("20261118103000-0500", "noon")), "year, month, day"),
]


@pytest.mark.parametrize(("what", "body", "said"), REFUSED_HL7, ids=[one[0] for one in REFUSED_HL7])
def test_a_message_that_is_not_as_it_should_be_is_refused_with_a_sentence(what: str, body: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(body)


NO_NUMBERS = ["NaN", "nan", "Infinity", "-Infinity", "1e3", "1E400", " 72", "72 ", "7 2", "+72", "-5", "-0", "0x48",
              "٧٢", "72,5", "1" * 7, "1.23456", "", "72\x00", "1_0"]  # fmt: skip


@pytest.mark.mitigates("M-153")
@pytest.mark.parametrize("number", [one for one in NO_NUMBERS if one])
def test_what_is_no_plain_number_is_refused_in_hl7(number: str) -> None:
    with pytest.raises(Unreadable, match=r"no plain number|below 0"):
        read(hl7(obx("147842", number, "bpm")))


def test_a_time_without_an_offset_is_not_placed() -> None:
    assert read(hl7(HR, head=HEAD.replace("-0500", ""))).at is None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_our_own_sentence(body: bytes) -> None:
    for reader in (read, read_message):
        try:
            reader(body)
        except Unreadable as said:
            assert str(said).endswith((".", "-"))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=6))
def test_a_message_with_some_bytes_changed_is_read_or_refused(place: int, put: bytes) -> None:
    body = bytearray(hl7(HR, SPO2, SBP))
    place = min(place, len(body))
    body[place : place + len(put)] = put
    try:
        found = read(bytes(body))
    except Unreadable:
        return
    assert all(value.is_finite() and value >= 0 for value in found.values.values())
    acknowledgement(bytes(body), True, NOW).decode("ascii")


@pytest.mark.mitigates("M-153")
def test_a_repeated_old_value_is_left_and_is_no_value_of_now() -> None:
    old = obx("150021", "180", "mmHg", at="20261118101000-0500")
    found = read(hl7(obx("147842", "72", "bpm", at="20261118103000-0500"), old))
    assert (dict(found.values), found.left, found.at) == ({"hr": 72}, 1, NOW)


def test_the_answer_repeats_a_plain_identity_and_nothing_else() -> None:
    answer = acknowledgement(hl7(HR), True, NOW)
    assert answer.endswith(b"\rMSA|AA|MSG-7\r")
    odd = hl7(HR, head=HEAD.replace("MSG-7", "x<script>"))
    assert acknowledgement(odd, False, NOW).endswith(b"\rMSA|AR|unknown\r")
    assert acknowledgement(b"\xff", False, NOW).endswith(b"\rMSA|AR|unknown\r")


GOOD: dict[str, Any] = {
    "device": "SN-1",
    "at": "2026-11-18T10:30:00-05:00",
    "values": {"hr": {"value": 72, "unit": "/min"}, "spo2": {"value": 97.5, "unit": "%"}},
}


def sent(**changes: Any) -> bytes:
    """The good message with something else in it."""
    return json.dumps({**GOOD, **changes}).encode()


def test_a_set_as_json_and_many_in_one_message() -> None:
    expected = Offered("SN-1", NOW, {"hr": Decimal(72), "spo2": Decimal("97.5")})
    assert read_message(sent()) == (expected,)
    many = json.dumps([GOOD | {"device": f"SN-{number}"} for number in range(40)]).encode()
    assert [one.device for one in read_message(many)][-1] == "SN-39"
    assert read_message(sent(at=None))[0].at is None
    more = GOOD["values"] | {"temperature": {"value": 37, "unit": "C"}}
    assert read_message(sent(values=more))[0].left == 1


REFUSED_JSON = [
    # what, the message, what is said
    ("no JSON", b"hr=72", "no JSON"),
    ("no UTF-8", b'{"device": "\xff"}', "no JSON"),
    ("a key twice", b'{"device": "A", "device": "B", "values": {}}', "stands twice"),
    ("a signal twice", sent().replace(b'"spo2"', b'"hr"'), "stands twice"),
    ("NaN", sent().replace(b"72", b"NaN"), "NaN and Infinity"),
    ("Infinity", sent().replace(b"72", b"-Infinity"), "NaN and Infinity"),
    ("1e400", sent().replace(b"72", b"1e400"), "no plain number"),
    ("minus 0", sent().replace(b"72", b"-0"), "below 0"),
    ("thousands of digits", sent().replace(b"72", b"7" * 9000), "no plain number"),
    ("a number as text", sent(values={"hr": {"value": "72", "unit": "/min"}}), "not a text"),
    ("yes for a number", sent(values={"hr": {"value": True, "unit": "/min"}}), "not a text"),
    ("no unit", sent(values={"hr": {"value": 72}}), "value and unit"),
    ("another unit", sent(values={"sbp": {"value": 16, "unit": "kPa"}}), "its unit"),
    ("nothing measured", sent(values={}), "1 to 64 signals"),
    ("something more", sent(patient="Ana"), "nothing else"),
    ("a list in a list", b"[" * 2000 + b"]" * 2000, "too deep"),
    ("an empty list", b"[]", "1 to 64 sets"),
    ("too many sets", json.dumps([GOOD] * 65).encode(), "1 to 64 sets"),
    ("too long", sent() + b" " * MOST_BYTES, "longer than"),
    ("no offset", sent(at="2026-11-01T01:30:00"), "offset is missing"),
    ("a time as a number", sent(at=5), "a time as text"),
    ("a time before all calendars", sent(at="0001-01-01T00:00:00+14:00"), "calendar"),
    ("a device as a number", sent(device=5), "as text"),
    ("a device as markup", sent(device="<b>"), "serial number"),
]


@pytest.mark.mitigates("M-153")
@pytest.mark.parametrize(("what", "body", "said"), REFUSED_JSON, ids=[one[0] for one in REFUSED_JSON])
def test_json_that_is_not_as_it_should_be_is_refused_with_a_sentence(what: str, body: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as no:
        read_message(body)
    assert "<" not in str(no.value) and "Ana" not in str(no.value), "a refusal never repeats the message"


def test_the_time_of_a_set_is_the_values_own_or_that_of_its_request_or_of_the_message() -> None:
    early = Instant(NOW - timedelta(minutes=15))
    request = f"OBR|1||||||{early:%Y%m%d%H%M%S}+0000"
    assert read("\r".join([HEAD, request, HR, ""]).encode()).at == early
    own = obx("147842", "72", "264864", at=f"{NOW:%Y%m%d%H%M%S}+0000")
    assert read("\r".join([HEAD, request, own, ""]).encode()).at == NOW


def test_a_blank_of_dashes_is_no_value_and_spoils_none() -> None:
    found = read(hl7(HR, obx("150456", "---", "262688")))
    assert (dict(found.values), found.left) == ({"hr": 72}, 1)


def test_a_name_in_latin_letters_is_not_read_where_the_message_says_so() -> None:
    latin = HEAD + "|" * (17 - HEAD.count("|")) + "8859/1"
    body = "\r".join([latin, "PID|1||someone^^^x||Müller", "OBR|1", HR, ""]).encode("latin-1")
    assert dict(read(body).values) == {"hr": 72}


def test_two_messages_run_together_are_refused() -> None:
    with pytest.raises(Unreadable, match="run together"):
        read(hl7(HR) + hl7(SPO2))
