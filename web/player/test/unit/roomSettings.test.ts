import { describe, expect, it } from "vitest";
import { settingsTabs } from "../../src/room/settings/tabs.ts";
import { crossfadeText } from "../../src/room/settings/words.ts";

describe("a room's settings", () => {
  it.each([
    ["HOME", false, false, ["Sound"]],
    ["MINE", false, false, ["Sound"]],
    ["ABCDEF", false, false, ["Sound", "Room"]],
    ["ABCDEF", true, false, ["People", "Sound", "Room", "Rights"]],
    ["ABCDEF", true, true, ["People", "Invite", "Sound", "Room", "Rights"]],
  ] as const)("of %s, with members: %s, may invite: %s", (code, shared, mayInvite, tabs) => {
    expect(settingsTabs(code, shared, mayInvite)).toEqual(tabs);
  });

  it.each([
    [0, "off"],
    [1, "1 second"],
    [12, "12 seconds"],
  ])("says a cross-fade of %i s", (seconds, text) => {
    expect(crossfadeText(seconds)).toBe(text);
  });
});
