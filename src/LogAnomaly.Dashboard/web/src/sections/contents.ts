import { otherValues } from '../cube';
import type { Group } from '../cube';
import type { DimensionName } from '../data';
import { button, element, logText, section } from '../dom';
import { drillAmount } from '../drill';
import { toggled, valuesOf } from '../filter';
import { counted, percent } from '../format';
import type { View } from '../view';

/** Values of a card that are shown at first. */
const shownAtFirst = 8;

/** Values of a card that can be shown at all; the pickers of the filter find the others. */
const mostShown = 200;

const cards: readonly [DimensionName, string][] = [
  ['level', 'Level'], ['outcome', 'Outcome'], ['kind', 'Kind of event'], ['program', 'Programs and modules'],
  ['host', 'Hosts'], ['user', 'Users'], ['action', 'Actions'], ['status', 'HTTP status'],
];

/** One value with its bar: its name filters by it, its number leads to the lines. */
function row(view: View, name: DimensionName, group: Group, most: number, total: number): HTMLElement {
  const fill = element('span', { class: 'fill' });
  // Through the CSSOM: the page's policy refuses style attributes.
  fill.style.width = `${String(Math.max(0.5, (group.amount.least / most) * 100))}%`;
  const label = name === 'level' && group.value === 'None' ? 'No level' : group.value;
  const isChosen = valuesOf(view.filter, name).includes(group.value);
  const switched = button('', { class: 'pick name', 'aria-pressed': String(isChosen) }, () => {
    view.set(toggled(view.filter, name, group.value));
  });
  switched.append(logText(label));
  return element(
    'li',
    { class: 'bar-row' },
    switched,
    element('span', { class: 'value' }, drillAmount(view, group.amount, name, group.value),
      element('small', {}, percent(total === 0 ? 0 : group.amount.least / total))),
    element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
  );
}

/** A card of values by frequency under the filter; the rest of a long list opens on demand. */
class Card {
  readonly element = element('div', { class: 'card' });
  private isOpen = false;

  constructor(private readonly view: View, private readonly name: DimensionName, private readonly heading: string) {
    this.redraw();
  }

  /** Draws the card for the filter as it is. */
  redraw(): void {
    const groups = this.view.by(this.name);
    const values = groups.filter((group) => group.code !== otherValues && group.amount.least > 0);
    const rest = groups.find((group) => group.code === otherValues)?.amount.least ?? 0;
    const total = this.view.total().least;
    const most = values.reduce((greatest, group) => Math.max(greatest, group.amount.least), 1);
    const shown = values.slice(0, this.isOpen ? mostShown : shownAtFirst);
    const hidden = Math.min(values.length, mostShown) - shown.length;
    this.element.hidden = values.length === 0;
    // The list is made anew under the reader's hands; the keyboard stays with the value that it was on.
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    const at = focused === null ? undefined : nameOf(focused);
    this.element.replaceChildren(
      element('h3', {}, this.heading),
      element('ol', { class: 'bars' }, ...shown.map((group) => row(this.view, this.name, group, most, total))),
      rest === 0 ? '' : element('p', { class: 'note' }, `${counted(rest, 'event')} of rarer values`),
      hidden <= 0 ? '' : button(`Show ${counted(hidden, 'more', 'more')}`, { class: 'quiet' }, () => {
        this.isOpen = true;
        this.redraw();
      }),
    );
    if (focused !== null) {
      [...this.element.querySelectorAll('button')]
        .find((made) => nameOf(made) === at)?.focus({ preventScroll: true });
    }
  }
}

/** What tells a control of a card from the others when they are made anew. */
function nameOf(control: Element): string {
  const value = control.closest('li')?.firstElementChild?.textContent ?? '';
  return `${control.className} ${value}`;
}

/** Cards that repeat what the section of a kind of log shows as a table. */
const shownElsewhere: Readonly<Partial<Record<DimensionName, string>>> = { status: 'Access', program: 'System' };

/** What the log holds: events by level, outcome, program, host, user and more; each value filters the page. */
export function contentsSection(view: View): HTMLElement | null {
  const kinds = view.data.summary.kinds.filter((kind) => kind.count > 0).map((kind) => kind.name);
  const made = cards
    .filter(([name]) => view.cube.has(name) && !kinds.includes(shownElsewhere[name] ?? '') && view.by(name).length > 1)
    .map(([name, heading]) => new Card(view, name, heading));
  if (made.length === 0) {
    return null;
  }

  view.onChange(() => { made.forEach((card) => { card.redraw(); }); });
  return section(
    'contents',
    'What the log holds',
    element('p', { class: 'note' }, 'Events with each value, and their share of all events under the filter. '
      + 'A value filters by it, a number leads to its lines.'),
    element('div', { class: 'cards' }, ...made.map((card) => card.element)),
  );
}
