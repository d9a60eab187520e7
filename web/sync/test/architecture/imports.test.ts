/** Dependencies point one way (ARCHITECTURE.md). `tsconfig.pure.json` adds that clock/ and timeline/ compile without the browser's types. */
import { describe, expect, it } from "vitest";

const sources = import.meta.glob<string>("../../src/**/*.ts", { query: "?raw", import: "default", eager: true });

/** What a folder of src/ may import from the others; "" is src/ itself, the wiring. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  timeline: [],
  transport: [],
  audio: ["timeline"],
  embedded: ["timeline"],
  "": ["clock", "timeline", "transport", "audio", "embedded"],
};
/** Types only, and so anyone's. */
const shared = ["messages.ts", "session.ts"];

interface Import {
  readonly file: string;
  readonly target: string;
}

export function importsOf(file: string, text: string): Import[] {
  const statements = text.matchAll(/(?:\bfrom|^\s*import|\bimport\()\s*["']([^"']+)["']/gm);
  return [...statements].map((m) => ({ file, target: m[1] as string }));
}

const folderOf = (path: string) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "");

/** Path inside src/ that a relative import leads to; null when it leads out. */
function resolve({ file, target }: Import): string | null {
  const parts = [...file.split("/").slice(0, -1)];
  for (const part of target.split("/")) {
    if (part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** Why an import is not allowed; null when it is. */
export function objection(statement: Import): string | null {
  const { file, target } = statement;
  if (!target.startsWith(".")) return `${file} needs ${target}: sync has no dependencies`;
  const path = resolve(statement);
  if (path === null) return `${file} reaches out of src: ${target}`;
  const [from, to] = [folderOf(file), folderOf(path)];
  if (from === to || shared.includes(path) || allowed[from]?.includes(to)) return null;
  return `${file} must not know ${path}`;
}

const files = Object.entries(sources).map(([path, text]) => ({ file: path.replace("../../src/", ""), text }));

describe("imports of sync", () => {
  it("finds the sources", () => {
    const names = files.map((f) => f.file);
    expect(names).toContain("index.ts");
    expect(names).toContain("audio/engine.ts");
    expect(files.flatMap((f) => importsOf(f.file, f.text)).length).toBeGreaterThan(40);
  });

  it("knows every folder", () => {
    expect([...new Set(files.map((f) => folderOf(f.file)))].sort()).toEqual(Object.keys(allowed).sort());
  });

  it.each(files)("$file", ({ file, text }) => {
    expect(importsOf(file, text).map(objection).filter(Boolean)).toEqual([]);
  });
});

describe("the rule itself fails on", () => {
  it.each([
    ["clock/strip.ts", 'import { Engine } from "../audio/engine.ts";'],
    ["timeline/course.ts", 'import type { Socket } from "../transport/ports.ts";'],
    ["timeline/course.ts", 'export * from "../clock/strip.ts";'],
    ["audio/engine.ts", 'import {\n  Connection,\n} from "../transport/connection.ts";'],
    ["transport/ports.ts", 'const x = await import("../audio/engine.ts");'],
    ["audio/engine.ts", 'import { RoomClock } from "../clock/room-clock.ts";'],
    ["index.ts", 'import { onMount } from "svelte";'],
    ["room-session.ts", 'import App from "../../player/src/App.svelte";'],
    ["clock/strip.ts", 'import "../open-room.ts";'],
  ])("%s: %s", (file, text) => {
    expect(importsOf(file, text).map(objection).filter(Boolean)).toHaveLength(1);
  });
});
