import './styles/drill.css';
import type { Amount } from './cube';
import type { DimensionName } from './data';
import { button, logText } from './dom';
import type { Filter } from './filter';
import { toggled, valuesOf } from './filter';
import { count, counted } from './format';
import type { View } from './view';
import { visibleText } from './visible';

/** What dimensions are called within a sentence. */
export const dimensionWords: Readonly<Record<DimensionName, string>> = {
  kind: 'kind', level: 'level', outcome: 'outcome', host: 'host', program: 'program', source: 'source',
  country: 'country', user: 'user', action: 'action', template: 'template', path: 'path', status: 'status',
  agent: 'user agent',
};

/** An amount in words: `1,203`, or, where the page cannot tell, `at least 1,203`, `12 to 340`. */
export function amountText({ least, most }: Amount): string {
  if (least === most) {
    return count(least);
  }

  // A bound far above says little, and nothing that fits a column.
  return most <= least * 2 || least === 0 ? `${count(least)} to ${count(most)}` : `at least ${count(least)}`;
}

/** An amount with its noun: `1 event`, `12 to 340 events`. */
export function eventsText(amount: Amount): string {
  return `${amountText(amount)} ${amount.least === 1 && amount.most === 1 ? 'event' : 'events'}`;
}

/** An amount as a number without separators, for other programs; bounds are parted by two dots. */
export function amountPlain({ least, most }: Amount): string {
  return least === most ? String(least) : `${String(least)}..${String(most)}`;
}

/** Orders amounts, the least first. */
export function compareAmounts(left: Amount, right: Amount): number {
  return left.least - right.least || left.most - right.most;
}

/**
 * A number that leads to its lines: it narrows the filter by a part. `description` says what it counts, beginning with
 * the number: `482 events of 203.0.113.7`.
 */
export function drill(view: View, text: string, part: Partial<Filter>, description: string): HTMLButtonElement {
  const name = description.startsWith(text) ? description : `${text}: ${description}`;
  return button(text, { class: 'drill', 'aria-label': `${visibleText(name)}: show lines` }, () => {
    view.showLines(part);
  });
}

/** A number of findings that leads to them: it narrows the filter by a part. */
export function drillFindings(view: View, found: number, part: Partial<Filter>, whose: string): HTMLElement | string {
  return found === 0 ? '0' : button(count(found), {
    class: 'drill', 'aria-label': `${counted(found, 'finding')} ${visibleText(whose)}: show them`,
  }, () => { view.changeAt('anomalies', part); });
}

/** An amount of the events with a value, leading to their lines. */
export function drillAmount(view: View, amount: Amount, dimension: DimensionName, value: string): HTMLElement | string {
  const text = amountText(amount);
  return amount.most === 0
    ? text
    : drill(view, text, only(view, dimension, value), `${eventsText(amount)} of ${value.slice(0, 120)}`);
}

/** The part of a filter that asks for exactly one value of a dimension beside what is asked for already. */
export function only(view: View, dimension: DimensionName, value: string): Partial<Filter> {
  return { values: { ...view.filter.values, [dimension]: [value] } };
}

/** A value that is a switch of the filter. */
export function pick(view: View, dimension: DimensionName, value: string): HTMLButtonElement {
  const isOn = valuesOf(view.filter, dimension).includes(value);
  const made = button('', {
    class: 'pick',
    'aria-pressed': isOn ? 'true' : 'false',
    title: isOn
      ? `Show other values of ${dimensionWords[dimension]} again`
      : `Show only this ${dimensionWords[dimension]}`,
  }, () => { view.set(toggled(view.filter, dimension, value)); });
  made.append(logText(value));
  return made;
}
