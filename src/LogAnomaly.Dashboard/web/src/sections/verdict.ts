import { element } from '../dom';
import { about, bytes, count, counted, percent } from '../format';
import { verdict } from '../model';
import type { Page } from '../page';
import { dateTime, parseTime } from '../time';

function fact(name: string, value: string, note = ''): HTMLElement {
  return element(
    'div',
    { class: 'fact' },
    element('dt', {}, name),
    element('dd', {}, value, note === '' ? null : element('span', { class: 'note' }, note)),
  );
}

/** A time without its seconds, which the period does not need; its blank does not break. */
function minutes(text: string): string {
  return dateTime(text).slice(0, 16).replace(' ', '\u00a0');
}

function facts(page: Page): HTMLElement {
  const { ledger, summary } = page.data;
  const list = element('dl', { class: 'facts' });
  if (summary.firstSeen !== undefined && summary.lastSeen !== undefined) {
    const length = about(parseTime(summary.lastSeen).instant - parseTime(summary.firstSeen).instant);
    list.append(fact('Period', `${minutes(summary.firstSeen)} to ${minutes(summary.lastSeen)}`, length));
  } else {
    list.append(fact('Period', 'Not known', 'no event has a time'));
  }

  list.append(
    fact('Events', count(summary.eventCount)),
    fact('Lines read', count(ledger.linesRead), `${bytes(ledger.bytes)} in ${counted(ledger.entries.length, 'file')}`),
    fact(
      'Not understood',
      ledger.linesRead === 0 ? '0' : percent(ledger.unparsed / ledger.linesRead),
      counted(ledger.unparsed, 'line'),
    ),
  );
  if (summary.sourceCount > 0) {
    list.append(fact('Source addresses', count(summary.sourceCount)));
  }

  if (summary.userCount > 0) {
    list.append(fact('Users', count(summary.userCount)));
  }

  return list;
}

/** What cannot be overlooked: files that were not read to their end. */
function failures(page: Page): HTMLElement | null {
  const failed = page.data.ledger.entries.filter((entry) => entry.error !== undefined);
  return failed.length === 0 ? null : element(
    'p',
    { class: 'warning' },
    `${counted(failed.length, 'file was', 'files were')} not read to the end. `,
    element('a', { href: '#ledger' }, 'See why'),
  );
}

/** The first thing to read: the verdict in a sentence, the anomalies by severity, and what was read. */
export function verdictSection(page: Page): HTMLElement {
  const { data, zones } = page;
  const chips = data.severities.map((entry) => element(
    'li',
    { class: `chip ${entry.count === 0 ? 'none' : entry.name.toLowerCase()}` },
    element('b', {}, count(entry.count)),
    entry.name,
  ));
  return element(
    'section',
    { id: 'verdict', 'aria-label': 'Verdict' },
    element('p', { class: 'verdict' }, verdict(data)),
    data.anomalyCount === 0 ? null : element('ul', { class: 'chips', 'aria-label': 'Anomalies by severity' }, ...chips),
    failures(page),
    facts(page),
    element(
      'p',
      { class: 'muted small' },
      `Times are by the clock of the log, ${zones.name}${zones.mixed ? '; each says its own' : ''}.`,
    ),
  );
}
