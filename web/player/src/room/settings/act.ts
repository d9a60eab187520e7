/** Waits for a change; what went wrong is said by whoever made this. True when nothing did. */
export type Act = (change: Promise<unknown>) => Promise<boolean>;
