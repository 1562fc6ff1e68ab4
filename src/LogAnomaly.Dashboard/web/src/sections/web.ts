import '../styles/web.css';
import { Chart } from '../charts/echarts';
import { statusOption, statusSeries, statusWords } from '../charts/status';
import type { Amount, Group } from '../cube';
import { otherValues } from '../cube';
import { element, section } from '../dom';
import { amountPlain, amountText, drill, drillAmount, pick } from '../drill';
import { bytes, count, percent } from '../format';
import { statusClass, statusName } from '../http';
import { DataTable } from '../table';
import type { View } from '../view';
import { agentPart } from './agents';
import { admits, requestTable } from './requests';
import { sparkline, trendText } from './sparkline';
import type { Part } from './web-parts';
import { amountColumn, part, restText } from './web-parts';

/** Requests of one value under the filter. */
export interface WebRow {
  value: string;
  amount: Amount;
  /** Those that were answered with 4xx or 5xx. */
  errors: Amount;
  bytes: number;
  trend: Float64Array | undefined;
}

/** Requests by path with their errors. */
export function pathRows(view: View): WebRow[] {
  const { cube } = view;
  const query = view.query();
  const asked = query.where.get('status');
  const wrong = new Set<number>();
  view.by('status', { withNone: false }).forEach(({ code, value }) => {
    if (statusClass(value) >= 4 && (asked === undefined || asked.has(code))) {
      wrong.add(code);
    }
  });
  const where = new Map([...query.where, ['status', wrong] as const]);
  const errors = new Map(wrong.size === 0 ? [] : cube.by('path', { ...query, where })
    .map((group) => [group.code, group.amount]));
  const trends = view.series('path').counts;
  return view.by('path')
    .filter((group) => group.code !== otherValues && view.hasText(group.value))
    .map((group) => ({
      value: group.value, amount: group.amount, errors: errors.get(group.code) ?? { least: 0, most: 0 },
      bytes: group.bytes, trend: trends.get(group.code),
    }));
}

/** What was asked of web servers; null without access logs. */
export function webSection(view: View): HTMLElement | null {
  if (!view.data.summary.kinds.some((kind) => kind.name === 'Access' && kind.count > 0)) {
    return null;
  }

  const [status, paths, codes, agents] = [statusPart(view), pathPart(view), codePart(view), agentPart(view)];
  const requests = requestParts(view);
  const parts = [status, paths, codes, agents, ...requests];
  const draw = (): void => { parts.forEach((part) => { part.draw(); }); };
  view.onChange(draw);
  draw();
  return section(
    'web',
    'Web requests',
    status.element,
    paths.element,
    element('div', { class: 'pair-of-parts' }, codes.element, agents.element),
    ...requests.map((request) => request.element),
  );
}

function statusPart(view: View): Part {
  const box = element('div', { class: 'chart status-chart', 'aria-hidden': 'true' });
  const words = element('p', { class: 'note' });
  let chart: Chart | undefined;
  let series = statusSeries(view);
  return {
    element: part('Answers over time', words, box),
    draw: () => {
      series = statusSeries(view);
      const hasBars = series.classes.length > 0 && view.cube.steps > 0;
      words.textContent = statusWords(view, series)
        + (series.exact ? '' : ' Requests whose time or status the page cannot tell under this filter are left out.');
      box.hidden = !hasBars;
      if (chart !== undefined) {
        chart.draw();
      } else if (box.isConnected) {
        chart = new Chart(box, (width) => statusOption(view, series, width));
      } else if (hasBars) {
        // A chart measures its box, which is not in the page yet.
        requestAnimationFrame(() => {
          chart ??= box.isConnected ? new Chart(box, (width) => statusOption(view, series, width)) : undefined;
        });
      }
    },
  };
}

/** Status codes under the filter that tell of an error. */
function errorCodes(view: View): string[] {
  return view.by('status').map((group) => group.value).filter((code) => statusClass(code) >= 4);
}

function errorShare(row: WebRow): number {
  return row.errors.least / Math.max(1, row.amount.least);
}

