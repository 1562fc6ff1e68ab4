import type { NameCount } from '../data';
import { button, element, logText, section } from '../dom';
import { count, counted, percent } from '../format';
import type { Page } from '../page';

const shownAtFirst = 8;

function row(entry: NameCount, most: number, total: number): HTMLElement {
  const share = percent(total === 0 ? 0 : entry.count / total);
  const fill = element('span', { class: 'fill' });
  // Through the CSSOM: the page's policy refuses style attributes.
  fill.style.width = `${String(Math.max(0.5, (entry.count / most) * 100))}%`;
  return element(
    'li',
    {},
    element('span', { class: 'name' }, entry.name === '' ? element('i', {}, 'empty') : logText(entry.name)),
    element('span', { class: 'value' }, count(entry.count), element('small', {}, share)),
    element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
  );
}

/** Values and how often they occur, as horizontal bars; the rest of a long list opens on demand. */
export function tally(heading: string, entries: readonly NameCount[], total: number, note = ''): HTMLElement | null {
  if (entries.length === 0) {
    return null;
  }

  const most = entries.reduce((greatest, entry) => Math.max(greatest, entry.count), 1);
  const first = entries.slice(0, shownAtFirst);
  const list = element('ol', { class: 'bars' }, ...first.map((entry) => row(entry, most, total)));
  const card = element(
    'div',
    { class: 'card' },
    element('h3', {}, heading, note === '' ? null : element('span', { class: 'note' }, note)),
    list,
  );
  const rest = entries.slice(shownAtFirst);
  if (rest.length > 0) {
    const more = button(`Show ${counted(rest.length, 'more', 'more')}`, { class: 'link' }, () => {
      list.append(...rest.map((entry) => row(entry, most, total)));
      more.remove();
    });
    card.append(more);
  }

  return card;
}

function distinct(known: number, listed: number): string {
  return known > listed ? `${count(listed)} of ${count(known)}` : '';
}

/** What the log holds: events by level, address, program, user, HTTP status, host, kind and outcome. */
export function contentsSection(page: Page): HTMLElement {
  const { summary } = page.data;
  const total = summary.eventCount;
  const byLevel = summary.levels.map((entry) => (entry.name === 'None' ? { ...entry, name: 'No level' } : entry));
  const cards = [
    tally('Level', byLevel, total),
    tally('Programs and modules', summary.programs, total),
    tally('Source addresses', summary.sources, total, distinct(summary.sourceCount, summary.sources.length)),
    tally('Users', summary.users, total, distinct(summary.userCount, summary.users.length)),
    tally('HTTP status', summary.statusCodes, total),
    tally('Hosts', summary.hosts, total),
    summary.kinds.length > 1 ? tally('Kind of event', summary.kinds, total) : null,
    summary.outcomes.length > 1 ? tally('Outcome', summary.outcomes, total) : null,
  ].filter((card) => card !== null);
  if (cards.length === 0) {
    return section('contents', 'What the log holds', element('p', { class: 'empty' }, 'No event was read.'));
  }

  return section(
    'contents',
    'What the log holds',
    element('p', { class: 'muted' }, 'Events with each value, and their share of all events.'),
    summary.sources.length === 0
      ? element('p', { class: 'empty' }, 'No event names a source address.')
      : null,
    element('div', { class: 'cards' }, ...cards),
  );
}
