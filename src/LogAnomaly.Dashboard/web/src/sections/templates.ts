import '../styles/templates.css';
import type { Amount } from '../cube';
import { known, otherValues } from '../cube';
import type { AnomalyData, TemplateData } from '../data';
import { element, section } from '../dom';
import { amountPlain, amountText, compareAmounts, drill, eventsText, only } from '../drill';
import { isEverything } from '../filter';
import { count, counted, percent } from '../format';
import { templateText } from '../marked';
import type { Column } from '../table';
import { DataTable } from '../table';
import { parseTime, shown } from '../time';
import type { View } from '../view';
import { keptList, keptWith, rawBlock } from './kept-lines';
import { sparkline, trendText } from './sparkline';

/** A template with its events under the filter. */
export interface TemplateRow {
  template: TemplateData;
  amount: Amount;
  /** Of the events under the filter that have a template, 0 to 1. */
  share: number;
  trend: Float64Array | undefined;
  isNew: boolean;
  isRare: boolean;
}

const hourMs = 3_600_000;
/** A log must be this long for its last part to tell what is new. */
const leastPeriod = 6 * hourMs;
const newPart = 0.1;
const rareEvents = 3;
const rareShare = 0.001;

/** The instant from which on a template is new; infinite where the log is too short to tell. */
export function newFrom(firstSeen: string | undefined, lastSeen: string | undefined): number {
  if (firstSeen === undefined || lastSeen === undefined) {
    return Number.POSITIVE_INFINITY;
  }

  const [first, last] = [parseTime(firstSeen).instant, parseTime(lastSeen).instant];
  return last - first < leastPeriod ? Number.POSITIVE_INFINITY : last - (last - first) * newPart;
}

/** Ids of the templates that a finding calls rare or new. */
export function namedRare(anomalies: readonly AnomalyData[]): ReadonlySet<string> {
  return new Set(anomalies
    .filter((anomaly) => anomaly.detector === 'RareTemplate' || anomaly.detector === 'NewTemplate')
    .map((anomaly) => anomaly.templateId)
    .filter((id) => id !== undefined));
}

/** The templates under the filter, the most frequent first. */
export function templateRows(view: View, rare: ReadonlySet<string>): TemplateRow[] {
  const { templates, summary } = view.data;
  const groups = view.by('template');
  const byId = new Map(groups.map((group) => [group.value, group.amount]));
  const all = groups.reduce((sum, group) => sum + known(group.amount), 0);
  const isAll = isEverything({ ...view.filter, text: '', severities: [], rules: [] });
  const series = view.series('template').counts;
  const from = newFrom(summary.firstSeen, summary.lastSeen);
  const rows: TemplateRow[] = [];
  for (const template of templates) {
    const amount = isAll ? { least: template.count, most: template.count } : byId.get(template.id);
    if (amount === undefined || amount.most === 0 || !view.hasText(`${template.id} ${template.text}`)) {
      continue;
    }

    const code = view.cube.codeOf('template', template.id);
    rows.push({
      template,
      amount,
      share: isAll ? template.share : known(amount) / Math.max(1, all),
      trend: code === undefined ? undefined : series.get(code),
      isNew: template.firstSeen !== undefined && parseTime(template.firstSeen).instant >= from,
      isRare: rare.has(template.id)
        || (templates.length >= 10 && template.count <= rareEvents && template.share < rareShare),
    });
  }

  return rows.sort((a, b) => compareAmounts(b.amount, a.amount));
}

/** The templates of the messages: how often, since when, which are new and which rare; null without messages. */
export function templatesSection(view: View): HTMLElement | null {
  const { templates, anomalies } = view.data;
  if (templates.length === 0) {
    return null;
  }

  const rare = namedRare(anomalies);
  const table = tableOf(view);
  const said = element('p', { class: 'note' });
  const marks = element('p', { class: 'note legend' });
  const draw = (): void => {
    const rows = templateRows(view, rare);
    table.setRows(rows);
    said.textContent = saidOf(view);
    marks.replaceChildren(...legendOf(rows));
  };
  view.onChange(draw);
  draw();
  return section('templates', 'Message templates', said, marks, table.element);
}

function tableOf(view: View): DataTable<TemplateRow> {
  return new DataTable<TemplateRow>({
    id: 'template-table',
    caption: 'Message templates',
    nouns: ['template', 'templates'],
    empty: 'No template fits the filter.',
    keyOf: (row) => row.template.id,
    order: { key: 'events', descending: true },
    columns: columnsOf(view),
    detail: (row) => detailOf(view, row),
  });
}

