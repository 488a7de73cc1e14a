"""Whether an action says what is done: whether its first word is a verb."""

import re

_WORD = re.compile(r"\S+")
VERBS = frozenset(
    _WORD.findall("""
    accompany acquire act add address administer advise agree alert allocate analyse apply appoint approach arrange
    arrest ask assess assign assist attend audit ban block brief bring broadcast build buy call cancel carry change
    charge check circulate clear close collate collect commission communicate compare compile complete conduct
    confirm consider consult contact control coordinate co-ordinate counsel cover create cut debrief deliver deploy
    deport design develop direct disclose discuss dismantle disqualify disrupt distribute divert document draft draw
    educate enforce engage enrol ensure enter escort establish evaluate evict examine exchange exclude execute
    extend extradite feed film find fit flag follow forfeit form freeze fund gather give guide harden help hold host
    house identify implement improve inform inspect install instruct interview introduce investigate invite issue
    join keep label launch lead limit link list locate lock log maintain make manage map mark measure meet mentor
    monitor move notify obtain offer open organise patrol pay phone photograph pilot place plan police prepare
    present press prevent prioritise produce profile prosecute protect provide publish pursue put raid raise reach
    recover recruit reduce refer refresh register rehouse relocate remand remove renew repeat replace report request
    research respond restrain restrict review revisit revoke run safeguard scan schedule screen seal search secure
    seek seize send serve set share show sign site speak stop strengthen submit summarise supervise support surveil
    survey suspend tackle take target task teach tell test trace track train trial turn update upgrade use verify
    visit vet warn withdraw work write
    """)
)
"""Verbs with which the actions of a plan begin: those that plans use, not all that English has."""

_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def begins_with_verb(text: str) -> bool:
    """Whether the first word is one of the verbs, in its plain form: "Visit", not "Visits to" or "A visit"."""
    first = _FIRST_WORD.search(text)
    if first is None or first[0].lower() not in VERBS:
        return False
    return not text[: first.start()].strip(" \t\n-–•*0123456789.()\"“'")