function errorCell(view: View, row: WebRow, codes: readonly string[]): HTMLElement | string {
  const isExact = row.errors.least === row.errors.most && row.amount.least === row.amount.most;
  if (row.errors.most === 0) {
    return '0%';
  }

  const least = percent(row.errors.least / Math.max(1, row.amount.most));
  const text = isExact ? percent(errorShare(row)) : `at least ${least}`;
  return drill(view, text, { values: { ...view.filter.values, path: [row.value], status: codes } },
    `${text}: ${amountText(row.errors)} errors of ${row.value.slice(0, 120)}`);
}

function pathPart(view: View): Part {
  let codes: string[] = [];
  const hasBytes = view.data.cube.tables.some((table) => table.bytes !== undefined);
  const rest = element('p', { class: 'note' });
  const table = new DataTable<WebRow>({
    id: 'path-table', caption: 'Paths', nouns: ['path', 'paths'], empty: 'No path fits the filter.',
    keyOf: (row) => row.value, order: { key: 'requests', descending: true },
    columns: [
      {
        key: 'path', name: 'Path', isHeader: true, className: 'text', cell: (row) => pick(view, 'path', row.value),
        text: (row) => row.value, compare: (a, b) => a.value.localeCompare(b.value, 'en'),
      },
      amountColumn('Requests', (row) => drillAmount(view, row.amount, 'path', row.value)),
      {
        key: 'errors', name: 'Errors', className: 'number', descending: true,
        cell: (row) => errorCell(view, row, codes),
        text: (row) => amountPlain(row.errors), compare: (a, b) => errorShare(a) - errorShare(b),
      },
      ...(hasBytes ? [{
        key: 'bytes', name: 'Sent', className: 'number', descending: true, cell: (row: WebRow) => bytes(row.bytes),
        text: (row: WebRow) => String(row.bytes), compare: (a: WebRow, b: WebRow) => a.bytes - b.bytes,
      }] : []),
      {
        key: 'trend', name: 'Over time', className: 'chart-cell', cell: (row) => sparkline(view, row.trend),
        text: (row) => trendText(view, row.trend),
      },
    ],
  });
  return {
    element: part('Paths', table.element, rest),
    draw: () => {
      codes = errorCodes(view);
      table.setRows(pathRows(view));
      rest.textContent = restText(view.by('path'), 'paths');
    },
  };
}

function codePart(view: View): Part {
  const table = new DataTable<Group>({
    id: 'status-table', caption: 'Status codes', nouns: ['status code', 'status codes'],
    empty: 'No status code fits the filter.', keyOf: (row) => row.value, order: { key: 'code', descending: false },
    columns: [
      {
        key: 'code', name: 'Status', isHeader: true,
        cell: (row) => [pick(view, 'status', row.value), ' ', statusName(row.value)], text: (row) => row.value,
        compare: (a, b) => a.value.localeCompare(b.value, 'en', { numeric: true }),
      },
      { key: 'name', name: 'Name', isExportOnly: true, cell: () => null, text: (row) => statusName(row.value) },
      amountColumn('Requests', (row) => drillAmount(view, row.amount, 'status', row.value)),
    ],
  });
  return {
    element: part('Status codes', table.element),
    draw: () => {
      table.setRows(view.by('status').filter((row) => (
        row.code !== otherValues && view.hasText(`${row.value} ${statusName(row.value)}`))));
    },
  };
}

function requestParts(view: View): Part[] {
  const { slowest, largest } = view.data;
  const scope = 'Of the whole log; the filter narrows them by time, source, path, status and text.';
  const made = (title: string, id: string, rows: typeof slowest, byDuration: boolean, without: string): Part => {
    if (rows.length === 0) {
      return { element: part(title, element('p', { class: 'empty' }, without)), draw: () => undefined };
    }

    const table = requestTable(view, id, title, byDuration);
    return {
      element: part(title, element('p', { class: 'note' }, `The ${count(rows.length)} `
        + `${byDuration ? 'slowest' : 'largest'}. ${scope}`), table.element),
      draw: () => { table.setRows(rows.filter((row) => admits(view, row))); },
    };
  };
  return [
    made('Slowest requests', 'slowest-table', slowest, true, 'The log does not tell how long requests took.'),
    made('Largest answers', 'largest-table', largest, false, 'The log does not tell how much was sent.'),
  ];
}
