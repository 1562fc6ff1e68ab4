import '../styles/system.css';
import type { Amount } from '../cube';
import { otherValues } from '../cube';
import type { AnomalyData, Severity } from '../data';
import { severities } from '../data';
import { button, element, logText, section } from '../dom';
import { amountPlain, amountText, compareAmounts, drill, drillAmount, pick } from '../drill';
import { valuesOf } from '../filter';
import { count, counted } from '../format';
import { DataTable } from '../table';
import type { Column } from '../table';
import { shown } from '../time';
import type { View } from '../view';
import { sparkline, trendText } from './sparkline';

/** Troubles of a system by what the engine calls what happened. */
const troubles: readonly { name: string; actions: readonly string[] }[] = [
  { name: 'Out of memory', actions: ['out_of_memory', 'out_of_memory_reaped'] },
  { name: 'Programs crashed', actions: ['process_crashed', 'process_hung'] },
  {
    name: 'Kernel faults',
    actions: ['kernel_panic', 'kernel_bug', 'kernel_oops', 'kernel_warning', 'soft_lockup', 'hard_lockup', 'cpu_stall'],
  },
  { name: 'Services failed or killed', actions: ['service_failed', 'service_killed'] },
  { name: 'Services restarted', actions: ['service_restarting', 'service_restarted'] },
  {
    name: 'System started, stopped or restarted',
    actions: ['system_started', 'system_restarted', 'system_reboot', 'system_stopped', 'system_shutdown',
      'system_crashed'],
  },
  { name: 'Disk and file system errors', actions: ['disk_error', 'filesystem_error', 'device_missing'] },
  { name: 'Hardware errors', actions: ['hardware_error', 'temperature_exceeded', 'usb_error'] },
  { name: 'Messages lost', actions: ['messages_lost'] },
  { name: 'Clock set', actions: ['clock_changed', 'zone_changed'] },
  { name: 'Network tables full or flooded', actions: ['syn_flood', 'connection_table_full', 'neighbour_table_full'] },
];

const errorLevels = ['Error', 'Critical', 'Alert', 'Emergency'] as const;

/** A trouble with its events under the filter. */
export interface TroubleRow {
  name: string;
  /** Those of its actions that the log has. */
  actions: string[];
  amount: Amount;
  trend: Float64Array | undefined;
  last: number | undefined;
}

/** A program with its events under the filter. */
export interface ProgramRow {
  program: string;
  amount: Amount;
  errors: Amount;
  trend: Float64Array | undefined;
  last: number | undefined;
}

/** Findings of one rule. */
export interface RuleRow {
  id: string;
  name: string;
  severity: Severity;
  findings: AnomalyData[];
}

/** The troubles that occur under the filter. */
export function troubleRows(view: View): TroubleRow[] {
  const groups = new Map(view.by('action').map((group) => [group.value, group]));
  const series = view.series('action').counts;
  return troubles.map(({ name, actions }) => {
    const found = actions.map((action) => groups.get(action)).filter((group) => group !== undefined);
    const trend = added(found.map((group) => series.get(group.code)).filter((counts) => counts !== undefined));
    return {
      name,
      actions: found.map((group) => group.value),
      amount: {
        least: found.reduce((sum, group) => sum + group.amount.least, 0),
        most: found.reduce((sum, group) => sum + group.amount.most, 0),
      },
      trend,
      last: lastInstant(view, trend),
    };
  }).filter((row) => row.amount.most > 0 && view.hasText(`${row.name} ${row.actions.join(' ')}`));
}

/** The programs under the filter. */
export function programRows(view: View): ProgramRow[] {
  const query = view.query();
  const asked = query.where.get('level');
  const codes = errorLevels.map((level) => view.cube.codeOf('level', level))
    .filter((code) => code !== undefined && (asked === undefined || asked.has(code)));
  const where = new Map([...query.where, ['level', new Set(codes as number[])] as const]);
  const errors = new Map(codes.length === 0 ? [] : view.cube.by('program', { ...query, where })
    .map((group) => [group.code, group.amount]));
  const series = view.series('program').counts;
  return view.by('program')
    .filter((group) => group.code !== otherValues && view.hasText(group.value))
    .map((group) => ({
      program: group.value, amount: group.amount, errors: errors.get(group.code) ?? { least: 0, most: 0 },
      trend: series.get(group.code), last: lastInstant(view, series.get(group.code)),
    }));
}

