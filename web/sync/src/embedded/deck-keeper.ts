/**
 * The session's side of embedded tracks. Small: what follows the services' players (deck.ts) is fetched when the first such track comes near.
 */
import type { QueueItem, RoomState } from "../messages.ts";
import type { EmbeddedDeck } from "./deck.ts";
import type { DeckMoment, DeckNews, DeckView, OpenPlayer } from "./player-port.ts";

const PLAYER_UNAVAILABLE = 5210;

export class DeckKeeper {
  private deck: EmbeddedDeck | null = null;
  private opening = false;
  private state: RoomState | null = null;
  private isNear = false;
  /** The item for which was said that nothing can play it here. */
  private refused: string | null = null;

  constructor(
    /** Missing: this page has no room for players of others. */
    private readonly openPlayer: OpenPlayer | undefined,
    private readonly news: DeckNews,
  ) {}

  setState(state: RoomState): void {
    this.state = state;
    this.isNear = near(state).some((item) => item.track.embedded);
    this.deck?.setState(state);
  }

  get view(): DeckView | null {
    return this.deck?.view ?? null;
  }

  /** @param isOn whether the output is: before, nothing is loaded from anybody */
  tick(moment: DeckMoment, isOn: boolean): void {
    if (!isOn) this.deck?.rest();
    else if (this.deck) this.deck.tick(moment);
    else if (this.isNear && !this.opening) this.open();
  }

  close(): void {
    this.deck?.close();
    this.isNear = false;
  }

  private open(): void {
    const { openPlayer } = this;
    if (!openPlayer) {
      this.refuse("this page has no room for players of others");
      return;
    }
    this.opening = true;
    import("./deck.ts").then(
      ({ EmbeddedDeck }) => {
        this.deck = new EmbeddedDeck(openPlayer, this.news);
        if (this.state) this.deck.setState(this.state);
      },
      () => {
        this.opening = false;
        this.refuse("the page could not be fetched as a whole");
      },
    );
  }

  private refuse(message: string): void {
    const item = this.state && near(this.state).find((i) => i.track.embedded);
    if (!item || this.refused === item.id) return;
    this.refused = item.id;
    this.news.fault(item.id, PLAYER_UNAVAILABLE, message);
  }
}

/** What sounds, what is got ready for, and what comes next. */
function near(state: RoomState): QueueItem[] {
  const at = state.queue.findIndex((i) => i.id === state.timeline.itemId);
  const pending = state.queue.filter((i) => i.id === state.pending?.itemId);
  return [...pending, ...state.queue.slice(Math.max(0, at), at + 2)];
}
