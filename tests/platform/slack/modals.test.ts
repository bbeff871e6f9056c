import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModalOrReply } from '../../../src/platform/slack/calls.ts';
import { plain } from '../../../src/platform/slack/commands.ts';
import { homeNotice, notice, openModal, showNotice } from '../../../src/platform/slack/modals.ts';
import { homeProblems, modalProblems } from '../../support/block-limits.ts';

const modal: ModalView = { ...notice('The brief', plain('What it says')), callback_id: 'brief' };

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(() => vi.restoreAllMocks());

describe('a modal that is built in time', () => {
  it('is opened as it is', async () => {
    const { client, calls } = slack();
    const said = openModal(client, 'trigger', async () => ({ modal }), apology);
    await vi.advanceTimersByTimeAsync(0);
    expect(await said).toBeUndefined();
    expect(calls).toEqual([['open', 'trigger', modal]]);
  });

  it('is not opened when there is a reply instead, which is given back', async () => {
    const { client, calls } = slack();
    const reply = plain('Not yours.');
    expect(await openModal(client, 'trigger', async () => ({ reply }), apology)).toBe(reply);
    expect(calls).toEqual([]);
  });

  it('leaves an error of the building to the caller', async () => {
    const { client, calls } = slack();
    const failing = async (): Promise<ModalOrReply> => {
      throw new Error('no database');
    };
    await expect(openModal(client, 'trigger', failing, apology)).rejects.toThrow('no database');
    expect(calls).toEqual([]);
  });
});

describe('a modal that takes long', () => {
  it('is announced by one that says so, while the trigger lives, and then takes its place', async () => {
    const { client, calls } = slack();
    const said = openModal(client, 'trigger', () => later(5_000, { modal }), apology);
    await vi.advanceTimersByTimeAsync(999);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toEqual([['open', 'trigger', expect.objectContaining({ type: 'modal' })]]);
    expect(JSON.stringify(calls[0])).toContain('One moment');
    expect(modalProblems(calls[0]?.[2])).toEqual([]);

    await vi.advanceTimersByTimeAsync(4_000);
    expect(await said).toBeUndefined();
    expect(calls.slice(1)).toEqual([['update', 'V1', modal]]);
  });

  it('shows a reply in its place, and gives nothing back to be said twice', async () => {
    const { client, calls } = slack();
    const said = openModal(client, 'trigger', () => later(2_000, { reply: plain('Not yours.') }), apology);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await said).toBeUndefined();
    expect(calls.slice(1)).toEqual([['update', 'V1', notice('Cairn', plain('Not yours.'))]]);
  });

  it('shows the apology when the building fails', async () => {
    const { client, calls } = slack();
    const failing = async (): Promise<ModalOrReply> => {
      await later(2_000, null);
      throw new Error('no database');
    };
    const said = openModal(client, 'trigger', failing, apology);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await said).toBeUndefined();
    expect(calls.slice(1)).toEqual([['update', 'V1', notice('Cairn', plain('Sorry: no database'))]]);
  });

  it('shows the apology when Slack refuses the view', async () => {
    const { client, calls } = slack({ refuses: modal });
    const said = openModal(client, 'trigger', () => later(2_000, { modal }), apology);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await said).toBeUndefined();
    expect(calls.at(-1)).toEqual(['update', 'V1', notice('Cairn', plain('Sorry: invalid_blocks'))]);
  });

  it('fails once when its announcement fails, though the building fails later as well', async () => {
    const { client } = slack({ isExpired: true });
    const failing = async (): Promise<ModalOrReply> => {
      await later(2_000, null);
      throw new Error('no database');
    };
    const said = expect(openModal(client, 'trigger', failing, apology)).rejects.toThrow('expired_trigger_id');
    // A rejection that nobody listens to would fail the run.
    await vi.advanceTimersByTimeAsync(3_000);
    await said;
  });
});

describe('what is said to whoever pressed where no message can stand', () => {
  it('is opened over a Home', async () => {
    const { client, calls } = slack();
    await showNotice(client, 'trigger', plain('Not yours.'), 'alone');
    expect(calls).toEqual([['open', 'trigger', notice('Cairn', plain('Not yours.'))]]);
    expect(modalProblems(calls[0]?.[2])).toEqual([]);
  });

  it('is laid on top of the modal that was pressed in, which stays', async () => {
    const { client, calls } = slack();
    await showNotice(client, 'trigger', plain('Not yours.'), 'on-modal');
    expect(calls).toEqual([['push', 'trigger', notice('Cairn', plain('Not yours.'))]]);
  });

  it('takes the place of the third modal, which nothing can cover', async () => {
    const { client, calls } = slack();
    await showNotice(client, 'trigger', plain('Not yours.'), { fullAt: 'V3' });
    expect(calls).toEqual([['update', 'V3', notice('Cairn', plain('Not yours.'))]]);
  });

  it('is a Home of its own where there is nothing else to show', () => {
    expect(homeProblems(homeNotice(plain('For members only.')))).toEqual([]);
  });
});

it('cuts a title to what Slack takes', () => {
  expect(modalProblems(notice('A title that is a good deal too long', plain('x')))).toEqual([]);
});

const apology = (error: unknown) => plain(`Sorry: ${error instanceof Error ? error.message : error}`);

function later<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

/** A client whose calls are noted and answered here. */
function slack({ refuses, isExpired = false }: { refuses?: ModalView; isExpired?: boolean } = {}) {
  const calls: [string, string | undefined, unknown][] = [];
  const client = new WebClient('xoxb-not-used');
  vi.spyOn(client.views, 'open').mockImplementation(async (options) => {
    if (options === undefined || !('trigger_id' in options)) throw new Error('no trigger');
    if (isExpired) throw new Error('expired_trigger_id');
    calls.push(['open', options.trigger_id, options.view]);
    return { ok: true, view: { id: 'V1' } };
  });
  vi.spyOn(client.views, 'push').mockImplementation(async (options) => {
    if (options === undefined || !('trigger_id' in options)) throw new Error('no trigger');
    calls.push(['push', options.trigger_id, options.view]);
    return { ok: true };
  });
  vi.spyOn(client.views, 'update').mockImplementation(async (options) => {
    if (options === undefined || !('view_id' in options)) throw new Error('no view');
    calls.push(['update', options.view_id, options.view]);
    if (options.view === refuses) throw new Error('invalid_blocks');
    return { ok: true };
  });
  return { client, calls };
}
