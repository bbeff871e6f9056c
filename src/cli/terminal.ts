/** Where a command says what it did, and what it could not do. */
export type Terminal = { out(line: string): void; err(line: string): void };

/** Exit statuses of every command. */
export const done = 0;
export const refusedStatus = 1;
export const wrongUsage = 2;