/** The columns; those of time are left out where no event has one. */
function columnsOf(view: View): Column<TemplateRow>[] {
  const seen = (text: string | undefined): string => shown(text, view.zones);
  const columns: Column<TemplateRow>[] = [
    {
      key: 'template', name: 'Template', isHeader: true, className: 'text',
      cell: (row) => [templateText(row.template.text), marksOf(row)],
      text: (row) => row.template.text,
      compare: (a, b) => a.template.text.localeCompare(b.template.text, 'en'),
    },
    {
      key: 'marks', name: 'Mark', isExportOnly: true, cell: () => null, text: (row) => markWords(row).join(' '),
    },
    {
      key: 'events', name: 'Events', className: 'number', descending: true,
      cell: (row) => drill(view, amountText(row.amount), only(view, 'template', row.template.id),
        `${eventsText(row.amount)} of ${row.template.text.slice(0, 120)}`),
      text: (row) => amountPlain(row.amount), compare: (a, b) => compareAmounts(a.amount, b.amount),
    },
    {
      key: 'share', name: 'Share', className: 'number', descending: true,
      cell: (row) => percent(row.share), text: (row) => row.share.toFixed(6), compare: (a, b) => a.share - b.share,
    },
    {
      key: 'trend', name: 'Over time', className: 'chart-cell', cell: (row) => sparkline(view, row.trend),
      text: (row) => trendText(view, row.trend),
    },
    {
      key: 'first', name: 'First seen', className: 'time', cell: (row) => seen(row.template.firstSeen),
      text: (row) => row.template.firstSeen ?? '', descending: true,
      compare: (a, b) => instantOf(a.template.firstSeen) - instantOf(b.template.firstSeen),
    },
    {
      key: 'last', name: 'Last seen', className: 'time', cell: (row) => seen(row.template.lastSeen),
      text: (row) => row.template.lastSeen ?? '', descending: true,
      compare: (a, b) => instantOf(a.template.lastSeen) - instantOf(b.template.lastSeen),
    },
  ];
  return view.cube.steps > 0 ? columns : columns.filter((column) => !['trend', 'first', 'last'].includes(column.key));
}

function instantOf(text: string | undefined): number {
  return text === undefined ? 0 : parseTime(text).instant;
}

function markWords(row: TemplateRow): string[] {
  return [row.isNew ? 'new' : '', row.isRare ? 'rare' : ''].filter((word) => word !== '');
}

function marksOf(row: TemplateRow): HTMLElement | null {
  const words = markWords(row);
  return words.length === 0
    ? null
    : element('span', { class: 'tags' }, ...words.map((word) => element('span', { class: `tag ${word}` }, word)));
}

function legendOf(rows: readonly TemplateRow[]): Node[] {
  const parts: Node[] = [];
  if (rows.some((row) => row.isNew)) {
    parts.push(element('span', {}, element('span', { class: 'tag new' }, 'new'),
      ' first seen in the last tenth of the log’s time'));
  }

  if (rows.some((row) => row.isRare)) {
    parts.push(element('span', {}, element('span', { class: 'tag rare' }, 'rare'),
      ` a finding calls it rare or new, or it has at most ${count(rareEvents)} events of very many`));
  }

  parts.push(element('span', {}, element('span', { class: 'varies' }, '<…>'), ' stands for what varies'));
  return parts;
}

function saidOf(view: View): string {
  const { templates, templateCount } = view.data;
  const held = templateCount > templates.length
    ? `The page holds the ${count(templates.length)} most frequent of ${counted(templateCount, 'template')}. `
    : '';
  const rest = view.by('template').find((group) => group.code === otherValues);
  return rest === undefined || rest.amount.most === 0
    ? held
    : `${held}${amountText(rest.amount)} events have templates that are not broken down under this filter.`;
}

function detailOf(view: View, row: TemplateRow): HTMLElement {
  const { template } = row;
  const kept = keptWith(view, 'template', new Set([template.id]));
  const text = eventsText(row.amount);
  return element(
    'div',
    { class: 'detail-grid' },
    element('h3', {}, 'First line of this template'),
    rawBlock(template.example, 0),
    element('h3', {}, 'Lines under the filter'),
    keptList(kept),
    element('p', {}, drill(view, `Show the lines of ${text}`, only(view, 'template', template.id),
      `Show the lines of ${text} of ${template.text.slice(0, 120)}`)),
  );
}
