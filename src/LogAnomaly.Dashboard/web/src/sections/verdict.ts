import type { Severity } from '../data';
import { button, element, logText, sentence } from '../dom';
import { drill } from '../drill';
import { everything } from '../filter';
import { about, bytes, count, counted, percent } from '../format';
import type { Incident } from '../incidents';
import { cautions, cuts, knowsLog, verdict } from '../model';
import { dateTime, parseTime } from '../time';
import type { View } from '../view';

/** The kind of events that no parser understood. */
const unparsedKind = 'Unparsed';

function fact(name: string, value: string | HTMLElement, note = ''): HTMLElement {
  return element(
    'div',
    { class: 'fact' },
    element('dt', {}, name),
    element('dd', {}, typeof value === 'string' ? sentence(value) : value,
      note === '' ? null : element('span', { class: 'note' }, sentence(note))),
  );
}

/** A time without its seconds, which the period does not need. */
function minutes(text: string): string {
  return dateTime(text).slice(0, 16);
}

/** A share of all lines, in brackets of words. */
function ofLines(lines: number, linesRead: number): string {
  return linesRead === 0 ? '' : `${percent(lines / linesRead)} of the lines`;
}

function period(view: View): HTMLElement {
  const { summary } = view.data;
  if (summary.firstSeen === undefined || summary.lastSeen === undefined) {
    return fact('Period', 'Not known', 'no event has a time');
  }

  const length = about(parseTime(summary.lastSeen).instant - parseTime(summary.firstSeen).instant);
  const [from, to] = [minutes(summary.firstSeen), minutes(summary.lastSeen)];
  const end = to.startsWith(from.slice(0, 10)) ? to.slice(11) : to;
  const zone = `${view.zones.name}${view.zones.mixed ? ', each time says its own' : ''}`;
  return fact('Period by the log’s clock', from === to ? from : `${from} to ${end}`, `${length}, ${zone}`);
}

/** A number of the whole log that leads to its lines, whatever the filter is. */
function linesOf(
  view: View, value: number, noun: readonly [string, string], kind: readonly string[],
): HTMLElement | string {
  const values = kind.length === 0 ? {} : { kind };
  return value === 0 ? '0' : drill(view, count(value), { ...everything, from: undefined, to: undefined, values },
    `${counted(value, ...noun)} of the whole log`);
}

/** The number of lines that were read, which leads to their account: blank lines and headings are no events. */
function filesOf(view: View, value: number): HTMLElement | string {
  return value === 0 ? '0' : button(count(value), {
    class: 'drill', 'aria-label': `${counted(value, 'line')} read: show the files`,
  }, () => { view.goTo('ledger'); });
}

function facts(view: View): HTMLElement {
  const { data } = view;
  const { ledger, summary } = data;
  const sources = summary.sourceCount > 0 ? counted(summary.sourceCount, 'source') : '';
  const users = summary.userCount > 0 ? counted(summary.userCount, 'user') : '';
  // Where all lines were parsed, no filter is needed to ask for them.
  const parsedKinds = ledger.unparsed === 0 ? []
    : summary.kinds.map((kind) => kind.name).filter((kind) => kind !== unparsedKind);
  const list = element(
    'dl',
    { class: 'facts' },
    period(view),
    fact('Events', linesOf(view, summary.eventCount, ['event', 'events'], []),
      [sources, users].filter((part) => part !== '').join(', ')),
    fact('Lines read', filesOf(view, ledger.linesRead),
      `${bytes(ledger.bytes)} in ${counted(ledger.entries.length, 'file')}`),
    fact('Parsed', linesOf(view, ledger.parsed, ['parsed line', 'parsed lines'], parsedKinds),
      ofLines(ledger.parsed, ledger.linesRead)),
    fact('Not understood', linesOf(view, ledger.unparsed, ['line not understood', 'lines not understood'],
      [unparsedKind]), ofLines(ledger.unparsed, ledger.linesRead)),
    fact('Skipped', count(ledger.skipped), 'blank or headings'),
  );
  if (data.suppressed > 0) {
    list.append(fact('Hidden', counted(data.suppressed, 'finding'), 'by suppressions'));
  }

  if (data.heldBack > 0) {
    list.append(fact('Held back', counted(data.heldBack, 'finding'), 'by the alert budget'));
  }

  // Nothing could be judged of what was not understood.
  if (data.falseAlarmsPerDay > 0 && ledger.parsed > 0) {
    const rate = data.falseAlarmsPerDay < 0.1 ? 'under 0.1' : data.falseAlarmsPerDay.toFixed(1).replace(/\.0$/, '');
    list.append(fact('False alarms', `${rate} a day`, 'expected of the learned detectors'));
  }

  return list;
}

/** Counts by severity, each a button that filters by it. */
function severityButtons(view: View): HTMLElement {
  const buttons = view.data.severities.map((entry) => {
    const name = entry.name as Severity;
    const made = button('', {
      class: `chip ${entry.count === 0 ? 'none' : name.toLowerCase()}`,
      disabled: entry.count === 0, 'data-severity': name, 'aria-pressed': 'false',
    }, () => {
      const now = view.filter.severities;
      view.change({ severities: now.includes(name) ? now.filter((other) => other !== name) : [...now, name] });
    });
    made.append(element('b', {}, count(entry.count)), name);
    return made;
  });
  const mark = (): void => {
    buttons.forEach((made) => {
      const isChosen = view.filter.severities.some((severity) => severity === made.dataset['severity']);
      made.setAttribute('aria-pressed', String(isChosen));
    });
  };
  mark();
  view.onChange(mark);
  return element('ul', { class: 'chips', 'aria-label': 'Findings by severity' },
    ...buttons.map((made) => element('li', {}, made)));
}

function warnings(view: View): HTMLElement[] {
  return cautions(view.data).map(({ text, section, label }) => element(
    'p',
    { class: 'warning' },
    `${text} `,
    section === undefined ? null : button(label ?? 'See', { class: 'link' }, () => { view.goTo(section); }),
  ));
}

/** The first thing to read: the verdict in a sentence, the findings by severity, and what was read. */
export function verdictSection(view: View, incidents: readonly Incident[]): HTMLElement {
  const { data } = view;
  const words = verdict(data, incidents).map((phrase) => (
    phrase.fromLog === true ? logText(phrase.text) : sentence(phrase.text)));
  const worst = incidents[0]?.findings[0]?.severity;
  const kept = cuts(data);
  return element(
    'section',
    { id: 'verdict', 'aria-labelledby': 'verdict-heading' },
    element('h2', { id: 'verdict-heading', class: 'eyebrow', tabindex: -1 }, 'Verdict'),
    element('p', { class: worst === undefined ? 'verdict' : `verdict is-${worst.toLowerCase()}` }, ...words),
    data.anomalyCount === 0 ? null : severityButtons(view),
    ...warnings(view),
    ...(knowsLog(data) ? [facts(view)] : []),
    kept.length === 0 ? null : element('p', { class: 'note' }, kept.join(' ')),
  );
}
