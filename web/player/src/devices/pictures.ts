import type { Device } from "@tutti/sync";
import type { IconName } from "../look/Icon.svelte";

/** Pictures that a device can have, with what they are called. */
export const pictures: readonly (readonly [IconName, string])[] = [
  ["app", "Phone"],
  ["tablet", "Tablet"],
  ["browser", "Computer"],
  ["speaker", "Speaker"],
  ["tv", "Television"],
  ["headphones", "Headphones"],
  ["room", "House"],
];

/** The device's picture, or that of its kind where it has none or one that this page does not know. */
export function pictureOf({ icon, kind }: Pick<Device, "icon" | "kind">): IconName {
  return pictures.find(([name]) => name === icon)?.[0] ?? kind;
}
