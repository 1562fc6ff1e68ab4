import { element, sentence } from '../dom';
import { about, bytes, count, counted, percent } from '../format';
import { knowsLog, verdict } from '../model';
import type { Page } from '../page';
import { dateTime, parseTime } from '../time';

function fact(name: string, value: string, note = ''): HTMLElement {
  return element(
    'div',
    { class: 'fact' },
    element('dt', {}, name),
    element('dd', {}, sentence(value), note === '' ? null : element('span', { class: 'note' }, note)),
  );
}

/** A time without its seconds, which the period does not need. */
function minutes(text: string): string {
  return dateTime(text).slice(0, 16);
}

function facts(page: Page): HTMLElement {
  const { ledger, summary } = page.data;
  const list = element('dl', { class: 'facts' });
  if (summary.firstSeen !== undefined && summary.lastSeen !== undefined) {
    const length = about(parseTime(summary.lastSeen).instant - parseTime(summary.firstSeen).instant);
    const [from, to] = [minutes(summary.firstSeen), minutes(summary.lastSeen)];
    list.append(fact('Period', from === to ? from : `${from} to ${to}`, length));
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

/** Lines without fields are judged by little; beyond a tenth of all lines the verdict is weak, and the page says so. */
function doubt(page: Page): HTMLElement | null {
  const { linesRead, unparsed } = page.data.ledger;
  return linesRead === 0 || unparsed / linesRead < 0.1 ? null : element(
    'p',
    { class: 'warning' },
    `${percent(unparsed / linesRead)} of the lines were not understood, so the verdict says little about them. `,
    element('a', { href: '#ledger' }, 'See which'),
  );
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
  const clock = element(
    'p',
    { class: 'muted small' },
    `Times are by the clock of the log, ${zones.name}${zones.mixed ? '; each says its own' : ''}.`,
  );
  return element(
    'section',
    { id: 'verdict', 'aria-label': 'Verdict' },
    element('p', { class: 'verdict' }, sentence(verdict(data))),
    data.anomalyCount === 0 ? null : element('ul', { class: 'chips', 'aria-label': 'Anomalies by severity' }, ...chips),
    failures(page),
    doubt(page),
    ...(knowsLog(data) ? [facts(page), clock] : []),
  );
}
