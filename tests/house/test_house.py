"""Rules of the house that imports alone do not show."""

from pathlib import Path

from django.apps import apps

ROOMS = [
    "ledger",
    "people",
    "concerns",
    "bookings",
    "guide",
    "evaluation",
    "plan",
    "session",
    "integration",
    "outcomes",
]
SOURCE = Path(__file__).parent.parent.parent / "src" / "kapstone"


def test_a_record_points_back_along_the_journey_never_forward() -> None:
    rank = {name: place for place, name in enumerate(ROOMS)}
    forward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in rank
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if rank.get(field.related_model._meta.app_label, 0) > rank[model._meta.app_label]  # type: ignore[union-attr]
    ]
    assert not forward


def test_every_room_stands_where_the_plan_says() -> None:
    journey = {"guide", "evaluation", "plan", "session", "integration", "outcomes"}
    for floor in ("care", "clinic"):
        assert journey <= {path.name for path in (SOURCE / floor).iterdir() if path.is_dir()}
    assert {app.label for app in apps.get_app_configs() if app.name.startswith("kapstone")} >= {
        *ROOMS,
        "ui",
        "config",
    }


def test_no_room_listens_for_signals() -> None:
    for file in SOURCE.rglob("*.py"):
        text = file.read_text("utf-8")
        assert "django.dispatch" not in text, file
        assert "django.db.models.signals" not in text, file


def test_pages_hold_no_inline_style_and_no_inline_script() -> None:
    for file in SOURCE.rglob("templates/**/*.html"):
        text = file.read_text("utf-8")
        assert " style=" not in text, file
        assert "<style" not in text, file
        assert "<script>" not in text, file


def test_views_reach_records_only_through_queries_and_actions() -> None:
    for file in (SOURCE / "clinic").rglob("views.py"):
        assert ".objects" not in file.read_text("utf-8"), file
