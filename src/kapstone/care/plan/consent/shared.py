"""The pages that are the same for both medicines."""

from kapstone.care.evidence.reasons import marked

BEFORE_COST = (
    (
        "choices",
        marked("Your other choices"),
        (
            (marked("There are other pills for depression. Some add to the one you take now."),),
            (marked("There is talk therapy, with or without pills."),),
            (marked("There is TMS, which uses magnets. There is ECT, which uses a weak electric current."),),
            (marked("You can also wait. Ask us what each choice may do for you."),),
        ),
    ),
)

COST = ("cost", marked("What it costs"))
WHO_PAYS = marked("Ask your health plan what it pays, and what you pay.")

AFTER_COST = (
    (
        "therapy",
        marked("Therapy is offered"),
        (
            (marked("We offer you talks with a therapist around each dose."),),
            (
                marked("Many plan the talk 24 to 48 hours after a dose. The best time is not known."),
                "integration-timing",
            ),
            (marked("You can say no to therapy. You can still be treated."),),
        ),
    ),
    (
        "day",
        marked("On the day"),
        (
            (marked("We tell you when to stop eating and drinking before it."),),
            (marked("We check your blood pressure before it, and again after it."),),
            (marked("Plan your ride home. Do not drive until you have slept through the night."),),
            (marked("Sign nothing and make no big choice until the next morning."),),
        ),
    ),
    (
        "stop",
        marked("You can stop at any time"),
        (
            (marked("You can stop at any time, even in the middle of a dose."),),
            (marked("You do not need to give a reason. Your other care goes on."),),
            (marked("You can take this consent back on this site, day or night. Or just tell us."),),
        ),
    ),
    (
        "record",
        marked("Who sees your record"),
        (
            (
                marked(
                    "The people who treat you here see your record. The front desk sees your name and your visits."
                ),
            ),
            (marked("When staff open a page about you, the system keeps a note of it."),),
            (marked("Your journal is yours. Your team can read only what you share."),),
            (marked("In rare cases, the law can make a clinic hand over what it has."),),
        ),
    ),
)
