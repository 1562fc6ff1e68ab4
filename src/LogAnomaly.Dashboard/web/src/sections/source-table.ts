import { countryName } from '../countries';
import type { AnomalyData } from '../data';
import { button, element, logText } from '../dom';
import { amountPlain, amountText, compareAmounts, drill, drillFindings, eventsText, pick } from '../drill';
import { sourceOf } from '../entity';
import type { Filter } from '../filter';
import { toggled, valuesOf } from '../filter';
import { count, counted } from '../format';
import type { SourceRow } from '../origins';
import { sourceRows } from '../origins';
import type { Column } from '../table';
import { DataTable } from '../table';
import { shown } from '../time';
import type { View } from '../view';

const shownUsers = 3;

/** Values of the filter that lead to the lines of a source. */
function valuesWith(view: View, row: SourceRow, more: Filter['values']): Filter['values'] {
  return { ...view.filter.values, source: [row.source.name], ...more };
}

function outcomeCell(view: View, row: SourceRow, value: number, outcome: string, words: string): HTMLElement | string {
  return value === 0 ? '0' : drill(
    view, count(value), { values: valuesWith(view, row, { outcome: [outcome] }) },
    `${count(value)} ${words} of ${row.source.name.slice(0, 120)}`);
}

/** Whether a login of the source was accepted after others had failed. */
function brokeIn(row: SourceRow): boolean {
  return row.source.acceptedUser !== undefined;
}

function acceptedCell(view: View, row: SourceRow): HTMLElement | string {
  const number = outcomeCell(view, row, row.source.accepted, 'Success', 'accepted logins');
  if (row.source.acceptedUser === undefined) {
    return number;
  }

  return element(
    'div', { class: 'accepted' }, element('span', { class: 'break-in' }, number, ' after failures'),
    element('span', { class: 'small' }, ' as ', logText(row.source.acceptedUser.slice(0, 120))));
}

function usersCell(view: View, row: SourceRow): HTMLElement | string {
  const { topUsers, users } = row.source;
  if (users === 0 && topUsers.length === 0) {
    return '';
  }

  const named = topUsers.slice(0, shownUsers).map((user) => element(
    'span', {}, pick(view, 'user', user.name), ' ',
    drill(view, count(user.count), { values: valuesWith(view, row, { user: [user.name] }) },
      `${count(user.count)} logins of ${row.source.name.slice(0, 120)} as ${user.name.slice(0, 120)}`)));
  const more = users - named.length;
  return element(
    'div', { class: 'tried' }, ...named,
    more > 0 ? element('span', { class: 'muted' }, `${count(more)} more`) : null);
}

function usersText(row: SourceRow): string {
  return row.source.topUsers.map((user) => `${user.name} (${String(user.count)})`).join('; ');
}

function countryCell(view: View, row: SourceRow): HTMLElement {
  const isOn = valuesOf(view.filter, 'country').includes(row.country);
  return button(countryName(row.country), {
    class: 'pick', 'aria-pressed': isOn ? 'true' : 'false',
    title: isOn ? 'Show other countries again' : 'Show only these',
  }, () => { view.set(toggled(view.filter, 'country', row.country)); });
}

function numberColumn(
  key: string, name: string, value: (row: SourceRow) => number, cell: (row: SourceRow) => HTMLElement | string,
): Column<SourceRow> {
  return {
    key, name, className: 'number', descending: true, cell, text: (row) => String(value(row)),
    compare: (a, b) => value(a) - value(b),
  };
}

function timeColumn(view: View, key: 'firstSeen' | 'lastSeen', name: string): Column<SourceRow> {
  return {
    key, name, className: 'time', cell: (row) => shown(row.source[key], view.zones),
    text: (row) => row.source[key] ?? '',
    // ISO times of different offsets do not sort as text.
    compare: (a, b) => (Date.parse(a.source[key] ?? '') || 0) - (Date.parse(b.source[key] ?? '') || 0),
  };
}

