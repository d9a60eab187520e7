/**
 * A stand-in for YouTube's IFrame Player API: the same names, the same states and errors, the manners that its reference describes (commands
 * obeyed late, a place that is said four times a second). It makes no sound. What it really does is for the test alone: `__truth()`.
 */
(() => {
  const between = (least, most) => least + (most - least) * Math.random();
  const wallMs = () => performance.timeOrigin + performance.now();
  const errors = { "not-embedXX": 101, "gone-videoX": 100 };
  const titles = { "longvideoXX": "A Long Stand-in", "adsfirstXXX": "After an Advertisement" };

  class Player {
    constructor(place, { host, playerVars, events }) {
      this.events = events;
      this.frame = document.createElement("iframe");
      this.frame.src = `${host}/embed/?origin=${encodeURIComponent(playerVars.origin)}`;
      this.frame.allow = "autoplay";
      place.replaceWith(this.frame);
      this.state = -1;
      this.seconds = 0;
      this.sinceMs = wallMs();
      this.rate = 1;
      this.ppm = between(-50, 50);
      this.order = 0;
      this.volume = 100;
      this.muted = false;
      this.said = 0;
      this.warm = false;
      // The real one says its place so often, and the answer in between is the old one.
      setInterval(() => (this.said = this.truth()), 250);
      window.__player = this;
      window.__truth = () => ({ state: this.state, seconds: this.truth(), atMs: wallMs(), muted: this.muted, volume: this.volume, id: this.id });
      // Ready when its frame is there: a document that may not show it never gets here.
      this.frame.onload = () => setTimeout(() => events.onReady({ target: this }), 50);
    }

    truth() {
      const rate = this.state === 1 ? this.rate * (1 + this.ppm / 1e6) : 0;
      return Math.min(this.getDuration(), this.seconds + (rate * (wallMs() - this.sinceMs)) / 1000);
    }

    turn(state, seconds = this.truth()) {
      this.seconds = seconds;
      this.sinceMs = wallMs();
      if (this.state === state) return;
      this.state = state;
      this.said = seconds;
      this.events.onStateChange({ target: this, data: state });
      clearTimeout(this.end);
      if (state === 1) this.end = setTimeout(() => this.turn(0), (this.getDuration() - seconds) * 1000);
    }

    soon(callback, least = 5, most = 40) {
      const order = ++this.order;
      setTimeout(() => order === this.order && callback(), between(least, most));
    }

    start(seconds) {
      this.soon(() => {
        this.turn(3, seconds);
        const fetchMs = !this.warm && this.id === "adsfirstXXX" ? 2500 : between(60, 300);
        this.warm = true;
        this.soon(() => this.turn(1, seconds), fetchMs, fetchMs + 50);
      });
    }

    loadVideoById({ videoId, startSeconds = 0 }) {
      this.id = videoId;
      this.warm = false;
      this.turn(-1, startSeconds);
      if (errors[videoId]) this.soon(() => this.events.onError({ target: this, data: errors[videoId] }));
      else this.start(startSeconds);
    }

    cueVideoById({ videoId, startSeconds = 0 }) {
      this.id = videoId;
      this.soon(() => this.turn(5, startSeconds));
    }

    playVideo() {
      if (this.state !== 1 && this.state !== 3) this.start(this.truth());
    }

    pauseVideo() {
      this.soon(() => this.turn(2));
    }

    seekTo(seconds) {
      if (this.state === 1 || this.state === 3) this.start(seconds);
      else {
        this.seconds = seconds;
        this.said = seconds;
      }
    }

    setPlaybackRate(rate) {
      setTimeout(() => {
        this.turn(this.state);
        this.seconds = this.truth();
        this.sinceMs = wallMs();
        this.rate = rate;
      }, between(5, 20));
    }

    getAvailablePlaybackRates() {
      return [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
    }

    setVolume(percent) {
      this.volume = percent;
    }

    mute() {
      this.muted = true;
    }

    unMute() {
      this.muted = false;
    }

    getPlayerState() {
      return this.state;
    }

    getCurrentTime() {
      return this.said;
    }

    getDuration() {
      return this.id === "shortvideoX" ? 8 : 120;
    }

    getVideoData() {
      return { title: titles[this.id] ?? `Stand-in ${this.id}`, author: "The Stand-in", video_id: this.id };
    }
  }

  window.YT = { Player };
  // The real script fetches another one first.
  setTimeout(() => window.onYouTubeIframeAPIReady?.(), 20);
})();
