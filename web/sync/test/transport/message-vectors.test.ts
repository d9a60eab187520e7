/**
 * spec/messages.json says what the server makes of each frame. The tests' own server must read them alike, or what it accepts from a session
 * would prove nothing.
 */
import { expect, it } from "vitest";
import vectors from "../../../../spec/messages.json";
import { readClientFrame } from "../world/client-frames.ts";

interface Vector {
  readonly name: string;
  readonly input: { readonly frame: string };
  readonly expect: { readonly ok: boolean; readonly type?: string; readonly code?: number };
}

/** Defences against hostile frames, which no session of ours can send; the server's own tests hold them. */
const defences = (v: Vector) => v.expect.code === 1005 || /surrogate|beyond 64 bits/.test(v.name);

it.each((vectors as readonly Vector[]).filter((v) => !defences(v)))("$name", (vector) => {
  const read = readClientFrame(vector.input.frame);
  if (vector.expect.ok) expect(read).toMatchObject({ type: vector.expect.type });
  else expect(read).toBe(vector.expect.code);
});
