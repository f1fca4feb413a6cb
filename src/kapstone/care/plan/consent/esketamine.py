"""What is true of esketamine alone: approved, with rules of its own, and both arms of its trials out of 100."""

from kapstone.care.evidence.reasons import marked

PAGES = (
    (
        "what",
        marked("What this is"),
        (
            (
                marked(
                    "This is a nasal spray. The FDA has approved it for depression that is hard to treat, and for "
                    "depression with sudden thoughts of suicide."
                ),
                "esketamine-approved",
            ),
            (
                marked(
                    "It has strict rules, called REMS. The clinic must be certified, and you must be on its list."
                ),
                "esketamine-rems",
            ),
            (
                marked("You use the spray here while we watch. You can not take it home."),
                "esketamine-two-hours",
            ),
        ),
    ),
    (
        "gain",
        marked("What may get better"),
        (
            (
                marked(
                    "In one study, 69 in 100 people on the spray and a new pill cut their depression score in half. "
                    "On a dummy spray and a new pill, 52 in 100 did."
                ),
                "esketamine-transform-2",
            ),
            (
                marked("In that study, 53 in 100 had few signs left with the spray. With the dummy, 31 in 100 did."),
                "esketamine-transform-2",
            ),
            (
                marked(
                    "In another study, it was about 54 in 100 with the spray and 39 in 100 with the dummy. That "
                    "study missed its main goal."
                ),
                "esketamine-transform-1",
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
                    "One study took people who were well. Of those who kept the spray, 27 in 100 got ill again. Of "
                    "those moved to a dummy spray, 45 in 100 did."
                ),
                "esketamine-sustain-1",
            ),
            (marked("You may need more doses to keep the gain. You and your team decide that."),),
        ),
    ),
    (
        "feel",
        marked("What you may feel"),
        (
            (
                marked("You may feel far away from yourself: 41 in 100 did with the spray, 9 in 100 with a dummy."),
                "esketamine-effects",
            ),
            (
                marked("You may feel dizzy: 29 in 100 with the spray, 8 in 100 with a dummy."),
                "esketamine-effects",
            ),
            (marked("You may feel sick: 28 in 100 with the spray, 9 in 100 with a dummy."), "esketamine-effects"),
            (marked("You may feel sleepy: 23 in 100 with the spray, 9 in 100 with a dummy."), "esketamine-effects"),
            (
                marked("Your blood pressure may rise: 10 in 100 with the spray, 3 in 100 with a dummy."),
                "esketamine-effects",
            ),
            (marked("We watch you for at least 2 hours each time."), "esketamine-two-hours"),
        ),
    ),
    (
        "harm",
        marked("What may go wrong"),
        (
            (
                marked(
                    "Some people feel worse. Drugs like this carry a warning of new thoughts of suicide up to the "
                    "age of 24. If this is you, tell us at once."
                ),
                "antidepressant-boxed-warning-young-adults",
            ),
            (
                marked(
                    "Within about a year, 17 in 100 people had trouble with the bladder or the kidneys. Most of it "
                    "was mild. There was no other group to compare with."
                ),
                "esketamine-urinary",
            ),
            (
                marked(
                    "Ketamine, its close relative, can harm the bladder and the liver when used a lot. Some people "
                    "come to depend on it. How often is not known."
                ),
                "long-term-harm",
            ),
            (
                marked(
                    "Fewer than 1 in 100 people passed out. Slow breath has been seen, and we do not know how often. "
                    "We watch for both."
                ),
                "esketamine-rare-serious",
            ),
        ),
    ),
)
