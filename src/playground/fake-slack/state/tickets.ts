import { randomBytes } from 'node:crypto';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

export type Trigger = {
  id: string;
  user: string;
  expiresAt: number;
  exchanged: boolean;
  view?: string;
  /** made to be too old by a fault */
  spoiled: boolean;
};

/** trigger_ids: three seconds to live, one use. */
export class Triggers {
  private readonly issued = new Map<string, Trigger>();
  private readonly now: () => number;
  private readonly spoils: () => boolean;
  private count = 0;

  /** `spoils` says of each trigger, when it is issued, whether a fault lets it be too old from the start. */
  constructor(now: () => number, spoils: () => boolean = () => false) {
    this.now = now;
    this.spoils = spoils;
  }

  /** `view` names the modal in which the person acted; only such a trigger can push. */
  issue(user: string, view?: string): string {
    this.count += 1;
    const id = `${Math.floor(this.now())}.${this.count}.${randomBytes(12).toString('hex')}`;
    const expiresAt = this.now() + limits.trigger.lifeMs;
    const trigger: Trigger = { id, user, expiresAt, exchanged: false, spoiled: this.spoils() };
    if (view !== undefined) trigger.view = view;
    this.issued.set(id, trigger);
    return id;
  }

  /** Takes the trigger; refuses as Slack does when it is unknown, too old or already taken. */
  exchange(id: string): Trigger {
    const trigger = this.issued.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.exchanged) throw new Refusal('exchanged_trigger_id');
    if (trigger.spoiled) throw new Refusal('expired_trigger_id', { fault: 'expired-triggers' });
    if (this.now() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
    trigger.exchanged = true;
    return trigger;
  }
}

export type ResponseUrl = {
  key: string;
  user: string;
  channel: string;
  /** the message on which the person acted; a command has none */
  origin?: { channel: string; ts: string };
  expiresAt: number;
  uses: number;
};

/** response_urls: five uses in thirty minutes. */
export class ResponseUrls {
  private readonly issued = new Map<string, ResponseUrl>();
  private readonly now: () => number;
  private count = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  issue(given: Pick<ResponseUrl, 'user' | 'channel' | 'origin'>): ResponseUrl {
    this.count += 1;
    const key = `${this.count}-${randomBytes(12).toString('hex')}`;
    const url = { ...given, key, expiresAt: this.now() + limits.responseUrl.lifeMs, uses: 0 };
    this.issued.set(key, url);
    return url;
  }

  /** Where a response_url answers to, without using it. */
  channelOf(key: string): string | null {
    return this.issued.get(key)?.channel ?? null;
  }

  /** Counts one use; a refusal carries Slack's word for why not. */
  use(key: string): ResponseUrl {
    const url = this.issued.get(key);
    if (url === undefined) throw new Refusal('invalid_url');
    if (this.now() > url.expiresAt) throw new Refusal('expired_url');
    if (url.uses >= limits.responseUrl.uses) throw new Refusal('used_url');
    url.uses += 1;
    return url;
  }
}