/** Findings of the rules about systems, the gravest first. */
export function ruleRows(findings: readonly AnomalyData[]): RuleRow[] {
  const rows = new Map<string, RuleRow>();
  for (const finding of findings) {
    if (finding.ruleId?.startsWith('SYS-') !== true) {
      continue;
    }

    const row = rows.get(finding.ruleId)
      ?? { id: finding.ruleId, name: finding.ruleName ?? finding.title, severity: finding.severity, findings: [] };
    row.findings.push(finding);
    row.severity = rank(finding.severity) < rank(row.severity) ? finding.severity : row.severity;
    rows.set(finding.ruleId, row);
  }

  return [...rows.values()].sort((a, b) => rank(a.severity) - rank(b.severity) || a.id.localeCompare(b.id));
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The last step in which anything was counted, as an instant. */
function lastInstant(view: View, counts: Float64Array | undefined): number | undefined {
  const step = counts?.findLastIndex((value) => value > 0) ?? -1;
  return step < 0 ? undefined : view.instantOf(step);
}

function added(all: readonly Float64Array[]): Float64Array | undefined {
  const [first, ...rest] = all;
  return first?.map((value, step) => rest.reduce((sum, counts) => sum + (counts[step] ?? 0), value));
}

/** Programs and troubles of the system; null without its logs. */
export function systemSection(view: View): HTMLElement | null {
  if (!view.data.summary.kinds.some((kind) => kind.name === 'System' && kind.count > 0)) {
    return null;
  }

  const trouble = troubleTable(view);
  const rules = ruleTable(view);
  const programs = programTable(view);
  const rest = element('p', { class: 'note' });
  const draw = (): void => {
    trouble.setRows(troubleRows(view));
    rules.setRows(ruleRows(view.anomalies()));
    programs.setRows(programRows(view));
    const left = view.by('program').find((group) => group.code === otherValues);
    rest.textContent = left === undefined || left.amount.most === 0
      ? ''
      : `${amountText(left.amount)} more events are of programs that the page does not break down.`;
  };
  view.onChange(draw);
  draw();
  const part = (title: string, ...children: Node[]): HTMLElement => (
    element('div', { class: 'part' }, element('h3', {}, title), ...children));
  return section(
    'system',
    'System',
    part('Faults and restarts', trouble.element),
    part('Findings of the system rules', rules.element),
    part('Programs', programs.element, rest),
  );
}

function lastColumn<T extends { last: number | undefined }>(view: View): Column<T> {
  return {
    key: 'last', name: 'Last seen', className: 'time', descending: true,
    // The cube knows the step, not the event, so the start of the step is what can be said.
    cell: (row) => (row.last === undefined ? '' : view.clock.minute(row.last)),
    text: (row) => (row.last === undefined ? '' : view.clock.iso(row.last)),
    compare: (a, b) => (a.last ?? 0) - (b.last ?? 0),
  };
}

function trendColumn<T extends { trend: Float64Array | undefined }>(view: View): Column<T> {
  return {
    key: 'trend', name: 'Over time', className: 'chart-cell', cell: (row) => sparkline(view, row.trend),
    text: (row) => trendText(view, row.trend),
  };
}

function troubleTable(view: View): DataTable<TroubleRow> {
  return new DataTable<TroubleRow>({
    id: 'trouble-table', caption: 'Faults and restarts', nouns: ['kind', 'kinds'],
    empty: 'No event under the filter tells of a crash, a lack of memory, a restart or a fault of a disk.',
    keyOf: (row) => row.name,
    columns: [
      {
        key: 'what', name: 'What', isHeader: true, className: 'text',
        cell: (row) => [row.name, element('span', { class: 'actions' }, ...row.actions.map((action) => (
          pick(view, 'action', action))))],
        text: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name, 'en'),
      },
      {
        key: 'events', name: 'Events', className: 'number', descending: true,
        cell: (row) => {
          const text = amountText(row.amount);
          return drill(view, text, { values: { ...view.filter.values, action: row.actions } },
            `${text} events: ${row.name.toLowerCase()}`);
        },
        text: (row) => amountPlain(row.amount), compare: (a, b) => compareAmounts(a.amount, b.amount),
      },
      trendColumn(view),
      lastColumn(view),
    ],
  });
}

