import type { ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { within } from './core/within.ts';
import type { Counting, CountName } from './counting.ts';
import { answerText } from './http-server.ts';

/** A database that does not give its figures for this long is down, as far as whoever watches is concerned. */
const patienceMs = 2_000;

/** What is read at the moment of asking. */
const gauges = {
  due: ['cairn_messages_due', 'Messages whose time has come and that wait for their turn or for Slack'],
  waiting: ['cairn_messages_waiting', 'All messages that wait, also for their time'],
  sending: ['cairn_messages_sending', 'Messages that are on their way to Slack'],
  unknown: ['cairn_messages_unknown', 'Messages of which it is not known whether Slack took them'],
  dead: ['cairn_messages_dead', 'Messages that could not be delivered and wait for an admin'],
  edits: ['cairn_edits_waiting', 'Messages in Slack that read differently from what they shall'],
  oldestSeconds: ['cairn_oldest_due_seconds', 'For how long the oldest due message has waited'],
  tickAgeSeconds: ['cairn_last_tick_age_seconds', 'Seconds since the last heartbeat that came through here'],
} as const;

export type Figures = Record<keyof typeof gauges, number>;

/** What has happened in this process since its start, with the labels that it is told apart by. */
const counters: Record<CountName, [name: string, help: string, labels?: string[]]> = {
  planned: ['cairn_planned_total', 'Occurrences that were planned'],
  missed: ['cairn_missed_total', 'Occurrences, or spans of them, that were missed'],
  skipped: ['cairn_skipped_total', 'Occurrences that were skipped, with a reason'],
  posts: ['cairn_posts_total', 'Tries to post a message, by what became of them', ['outcome']],
  edits: ['cairn_edits_total', 'Tries to edit a message, by what became of them', ['outcome']],
  rate_limit_waits: [
    'cairn_rate_limit_waits_total',
    'How often Slack asked to wait, by kind of call',
    ['call'],
  ],
  rate_limit_wait_seconds: [
    'cairn_rate_limit_wait_seconds_total',
    'For how long Slack asked to wait, by kind of call',
    ['call'],
  ],
  found: ['cairn_found_total', 'Messages in doubt that stood in Slack after all'],
  sent_again: ['cairn_sent_again_total', 'Messages in doubt that did not, and went out again'],
  api_requests: [
    'cairn_api_requests_total',
    'Requests to the HTTP API, by the status of the answer',
    ['status'],
  ],
};

export type Metrics = {
  counting: Counting;
  /**
   * Answers `GET /metrics` in Prometheus's text format, with 503 when `read` fails or does not come within two
   * seconds.
   */
  answer(read: () => Promise<Figures>, res: ServerResponse): Promise<void>;
};

/** Metrics of this process, in a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counted = new Map<string, { counter: Counter; labelNames: string[] }>();
  for (const [key, [name, help, labelNames = []]] of Object.entries(counters)) {
    counted.set(key, { counter: new Counter({ name, help, labelNames, registers: [registry] }), labelNames });
  }
  const shown = Object.entries(gauges).map(([key, [name, help]]) => {
    const read = (figures: Figures): number => figures[key as keyof Figures];
    return { gauge: new Gauge({ name, help, registers: [registry] }), read };
  });

  return {
    counting: {
      count(name, labels = {}, by = 1) {
        const { counter, labelNames = [] } = counted.get(name) ?? {};
        // A label that nobody declared would throw, and whoever counts is in the middle of something that matters.
        counter?.inc(Object.fromEntries(labelNames.map((label) => [label, labels[label] ?? ''])), by);
      },
    },
    async answer(read, res) {
      const figures = await within(
        patienceMs,
        read().catch(() => undefined),
      );
      if (figures?.value === undefined) return answerText(res, 503, 'the database does not answer');
      for (const each of shown) each.gauge.set(each.read(figures.value));
      res.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    },
  };
}
