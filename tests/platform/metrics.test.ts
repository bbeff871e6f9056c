import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Handler, type HttpServer, listen } from '../../src/platform/http-server.ts';
import { createMetrics, type Figures } from '../../src/platform/metrics.ts';

const figures: Figures = {
  due: 1,
  waiting: 12,
  sending: 2,
  unknown: 3,
  dead: 4,
  edits: 5,
  oldestSeconds: 7.5,
  tickAgeSeconds: 2.25,
};

describe('what Cairn tells whoever watches it', () => {
  const metrics = createMetrics();
  let read: () => Promise<Figures> = async () => figures;
  let server: HttpServer;
  beforeAll(async () => {
    const answer: Handler = (_req, res) => void metrics.answer(() => read(), res);
    server = await listen('127.0.0.1', 0, { exact: new Map([['GET /metrics', answer]]), otherwise: answer });
  });
  afterAll(async () => server.close());

  const ask = async () => await fetch(`http://127.0.0.1:${server.port}/metrics`);
  const lines = async () => (await (await ask()).text()).split('\n').filter((line) => /^cairn_/.test(line));

  it('is what there is at this moment, and nothing counted yet', async () => {
    read = async () => figures;
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await lines()).toEqual([
      'cairn_planned_total 0',
      'cairn_missed_total 0',
      'cairn_skipped_total 0',
      'cairn_found_total 0',
      'cairn_sent_again_total 0',
      'cairn_messages_due 1',
      'cairn_messages_waiting 12',
      'cairn_messages_sending 2',
      'cairn_messages_unknown 3',
      'cairn_messages_dead 4',
      'cairn_edits_waiting 5',
      'cairn_oldest_due_seconds 7.5',
      'cairn_last_tick_age_seconds 2.25',
    ]);
  });

  it('counts by what became of a post, and seconds as they come', async () => {
    const { counting } = metrics;
    counting.count('posts', { outcome: 'sent' });
    counting.count('posts', { outcome: 'sent' });
    counting.count('posts', { outcome: 'unknown' });
    counting.count('rate_limit_waits', { call: 'reads' });
    counting.count('rate_limit_wait_seconds', { call: 'posts' }, 30.5);
    counting.count('planned', undefined, 3);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'cairn_posts_total{outcome="sent"} 2',
        'cairn_posts_total{outcome="unknown"} 1',
        'cairn_rate_limit_waits_total{call="reads"} 1',
        'cairn_rate_limit_wait_seconds_total{call="posts"} 30.5',
        'cairn_planned_total 3',
      ]),
    );
  });

  it('counts under the labels that it knows, and stops nobody over one that it does not', async () => {
    metrics.counting.count('found', { outcome: 'sent' });
    metrics.counting.count('edits');
    expect(await lines()).toEqual(
      expect.arrayContaining(['cairn_found_total 1', 'cairn_edits_total{outcome=""} 1']),
    );
  });

  it("has Node's own metrics too", async () => {
    expect(await (await ask()).text()).toContain('nodejs_eventloop_lag_seconds');
  });

  it('is refused within two seconds while the database fails or says nothing', async () => {
    read = async () => {
      throw new Error('connection refused');
    };
    const failed = await ask();
    expect([failed.status, await failed.text()]).toEqual([503, 'the database does not answer']);
    read = () => new Promise(() => undefined);
    const startedMs = performance.now();
    expect((await ask()).status).toBe(503);
    expect(performance.now() - startedMs).toBeLessThan(2_800);
  });
});
