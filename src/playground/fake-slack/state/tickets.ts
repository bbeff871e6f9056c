import { randomBytes } from 'node:crypto';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

export type Trigger = { id: string; user: string; expiresAt: number; exchanged: boolean; view?: string };

/** trigger_ids: three seconds to live, one use. */
export class Triggers {
  private readonly issued = new Map<string, Trigger>();
  private readonly now: () => number;
  private count = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  /** `view` names the modal in which the person acted; only such a trigger can push. */
  issue(user: string, view?: string): string {
    this.count += 1;
    const id = `${Math.floor(this.now())}.${this.count}.${randomBytes(12).toString('hex')}`;
    const trigger: Trigger = { id, user, expiresAt: this.now() + limits.trigger.lifeMs, exchanged: false };
    if (view !== undefined) trigger.view = view;
    this.issued.set(id, trigger);
    return id;
  }

  /** Takes the trigger; refuses as Slack does when it is unknown, too old or already taken. */
  exchange(id: string): Trigger {
    const trigger = this.issued.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.exchanged) throw new Refusal('exchanged_trigger_id');
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
