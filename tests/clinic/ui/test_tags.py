"""Tags and parts: forms that keep what was typed and name every error, and the clinic's own clock."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template

from kapstone.clinic.ground.ui.templatetags import ui


class Arrival(forms.Form):
    """One field of each kind."""

    weight = forms.DecimalField(label="Weight today", help_text="Without shoes.", min_value=20)
    born = forms.DateField(label="Date of birth", widget=forms.SelectDateWidget)
    mood = forms.ChoiceField(label="Mood", widget=forms.RadioSelect, choices=[("a", "Low"), ("b", "Fair")])
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="I agree")


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.fixture
def refused() -> str:
    return drawn(
        '{% form form submit="Send" %}', form=Arrival({"weight": "12 stone", "notes": "<b>tea"}), csrf_token="t"
    )


def test_what_was_typed_stays(refused: str) -> None:
    assert 'value="12 stone"' in refused
    assert "&lt;b&gt;tea" in refused


def test_every_error_is_linked_to_something_that_exists(refused: str) -> None:
    targets = re.findall(r'<a href="#([\w-]+)">', refused)
    assert targets == ["id_weight", "id_born_month", "id_mood_0", "id_agreed"]
    assert all(f'id="{target}"' in refused for target in targets)
    assert "Weight today: Enter a number." in refused


def test_every_description_exists(refused: str) -> None:
    for ids in re.findall(r'aria-describedby="([^"]+)"', refused):
        assert all(f'id="{one}"' in refused for one in ids.split())
    assert 'aria-describedby="id_weight_helptext id_weight_error"' in refused
    assert 'aria-invalid="true"' in refused


def test_summary_comes_first_and_takes_the_focus(refused: str) -> None:
    assert refused.index('role="alert"') < refused.index("Without shoes.")
    assert re.search(r'role="alert" tabindex="-1" autofocus', refused)


def test_a_clean_form_has_no_summary_and_carries_the_token() -> None:
    page = drawn("{% form form %}", form=Arrival(), csrf_token="t")
    assert 'role="alert"' not in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="t">' in page


def test_choices_are_grouped_and_parts_of_a_date_are_named(refused: str) -> None:
    assert refused.count("<fieldset") == 2
    assert refused.count('class="opt"') == 3
    assert all(f'aria-label="{part}"' in refused for part in ("Year", "Month", "Day"))


def test_the_only_question_is_the_heading() -> None:
    class One(forms.Form):
        mood = Arrival.base_fields["mood"]

    assert '<legend class="field__label"><h1>Mood</h1></legend>' in drawn("{% form form heading=True %}", form=One())


def test_clock_follows_the_clinic_and_tells_the_two_autumn_hours_apart() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    zone = "America/New_York"
    assert ui.time_in(first, zone) == ui.time_in(first + timedelta(hours=1), zone) == "1:30 am"
    assert ">Nov 1, 1:30 am EDT<" in ui.clock(first, zone)
    assert ">Nov 1, 1:30 am EST<" in ui.clock(first + timedelta(hours=1), zone)
    assert 'datetime="2026-11-01T05:30:00Z"' in ui.clock(first, zone)
    assert ui.date_in(first, "America/Los_Angeles") == "Saturday, October 31, 2026"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ui.time_in(datetime(2026, 11, 1), "America/New_York")


@pytest.mark.parametrize(
    ("span", "words"),
    [(40, "40 min"), (timedelta(hours=2, minutes=5), "2 h 5 min"), (120, "2 h"), (-5, "-5 min"), (None, "")],
)
def test_as_minutes(span: timedelta | int | None, words: str) -> None:
    assert ui.as_minutes(span) == words


def test_icon_is_decoration_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "phone" %}')
    assert 'role="img" aria-label="Call &lt;"' in drawn('{% icon "phone" label %}', label="Call <")


def test_a_finding_shows_its_word_and_what_would_clear_it() -> None:
    finding = {"severity": "hold", "sentence": "TSH is old.", "clears": "A new TSH.", "source": "Label"}
    page = drawn('{% include "ui/parts/reasons.html" %}', findings=[finding])
    assert all(words in page for words in ("Hold", "TSH is old.", "A new TSH.", "Label"))


@pytest.mark.parametrize(
    "element", ["layouts/base", "layouts/manage", "elements/form", "elements/fields", "elements/img"]
)
def test_account_pages_take_our_look(element: str) -> None:
    """The ui app stands before allauth in INSTALLED_APPS; otherwise allauth's own plain pages would win."""
    origin = get_template(f"allauth/{element}.html").origin  # type: ignore[attr-defined]
    assert "ground/ui/templates" in origin.name


@pytest.mark.parametrize("layout", ["public", "patient", "staff", "session"])
def test_layouts_have_one_main_and_a_skip_link(layout: str) -> None:
    page = drawn(f'{{% include "ui/{layout}.html" %}}', nav=[{"label": "Guide", "url": "/"}], theme="dark")
    assert page.count("<main") == 1
    assert page.index('href="#main"') < page.index("<main")
    assert ('class="crisis"' in page) == (layout in {"public", "patient"})
    assert f'data-theme="{"dim" if layout == "session" else "dark"}"' in page
