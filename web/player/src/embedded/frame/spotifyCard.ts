/** What is seen of Spotify's player, which has no picture of its own: what plays, or what it needs. */
export class SpotifyCard {
  onPress: () => void = () => {};
  readonly #card = document.createElement("section");

  constructor(place: HTMLElement) {
    this.#card.className = "spotify";
    place.append(this.#card);
    this.wait();
  }

  wait(): void {
    this.#fill("Spotify", "Getting ready …");
  }

  show(title: string, artist: string): void {
    this.#fill(title, artist, "Played by Spotify");
  }

  complain(message: string, canPress: boolean): void {
    this.#fill("Spotify", message);
    if (!canPress) return;
    const button = document.createElement("button");
    button.textContent = "Play here";
    button.onclick = () => this.onPress();
    this.#card.append(button);
  }

  askToSignIn(): void {
    this.#fill("Spotify", "Plays here when you are signed in, with Premium.");
    const link = document.createElement("a");
    // A page of its own: Spotify lets nobody sign in inside a frame.
    Object.assign(link, { href: "/spotify/signin", target: "_blank", rel: "noopener", textContent: "Sign in with Spotify" });
    this.#card.append(link);
  }

  #fill(title: string, ...lines: readonly string[]): void {
    const heading = document.createElement("h1");
    heading.textContent = title;
    this.#card.replaceChildren(
      heading,
      ...lines.map((line) => {
        const text = document.createElement("p");
        text.textContent = line;
        return text;
      }),
    );
  }
}
