"""PTSD Checklist for DSM-5: twenty items over a month, with its wording, cut-off range and clusters."""

from ._pcl_5_clusters import CLUSTERS, SCORING
from .questionnaire import Instrument, Option, bands_from, own_items

ITEMS = own_items(
    "pcl-5",
    (
        "Repeated, disturbing, and unwanted memories of the stressful experience?",
        "Repeated, disturbing dreams of the stressful experience?",
        (
            "Suddenly feeling or acting as if the stressful experience were actually happening again (as if "
            "you were actually back there reliving it)?"
        ),
        "Feeling very upset when something reminded you of the stressful experience?",
        (
            "Having strong physical reactions when something reminded you of the stressful experience (for "
            "example, heart pounding, trouble breathing, sweating)?"
        ),
        "Avoiding memories, thoughts, or feelings related to the stressful experience?",
        (
            "Avoiding external reminders of the stressful experience (for example, people, places, "
            "conversations, activities, objects, or situations)?"
        ),
        "Trouble remembering important parts of the stressful experience?",
        (
            "Having strong negative beliefs about yourself, other people, or the world (for example, having "
            "thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, "
            "the world is completely dangerous)?"
        ),
        "Blaming yourself or someone else for the stressful experience or what happened after it?",
        "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
        "Loss of interest in activities that you used to enjoy?",
        "Feeling distant or cut off from other people?",
        (
            "Trouble experiencing positive feelings (for example, being unable to feel happiness or have "
            "loving feelings for people close to you)?"
        ),
        "Irritable behavior, angry outbursts, or acting aggressively?",
        "Taking too many risks or doing things that could cause you harm?",
        'Being "superalert" or watchful or on guard?',
        "Feeling jumpy or easily startled?",
        "Having difficulty concentrating?",
        "Trouble falling or staying asleep?",
    ),
)

_LOW, _HIGH = int(SCORING.figure("cut_off_low")), int(SCORING.figure("cut_off_high"))

INSTRUMENT = Instrument(
    id="pcl-5",
    title="PCL-5",
    version="1",
    recall="1 month",
    stem="In the past month, how much were you bothered by:",
    items=ITEMS,
    options=(
        Option(0, "Not at all"),
        Option(1, "A little bit"),
        Option(2, "Moderately"),
        Option(3, "Quite a bit"),
        Option(4, "Extremely"),
    ),
    bands=bands_from(
        ("below the cut-off range", f"in the cut-off range of {_LOW} to {_HIGH}", "above the cut-off range"),
        (_LOW, _HIGH + 1),
        highest=int(SCORING.figure("highest_total")),
    ),
    notice=(
        "Weathers, Litz, Keane, Palmieri, Marx and Schnurr, 2013, National Center for PTSD "
        "(US Department of Veterans Affairs). Public domain."
    ),
    items_sha256="00b784f93d5e028382e10ace6f439c57bd78036adbbbbe5f5adf05a6243deb83",
    source="pcl-5-scoring",
    clusters=CLUSTERS,
)
