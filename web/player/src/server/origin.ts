import { fetchAddresses } from "./rooms.ts";

const here: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether this page was opened by a name that means another computer on every other device. */
export const isLocal = (hostname: string = location.hostname): boolean => here.has(hostname);

/** Where other devices find this server: where this page was found, or what the server knows of itself when that is no use to them. */
export async function originForOthers(
  place: Pick<Location, "hostname" | "origin"> = location,
  addresses = fetchAddresses,
): Promise<string> {
  if (!isLocal(place.hostname)) return place.origin;
  const [likeliest] = await addresses().catch(() => []);
  return likeliest ? new URL(likeliest).origin : place.origin;
}
