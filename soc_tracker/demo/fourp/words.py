"""What plans say beside their actions: aims, reasons for having none, outcomes, reviews, what was learned."""

from collections.abc import Mapping

from disruptions.choices import FourP
from plans4p.choices import ResultKind

REASON = "Demo record."
"""Why each demo row is on record, in its history."""
Aimed = tuple[str, str, ResultKind]
"""What should change, how it is measured and what counts towards it."""

DISRUPTED: Mapping[FourP, Aimed] = {
    FourP.PURSUE: (
        "{threat} loses the people, goods and lines it works with",
        "Lead disruptions",
        ResultKind.DISRUPTIONS,
    ),
    FourP.PREVENT: ("{threat} finds nobody new to work for it", "Prevent disruptions", ResultKind.DISRUPTIONS),
    FourP.PROTECT: ("Those whom {threat} harms are out of its reach", "Protect disruptions", ResultKind.DISRUPTIONS),
    FourP.PREPARE: ("Partners know what to do when {threat} acts", "Prepare disruptions", ResultKind.DISRUPTIONS),
}
OTHERWISE: Mapping[FourP, Aimed] = {
    FourP.PREVENT: ("Young people at the edge of {threat} turn away", "People in a scheme", ResultKind.DIVERTED),
    FourP.PROTECT: ("Victims of {threat} are known and safe", "People safeguarded", ResultKind.SAFEGUARDED),
    FourP.PREPARE: ("Partners know what to do when {threat} acts", "Exercises and briefings held", ResultKind.OTHER),
}
ASSETS: Aimed = ("{threat} keeps none of its profit", "Cash and goods taken, in pounds", ResultKind.ASSETS)
NOTES: Mapping[ResultKind, str] = {
    ResultKind.DIVERTED: "Joined the scheme and were still in it after four weeks.",
    ResultKind.SAFEGUARDED: "Moved, or with a safety plan that was checked.",
    ResultKind.OTHER: "Held with partners; their notes are in the plan's folder.",
    ResultKind.ASSETS: "Cash and goods taken at the searches.",
}
OMITTED = {
    FourP.PREPARE: "The regional plan for this crime type covers it; the owner checked that in the first week.",
    FourP.PREVENT: "Nobody near the group can be reached by a scheme; looked at again at each review.",
}
TO_SIGN = "It answers every required question. Please look at the dates under Pursue."
NOT_APPLICABLE = "Not applicable."
OUTCOMES: Mapping[FourP, tuple[str, ...]] = {
    FourP.PURSUE: (
        "Done in the first attempt; two people charged and devices seized.",
        "Done; what was found led to a second address.",
        "Done with partners; the prosecutor has the file.",
        "Done late, after the vehicle changed hands; nothing lost.",
    ),
    FourP.PREVENT: ("Done; most took the offer.", "Done; one refused and is visited again in autumn."),
    FourP.PROTECT: ("Done; no further harm reported since.", "Done; a safety plan is in place for each."),
    FourP.PREPARE: ("Done; two gaps found and closed.", "Done; the list is kept by the duty officer."),
}
INTELLIGENCE = (
    "Problem profile by the force's analysts, two months before the plan began.",
    "Network analysis of calls and vehicles, with the partners' data.",
    "Local needs assessment and the threat desk's monthly paper.",
)
THIN_INTELLIGENCE = "Intelligence system."
ASKED = (
    "Offered places and named a contact.",
    "Can act from next month; asked for the list of addresses.",
    "Shared what it holds, under the agreement.",
)
CHECKED = "Dates, owners and results of each action; what partners said; whether the threat has changed."
CHANGED = "Two actions brought forward, one ended; nothing else."
QUALITY_CHECKED = "Whether the actions fit this threat, whether each aim can be measured, who was asked."
QUALITY_CHANGED = "One aim given a number to reach; the rest stands."
LEARNED = "Landlords and schools gave the best leads. Ask them in the first week, not after the first arrests."
TO_REVIEW = "The group works from another town since the spring."
PASSED_ON = "The first owner has taken another post; handed over in person."

