"""Tags and filters for every page: icons, forms, the clinic's local time, and the words of a verdict."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kapstone.care.quantities import plain
from kapstone.clinic.ground.ui import svg

register = template.Library()

SEVERITIES = {
    "stop": ("octagon-alert", "Stop"),
    "block": ("ban", "Block"),
    "hold": ("hourglass", "Hold"),
    "review": ("eye", "Review"),
    "ask": ("circle-question-mark", "Needs an answer"),
    "clear": ("circle-check", "Clear"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite. Without a label it is decoration and a word must stand beside it."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {} focusable="false" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><use href="{}#i-{}"/></svg>',
        said,
        static("ui/built/icons.svg"),
        name,
    )


@register.simple_tag
def dots(count: int, label: str) -> SafeString:
    """Ten circles, so many of them filled."""
    return SafeString(svg.dots(count, label))


@register.simple_tag
def shape(series: str) -> SafeString:
    """The mark of a vital sign: hr, spo2, bp, rr or sedation. Its name stands beside it."""
    return SafeString(svg.shape(series))


@register.simple_tag
def swatch(kind: str) -> SafeString:
    """A sample of one part of a forecast's picture. Its meaning stands beside it."""
    return SafeString(svg.swatch(kind))


@register.simple_tag(takes_context=True)
def form(
    context: Context,
    form: forms.BaseForm,
    submit: str = "",
    method: str = "post",
    action: str = "",
    heading: bool = False,
    cancel_url: str = "",
    cancel: str = "",
    second: str = "",
    second_name: str = "",
) -> SafeString:
    """A whole form with its error summary. `heading` makes the label of its only field the page's h1."""
    page = get_template("ui/parts/form.html").render(
        {
            "form": form,
            "submit": submit or _("Save"),
            "method": method,
            "action": action,
            "heading": heading,
            "cancel_url": cancel_url,
            "cancel": cancel or _("Cancel"),
            "second": second,
            "second_name": second_name,
            "csrf_token": context.get("csrf_token", ""),
        }
    )
    return SafeString(page)


@register.simple_tag
def field(field: BoundField, heading: bool = False) -> SafeString:
    """One field with label, hint and error. A form field may carry `.unit`, shown after the input."""
    _as_text(field.field.widget)
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    page = get_template("ui/parts/field.html").render(
        {
            "field": field,
            "kind": _kind(field.field.widget),
            "heading": heading,
            "unit": getattr(field.field, "unit", ""),
            "describedby": " ".join(described),
            "group": _group(field) if _kind(field.field.widget) == "group" else "",
        }
    )
    return SafeString(page)


def _group(bound: BoundField) -> SafeString:
    """Several inputs for one value (a date in three lists), each with a name of its own for screen readers."""
    widget = bound.field.widget
    context = widget.get_context(
        bound.html_name, bound.value(), bound.build_widget_attrs({"id": bound.auto_id}, widget)
    )
    names = {"year": _("Year"), "month": _("Month"), "day": _("Day"), "0": _("Date"), "1": _("Time")}
    for part in context["widget"].get("subwidgets", []):
        part["attrs"]["aria-label"] = names.get(part["name"].rsplit("_", 1)[-1], bound.label)
    return SafeString(bound.form.renderer.render(widget.template_name, context))


def _as_text(widget: forms.Widget) -> None:
    """A number is typed as text: a browser's number field drops a wrong entry instead of showing it again."""
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        whole = widget.attrs.get("step", "any") == "1"
        widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if widget.use_fieldset else "plain"


class _Target:
    """Where the error summary's link goes: the input, or the first of a group."""

    def __init__(self, bound: BoundField) -> None:
        kind = _kind(bound.field.widget)
        if kind in {"radio", "checkboxes", "checkbox"}:
            first = next(iter(bound.subwidgets), None)
            self.target = first.id_for_label if first else ""
        else:
            self.target = bound.id_for_label or f"{bound.auto_id}_0"


@register.filter
def problems(form: forms.BaseForm) -> Iterator[tuple[_Target, str]]:
    """Each field's errors with the place to jump to, in the order of the fields."""
    fields = form.visible_fields()
    for bound in fields:
        for error in bound.errors:
            # With one field the question stands right below; with several, the error needs its name, once.
            named = len(fields) == 1 or str(error).startswith(f"{bound.label}:")
            yield _Target(bound), str(error) if named else f"{bound.label}: {error}"


@register.filter
def severity_icon(severity: str) -> str:
    """The icon of a finding's severity."""
    return SEVERITIES[str(severity)][0]


@register.filter
def severity_word(severity: str) -> str:
    """The word of a finding's severity; a word that is already one stays."""
    return _(SEVERITIES[str(severity)][1]) if str(severity) in SEVERITIES else str(severity)


def _local(moment: datetime, zone: str | ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give an aware moment.")
    return moment.astimezone(zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone))


@register.filter
def time_in(moment: datetime | None, zone: str | ZoneInfo) -> str:
    """`{{ moment|time_in:zone }}`: 1:46 pm, on the clinic's clock."""
    return dateformat.format(_local(moment, zone), "g:i a").replace(".", "") if moment else ""


@register.filter
def date_in(moment: datetime | None, zone: str | ZoneInfo) -> str:
    """`{{ moment|date_in:zone }}`: Thursday, November 26, 2026, on the clinic's calendar."""
    return dateformat.format(_local(moment, zone), "l, F j, Y") if moment else ""


@register.filter
def clock(moment: datetime | None, zone: str | ZoneInfo) -> SafeString | str:
    """`{{ moment|clock:zone }}`: Nov 26, 1:46 pm EST as a <time>, so that two 1:30s in autumn differ."""
    if not moment:
        return ""
    here = _local(moment, zone)
    said = f"{dateformat.format(here, 'M j')}, {time_in(moment, zone)} {here.tzname()}"
    return format_html('<time datetime="{}">{}</time>', f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", said)


@register.filter
def as_minutes(span: timedelta | float | int | None) -> str:
    """A span, or a number of minutes, in words: 40 min; 2 h 5 min."""
    if span is None:
        return ""
    minutes = int(span.total_seconds() // 60 if isinstance(span, timedelta) else span)
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest} min" if rest else f"{sign}{hours} h"


@register.filter
def amount(value: Decimal) -> str:
    """`{{ dose.mg|amount }}`: a number without the zeros that say nothing."""
    return plain(value)


@register.filter
def dollars(cents: int, how: str = "") -> str:
    """`{{ cents|dollars }}`: $1,250.00. With "plain", the amount without its sign."""
    sign = "-" if cents < 0 and how != "plain" else ""
    return f"{sign}${abs(cents) / 100:,.2f}"


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """`{{ found|at:key }}`: what a mapping holds for a key; nothing where it holds none."""
    return found.get(key)


@register.filter
def policy_words(key: str) -> str:
    """A policy line's key with room to break: “session, forecast, on session page”."""
    return key.replace(".", ", ").replace("_", " ")


@register.filter
def policy_value(value: object) -> str:
    """A policy line's value in words: a number, a list, or on and off."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    return ", ".join(value) if isinstance(value, tuple) else str(value)
