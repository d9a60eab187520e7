/** The browser's way in: wires a session to the real clock, sockets, network and decoder. */
import type { OutputMemory } from "./audio/engine-ports.ts";
import { readLearnt, writeLearnt } from "./audio/learnt-output.ts";
import type { Pcm, SegmentPorts } from "./audio/segments.ts";
import { TierSwitch } from "./audio/tier.ts";
import { tieredSegments } from "./audio/tiered-segments.ts";
import { LiveSession } from "./room-session.ts";
import type { RoomSession, SessionOptions } from "./session.ts";
import { browserClock, browserSocket, browserTimers } from "./transport/ports.ts";

const OUTPUT_KEY = "tutti.output";

function browserSegments(): SegmentPorts {
  // An offline context decodes before any user gesture and on plain HTTP.
  const decoder = new OfflineAudioContext(2, 1, 48_000);
  return {
    now: () => performance.now(),
    async fetch(path, signal) {
      const response = await fetch(path, { signal });
      if (!response.ok) throw new Error(`${response.status} for ${path}`);
      return response.arrayBuffer();
    },
    async decode(bytes): Promise<Pcm> {
      const buffer = await decoder.decodeAudioData(bytes);
      const left = buffer.getChannelData(0);
      return [left, buffer.numberOfChannels > 1 ? buffer.getChannelData(1) : left];
    },
  };
}

/** Kept per browser; storage may be forbidden, then every session learns anew. */
const browserMemory: OutputMemory = {
  recall() {
    try {
      return readLearnt(localStorage.getItem(OUTPUT_KEY));
    } catch {
      return null;
    }
  },
  remember(learnt) {
    try {
      localStorage.setItem(OUTPUT_KEY, writeLearnt(learnt));
    } catch {
      // Private windows may refuse.
    }
  },
};

function socketUrl(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
}

/** Connects this device to a room. Sound begins with `join()`. */
export function openRoom(options: SessionOptions): RoomSession {
  const tiers = new TierSwitch();
  const session = new LiveSession(
    { ...options, url: options.url ?? socketUrl() },
    {
      clock: browserClock,
      timers: browserTimers,
      openSocket: browserSocket,
      random: Math.random,
      segments: tieredSegments(browserSegments(), tiers),
      tiers,
      memory: browserMemory,
    },
  );
  const wake = () => {
    if (document.visibilityState === "visible") session.wake();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  // The last moment a page surely gets: what was learnt of the card is kept.
  const hide = () => session.keepLearnt();
  window.addEventListener("pagehide", hide);
  const close = session.close.bind(session);
  session.close = () => {
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", wake);
    window.removeEventListener("pagehide", hide);
    close();
  };
  return session;
}
