import '../styles/lines.css';
import '../styles/print.css';
import { copyButton } from '../copy';
import type { DimensionName, EvidenceData, Severity } from '../data';
import { severities } from '../data';
import { element, logText, section } from '../dom';
import { amountText } from '../drill';
import { dimensionNames, valuesOf } from '../filter';
import { powershellCommand, shellCommand } from '../filter-commands';
import { count, counted } from '../format';
import { markedText } from '../marked';
import type { Column } from '../table';
import { DataTable } from '../table';
import type { View } from '../view';
import { rawBlock, shortPath, shownCharacters } from './kept-lines';

/** A raw line that the page holds. */
export interface LineRow {
  path: string;
  line: number;
  time: number | undefined;
  raw: string;
  cut: number;
  /** The gravest finding of which it is evidence. */
  severity: Severity | undefined;
}

/** Dimensions of which findings say nothing, so that their lines must be known by themselves. */
const untold: readonly DimensionName[] = ['outcome', 'action', 'status'];

/** The lines under the filter, those of findings and the samples, each once, in order of time. */
export function lineRows(view: View): LineRow[] {
  const rows = new Map<string, LineRow>();
  const { severities: graded, rules } = view.filter;
  const samples = view.lines();
  const known = new Set(view.data.lines.line.map((line, index) => (
    `${view.data.lines.paths[view.data.lines.path[index] ?? 0] ?? ''}:${String(line)}`)));
  const fitting = new Set(samples.map((line) => `${line.path}:${String(line.line)}`));
  const needsProof = untold.some((dimension) => valuesOf(view.filter, dimension).length > 0);
  for (const finding of view.anomalies()) {
    for (const line of [...finding.evidence, ...finding.reasons.flatMap((reason) => reason.evidence)]) {
      const key = `${line.path}:${String(line.line)}`;
      const fits = known.has(key) ? fitting.has(key) : !needsProof && fitsItself(view, line);
      if (!fits) {
        continue;
      }

      const row = rows.get(key);
      if (row === undefined) {
        rows.set(key, rowOf(line, finding.severity));
      } else if (severities.indexOf(finding.severity) < severities.indexOf(row.severity ?? 'Informational')) {
        row.severity = finding.severity;
      }
    }
  }

  // Severity and rule ask for lines of findings; a sample that is none of theirs does not belong.
  if (graded.length === 0 && rules.length === 0) {
    for (const { path, line, time, raw, cut } of samples) {
      const key = `${path}:${String(line)}`;
      if (!rows.has(key)) {
        rows.set(key, { path, line, time, raw, cut, severity: undefined });
      }
    }
  }

  return [...rows.values()].sort(inOrder);
}

function inOrder(a: LineRow, b: LineRow): number {
  const byPlace = a.path === b.path ? a.line - b.line : a.path.localeCompare(b.path, 'en');
  // A line without a time stands after those with one: nothing tells where else.
  return (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE) || byPlace;
}

function rowOf(line: EvidenceData, severity: Severity): LineRow {
  const time = line.time === undefined ? undefined : Date.parse(line.time);
  return { path: line.path, line: line.line, time, raw: line.raw, cut: line.cut ?? 0, severity };
}

function fitsItself(view: View, line: EvidenceData): boolean {
  const time = line.time === undefined ? undefined : Date.parse(line.time);
  return (time === undefined || view.isWithin(time, time)) && view.hasText(line.raw);
}

/** Words to mark: those of the text filter, and values that stand in lines as they are. */
export function wordsOfFilter(view: View): string[] {
  const { filter } = view;
  const standing = dimensionNames.filter((name) => !['kind', 'level', 'outcome', 'country', 'action', 'template']
    .includes(name));
  return [...filter.text.split(/\s+/), ...standing.flatMap((name) => valuesOf(filter, name))]
    .filter((word) => word !== '');
}

/** The raw lines that the page holds, and the commands for all that fit; null where nothing was read. */
export function linesSection(view: View): HTMLElement | null {
  const { data } = view;
  if (data.summary.eventCount === 0 && data.anomalies.length === 0 && data.lines.line.length === 0) {
    return null;
  }

  let words = wordsOfFilter(view);
  const said = element('p', {});
  const table = lineTable(view, () => words);
  const commands = new CommandBox();
  const draw = (): void => {
    words = wordsOfFilter(view);
    const rows = lineRows(view);
    table.setRows(rows);
    said.textContent = saidOf(view, rows.length);
    commands.show(powershellCommand(view, view.filter), shellCommand(view, view.filter));
  };
  view.onChange(draw);
  draw();
  return section('lines', 'Raw lines', said, table.element, commands.element);
}

