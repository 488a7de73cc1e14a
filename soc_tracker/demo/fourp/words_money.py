"""Actions of plans that fit their threat, where money, goods or systems are the target.

By crime type and P; ``{threat}`` is the name of the threat. No wording is used by two plans.
"""

from disruptions.choices import FourP
from soc_tracker.demo.fourp.words_people import Wording

MONEY: Wording = {
    "Fraud": {
        FourP.PURSUE: (
            "Execute the warrant at the serviced office from which {threat} telephones pensioners",
            "Request call records of the spoofed bank number that {threat} rents abroad",
            "Interview the web designer who built three sham investment sites for {threat}",
            "Seize the watches and the boat that the principal of {threat} bought in May",
        ),
        FourP.PREVENT: (
            "Contact students whose accounts {threat} rents, with the university's money advisers",
            "Block the advertisements by which {threat} recruits, with the platforms' trust teams",
        ),
        FourP.PROTECT: (
            "Install call blockers for the eleven repeat victims on the list of {threat}",
            "Help branch staff delay transfers to payees of {threat} by a banking-protocol call",
        ),
        FourP.PREPARE: (
            "Write a one-page guide for parish newsletters on the courier script of {threat}",
            "Survey carers on how {threat} reaches people with dementia, before the winter",
        ),
    },
    "Money laundering": {
        FourP.PURSUE: (
            "Freeze the nineteen accounts through which {threat} layers takings from barber shops",
            "Audit the import invoices of {threat} with a forensic accountant from the revenue",
            "Surveil the cash handover of {threat} at the cash-and-carry car park",
            "Forfeit the listed assets of {threat} under the account-freezing timetable",
        ),
        FourP.PREVENT: (
            "Meet letting agents who took half a year's rent in notes from {threat}",
            "Deliver talks on mule accounts at the two sixth forms named in transfers of {threat}",
        ),
        FourP.PROTECT: (
            "Alert the credit union whose members {threat} has persuaded to share passwords",
            "Assist the elderly director in whose name {threat} registered companies to strike them off",
        ),
        FourP.PREPARE: (
            "Exchange typologies of {threat} with the compliance leads of three local banks",
            "Appoint a financial investigator to {threat} from the first day, and say who stands in",
        ),
    },
    "Organised acquisitive crime": {
        FourP.PURSUE: (
            "Track the stolen plant that {threat} moves by low-loader to a quarry yard",
            "Raid the breaker's yard that dismantles cars for {threat} with trading standards",
            "Compare tool marks from nine cash machines that {threat} is thought to have pulled out",
            "Remand the two key-less car thieves of {threat}, opposing bail on their record abroad",
        ),
        FourP.PREVENT: (
            "Restrict online resale of catalytic converters where {threat} lists them",
            "Place a youth worker with three teenagers who scout farms for {threat}",
        ),
        FourP.PROTECT: (
            "Mark quad bikes and diesel tanks on the forty farms along the route of {threat}",
            "Advise jewellers whom {threat} has filmed to change opening and delivery times",
        ),
        FourP.PREPARE: (
            "Establish a text alert among rural watch groups for the pick-up trucks of {threat}",
            "Log each vehicle stop near border roads so that {threat} shows up in one search",
        ),
    },
    "Cyber crime": {
        FourP.PURSUE: (
            "Secure copies of the servers that {threat} rents in the data centre before they are wiped",
            "Pursue the wallet into which {threat} has ransoms paid, with the exchange's investigators",
            "Arrest the access broker who sold {threat} the council's remote desktop",
            "Present log evidence against {threat} to the prosecutor in one agreed format",
        ),
        FourP.PREVENT: (
            "Visit the home of the teenager who bought a booter from {threat}, with the cyber choices officer",
            "Enrol young coders whom {threat} flatters on forums in the ethical hacking club",
        ),
        FourP.PROTECT: (
            "Notify seven firms whose passwords {threat} has put on sale, in person and by letter",
            "Harden the parish clerks' mailboxes after the invoice redirection by {threat}",
        ),
        FourP.PREPARE: (
            "Run an exercise with the hospital trust on a weekend encryption by {threat}",
            "Keep spare laptops and a paper process for the control room, should {threat} strike it",
        ),
    },
    "Intellectual property crime": {
        FourP.PURSUE: (
            "Remove counterfeit trainers from the six units that {threat} sublets above the arcade",
            "Investigate the landlord who lets to {threat} at twice the usual rent, in cash",
            "Withdraw the trading names of {threat} with the company registrar and the brand owners",
            "Share customs holds on parcels of {threat} with the national hub each Friday",
        ),
        FourP.PREVENT: (
            "Tell market traders supplied by {threat} what the stock funds, stall by stall",
            "Find lawful stalls for the touts whom {threat} pays by the hour",
        ),
        FourP.PROTECT: (
            "Screen the fake medicines of {threat} at the laboratory and warn pharmacies",
            "Inform parents, with photographs, of toys by {threat} that failed the safety test",
        ),
        FourP.PREPARE: (
            "Organise storage and haulage for a seizure from {threat} before the day of entry",
            "Coordinate the shutters, cleaning and re-letting of the row that {threat} leaves empty",
        ),
    },
    "Corruption": {
        FourP.PURSUE: (
            "Review phone contact between the prison officer and the visitor whom {threat} sends",
            "Search the staff locker and car of the insider who carries parcels for {threat}",
            "Test the integrity of the depot clerk who looks up vehicles for {threat}",
            "Suspend the licence of the door firm through which {threat} puts its own people in clubs",
        ),
        FourP.PREVENT: (
            "Counsel probationary staff on approaches of the kind that {threat} made in the gym",
            "Screen applicants to the wing from the street on which {threat} lives",
        ),
        FourP.PROTECT: (
            "Safeguard the whistleblower who named {threat}, with one contact and a safe number",
            "Limit who can open the intelligence file on {threat}, and check its log weekly",
        ),
        FourP.PREPARE: (
            "Draft what the governor says and does on the morning when {threat} is arrested",
            "Arrange a stand-in for the post that {threat} has compromised, from day one",
        ),
    },
}
