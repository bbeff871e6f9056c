import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Somebody's way through modals, with a count of what it took of them. */
export type Walk = {
  /** presses so far: buttons, links and choices */
  readonly presses: number;
  /** things typed so far */
  readonly typed: number;
  /** seconds of the machine since the walk began */
  seconds(): number;
  dialog: Locator;
  press(what: Locator): Promise<void>;
  /** presses the button with this name in the open modal */
  button(name: string | RegExp): Promise<void>;
  /** presses it, and waits until the open modal has another heading or is another one */
  on(name: string | RegExp): Promise<void>;
  /** types into a field */
  type(field: Locator, text: string): Promise<void>;
  /** opens a menu of the open modal, types what narrows it, and chooses: two presses and something typed */
  choose(label: string | RegExp, option: string): Promise<void>;
  /** a picture of what is seen now, where CAIRN_SHOTS names a folder for them */
  shot(name: string): Promise<void>;
};

const shots = process.env['CAIRN_SHOTS'];

/** Begins to count. */
export function walk(page: Page): Walk {
  const began = performance.now();
  const dialog = page.locator('dialog.modal[open]').last();
  let [presses, typed] = [0, 0];
  const press = async (what: Locator) => {
    presses += 1;
    await what.click();
  };
  const type = async (field: Locator, text: string) => {
    typed += 1;
    await field.fill(text);
  };
  return {
    get presses() {
      return presses;
    },
    get typed() {
      return typed;
    },
    seconds: () => Math.round((performance.now() - began) / 1_000),
    dialog,
    press,
    type,
    button: async (name) => await press(dialog.getByRole('button', { name }).first()),
    async on(name) {
      const words = async () => (await dialog.getByRole('heading').allTextContents()).join('\n');
      const before = await words();
      await press(dialog.getByRole('button', { name }).first());
      await expect.poll(words, { timeout: 10_000 }).not.toBe(before);
    },
    async choose(label, option) {
      const menu = dialog.getByRole('combobox', { name: label });
      await press(menu);
      await type(menu, option);
      await press(page.getByRole('option', { name: option }).first());
      // A menu of many stays open for the next one.
      await menu.press('Tab');
    },
    async shot(name) {
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
    },
  };
}
