import type { LedgerEntryData, PageData, ShapeData } from '../data';
import { element, logText, section } from '../dom';
import { drill } from '../drill';
import { everything } from '../filter';
import { bytes, count, counted, percent } from '../format';
import { DataTable } from '../table';
import type { Column } from '../table';
import type { View } from '../view';
import { placeOf, rawBlock } from './kept-lines';

/** A shape of lines that no parser understood, with its file. */
export interface ShapeRow {
  entry: LedgerEntryData;
  shape: ShapeData;
  /** Of all lines that no parser understood, 0 to 1. */
  share: number;
}

/** The shapes of all files, the most frequent first. */
export function shapeRows(data: PageData): ShapeRow[] {
  const all = Math.max(1, data.ledger.unparsed);
  return data.ledger.entries
    .flatMap((entry) => entry.shapes.map((shape) => ({ entry, shape, share: Math.min(1, shape.count / all) })))
    .sort((a, b) => b.shape.count - a.shape.count);
}

/** What the page left out to stay small, in sentences; what it counts is whole all the same. */
export function cuts(data: PageData): string[] {
  const said: string[] = [];
  const { anomalies, anomalyCount, templates, templateCount, lines, summary, sources } = data;
  if (anomalies.length < anomalyCount) {
    said.push(`It holds the ${count(anomalies.length)} findings of the highest scores of ${count(anomalyCount)}.`);
  }

  if (templates.length < templateCount) {
    said.push(`It holds the ${count(templates.length)} most frequent of ${counted(templateCount, 'template')}.`);
  }

  if (sources.length < summary.sourceCount) {
    said.push(`It tells of ${count(sources.length)} of ${counted(summary.sourceCount, 'source')}.`);
  }

  if (lines.line.length < data.ledger.linesRead) {
    said.push(`It holds ${count(lines.line.length)} sample lines of ${count(data.ledger.linesRead)}, besides those of `
      + 'findings.');
  }

  const proofs = anomalies.flatMap((anomaly) => anomaly.evidence.filter((line) => line.cut !== undefined));
  const placed = proofs.filter((line) => line.raw === '').length;
  if (placed > 0) {
    said.push(`Of ${counted(placed, 'line')} of findings it says only where ${placed === 1
      ? 'it stands' : 'they stand'}; the commands show them.`);
  }

  const cutLines = Object.keys(lines.cut).length + proofs.length - placed;
  if (cutLines > 0) {
    said.push(`${counted(cutLines, 'very long line is', 'very long lines are')} cut at the end, and ${cutLines === 1
      ? 'says' : 'say'} so.`);
  }

  return said;
}

/** The account of every line: what was read from each file and what became of it. */
export function ledgerSection(view: View): HTMLElement {
  const { ledger } = view.data;
  if (ledger.entries.length === 0) {
    return section('ledger', 'Files and lines', element('p', { class: 'empty' }, 'No file was read.'));
  }

  const files = fileTable(view);
  const shapes = shapeRows(view.data);
  const shapeList = shapeTable(view);
  const draw = (): void => {
    files.setRows(ledger.entries.filter((entry) => view.hasText(`${entry.path} ${entry.format}`)));
    shapeList.setRows(shapes.filter(({ entry, shape }) => (
      view.hasText(`${shape.shape} ${shape.example} ${entry.path}`))));
  };
  view.onChange(draw);
  draw();
  const left = cuts(view.data);
  return section(
    'ledger',
    'Files and lines',
    element('p', {}, `${counted(ledger.linesRead, 'line')}, ${bytes(ledger.bytes)}: ${count(ledger.parsed)} parsed, `
      + `${count(ledger.unparsed)} not understood, ${count(ledger.skipped)} skipped as blank or as a heading. `
      + 'This account is of whole files and does not follow the filter, except for its text.'),
    files.element,
    ledger.unparsed === 0 ? null : element(
      'div',
      { class: 'part' },
      element('h3', {}, 'Lines that no parser understood'),
      element('p', { class: 'note' }, 'By shape: a run of letters is shown as a, a run of digits as 0. Such lines are '
        + 'events too, but without fields.'),
      shapeList.element,
    ),
    left.length === 0 ? null : element(
      'div',
      { class: 'part' },
      element('h3', {}, 'What this page leaves out'),
      element('p', {}, `${left.join(' ')} Its counts are of all events.`),
    ),
  );
}

