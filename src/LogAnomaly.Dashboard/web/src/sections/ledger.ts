import type { LedgerEntryData } from '../data';
import { element, logText, scroller, section } from '../dom';
import { bytes, count } from '../format';
import type { Page } from '../page';

type Numbers = Pick<LedgerEntryData, 'linesRead' | 'parsed' | 'unparsed' | 'skipped' | 'bytes'>;

function numbers(entry: Numbers): HTMLElement[] {
  return [
    ...[entry.linesRead, entry.parsed, entry.unparsed, entry.skipped]
      .map((value) => element('td', { class: 'number' }, count(value))),
    element('td', { class: 'number' }, bytes(entry.bytes)),
  ];
}

function notes(entry: LedgerEntryData): HTMLElement | null {
  const said = [
    entry.truncated > 0 ? `${count(entry.truncated)} cut at the limit of a line` : '',
    entry.filtered > 0 ? `${count(entry.filtered)} left out by a filter` : '',
  ].filter((note) => note !== '').join('; ');
  return said === '' && entry.error === undefined ? null : element(
    'div',
    { class: 'note' },
    said,
    entry.error === undefined ? null : element('p', { class: 'warning' }, logText(entry.error)),
  );
}

function shapes(page: Page): HTMLElement | null {
  const rows = page.data.ledger.entries.flatMap((entry) => entry.shapes.map((shape) => ({ entry, shape })))
    .sort((a, b) => b.shape.count - a.shape.count)
    .slice(0, 100);
  if (rows.length === 0) {
    return null;
  }

  const names = [['Lines', 'number'], ['Shape', ''], ['Example', ''], ['At', '']] as const;
  return element(
    'div',
    {},
    element('h3', {}, 'Lines that no parser understood'),
    element(
      'p',
      { class: 'muted' },
      'By shape: a run of letters is shown as a, a run of digits as 0. Such lines are events too, but without fields.',
    ),
    scroller('Shapes of lines not understood', element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...names.map(([name, kind]) => element(
        'th', { scope: 'col', class: kind === '' ? undefined : kind }, name)))),
      element('tbody', {}, ...rows.map(({ entry, shape }) => element(
        'tr',
        {},
        element('td', { class: 'number' }, count(shape.count)),
        element('td', { class: 'shape' }, element('code', {}, logText(shape.shape))),
        element('td', { class: 'template-text' }, element('code', {}, logText(shape.example))),
        element('td', { class: 'path' }, logText(`${entry.path}:${String(shape.line)}`)),
      ))),
    )),
  );
}

/** The account of every line: what was read from each file and what became of it. */
export function ledgerSection(page: Page): HTMLElement {
  const { ledger } = page.data;
  if (ledger.entries.length === 0) {
    return section('ledger', 'Files and lines', element('p', { class: 'empty' }, 'No file was read.'));
  }

  const names = ['Lines', 'Parsed', 'Not understood', 'Skipped', 'Size'];
  const table = element(
    'table',
    { class: 'ledger' },
    element('caption', { class: 'hidden' }, 'Files and lines'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, 'File'),
        element('th', { scope: 'col' }, 'Format'),
        ...names.map((name) => element('th', { scope: 'col', class: 'number' }, name)),
      ),
    ),
    element('tbody', {}, ...ledger.entries.map((entry) => element(
      'tr',
      {},
      element('th', { scope: 'row', class: 'path' }, logText(entry.path), notes(entry)),
      element('td', {}, entry.format),
      ...numbers(entry),
    ))),
    ledger.entries.length > 1
      ? element('tfoot', {}, element('tr', {}, element('th', { scope: 'row', colspan: 2 }, 'All'), ...numbers(ledger)))
      : null,
  );
  return section(
    'ledger',
    'Files and lines',
    element('p', { class: 'muted' }, 'Every line is parsed, not understood, or skipped as blank or as a heading.'),
    scroller('Files and lines', table),
    shapes(page),
  );
}
