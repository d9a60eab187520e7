/** What tabs of one browser say to each other about device ids. `nonce` names the speaking tab. */
export type ClaimMessage =
  | { readonly kind: "ask"; readonly id: string; readonly nonce: string }
  | { readonly kind: "held"; readonly id: string; readonly nonce: string };

/** The wire between the tabs: a BroadcastChannel, or a fake in tests. */
export interface ClaimWire {
  post(message: ClaimMessage): void;
  listen(hear: (message: ClaimMessage) => void): void;
}

/**
 * Keeps two tabs of one browser from being one device. Web Locks would do this, but are not there on plain HTTP, so a tab asks the
 * others and takes the id when nobody objects in time. Two tabs that ask at once are told apart by their nonces: the lower one wins.
 */
export class ClaimDesk {
  readonly #wire: ClaimWire;
  readonly #nonce: string;
  readonly #objections: () => Promise<void>;
  #held: string | null = null;
  #asking: string | null = null;
  #objected = false;

  /** `objections` resolves when other tabs have had time to object. */
  constructor(wire: ClaimWire, nonce: string, objections: () => Promise<void>) {
    this.#wire = wire;
    this.#nonce = nonce;
    this.#objections = objections;
    wire.listen((message) => this.#hear(message));
  }

  /** Takes an id that is known to be ours: the tab was reloaded. */
  hold(id: string): void {
    this.#held = id;
  }

  /** Takes the id unless another tab has it. */
  async claim(id: string): Promise<boolean> {
    this.#asking = id;
    this.#objected = false;
    this.#wire.post({ kind: "ask", id, nonce: this.#nonce });
    await this.#objections();
    this.#asking = null;
    if (this.#objected) return false;
    this.#held = id;
    return true;
  }

  #hear(message: ClaimMessage): void {
    if (message.nonce === this.#nonce) return;
    if (message.kind === "held") {
      if (message.id === this.#asking) this.#objected = true;
    } else if (message.id === this.#held || (message.id === this.#asking && this.#nonce < message.nonce)) {
      this.#wire.post({ kind: "held", id: message.id, nonce: this.#nonce });
    }
  }
}
