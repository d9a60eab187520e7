import { hashOf, type Place, placeOf, start } from "./place.ts";

/** How far a list was scrolled, so that Back leads to the same rows, px. */
export type ScrollMemory = Map<string, number>;

/** The library's way through the browser's history. The room's page stays as it is: only what stands behind the `#` changes. */
export class Navigation {
  place = $state.raw<Place>(start);
  readonly scrolls: ScrollMemory = new Map();
  readonly #window: Window;
  readonly #follow = () => {
    // An anchor of the page, or an invitation, leads nowhere in the library.
    this.place = placeOf(this.#window.location.hash) ?? this.place;
  };

  constructor(page: Window) {
    this.#window = page;
    const { history } = page;
    history.replaceState({ ...history.state, entered: true }, "");
    this.#follow();
    page.addEventListener("hashchange", this.#follow);
  }

  go(place: Place): void {
    this.#window.location.hash = hashOf(place);
  }

  /** Goes on typing: one entry in the history for a whole search. */
  search(words: string): void {
    const place: Place = { view: "search", words };
    if (this.place.view === "search") {
      this.#window.history.replaceState(this.#window.history.state, "", hashOf(place));
      this.place = place;
    } else {
      this.#window.history.pushState({ over: hashOf(this.place) }, "", hashOf(place));
      this.place = place;
    }
  }

  /** One step back in the library; where it was entered there is none, and Back would leave the room. */
  back(): void {
    if (has(this.#window.history.state, "entered")) this.go(start);
    else this.#window.history.back();
  }

  /** Back to where the search began. */
  endSearch(): void {
    if (this.place.view !== "search") return;
    if (has(this.#window.history.state, "over")) this.#window.history.back();
    else this.go(start);
  }

  stop(): void {
    this.#window.removeEventListener("hashchange", this.#follow);
  }
}

function has(state: unknown, name: string): boolean {
  return typeof state === "object" && state !== null && name in state;
}
