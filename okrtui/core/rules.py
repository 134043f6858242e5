"""Who may do what, when: one table of acts; `core.leave` asks it.

The table is the method's "Two sides" and "Lifecycles" (design of the method): each act names the sides whose it is, the
states of the thing and the phases of the cycle it fits, and the sentence for whoever may not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from okrtui.core.acts import Act
from okrtui.core.model import InitiativeStatus, InvitationState, KeyResultState, ObjectiveState, Phase, Side

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

_LEADERSHIP = frozenset({Side.LEADERSHIP})
_TEAM = frozenset({Side.TEAM})
_BOTH = _LEADERSHIP | _TEAM
_ANYBODY = frozenset(Side)

_OPEN = frozenset({Phase.DRAFTING, Phase.RUNNING})
_BEFORE_CLOSING = _OPEN | {Phase.SCORING}
_SCORING = frozenset({Phase.SCORING})
_RUNNING = frozenset({Phase.RUNNING})
_REPORTING = frozenset({Phase.RUNNING, Phase.SCORING})
_ALWAYS = frozenset(Phase)

_UNDECIDED = frozenset({KeyResultState.IDEA, KeyResultState.DRAFT, KeyResultState.PROPOSED})


@dataclass(frozen=True, slots=True)
class Rule:
    """When an act may be done, by whom, and what to say to anybody else.

    ``whose`` names the pen; ``instead`` says by side what the person can do; an empty ``states`` fits any.
    """

    by: frozenset[Side]
    whose: str = ""
    instead: Mapping[Side, str] = field(default_factory=dict)
    states: frozenset[StrEnum] = frozenset()
    phases: frozenset[Phase] = _OPEN
    leads_to: StrEnum | None = None
    when: str = ""


_OBJECTIVE_IS_LEADERSHIPS = {
    Side.TEAM: "push back with a reason (b), suggest a wording (s) or ask (c)",
    Side.READER: "comment (c) or suggest a wording (s)",
}
_KR_IS_THE_TEAMS = {
    Side.LEADERSHIP: "suggest a wording (s) or ask (c)",
    Side.READER: "comment (c) or suggest a wording (s)",
}
_ANSWERS_ARE_THE_TEAMS = {
    Side.LEADERSHIP: "reword it, release the team, or ask (c)",
    Side.READER: "comment (c)",
}
_AGREEING_IS_LEADERSHIPS = {
    Side.TEAM: "ask for it in a comment that mentions a lead (c), or take it back to change it",
    Side.READER: "comment (c)",
}
_UPDATES_ARE_THE_TEAMS = {
    Side.LEADERSHIP: "read it and comment (c)",
    Side.READER: "comment (c)",
}

_THE_WEEK_IS_THE_TEAMS = {
    Side.LEADERSHIP: "read them, and ask the team about them in a comment (c)",
    Side.READER: "read them, and comment on a key result (c)",
}


_leaderships = partial(Rule, _LEADERSHIP)
_teams = partial(Rule, _TEAM)


def _states(*states: StrEnum) -> frozenset[StrEnum]:
    return frozenset(states)


_OBJECTIVES = "Objectives are leadership's to write."
_KEY_RESULTS = "Key results are the team's to write."
_INVITATIONS = "Whom an objective is put to is leadership's to decide."
_ACCEPTING = "Accepting and pushing back are the invited team's."
_AGREEING = "Agreeing and returning are leadership's."
_CHECK_INS = "Check-ins are the team's."
_PRIORITIES = "A week's priorities are the team's to set."
_OBJECTIVE_SUGGESTIONS = "What is suggested for an objective is leadership's to take or decline."
_KR_SUGGESTIONS = "What is suggested for a key result is the team's to take or decline."
_ROUNDS = "A confidence round is the team's."
_ROUND_IS_THE_TEAMS = {
    Side.LEADERSHIP: "ask the team to take one (c)",
    Side.READER: "comment on a key result (c)",
}
_WINS = "A week's wins are the team's to write down."
_LINKS = "What stands below a team's work is for a lead of that team to consent to."
_LINK_IS_THE_LEADS = {Side.TEAM: "ask them in a comment (c)", Side.READER: "comment (c)"}
_INITIATIVES = "Initiatives are the team's to write."
_INITIATIVES_ARE_THE_TEAMS = {
    Side.LEADERSHIP: "ask the team for one in a comment on a key result (c)",
    Side.READER: "comment on a key result (c)",
}
_initiative = _teams(
    _INITIATIVES,
    _INITIATIVES_ARE_THE_TEAMS,
    states=frozenset(InitiativeStatus) - {InitiativeStatus.DROPPED},
    phases=_BEFORE_CLOSING,
    when="it is listed no more; write another (a)",
)

RULES: Mapping[Act, Rule] = {
    Act.OBJECTIVE_ADD: _leaderships(_OBJECTIVES, _OBJECTIVE_IS_LEADERSHIPS, leads_to=ObjectiveState.DRAFT),
    Act.OBJECTIVE_EDIT: _leaderships(
        _OBJECTIVES,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.DRAFT),
        when="reword it instead, so that its earlier text is kept",
    ),
    Act.OBJECTIVE_PUBLISH: _leaderships(
        _OBJECTIVES,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.DRAFT),
        leads_to=ObjectiveState.PUBLISHED,
        when="only a draft is published; invite teams to it (i), or write another objective (a)",
    ),
    Act.OBJECTIVE_REWORD: _leaderships(
        _OBJECTIVES,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.PUBLISHED),
        when="only a published objective is reworded; edit a draft (e), or write another objective (a)",
    ),
    Act.OBJECTIVE_WITHDRAW: _leaderships(
        _OBJECTIVES,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.DRAFT, ObjectiveState.PUBLISHED),
        leads_to=ObjectiveState.WITHDRAWN,
        when="it is withdrawn once; write another objective (a)",
    ),
    Act.OBJECTIVE_LEARN: Rule(
        _BOTH,
        states=_states(ObjectiveState.PUBLISHED),
        phases=_SCORING,
        whose="What was learnt is written by the people of the objective.",
        instead={Side.READER: "comment (c)"},
        when="only a published objective gets its line of learning; comment (c)",
    ),
    Act.INVITE: _leaderships(
        _INVITATIONS,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.PUBLISHED),
        when="publish it first (p), then invite",
    ),
    Act.UNINVITE: _leaderships(
        _INVITATIONS,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(InvitationState.OPEN, InvitationState.RELEASED),
        when="release the team instead, so that its answer stays on record",
    ),
    Act.RELEASE: _leaderships(
        _INVITATIONS,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.PUSHED_BACK),
        leads_to=InvitationState.RELEASED,
        when="there is nothing left to release the team from; comment (c)",
    ),
    Act.ANSWER: _leaderships(
        "Answering a pushback is leadership's.",
        {Side.TEAM: "comment (c), or take the pushback back", Side.READER: "comment (c)"},
        states=_states(InvitationState.PUSHED_BACK),
        when="only a pushback is answered; comment (c)",
    ),
    Act.ACCEPT: _teams(
        _ACCEPTING,
        _ANSWERS_ARE_THE_TEAMS,
        states=_states(InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.PUSHED_BACK),
        leads_to=InvitationState.ACCEPTED,
        when="ask leadership for a new invitation (c)",
    ),
    Act.PUSH_BACK: _teams(
        _ACCEPTING,
        _ANSWERS_ARE_THE_TEAMS,
        states=_states(InvitationState.OPEN, InvitationState.ACCEPTED),
        leads_to=InvitationState.PUSHED_BACK,
        when="the pushback you have waits for its answer, or there is no invitation to push back on; ask (c)",
    ),
    Act.TAKE_BACK: _teams(
        _ACCEPTING,
        _ANSWERS_ARE_THE_TEAMS,
        states=_states(InvitationState.PUSHED_BACK),
        leads_to=InvitationState.OPEN,
        when="there is no open pushback to take back; accept it (A) or push back (b)",
    ),
    Act.KR_ADD: _teams(
        _KEY_RESULTS,
        _KR_IS_THE_TEAMS,
        states=_states(InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.PUSHED_BACK),
        leads_to=KeyResultState.IDEA,
        when="key results stand under an invitation that is open or accepted; ask leadership for one (c)",
    ),
    Act.KR_EDIT: _teams(
        _KEY_RESULTS,
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.IDEA, KeyResultState.DRAFT),
        when="take a proposal back before changing it; amend what is agreed, with a reason (o)",
    ),
    Act.KR_START: _teams(
        _KEY_RESULTS,
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.IDEA),
        leads_to=KeyResultState.DRAFT,
        when="only an idea becomes a draft; edit a draft (e)",
    ),
    Act.KR_IDEA: _teams(
        _KEY_RESULTS,
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.DRAFT),
        leads_to=KeyResultState.IDEA,
        when="only a draft goes back to the ideas; take a proposal back first, or edit an idea (e)",
    ),
    Act.KR_OWN: _teams(
        "Who owns a key result is the team's to say.",
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        phases=_BEFORE_CLOSING,
        when="it needs no owner any more; write another key result (a)",
    ),
    Act.KR_GUIDE: _teams(
        "Guidance is the team's to write.",
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        when="it needs no guidance any more; write another key result (a)",
    ),
    Act.KR_PROPOSE: _teams(
        "Proposing a key result is the team's.",
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.IDEA, KeyResultState.DRAFT),
        leads_to=KeyResultState.PROPOSED,
        when="only an idea or a draft is proposed; take up again what is parked (z), amend what is agreed (o)",
    ),
    Act.KR_TAKE_BACK: _teams(
        "Taking a proposal back is the team's.",
        {Side.LEADERSHIP: "return it with a question (x)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.PROPOSED),
        leads_to=KeyResultState.DRAFT,
        when="only a proposal is taken back; edit a draft (e), amend what is agreed (o)",
    ),
    Act.KR_AGREE: _leaderships(
        _AGREEING,
        _AGREEING_IS_LEADERSHIPS,
        states=_states(KeyResultState.PROPOSED),
        leads_to=KeyResultState.AGREED,
        when="only what its team proposes is agreed; ask for it (c)",
    ),
    Act.KR_RETURN: _leaderships(
        _AGREEING,
        _AGREEING_IS_LEADERSHIPS,
        states=_states(KeyResultState.PROPOSED),
        leads_to=KeyResultState.DRAFT,
        when="only what its team proposes is returned; ask (c)",
    ),
    Act.KR_PARK: _teams(
        "Parking a key result is the team's.",
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED,
        leads_to=KeyResultState.PARKED,
        when="only ideas, drafts and proposals are parked; drop what is agreed, with a reason (d)",
    ),
    Act.KR_UNPARK: _teams(
        "Taking a key result out of the parked ones is the team's.",
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.PARKED),
        when="only what is parked is taken up again; edit it (e)",
    ),
    Act.KR_DROP: _teams(
        "Dropping a key result is the team's.",
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        leads_to=KeyResultState.DROPPED,
        when="it is over already; write another key result (a)",
    ),
    Act.KR_AMEND: _teams(
        "Amending a key result is the team's.",
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.AGREED),
        when="only what is agreed is amended; edit it (e)",
    ),
    Act.KR_ESTABLISH: _teams(
        "Setting a baseline is the team's.",
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.AGREED),
        when="a baseline is set on what is agreed; edit a draft (e)",
    ),
    Act.AMENDMENT_AGREE: _leaderships(
        _AGREEING,
        _AGREEING_IS_LEADERSHIPS,
        states=_states(KeyResultState.AGREED),
        when="there is no amendment to agree to; comment (c)",
    ),
    Act.AMENDMENT_QUESTION: _leaderships(
        _AGREEING,
        _AGREEING_IS_LEADERSHIPS,
        states=_states(KeyResultState.AGREED),
        when="there is no amendment to question; comment (c)",
    ),
    Act.AMENDMENT_ANSWER: _teams(
        "Answering the question about an amendment is the team's.",
        {Side.LEADERSHIP: "agree to the amendment (g), or comment (c)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.AGREED),
        when="there is no amendment to answer for; comment (c)",
    ),
    Act.AMENDMENT_TAKE_BACK: _teams(
        "Taking an amendment back is the team's.",
        {Side.LEADERSHIP: "question it (x)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.AGREED),
        when="there is no amendment to take back; comment (c)",
    ),
    Act.CHECK_IN: _teams(
        _CHECK_INS,
        _UPDATES_ARE_THE_TEAMS,
        states=_states(KeyResultState.AGREED),
        phases=_REPORTING,
        when="check-ins begin once it is agreed; propose it (p), or comment (c)",
    ),
    Act.PRIORITY_SET: _teams(_PRIORITIES, _THE_WEEK_IS_THE_TEAMS, phases=_BEFORE_CLOSING),
    Act.PRIORITY_DROP: _teams(_PRIORITIES, _THE_WEEK_IS_THE_TEAMS, phases=_BEFORE_CLOSING),
    Act.WIN_ADD: _teams(_WINS, _THE_WEEK_IS_THE_TEAMS, phases=_BEFORE_CLOSING),
    Act.WIN_DROP: _teams(_WINS, _THE_WEEK_IS_THE_TEAMS, phases=_BEFORE_CLOSING),
    Act.INITIATIVE_ADD: _teams(_INITIATIVES, _INITIATIVES_ARE_THE_TEAMS, phases=_BEFORE_CLOSING),
    Act.INITIATIVE_EDIT: _initiative,
    Act.INITIATIVE_STATUS: _initiative,
    Act.INITIATIVE_LINK: _initiative,
    Act.INITIATIVE_UNLINK: _initiative,
    Act.INITIATIVE_DROP: _initiative,
    Act.ROUND_START: _teams(_ROUNDS, _ROUND_IS_THE_TEAMS, phases=_RUNNING),
    Act.ROUND_VOTE: _teams(_ROUNDS, _ROUND_IS_THE_TEAMS, phases=_RUNNING),
    Act.ROUND_OPEN: _teams(_ROUNDS, _ROUND_IS_THE_TEAMS, phases=_RUNNING),
    Act.ROUND_ABANDON: _teams(_ROUNDS, _ROUND_IS_THE_TEAMS, phases=_BEFORE_CLOSING),
    Act.SCORE_SELF: _teams(
        "The self score is the team's.",
        {Side.LEADERSHIP: "write the manager score (--side manager)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.AGREED),
        phases=_SCORING,
        when="only agreed key results are scored; comment (c)",
    ),
    Act.SCORE_MANAGER: _leaderships(
        "The manager score is leadership's.",
        {Side.TEAM: "write the self score (--side self)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.AGREED),
        phases=_SCORING,
        when="only agreed key results are scored; comment (c)",
    ),
    Act.REVEAL: _teams(
        "Opening the scores is the team's.",
        {Side.LEADERSHIP: "mark your side in, and ask the team to open them with you (c)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.AGREED),
        phases=_SCORING,
        when="only agreed key results are scored; comment (c)",
    ),
    Act.CALIBRATE: Rule(
        _BOTH,
        states=_states(KeyResultState.AGREED),
        phases=_SCORING,
        whose="The agreed score is settled by the two sides.",
        instead={Side.READER: "comment (c)"},
        when="only agreed key results are scored; comment (c)",
    ),
    Act.KR_CLOSE: Rule(
        _BOTH,
        states=_states(KeyResultState.AGREED),
        phases=_SCORING,
        whose="What becomes of a key result is decided by its two sides.",
        instead={Side.READER: "comment (c)"},
        when="only what is agreed goes on or ends with its cycle; comment (c)",
    ),
    Act.CONFIRM: Rule(
        _BOTH,
        states=_states(KeyResultState.AGREED),
        phases=_SCORING,
        whose="The agreed score is settled by the two sides.",
        instead={Side.READER: "comment (c)"},
        when="only agreed key results are scored; comment (c)",
    ),
    Act.COMMENT: Rule(_ANYBODY, phases=_ALWAYS),
    Act.OBJECTIVE_SUGGEST: Rule(
        _ANYBODY,
        states=_states(ObjectiveState.DRAFT, ObjectiveState.PUBLISHED),
        when="nothing of it changes any more; comment (c)",
    ),
    Act.OBJECTIVE_TAKE: _leaderships(
        _OBJECTIVE_SUGGESTIONS,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.DRAFT, ObjectiveState.PUBLISHED),
        when="nothing of it changes any more; comment (c)",
    ),
    Act.OBJECTIVE_DECLINE: _leaderships(
        _OBJECTIVE_SUGGESTIONS,
        _OBJECTIVE_IS_LEADERSHIPS,
        states=_states(ObjectiveState.DRAFT, ObjectiveState.PUBLISHED),
        when="nothing of it changes any more; comment (c)",
    ),
    Act.KR_SUGGEST: Rule(
        _ANYBODY,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        when="nothing of it changes any more; comment (c)",
    ),
    Act.KR_TAKE: _teams(
        _KR_SUGGESTIONS,
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        when="nothing of it changes any more; comment (c)",
    ),
    Act.KR_DECLINE: _teams(
        _KR_SUGGESTIONS,
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        when="nothing of it changes any more; comment (c)",
    ),
    Act.KR_IMPORT: Rule(
        _ANYBODY,
        states=_states(InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.PUSHED_BACK),
        leads_to=KeyResultState.IDEA,
        when="ideas stand under an invitation that is open or accepted; ask leadership for one (c)",
    ),
    Act.KR_ADOPT: _teams(
        "What was imported is the team's to adopt.",
        _KR_IS_THE_TEAMS,
        states=_states(KeyResultState.IDEA),
        when="only an imported idea is adopted; edit it (e)",
    ),
    Act.KR_DOT: Rule(
        _BOTH,
        states=_states(KeyResultState.IDEA, KeyResultState.DRAFT),
        whose="Dots are of the two sides.",
        instead={Side.READER: "suggest a wording (s) or comment (c)"},
        when="dots choose among ideas and drafts; comment (c)",
    ),
    Act.KR_QUIET: _teams(
        "Answering a writing check is the team's.",
        _KR_IS_THE_TEAMS,
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        phases=_BEFORE_CLOSING,
        when="nothing is asked about it any more; comment (c)",
    ),
    Act.KR_DEFEND: _teams(
        "Defending a key result is the team's.",
        {Side.LEADERSHIP: "ask them for it (c)", Side.READER: "comment (c)"},
        states=_states(KeyResultState.AGREED),
        phases=_RUNNING,
        when="only what is agreed is defended; edit it (e)",
    ),
    Act.OBJECTIVE_LINK: _leaderships(
        "What an objective stands under is leadership's to say.",
        {Side.TEAM: "ask for it in a comment (c)", Side.READER: "comment (c)"},
        states=_states(ObjectiveState.DRAFT, ObjectiveState.PUBLISHED),
        phases=_BEFORE_CLOSING,
        when="nothing of it changes any more; write another objective (a)",
    ),
    Act.KR_LINK: _teams(
        "What a key result contributes to is the team's to say.",
        {Side.LEADERSHIP: "ask for it in a comment (c)", Side.READER: "comment (c)"},
        states=_UNDECIDED | {KeyResultState.AGREED, KeyResultState.PARKED},
        phases=_BEFORE_CLOSING,
        when="nothing of it changes any more; comment (c)",
    ),
    Act.LINK_CONSENT: _leaderships(_LINKS, _LINK_IS_THE_LEADS, phases=_BEFORE_CLOSING),
    Act.LINK_DECLINE: _leaderships(_LINKS, _LINK_IS_THE_LEADS, phases=_BEFORE_CLOSING),
    Act.WORKSHOP_KEEP: Rule(_ANYBODY, phases=_BEFORE_CLOSING),
    Act.WORKSHOP_NOTE: Rule(_ANYBODY, phases=_BEFORE_CLOSING),
    Act.REVIEW_KEEP: Rule(_ANYBODY, phases=_SCORING),
}