/** How many of the lines that fit the page holds, in words. */
export function saidOf(view: View, held: number): string {
  const { filter } = view;
  if (filter.text.trim() !== '' || filter.severities.length > 0 || filter.rules.length > 0) {
    return `${counted(held, 'line')} of those in this page ${held === 1 ? 'fits' : 'fit'}; the log may hold more.`;
  }

  const total = view.total();
  return total.least === total.most && held >= total.least
    ? `${counted(held, 'line')} that ${held === 1 ? 'fits' : 'fit'}, all in this page.`
    : `${count(held)} of ${amountText(total)} lines that fit are in this page: those of findings and samples.`;
}

function lineTable(view: View, words: () => readonly string[]): DataTable<LineRow> {
  return new DataTable<LineRow>({
    id: 'line-table', caption: 'Raw lines', nouns: ['line', 'lines'],
    empty: 'The page holds no line that fits the filter. The command below reads them from the files.',
    keyOf: (row) => `${row.path}:${String(row.line)}`,
    columns: columnsOf(view, words),
    detail: (row) => element(
      'div',
      {},
      element('p', { class: 'place' }, logText(row.path), `:${String(row.line)}`),
      rawBlock(row.raw, row.cut, words(), 20_000),
    ),
  });
}

/** The columns; time and finding are left out where no line has one. */
function columnsOf(view: View, words: () => readonly string[]): Column<LineRow>[] {
  const rank = ({ severity }: LineRow): number => (
    severity === undefined ? severities.length : severities.indexOf(severity));
  const columns: Column<LineRow>[] = [
    {
      key: 'place', name: 'Place', isHeader: true, className: 'place-cell',
      cell: (row) => element('span', { class: 'place', title: row.path }, logText(shortPath(row.path)),
        `:${String(row.line)}`),
      text: (row) => `${row.path}:${String(row.line)}`, compare: (a, b) => (
        a.path === b.path ? a.line - b.line : a.path.localeCompare(b.path, 'en')),
    },
    {
      key: 'time', name: 'Time', className: 'time',
      cell: (row) => (row.time === undefined
        ? element('span', { class: 'note' }, 'no time')
        : view.clock.text(row.time)),
      text: (row) => (row.time === undefined ? '' : view.clock.iso(row.time)),
      compare: (a, b) => (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE),
    },
    {
      key: 'finding', name: 'Finding', className: 'finding',
      cell: (row) => (row.severity === undefined
        ? null
        : element('span', { class: `badge ${row.severity.toLowerCase()}` }, row.severity)),
      text: (row) => row.severity ?? '', compare: (a, b) => rank(a) - rank(b),
    },
    {
      key: 'line', name: 'Line', className: 'text raw-cell', cell: (row) => rawCell(row, words()),
      text: (row) => row.raw,
    },
  ];
  return columns.filter(({ key }) => (key !== 'time' || view.cube.steps > 0)
    && (key !== 'finding' || view.data.anomalies.length > 0));
}

function rawCell(row: LineRow, words: readonly string[]): HTMLElement {
  const left = Math.max(0, row.raw.length - shownCharacters) + row.cut;
  const text = row.raw === ''
    ? element('i', {}, row.cut > 0 ? 'not kept' : 'empty')
    : markedText(row.raw.slice(0, shownCharacters), words);
  return element('code', {}, text, left === 0
    ? null
    : element('span', { class: 'more' }, ` … ${counted(left, 'more character')}`));
}

/** The commands for all lines, each to be copied. */
class CommandBox {
  readonly element: HTMLElement;
  private readonly powershell = element('pre', { class: 'command' });
  private readonly shell = element('pre', { class: 'command' });
  private given: readonly [string, string] = ['', ''];

  constructor() {
    this.element = element(
      'details',
      { class: 'commands' },
      element('summary', {}, 'Commands that show all of them'),
      row('PowerShell', this.powershell, () => this.given[0]),
      row('Shell', this.shell, () => this.given[1]),
    );
  }

  /** Shows other commands. */
  show(powershell: string, shell: string): void {
    this.given = [powershell, shell];
    this.powershell.replaceChildren(logText(powershell));
    this.shell.replaceChildren(logText(shell));
  }
}

function row(name: string, box: HTMLElement, textOf: () => string): HTMLElement {
  const attributes = { 'aria-label': `Copy the command for ${name}`, class: 'small-button' };
  return element('div', { class: 'command-row' }, element('span', { class: 'command-name' }, name), box,
    copyButton('Copy', attributes, textOf, box));
}