function errorsCell(view: View, row: ProgramRow): HTMLElement | string {
  const text = amountText(row.errors);
  const asked = valuesOf(view.filter, 'level');
  const level = asked.length === 0 ? errorLevels : asked.filter((name) => errorLevels.some((error) => error === name));
  return row.errors.most === 0
    ? text
    : drill(view, text, { values: { ...view.filter.values, program: [row.program], level } },
      `${text} errors of ${row.program.slice(0, 120)}`);
}

function programTable(view: View): DataTable<ProgramRow> {
  return new DataTable<ProgramRow>({
    id: 'program-table', caption: 'Programs', nouns: ['program', 'programs'],
    empty: 'No event under the filter names its program.', keyOf: (row) => row.program,
    order: { key: 'events', descending: true },
    columns: [
      {
        key: 'program', name: 'Program', isHeader: true, className: 'text',
        cell: (row) => pick(view, 'program', row.program), text: (row) => row.program,
        compare: (a, b) => a.program.localeCompare(b.program, 'en'),
      },
      {
        key: 'events', name: 'Events', className: 'number', descending: true,
        cell: (row) => drillAmount(view, row.amount, 'program', row.program),
        text: (row) => amountPlain(row.amount), compare: (a, b) => compareAmounts(a.amount, b.amount),
      },
      {
        key: 'errors', name: 'Errors', className: 'number', descending: true, cell: (row) => errorsCell(view, row),
        text: (row) => amountPlain(row.errors), compare: (a, b) => compareAmounts(a.errors, b.errors),
      },
      trendColumn(view),
      lastColumn(view),
    ],
  });
}

function ruleTable(view: View): DataTable<RuleRow> {
  return new DataTable<RuleRow>({
    id: 'system-rule-table', caption: 'Findings of the system rules', nouns: ['rule', 'rules'],
    empty: 'No finding of a system rule fits the filter.', keyOf: (row) => row.id,
    columns: [
      {
        key: 'rule', name: 'Rule', isHeader: true, className: 'text',
        cell: (row) => [logText(row.name), ' ', element('span', { class: 'note' }, row.id)],
        text: (row) => `${row.id} ${row.name}`, compare: (a, b) => a.id.localeCompare(b.id),
      },
      {
        key: 'severity', name: 'Severity', descending: false,
        cell: (row) => element('span', { class: `badge ${row.severity.toLowerCase()}` }, row.severity),
        text: (row) => row.severity, compare: (a, b) => rank(a.severity) - rank(b.severity),
      },
      {
        key: 'findings', name: 'Findings', className: 'number', descending: true,
        cell: (row) => count(row.findings.length), text: (row) => String(row.findings.length),
        compare: (a, b) => a.findings.length - b.findings.length,
      },
    ],
    detail: (row) => findingList(view, row),
  });
}

const findingsShown = 10;

function findingList(view: View, row: RuleRow): HTMLElement {
  const left = row.findings.length - findingsShown;
  return element(
    'div',
    { class: 'detail-grid' },
    element('ul', { class: 'findings' }, ...row.findings.slice(0, findingsShown).map((finding) => element(
      'li', {},
      element('span', { class: 'time' }, shown(finding.time, view.zones)),
      element('span', {}, logText(finding.title)),
    ))),
    left > 0 ? element('p', { class: 'note' }, `${counted(left, 'more finding')}.`) : null,
    element('p', {}, button(`Show the findings of ${row.id}`, { class: 'drill' }, () => {
      view.changeAt('anomalies', { rules: [row.id] });
    })),
  );
}
