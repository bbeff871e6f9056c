/** Lets the sender of messages and the publisher of Homes know that there is something to do. */
export type Waking = { wake(): void };
