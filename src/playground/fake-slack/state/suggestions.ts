import type { Option } from '../blocks/composition.ts';

/** One menu that is filled from outside, as one person has it before them. `place` is a view or a message. */
export type Menu = { user: string; place: string; block_id: string; action_id: string };

/** What was suggested to people in menus that are filled from outside: nothing else can be chosen there. */
export class Suggestions {
  private readonly menus = new Map<string, Map<string, Option>>();

  /** Adds to what this menu has shown: who searches twice keeps what they chose the first time. */
  add(menu: Menu, options: readonly Option[]): void {
    const shown = this.menus.get(keyOf(menu)) ?? new Map<string, Option>();
    for (const option of options) shown.set(option.value, option);
    this.menus.set(keyOf(menu), shown);
  }

  /** All that this menu has shown so far. */
  in(menu: Menu): Option[] {
    return [...(this.menus.get(keyOf(menu))?.values() ?? [])];
  }
}

function keyOf({ user, place, block_id, action_id }: Menu): string {
  return JSON.stringify([user, place, block_id, action_id]);
}
