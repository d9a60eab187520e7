import type { Narrowing } from "./place.ts";

/** An order that a list can be put into: what REST takes, and what people call it. */
export interface Order {
  readonly name: string;
  readonly sort?: string;
  readonly order?: "desc";
}

export const trackOrders: readonly Order[] = [
  { name: "Artist" },
  { name: "Title", sort: "title" },
  { name: "Album", sort: "album" },
  { name: "Newest", sort: "year", order: "desc" },
  { name: "Oldest", sort: "year" },
  { name: "Last added", sort: "added", order: "desc" },
  { name: "Most played", sort: "plays", order: "desc" },
  { name: "Shortest", sort: "duration" },
  { name: "Longest", sort: "duration", order: "desc" },
];

export const albumOrders: readonly Order[] = [
  { name: "Artist" },
  { name: "Title", sort: "title" },
  { name: "Newest", sort: "year", order: "desc" },
  { name: "Oldest", sort: "year" },
  { name: "Last added", sort: "added", order: "desc" },
  { name: "Most played", sort: "plays", order: "desc" },
];

/** The order that a list is in; the usual one when it says none that is known. */
export function orderOf(orders: readonly Order[], { sort, order }: Narrowing): Order {
  return orders.find((one) => one.sort === sort && one.order === order) ?? (orders[0] as Order);
}

/** The same list in another order. */
export function inOrder(narrowing: Narrowing, { sort, order }: Order): Narrowing {
  const { sort: _, order: __, ...rest } = narrowing;
  return { ...rest, ...(sort ? { sort } : {}), ...(order ? { order } : {}) };
}