function numberColumn<T>(key: string, name: string, value: (row: T) => number, show = count): Column<T> {
  return {
    key, name, className: 'number', descending: true, cell: (row) => show(value(row)),
    text: (row) => String(value(row)), compare: (a, b) => value(a) - value(b),
  };
}

/** A number of lines that no parser understood, leading to all such lines: no filter asks for one file or shape. */
function unparsedDrill(view: View, lines: number): HTMLElement | string {
  return lines === 0 ? '0' : drill(view, count(lines), { ...everything, from: undefined, to: undefined,
    values: { kind: ['Unparsed'] } }, `${counted(lines, 'line')} not understood`);
}

function fileTable(view: View): DataTable<LedgerEntryData> {
  return new DataTable<LedgerEntryData>({
    id: 'file-table', caption: 'Files', nouns: ['file', 'files'], empty: 'No file fits the text of the filter.',
    keyOf: (row) => row.path,
    columns: [
      {
        key: 'file', name: 'File', isHeader: true, className: 'text', cell: (row) => [logText(row.path), notes(row)],
        text: (row) => row.path, compare: (a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }),
      },
      {
        key: 'format', name: 'Format', cell: (row) => row.format, text: (row) => row.format,
        compare: (a, b) => a.format.localeCompare(b.format, 'en'),
      },
      numberColumn('lines', 'Lines', (row) => row.linesRead),
      numberColumn('parsed', 'Parsed', (row) => row.parsed),
      {
        ...numberColumn<LedgerEntryData>('unparsed', 'Not understood', (row) => row.unparsed),
        cell: (row) => unparsedDrill(view, row.unparsed),
      },
      numberColumn('skipped', 'Skipped', (row) => row.skipped),
      numberColumn('size', 'Size', (row) => row.bytes, bytes),
      { key: 'error', name: 'Error', isExportOnly: true, cell: () => null, text: (row) => row.error ?? '' },
    ],
  });
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

function shapeTable(view: View): DataTable<ShapeRow> {
  const place = (row: ShapeRow): string => `${row.entry.path}:${String(row.shape.line)}`;
  return new DataTable<ShapeRow>({
    id: 'shape-table', caption: 'Shapes of lines not understood', nouns: ['shape', 'shapes'],
    empty: 'No shape fits the text of the filter.', keyOf: (row) => `${row.entry.path} ${row.shape.shape}`,
    order: { key: 'lines', descending: true },
    columns: [
      {
        key: 'shape', name: 'Shape', isHeader: true, className: 'text',
        cell: (row) => element('code', {}, logText(row.shape.shape)), text: (row) => row.shape.shape,
        compare: (a, b) => a.shape.shape.localeCompare(b.shape.shape, 'en'),
      },
      {
        ...numberColumn<ShapeRow>('lines', 'Lines', (row) => row.shape.count),
        cell: (row) => unparsedDrill(view, row.shape.count),
      },
      {
        key: 'share', name: 'Share', className: 'number', descending: true, cell: (row) => percent(row.share),
        text: (row) => row.share.toFixed(6), compare: (a, b) => a.share - b.share,
      },
      {
        key: 'place', name: 'First at', className: 'path',
        cell: (row) => placeOf(row.entry.path, row.shape.line), text: place,
        compare: (a, b) => place(a).localeCompare(place(b), 'en', { numeric: true }),
      },
      { key: 'example', name: 'Example', isExportOnly: true, cell: () => null, text: (row) => row.shape.example },
    ],
    detail: (row) => rawBlock(row.shape.example, 0),
  });
}
