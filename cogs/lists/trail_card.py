"""The trail of a list: who did what, newest first."""

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card, heading, lines
from cogs.kit.language import Language, mark
from cogs.kit.safe import code, plain
from cogs.kit.state import pack
from cogs.kit.time import at
from cogs.lists.words import SHOWN_NAME, member, quoted
from planning.lists import ListAction, ListEvent, NamedList

PAGE = 10
SHOWN_WORDS = 150

DONE: dict[ListAction, str] = {
    ListAction.SAVED: mark("{member} saved the picks of result {detail}"),
    ListAction.ADDED: mark("{member} added {handle}"),
    ListAction.RENAMED: mark("{member} renamed it from {detail}"),
    ListAction.VOTED_UP: mark("{member} voted for {handle}"),
    ListAction.VOTED_DOWN: mark("{member} voted against {handle}"),
    ListAction.TOOK_VOTE_BACK: mark("{member} took back their vote on {handle}"),
    ListAction.VETOED: mark("{member} vetoed {handle}: {detail}"),
    ListAction.LIFTED_VETO: mark("{member} lifted the veto on {handle}"),
    ListAction.NOTED: mark("{member} noted on {handle}: {detail}"),
    ListAction.TAKEN_OFF: mark("{member} took {handle} off the list"),
    ListAction.GAVE_REASON: mark("{member} gave a reason for their vote on {handle}: {detail}"),
}

NOTE_REMOVED = mark("{member} removed the note on {handle}")


def trail_card(t: Language, entry: NamedList, events: list[ListEvent], offset: int) -> Card:
    """A page of the trail; one event more than a page holds says that there are older ones."""
    told = [f"{at(event.at)} {_event(t, event)}" for event in events[:PAGE]]
    older = ActionButton("board-trail", pack(entry.id, offset + PAGE), label=t("Older"))
    title = heading(t("Who did what: {list}", list=plain(entry.name, SHOWN_NAME)))
    return Card(title, lines(*told) or t("Nothing older."), buttons=[[older]] if len(events) > PAGE else [])


def _event(t: Language, event: ListEvent) -> str:
    cleared = event.action is ListAction.NOTED and event.detail is None
    return t(
        NOTE_REMOVED if cleared else DONE[event.action],
        member=member(event.actor_id),
        handle=code(f"@{event.handle}", 30),
        detail=quoted(event.detail, SHOWN_WORDS) if event.detail else "–",
    )
