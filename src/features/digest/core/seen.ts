import type { Temporal } from 'temporal-polyfill';

export type SeenDecision = {
  number: number;
  question: string;
  outcome: string | null;
  why: string | null;
  dueOn: Temporal.PlainDate | null;
  driver: string;
};

export type SeenItem = {
  title: string;
  summary: string | null;
  horizon: string;
  dueOn: Temporal.PlainDate | null;
  slips: number;
  owner: string | null;
};

export type SeenAction = {
  title: string;
  dueOn: Temporal.PlainDate | null;
  state: string;
  owner: string;
  by: string;
  rock: string | null;
};
