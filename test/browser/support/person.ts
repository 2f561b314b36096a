// Somebody who does a task in the preview, by what is written on the screen: with the mouse, whose clicks are counted, or
// with the keyboard alone, where every place is reached by Tab and arrows from wherever the focus is. A task is written
// once and done both ways.
import type { Locator, Page } from 'playwright-core';
import { eventually } from './browser-page.ts';

export type Hands = 'mouse' | 'keyboard';

type Role = 'button' | 'checkbox' | 'link' | 'option' | 'radio' | 'switch' | 'tab';

export interface Where {
  /** A button, unless it is something else. */
  readonly as?: Role;
  /** Looks only in here: a dialog, a row. */
  readonly within?: Locator;
}

/** More stops than any screen has. */
const MOST_STOPS = 250;

type Way = 'here' | 'back' | 'forward';

/** Where the target is, seen from the focus. */
const wayTo = (target: Element): Way => {
  const focused = document.activeElement;
  if (focused === target) return 'here';
  if (focused === null || focused === document.body) return 'forward';
  return target.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING
    ? 'back'
    : 'forward';
};

const IS_PICKED = '[data-active="true"]';

export class Person {
  readonly page: Page;
  readonly hands: Hands;
  /** Of the mouse. */
  clicks = 0;
  /** Fields that something was typed into. */
  fields = 0;

  constructor(page: Page, hands: Hands) {
    this.page = page;
    this.hands = hands;
  }

  /** Presses what is called this: exactly, or as the expression says. */
  async press(label: string | RegExp, { as = 'button', within }: Where = {}): Promise<void> {
    const target = (within ?? this.page)
      .getByRole(as, { name: label, exact: typeof label === 'string' })
      .filter({ visible: true })
      .first();
    await target.waitFor();
    await eventually(() => target.isEnabled()).toBe(true);
    if (this.hands === 'mouse') return this.#click(target);
    if (as === 'tab') return this.#selectTab(target);
    if (as === 'radio') return this.#chooseRadio(target);
    await this.#reach(target);
    await this.page.keyboard.press(as === 'button' || as === 'link' ? 'Enter' : 'Space');
  }

  /** Picks an option of the list with this label. */
  async choose(field: string, option: string | RegExp, within?: Locator): Promise<void> {
    const list = this.#field(field, within);
    const wanted = this.page.getByRole('option', { name: option }).first();
    if (this.hands === 'mouse') {
      await this.#click(list);
      return this.#click(wanted);
    }
    await this.#reach(list);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('listbox').waitFor();
    // A long list has a search of its own.
    const search = this.page.getByRole('combobox', { name: 'Search the options' });
    if (typeof option === 'string' && (await search.count()) > 0)
      await this.page.keyboard.type(option);
    await wanted.waitFor();
    for (let presses = 0; presses < MOST_STOPS; presses += 1) {
      if (await wanted.evaluate((element, picked) => element.matches(picked), IS_PICKED)) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Fills a field in, in place of what it has. */
  async write(field: string, text: string, within?: Locator): Promise<void> {
    const input = this.#field(field, within);
    this.fields += 1;
    if (this.hands === 'mouse') return input.fill(text);
    await this.#reach(input);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  async sees(text: string | RegExp, within?: Locator): Promise<void> {
    await (within ?? this.page).getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** The dialog on top. */
  dialog(title?: string | RegExp): Locator {
    return this.page.getByRole('dialog', title === undefined ? {} : { name: title }).last();
  }

  /** A label carries a star when its field has to be filled in. */
  #field(label: string, within: Locator | undefined): Locator {
    const words = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return (within ?? this.page).getByLabel(new RegExp(`^${words}\\*?$`)).first();
  }

  async #click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  async #reach(target: Locator): Promise<void> {
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      const way = await target.evaluate(wayTo);
      if (way === 'here') return;
      await this.page.keyboard.press(way === 'back' ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`The keyboard does not get to ${String(target)}.`);
  }

  /** The strip is one stop; its arrows select. */
  async #selectTab(target: Locator): Promise<void> {
    const strip = target.locator('xpath=ancestor::*[@role="tablist"]');
    await this.#reach(strip.locator('[aria-selected="true"]'));
    await this.#arrowTo(target, 'ArrowRight');
  }

  async #chooseRadio(target: Locator): Promise<void> {
    const name = await target.getAttribute('name');
    const chosen = this.page.locator(`input[name="${name ?? ''}"]:checked`);
    await this.#reach((await chosen.count()) > 0 ? chosen : target);
    await this.#arrowTo(target, 'ArrowDown');
    if (!(await target.isChecked())) await this.page.keyboard.press('Space');
  }

  async #arrowTo(target: Locator, arrow: string): Promise<void> {
    for (let presses = 0; presses < MOST_STOPS; presses += 1) {
      if ((await target.evaluate(wayTo)) === 'here') return;
      await this.page.keyboard.press(arrow);
    }
    throw new Error(`The arrows do not get to ${String(target)}.`);
  }
}