/** The findings of each source under the filter, which lead to them. */
function findingsColumn(view: View, findings: () => ReadonlyMap<string, number>): Column<SourceRow> {
  const found = (row: SourceRow): number => findings().get(row.source.name) ?? 0;
  return numberColumn('findings', 'Findings', found, (row) => drillFindings(
    view, found(row), { values: valuesWith(view, row, {}) }, `of ${row.source.name.slice(0, 120)}`));
}

/** How many findings each source has. */
function findingsBySource(findings: readonly AnomalyData[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const source = sourceOf(finding);
    if (source !== undefined) {
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
  }

  return counts;
}

function columns(view: View, hasLogins: boolean): Column<SourceRow>[] {
  const logins: Column<SourceRow>[] = [
    {
      ...numberColumn('failed', 'Failed', (row) => row.source.failed,
        (row) => outcomeCell(view, row, row.source.failed, 'Failure', 'failed logins')),
      hint: 'Failed logins. A line that says that a message was repeated counts as often as it says.',
    },
    {
      ...numberColumn('accepted', 'Accepted', (row) => row.source.accepted, (row) => acceptedCell(view, row)),
      // Those that broke in come before those that were always let in.
      compare: (a, b) => Number(brokeIn(a)) - Number(brokeIn(b)) || a.source.accepted - b.source.accepted,
    },
    {
      key: 'acceptedUser', name: 'Accepted after failures as', isExportOnly: true, cell: () => null,
      text: (row) => row.source.acceptedUser ?? '',
    },
    {
      key: 'users', name: 'Users tried', className: 'text', descending: true, cell: (row) => usersCell(view, row),
      text: usersText, compare: (a, b) => a.source.users - b.source.users,
    },
  ];
  return [
    {
      key: 'source', name: 'Source', isHeader: true, cell: (row) => pick(view, 'source', row.source.name),
      text: (row) => row.source.name,
      compare: (a, b) => a.source.name.localeCompare(b.source.name, 'en', { numeric: true }),
    },
    {
      key: 'country', name: 'Country or kind', cell: (row) => countryCell(view, row),
      text: (row) => countryName(row.country),
      compare: (a, b) => countryName(a.country).localeCompare(countryName(b.country), 'en'),
    },
    ...(hasLogins ? logins : []),
    timeColumn(view, 'firstSeen', 'First seen'),
    timeColumn(view, 'lastSeen', 'Last seen'),
    {
      key: 'events', name: 'Events', className: 'number', descending: true, text: amountPlain, compare: compareAmounts,
      cell: (row) => drill(view, amountText(row), { values: valuesWith(view, row, {}) },
        `${eventsText(row)} of ${row.source.name.slice(0, 120)}`),
    },
  ];
}

/** The sources with their logins, and how to draw them anew under another filter. */
export function sourceTable(view: View): { element: HTMLElement; draw: () => void } {
  const hasLogins = view.data.sources.some((source) => source.failed > 0 || source.accepted > 0);
  const hasFindings = findingsBySource(view.data.anomalies).size > 0;
  let findings = findingsBySource(view.anomalies());
  const [first = 'events'] = [...(hasLogins ? ['failed'] : []), ...(hasFindings ? ['findings'] : [])];
  const table = new DataTable<SourceRow>({
    id: 'source-table', caption: hasLogins ? 'Attack sources' : 'Sources', nouns: ['source', 'sources'],
    empty: 'No source fits the filter.', keyOf: (row) => row.source.name, order: { key: first, descending: true },
    columns: columns(view, hasLogins).flatMap((column) => (
      column.key === 'events' && hasFindings ? [findingsColumn(view, () => findings), column] : [column])),
  });
  const rest = element('p', { class: 'note' });
  return {
    element: element('div', {}, table.element, rest),
    draw: () => {
      findings = findingsBySource(view.anomalies());
      table.setRows(sourceRows(view).filter((row) => view.hasText(
        `${row.source.name} ${countryName(row.country)} ${usersText(row)} ${row.source.acceptedUser ?? ''}`)));
      const more = view.data.summary.sourceCount - view.data.sources.length;
      rest.textContent = more > 0
        ? 'The page keeps the sources of most failed logins and of most events; '
          + `the log has ${counted(more, 'source')} more.`
        : '';
    },
  };
}
