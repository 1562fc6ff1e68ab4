import type { Amount, Group } from '../cube';
import { otherValues } from '../cube';
import { element } from '../dom';
import { amountPlain, amountText, compareAmounts } from '../drill';
import type { Column } from '../table';

/** A part of a section and how to draw it anew. */
export interface Part {
  element: HTMLElement;
  draw: () => void;
}

/** A part under a heading of its own. */
export function part(title: string, ...children: (Node | null)[]): HTMLElement {
  return element('div', { class: 'part' }, element('h3', {}, title), ...children);
}

/** A column of requests. */
export function amountColumn<T extends { amount: Amount }>(
  name: string, cell: (row: T) => HTMLElement | string,
): Column<T> {
  return {
    key: 'requests', name, className: 'number', descending: true, cell, text: (row) => amountPlain(row.amount),
    compare: (a, b) => compareAmounts(a.amount, b.amount),
  };
}

/** What the rest of a table counts, in words; empty without a rest. */
export function restText(groups: readonly Group[], noun: string): string {
  const rest = groups.find((group) => group.code === otherValues);
  return rest === undefined || rest.amount.most === 0
    ? ''
    : `${amountText(rest.amount)} more requests have ${noun} that the page does not break down.`;
}
