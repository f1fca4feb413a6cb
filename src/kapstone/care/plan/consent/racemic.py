"""What is true of racemic ketamine alone: off-label, and what infusions did for good and ill, out of 100 people."""

from kapstone.care.evidence.reasons import marked

PAGES = (
    (
        "what",
        marked("What this is"),
        (
            (marked("Ketamine is a drug that puts people to sleep for surgery."), "racemic-off-label"),
            (marked("The FDA has not approved it for depression."), "racemic-off-label"),
            (marked("A doctor may still prescribe it. That is called off-label use."), "racemic-off-label"),
            (
                marked("A close relative, esketamine nasal spray, is approved for some forms of depression."),
                "esketamine-approved",
            ),
        ),
    ),
    (
        "gain",
        marked("What may get better"),
        (
            (
                marked(
                    "One study hid who got which drug. With ketamine, 47 in 100 people cut their depression score in "
                    "half. With a look-alike drug, 33 in 100 did. The gap could be chance."
                ),
                "karma-dep-2-response",
            ),
            (
                marked(
                    "One study hid nothing. With ketamine, 55 in 100 cut their score in half. With ECT, 41 in "
                    "100 did."
                ),
                "elekt-d-response",
            ),
            (
                marked(
                    "In one large set of clinics, 54 in 100 cut their score in half. There was no other group to "
                    "compare with. Most of the people treated were not counted."
                ),
                "mcinnes-2022-response",
            ),
            (marked("No one can say if it will help you."),),
        ),
    ),
    (
        "fade",
        marked("How long it may last"),
        (
            (
                marked(
                    "Of each 100 people who got better, about 40 had lost the gain by 8 weeks with no more doses."
                ),
                "loss-of-response-8-weeks",
            ),
            (marked("You may need more doses to keep the gain. You and your team decide that."),),
        ),
    ),
    (
        "feel",
        marked("What you may feel"),
        (
            (
                marked(
                    "In one clinic, 36 in 100 people felt far away from themselves or the room. In one hospital, "
                    "where they asked each time, 60 in 100 did."
                ),
                "dissociation-iv",
            ),
            (
                marked("In that clinic, 56 in 100 felt sleepy, 45 in 100 felt dizzy, and 13 in 100 felt sick."),
                "common-effects-iv",
            ),
            (
                marked("Blood pressure went to 165 over 100 or more in 44 in 100 people. We check yours."),
                "pressure-rise-iv",
            ),
            (marked("Most of this peaks within 1 hour and is gone by 2 hours."), "effects-over-time-iv"),
            (marked("No one on a dummy drug was counted here. These are infusions. We know less of other forms."),),
        ),
    ),
    (
        "harm",
        marked("What may go wrong"),
        (
            (
                marked(
                    "Some people feel worse. In one group, 8 in 100 had a worse score, and 6 in 100 had more "
                    "thoughts of suicide. If this is you, tell us at once."
                ),
                "worse-after-induction",
            ),
            (
                marked(
                    "Used a lot, it can harm the bladder and the liver. How often this happens at clinic doses is "
                    "not known."
                ),
                "long-term-harm",
                "ketamine-bladder",
            ),
            (marked("Some people come to depend on it. You may feel a pull to take more."), "long-term-harm"),
            (
                marked("In one hospital, the oxygen in the blood fell in 4 in 100 people. We watch your breath."),
                "oxygen-drop-iv",
            ),
        ),
    ),
)
