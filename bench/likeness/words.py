"""The words of made-up actions: where, with whom, and what is done, each in parts that can change places."""

PLACES = (
    *("Bootle", "Kirkby", "Crewe", "Widnes", "Blackburn", "Toxteth", "Moss Side", "Cheetham Hill", "Murdishaw"),
    *("Kendal", "Carlisle", "Wrexham", "Rhyl", "Barrow", "Preston", "Oldham", "Birkenhead", "Knowsley", "Warrington"),
    *("Manchester", "Liverpool", "Cumbria", "North Wales", "Lancashire", "Cheshire"),
)
BODIES = (
    *("Merseyside Police", "Cheshire Constabulary", "Lancashire Council", "Knowsley Council", "Harbour Mentoring"),
    *("Youth Futures Trust", "Riverside Homes", "Second Step", "the Northside Hub", "Fairway Housing"),
)
TACTICS = (
    *("Cuckooing visits", "Stop and search", "Serious crime prevention order", "Account freezing orders"),
    *("Letter to landlords", "Protective security advice", "Test purchasing", "Hotspot patrols", "Firearms surrender"),
)

# The parts of one action may change places and still say the same.
ACTIONS = (
    (
        "check the tenancies of flats above shops in {place}",
        "with {body}",
        "where neighbours have seen callers at night",
    ),
    ("meet the mothers of boys who were stopped with blades in {place}", "at the school gate", "with {body}"),
    ("search the containers that arrive unaccompanied from Rotterdam", "on the first night of each week"),
    ("ask {body} to teach shop staff in {place} how to refuse counterfeit notes", "before the Christmas trade"),
    ("offer the two youngest runners a place on a building course", "through {body}", "as soon as they are bailed"),
    ("take statements from lorry drivers who park at the services near {place}", "about approaches by smugglers"),
    ("examine the telephones seized in the spring raids", "for the numbers of customers who need treatment"),
    ("close the footpath behind the parade in {place}", "with {body}", "while the lamps are being repaired"),
    ("compare benefit claims with the payroll of the vegetable farm", "to find workers whose wages others collect"),
    ("follow the supplier's girlfriend from {place} to the storage unit", "for ten days", "with surveillance officers"),
    ("send a letter in six languages to renters in {place}", "saying how to report a landlord who keeps passports"),
    ("give beekeepers, anglers and dog walkers around {place} a number to call", "when they see dumped chemicals"),
    ("apply for a gang injunction against the five leaders", "which keeps them out of {place}", "after dark"),
    ("visit the wholesaler in {place}", "with tobacco officers", "to trace who ordered the unlabelled pallets"),
    ("teach bank branch managers around {place}", "to delay large withdrawals by frightened customers"),
    ("photograph and record every injury that the victims show on arrival", "with a nurse from {body}"),
    ("put a plain-clothes team into the betting shops of {place}", "to find who changes small notes for large ones"),
    ("recruit a source among the doormen of {place}", "who can say where the pistol is kept between weekends"),
    ("agree with {body} that evicted drug users are housed again", "outside {place}", "within a week"),
    ("work through the list of 340 mule accounts", "with the fraud team of {body}", "and close the oldest first"),
    ("drive the route of the couriers between {place} and the coast", "to find where cameras are missing"),
    ("invite former members to tell pupils in {place}", "what the debt to the gang did to their families"),
    ("inspect the scrapyards in {place}", "with environment officers", "for catalytic converters without papers"),
    ("stage an exercise with ambulance and public health staff", "for six overdoses in {place} on one night"),
)

# Other words for the same, as somebody who copies a text puts them to make it their own.
SWAPS = (
    ("check", "look into"),
    ("meet", "see"),
    ("search", "go through"),
    ("ask", "invite"),
    ("teach", "train"),
    ("offer", "give"),
    ("examine", "analyse"),
    ("send", "post"),
    ("visit", "attend"),
    ("compare", "match"),
    ("find", "identify"),
    ("boys", "lads"),
    ("seen", "noticed"),
    ("trace", "establish"),
    ("apply for", "seek"),
    ("close", "shut"),
    ("how to", "ways to"),
    ("victims", "survivors"),
    ("before", "ahead of"),
    ("numbers", "details"),
    ("list of", "register of"),
    ("inspect", "examine"),
    ("photograph", "document"),
    ("agree", "arrange"),
    ("leaders", "ringleaders"),
    ("pupils", "students"),
    ("drive", "travel"),
)
ADDITIONS = ("{text}, and report back", "Continue to {text}", "{text} as a priority", "{text} where possible")

# The same short task, as different people write it who know nothing of each other.
TASKS = (
    ("Arrest the main suspect", "Detain the ringleader", "Take the head of the group into custody"),
    ("Visit the victim every week", "See the injured party weekly", "Call in on her once a week"),
    ("Find the firearm", "Recover the gun", "Locate and seize the weapon"),
    ("Debrief the prisoner", "Interview him in jail", "Speak to the convicted courier"),
    ("Warn the landlord", "Send the owner of the flat a letter", "Tell the property company in writing"),
    ("Stop the van", "Intercept the vehicle on the motorway", "Pull over the delivery driver"),
    ("Seize the cash", "Take the money under proceeds of crime powers", "Forfeit what is in the safe"),
    ("Move the family", "Rehouse the mother and children", "Ask the council for another home for them"),
    ("Refer the boy", "Make a referral to the youth worker", "Get the teenager a mentor"),
    ("Watch the shop", "Keep the premises under observation", "Do surveillance on the store"),
)
