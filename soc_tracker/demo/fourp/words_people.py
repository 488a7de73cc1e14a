"""Actions of plans that fit their threat, where people are what is traded, moved or hurt.

By crime type and P; ``{threat}`` is the name of the threat. No wording is used by two plans.
"""

from collections.abc import Mapping

from disruptions.choices import FourP

Wording = Mapping[str, Mapping[FourP, tuple[str, ...]]]

PEOPLE: Wording = {
    "County lines": {
        FourP.PURSUE: (
            "Trace the deal line of {threat} to its holder by cell sites and top-up vouchers",
            "Stop the hire cars that {threat} sends north on Thursdays, using number-plate readers",
            "Charge the line holder of {threat} with trafficking as well as supply, with the lawyer's early advice",
            "Take down the second handset of {threat} on the day of arrest, before its customers are moved",
        ),
        FourP.PREVENT: (
            "Offer the two runners of {threat} who are under 16 a mentor within a day of each stop",
            "Speak with staff of the pupil referral unit where {threat} recruits between lessons",
        ),
        FourP.PROTECT: (
            "Visit every tenant whom {threat} has cuckooed, twice a week, with the tenancy officer",
            "Refer children found on trains for {threat} to the national referral mechanism the same day",
        ),
        FourP.PREPARE: (
            "Agree with the coast town's taxi firms what drivers do when {threat} books a child alone",
            "Test the joint plan for a missing child who works for {threat}, with social care on call",
        ),
    },
    "Drugs supply": {
        FourP.PURSUE: (
            "Search the lock-up behind the tyre shop where {threat} cuts and presses heroin",
            "Seize the adapted van of {threat} at the motorway services, hides intact for examination",
            "Arrest the wholesale courier of {threat} on the return leg, when cash is carried",
            "Apply for a restraint order over the gym that {threat} bought with drug money",
        ),
        FourP.PREVENT: (
            "Warn the four street sellers who owe {threat} money and offer help with the debt",
            "Enrol users arrested with deals of {threat} in the treatment clinic before they leave custody",
        ),
        FourP.PROTECT: (
            "Fit alarms at the home of the former partner whom {threat} has threatened",
            "Circulate the warning on strong pills sold by {threat} to night shelters and festivals",
        ),
        FourP.PREPARE: (
            "Brief the crime scene managers on the chemicals that {threat} stores under the stairs",
            "Plan extra patrols for the week in which rivals may move into the estate that {threat} loses",
        ),
    },
    "Firearms": {
        FourP.PURSUE: (
            "Recover the two converted pistols that {threat} keeps in a shared allotment shed",
            "Trace the blank-firer imports of {threat} through parcel hubs with border officers",
            "Link cartridge cases from three discharges to {threat} at the ballistics laboratory",
            "Execute warrants on the armourer of {threat} with the search dogs and the ground radar",
        ),
        FourP.PREVENT: (
            "Engage the younger brothers of {threat} members through the hospital's violence navigators",
            "Invite families who store weapons for {threat} to a confidential surrender week",
        ),
        FourP.PROTECT: (
            "Relocate the household at which {threat} fired, until the threat to life is lifted",
            "Install cameras on the two closes where {threat} and its rivals have exchanged shots",
        ),
        FourP.PREPARE: (
            "Train dispatchers to ask the five questions agreed for sightings of {threat} with a gun",
            "Hold a table-top exercise on a daytime shooting by {threat} outside the retail park",
        ),
    },
    "Child sexual exploitation and abuse": {
        FourP.PURSUE: (
            "Examine devices taken from the flat where {threat} brought girls, images first",
            "Interview the hotel night porter about rooms that {threat} booked under false names",
            "Obtain sexual harm prevention orders against the three men of {threat} on licence",
            "Identify the username with which {threat} groomed pupils, through the platform's law team",
        ),
        FourP.PREVENT: (
            "Show year nine pupils the short film on the grooming patterns that {threat} uses",
            "Disrupt the lifts that {threat} offers outside the youth club with marked patrols at ten",
        ),
        FourP.PROTECT: (
            "Support each girl named in the case of {threat} through one adviser until trial",
            "Move two children from the home that {threat} watches to placements out of area",
        ),
        FourP.PREPARE: (
            "Teach front-desk staff of budget hotels the signs seen in the bookings of {threat}",
            "Review what health and education each knew of {threat}, and share it every month",
        ),
    },
    "Modern slavery and human trafficking": {
        FourP.PURSUE: (
            "Inspect the car washes that {threat} runs, together with labour abuse officers",
            "Follow wages from the packing plant to the account that {threat} holds for its workers",
            "Secure trafficking risk orders against the gangmaster of {threat} and his driver",
            "Build the case against {threat} on tenancy, payroll and transport records, so that none must testify",
        ),
        FourP.PREVENT: (
            "Broadcast, in the four languages of its victims, how {threat} misleads people about jobs",
            "Agree checks of right to work with the agencies from which {threat} takes labourers",
        ),
        FourP.PROTECT: (
            "Open the reception centre on the morning that houses of {threat} are entered",
            "Arrange interpreters and a first responder for women found in the brothel of {threat}",
        ),
        FourP.PREPARE: (
            "Give bank cashiers the pattern of accounts opened in company by {threat}",
            "Compile a floor plan, headcount and risk note on each house of {threat} with the fire service",
        ),
    },
    "Organised immigration crime": {
        FourP.PURSUE: (
            "Stop the curtain-sider that {threat} loads at the freight yard on Sunday nights",
            "Analyse ferry manifests against the drivers whom {threat} pays by the head",
            "Prosecute the forger of {threat} whose residence cards surfaced in six boroughs",
            "Freeze the transfer agents' float that {threat} draws on before a crossing",
        ),
        FourP.PREVENT: (
            "Distribute leaflets at truck stops on what a driver risks who works for {threat}",
            "Advise colleges where {threat} sells sham enrolments how to verify attendance",
        ),
        FourP.PROTECT: (
            "Accompany those found in a load of {threat} to a doctor before any interview",
            "Ask hauliers on the route of {threat} to adopt seals, checklists and a hotline",
        ),
        FourP.PREPARE: (
            "Set up a call-out list for the next lorry of {threat}, medics and blankets included",
            "Map the slip roads and lay-bys at which {threat} hands people over",
        ),
    },
}
