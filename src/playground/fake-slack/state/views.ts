import { randomBytes } from 'node:crypto';
import type { HomeDefinition, ModalDefinition } from '../blocks/view.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { forgetful, type Keeper } from './keeper.ts';

type Placed = {
  id: string;
  user: string;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
};

export type Modal = Placed & ModalDefinition & { errors: Record<string, string>; trouble: string | null };
export type Home = Placed & HomeDefinition;

/** The modals that people have open (a stack each) and their Home tabs. */
export class Views {
  private readonly stacks = new Map<string, Modal[]>();
  private readonly homes = new Map<string, Home>();
  private readonly now: () => number;
  private readonly keeper: Keeper;
  private count = 0;

  constructor(now: () => number, keeper: Keeper = forgetful) {
    this.now = now;
    this.keeper = keeper;
  }

  /** Bottom first. */
  stack(user: string): readonly Modal[] {
    return this.stacks.get(user) ?? [];
  }

  top(user: string): Modal | undefined {
    return this.stack(user).at(-1);
  }

  home(user: string): Home | undefined {
    return this.homes.get(user);
  }

  find(id: string): Modal | Home | undefined {
    return this.all().find((view) => view.id === id);
  }

  findExternal(externalId: string): Modal | Home | undefined {
    return this.all().find((view) => view.external_id === externalId);
  }

  /** A new stack; what the person had open before is gone, as in Slack's clients. */
  open(user: string, definition: ModalDefinition): Modal {
    this.stacks.delete(user);
    this.refuseTakenExternalId(definition.external_id);
    const id = this.newId();
    return this.place({ ...this.fresh(definition), id, user, root_view_id: id, previous_view_id: null });
  }

  push(user: string, definition: ModalDefinition): Modal {
    const top = this.top(user);
    if (top === undefined) throw new Refusal('not_found');
    if (this.stack(user).length >= limits.view.stack) throw new Refusal('push_limit_reached');
    this.refuseTakenExternalId(definition.external_id);
    const { root_view_id } = top;
    return this.place({
      ...this.fresh(definition),
      id: this.newId(),
      user,
      root_view_id,
      previous_view_id: top.id,
    });
  }

  /** Replaces what an open modal shows; its place in the stack and its id stay. */
  update(view: Modal, definition: ModalDefinition): Modal {
    this.refuseTakenExternalId(definition.external_id, view.id);
    const { id, user, root_view_id, previous_view_id } = view;
    const updated: Modal = { ...this.fresh(definition), id, user, root_view_id, previous_view_id };
    const stack = this.stacks.get(user) ?? [];
    stack[stack.findIndex((it) => it.id === id)] = updated;
    return updated;
  }

  publish(user: string, definition: HomeDefinition): Home {
    const known = this.homes.get(user);
    this.refuseTakenExternalId(definition.external_id, known?.id);
    const id = known?.id ?? this.newId();
    const home = { ...definition, id, user, hash: this.newHash(), root_view_id: id, previous_view_id: null };
    this.restore(home);
    this.keeper.put('home', user, () => home);
    return home;
  }

  /** Takes up a Home of an earlier run. */
  restore(home: Home): void {
    this.homes.set(home.user, home);
  }

  /** New ids go on after those of earlier runs. */
  restoreCount(count: number): void {
    this.count = count;
  }

  /** Takes the top modal away and shows the one below it. */
  pop(user: string): void {
    this.stacks.get(user)?.pop();
  }

  clear(user: string): Modal[] {
    const closed = this.stacks.get(user) ?? [];
    this.stacks.delete(user);
    return closed;
  }

  private place(modal: Modal): Modal {
    const stack = this.stacks.get(modal.user) ?? [];
    stack.push(modal);
    this.stacks.set(modal.user, stack);
    return modal;
  }

  private fresh(definition: ModalDefinition) {
    return { ...definition, hash: this.newHash(), errors: {}, trouble: null };
  }

  private refuseTakenExternalId(externalId: string | undefined, except?: string): void {
    if (externalId === undefined || externalId === '') return;
    const holder = this.findExternal(externalId);
    if (holder !== undefined && holder.id !== except) throw new Refusal('duplicate_external_id');
  }

  private all(): (Modal | Home)[] {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()];
  }

  private newId(): string {
    this.count += 1;
    this.keeper.put('count', 'views', () => this.count);
    return `V0${this.count.toString(36).toUpperCase().padStart(9, '0')}`;
  }

  private newHash(): string {
    return `${Math.floor(this.now() / 1000)}.${randomBytes(4).toString('hex')}`;
  }
}
