import type { Temporal } from 'temporal-polyfill';

export type SeenAction = {
  title: string;
  dueOn: Temporal.PlainDate | null;
  state: string;
  owner: string;
  by: string;
  rock: string | null;
};
