/**
 * A stand-in for Spotify's Web Playback SDK: the same names and events, the manners that its reference describes. Tracks are started by the
 * Web API, as with the real one: the stand-in's server hands that on. It makes no sound. `__truth()` is for the test alone.
 */
(() => {
  const server = new URL(document.currentScript.src).origin;
  const between = (least, most) => least + (most - least) * Math.random();
  const wallMs = () => performance.timeOrigin + performance.now();
  const later = (least, most) => new Promise((go) => setTimeout(go, between(least, most)));

  class Player {
    constructor({ getOAuthToken, volume }) {
      Object.assign(this, { getOAuthToken, volume, listeners: {}, track: null, paused: true, ms: 0, sinceMs: 0, loading: false });
      this.ppm = between(-50, 50);
      window.__truth = () => ({ state: this.paused || this.loading ? 2 : 1, seconds: this.truth() / 1000, atMs: wallMs(), muted: this.volume === 0, volume: Math.round(this.volume * 100), id: this.track });
    }

    addListener(name, listener) {
      (this.listeners[name] ??= []).push(listener);
    }

    tell(name, what) {
      for (const listener of this.listeners[name] ?? []) listener(what);
    }

    async connect() {
      const token = await new Promise((give) => this.getOAuthToken(give));
      if (token.startsWith("old")) {
        this.tell("authentication_error", { message: "Authentication failed" });
        return false;
      }
      this.device = `standin-${Math.random().toString(36).slice(2)}`;
      void this.obey();
      await later(50, 150);
      this.tell("ready", { device_id: this.device });
      return true;
    }

    /** What the Web API was told about this device. */
    async obey() {
      for (;;) {
        const answer = await fetch(`${server}/standin/told?device=${this.device}`);
        if (answer.status === 200) {
          const { uris, position_ms } = await answer.json();
          this.track = uris[0].split(":")[2];
          this.turn({ paused: false, ms: position_ms, loading: true });
          await later(80, 200);
          this.turn({ loading: false });
        }
        await later(40, 60);
      }
    }

    truth() {
      const rate = this.paused || this.loading ? 0 : 1 + this.ppm / 1e6;
      return Math.min(90_000, this.ms + rate * (wallMs() - this.sinceMs));
    }

    turn(change) {
      Object.assign(this, { ms: this.truth(), sinceMs: wallMs() }, change);
      this.tell("player_state_changed", this.state());
    }

    state() {
      if (!this.track) return null;
      return {
        paused: this.paused,
        loading: this.loading,
        position: Math.round(this.truth()),
        duration: 90_000,
        track_window: { current_track: { id: this.track, name: `Song ${this.track.slice(0, 4)}`, artists: [{ name: "The Stand-in" }] } },
      };
    }

    async getCurrentState() {
      await later(1, 4);
      return this.state();
    }

    async pause() {
      await later(60, 140);
      this.turn({ paused: true });
    }

    async resume() {
      await later(60, 140);
      this.turn({ paused: false });
    }

    async seek(ms) {
      await later(60, 140);
      this.turn({ ms, sinceMs: wallMs() });
    }

    async setVolume(level) {
      this.volume = level;
    }

    async activateElement() {}

    disconnect() {}
  }

  window.Spotify = { Player };
  window.onSpotifyWebPlaybackSDKReady?.();
})();