GENERIC: Mapping[FourP, tuple[str, ...]] = {
    FourP.PURSUE: (
        "Conduct intelligence checks on all members of the group",
        "Carry out patrols in hot spots and submit intelligence",
        "Arrest and charge offenders where evidence allows",
        "Consider financial investigation opportunities",
    ),
    FourP.PREVENT: (
        "Identify vulnerable young people and refer them to partners",
        "Engage with schools and the community to raise awareness",
    ),
    FourP.PROTECT: ("Safeguard victims and witnesses as required",),
}
"""Actions that would fit any threat, and therefore stand in every generic plan."""
OWN = (
    "Monitor the bus station on market day",
    "Update the board in the briefing room about the scrap merchants",
    "Ask the harbour master about moorings let by the week",
    "Locate the caravan that moved from the quarry",
    "Keep a watch on the two takeaways in the high street",
    "Log each sighting of the red pick-up",
    "Visit the farm shop that reported strangers",
    "Check the guest book of the hostel by the castle",
    "Attend the auction at which used excavators are sold",
)
"""What one author or another added to a generic plan: one a plan."""
UNCLEAR = ("Intelligence picture", "Liaison with partners as appropriate", "Drugs", "Ongoing work around safeguarding")
"""Not actions at all: no verb, and nobody to do them."""
PLAIN: Mapping[FourP, tuple[str, ...]] = {
    FourP.PURSUE: (
        "Search the two garages by the canal that {threat} rents",
        "Interview the driver about his trips for {threat} in spring",
        "Seize the account books of the shop behind {threat}",
        "Map the lines that {threat} runs from the flats on the ring road",
        "Arrest the cousin who stands in for the head of {threat}",
        "Obtain footage of the yard that {threat} leaves at dawn",
        "Stop the white lorry that {threat} washes at the depot",
        "Examine parcels held for {threat} at the sorting office",
        "Trace the caterer through whom {threat} pays its cooks",
    ),
    FourP.PREVENT: (
        "Speak to the football coach about boys who run for {threat}",
        "Warn two brothers by letter of what work for {threat} leads to",
        "Introduce a school nurse to the pupils seen with {threat}",
    ),
    FourP.PROTECT: (
        "Fit new locks for the neighbour who reported {threat}",
        "Ask the housing office to rehouse the tenant under {threat}",
        "Phone former customers of {threat} about debts they may fear",
    ),
}
"""Fair actions of plans that then lay in a drawer."""
STRATEGIC: Mapping[str, Mapping[FourP, tuple[str, ...]]] = {
    "County lines": {
        FourP.PURSUE: ("Prioritise lines by harm each month and give the ten worst to the line team",),
        FourP.PREVENT: ("Fund holiday schemes in the five wards from which most runners come",),
        FourP.PROTECT: ("Train all custody sergeants in the statutory defence for exploited children",),
        FourP.PREPARE: ("Agree one missing-children protocol with the forces at the other end of the lines",),
    },
    "Firearms": {
        FourP.PURSUE: ("Task the threat desk to tie every discharge to a group within three days",),
        FourP.PREVENT: ("Commission the hospital's navigators for evenings and weekends as well",),
        FourP.PROTECT: ("Review each licence holder whose weapons a group could reach",),
        FourP.PREPARE: ("Test the threats-to-life process with three divisions at once",),
    },
    "Modern slavery": {
        FourP.PURSUE: ("Assign a labour-abuse detective to each district and publish who it is",),
        FourP.PREVENT: ("Write to licensing committees about conditions for car washes and nail bars",),
        FourP.PROTECT: ("Secure forty nights of emergency beds outside the usual hotels",),
        FourP.PREPARE: ("Keep a joint register of addresses of concern, reviewed by six services",),
    },
    "Criminal finance": {
        FourP.PURSUE: ("Direct confiscation enquiries at enablers such as accountants and brokers",),
        FourP.PREVENT: ("Advise colleges on students' accounts at the start of each term",),
        FourP.PROTECT: ("Pay recovered money back to victims first, and report how long it took",),
        FourP.PREPARE: ("Develop a rota of financial investigators for nights of action",),
    },
    "Crime in prisons": {
        FourP.PURSUE: ("Disrupt drone deliveries with the four prisons' security heads",),
        FourP.PREVENT: ("Support wings where debts are called in, with peer mentors",),
        FourP.PROTECT: ("Move prisoners at risk on the same day that a threat is known",),
        FourP.PREPARE: ("Review phone-blocking gaps twice a year with the prison service",),
    },
}
TACTICS: Mapping[FourP, tuple[str, ...]] = {
    FourP.PURSUE: ("Search warrant", "Account freezing order", "Vehicle stop by number plate"),
    FourP.PREVENT: ("Mentor", "Cease and desist visit", "Work with schools"),
    FourP.PROTECT: ("Cuckooing visits", "Target hardening", "National referral mechanism"),
    FourP.PREPARE: ("Table-top exercise", "Partner briefing", "Contact and call-out list"),
}
"""The demo's menu of tactics."""
