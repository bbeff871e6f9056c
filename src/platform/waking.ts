/** Lets the sender of messages know that there is something to send. */
export type Waking = { wake(): void };
