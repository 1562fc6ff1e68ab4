import type { AnomalyData } from '../data';
import type { Child } from '../dom';
import { button, element, logText, section, sentence } from '../dom';
import { about, isAboutTemplate } from '../entity';
import { count, counted, score } from '../format';
import type { Incident, IncidentSummary } from '../incidents';
import { summaryOf } from '../incidents';
import { gravity } from '../model';
import type { Column } from '../table';
import { DataTable } from '../table';
import { shownSpan } from '../time';
import type { View } from '../view';
import { badge, incidentDetail } from './detail';
import { drillEvents } from './finding-lines';

/** A row: an incident with those of its findings that the filter leaves, or one finding. */
interface Row extends IncidentSummary {
  key: string;
  findings: readonly AnomalyData[];
}

function rowOf(key: string, findings: readonly AnomalyData[]): Row[] {
  const [first, ...rest] = findings;
  return first === undefined ? [] : [{ key, findings, ...summaryOf([first, ...rest]) }];
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Whether a finding is about a kind of message whose words are known: these need the room of the title. */
function hasTemplate(anomaly: AnomalyData): boolean {
  return isAboutTemplate(anomaly) && anomaly.template !== undefined;
}

function whatCell(anomaly: AnomalyData): Child[] {
  const template = hasTemplate(anomaly) ? anomaly.template ?? '' : '';
  const shown = template.length > 160 ? `${template.slice(0, 160)}…` : template;
  return [logText(anomaly.title), shown === '' ? null : element('code', { class: 'note told' }, logText(shown))];
}

const leastEvents = 'At least so many: findings of an incident may share lines, so their events are not added up.';

/** The columns; an incident also says how many findings it has. */
function columnsOf(view: View, byIncident: boolean): Column<Row>[] {
  const number = 'number';
  const columns: Column<Row>[] = [
    {
      key: 'severity', name: 'Severity', className: 'severity', descending: true,
      compare: (a, b) => gravity(a.severity) - gravity(b.severity) || a.score - b.score,
      cell: (row) => badge(row.severity), text: (row) => row.severity,
    },
    {
      key: 'what', name: 'What', className: 'what text', isHeader: true,
      compare: (a, b) => compareText(a.worst.title, b.worst.title),
      cell: (row) => whatCell(row.worst), text: (row) => row.worst.title,
    },
    {
      key: 'about', name: 'About', className: 'about',
      compare: (a, b) => compareText(about(a.worst), about(b.worst)),
      cell: (row) => (hasTemplate(row.worst)
        ? element('span', { class: 'note' }, 'this message') : logText(about(row.worst))),
      text: (row) => about(row.worst),
    },
    {
      key: 'time', name: 'Time', className: 'time',
      compare: (a, b) => Date.parse(a.from ?? '1970-01-01') - Date.parse(b.from ?? '1970-01-01'),
      cell: (row) => timeCell(view, row), text: (row) => row.from ?? '',
    },
    {
      key: 'techniques', name: 'Techniques', className: 'techniques-cell',
      compare: (a, b) => compareText(a.techniques.join(' '), b.techniques.join(' ')),
      cell: (row) => row.techniques.map((id) => element('code', { title: view.data.techniques[id] }, id)),
      text: (row) => row.techniques.join(' '),
    },
    {
      key: 'findings', name: 'Findings', className: number, descending: true,
      compare: (a, b) => a.findings.length - b.findings.length,
      cell: (row) => count(row.findings.length), text: (row) => String(row.findings.length),
    },
    {
      key: 'events', name: 'Events', className: number, descending: true, compare: (a, b) => a.events - b.events,
      ...(byIncident ? { hint: leastEvents } : {}),
      cell: (row) => drillEvents(view, row.events, row.findings), text: (row) => String(row.events),
    },
    {
      key: 'score', name: 'Score', className: 'number score-cell', descending: true,
      compare: (a, b) => a.score - b.score,
      cell: (row) => score(row.score), text: (row) => String(row.score),
    },
  ];
  return columns.filter((column) => (byIncident || column.key !== 'findings')
    && (column.key !== 'techniques' || view.data.anomalies.some((found) => (found.techniques ?? '') !== ''))
    && (column.key !== 'time' || view.data.anomalies.some((found) => found.time !== undefined)));
}

/** From when to when; the day is said once where it is the same. */
function timeCell(view: View, row: Row): HTMLElement | string {
  if (row.from === undefined) {
    return '–';
  }

  return element('time', { datetime: row.from }, sentence(shownSpan(row.from, row.to, view.zones)));
}

/** The findings, by incident or each for itself. */
class AnomalyPanel {
  private byIncident = true;
  private readonly status = element('p', { class: 'muted', role: 'status' });
  private readonly incidentTable: DataTable<Row>;
  private readonly findingTable: DataTable<Row>;
  private readonly holder = element('div');
  private readonly keys: ReadonlyMap<AnomalyData, string>;

  constructor(private readonly view: View, private readonly incidents: readonly Incident[]) {
    this.keys = new Map(view.data.anomalies.map((anomaly, index) => [anomaly, String(index)]));
    this.incidentTable = this.table('incidents', 'Incidents', true);
    this.findingTable = this.table('findings', 'Findings', false);
    view.onChange(() => { this.redraw(); });
  }

  /** The parts of the section. */
  parts(): HTMLElement[] {
    this.redraw();
    return [element('div', { class: 'section-tools' }, this.status, this.choice()), this.holder];
  }

  private table(id: string, caption: string, byIncident: boolean): DataTable<Row> {
    return new DataTable<Row>({
      id, caption, columns: columnsOf(this.view, byIncident), order: { key: 'severity', descending: true },
      keyOf: (row) => row.key,
      detail: (row) => incidentDetail(this.view, row.findings, row.techniques),
      nouns: byIncident ? ['incident', 'incidents'] : ['finding', 'findings'],
      empty: 'No finding fits the filter.',
    });
  }

  private choice(): HTMLElement {
    const buttons = ([['By incident', true], ['Each finding', false]] as const).map(([label, byIncident]) => {
      const made = button(label, { 'aria-pressed': String(byIncident === this.byIncident) }, () => {
        this.byIncident = byIncident;
        buttons.forEach((one) => { one.setAttribute('aria-pressed', String(one === made)); });
        this.redraw();
      });
      return made;
    });
    return element('div', { class: 'toggle', role: 'group', 'aria-label': 'Rows of the table' }, ...buttons);
  }

  private rows(found: readonly AnomalyData[]): Row[] {
    if (!this.byIncident) {
      return found.flatMap((anomaly) => rowOf(this.keys.get(anomaly) ?? '', [anomaly]));
    }

    if (found.length === this.view.data.anomalies.length) {
      return this.incidents.flatMap((incident) => rowOf(incident.id, incident.findings));
    }

    const left = new Set(found);
    return this.incidents.flatMap((incident) => (
      rowOf(incident.id, incident.findings.filter((finding) => left.has(finding)))));
  }

  private redraw(): void {
    const { data } = this.view;
    const found = this.view.anomalies();
    const rows = this.rows(found);
    const table = this.byIncident ? this.incidentTable : this.findingTable;
    table.setRows(rows);
    if (this.holder.firstChild !== table.element) {
      this.holder.replaceChildren(table.element);
    }

    const all = data.anomalyCount > data.anomalies.length
      ? `The page holds the ${count(data.anomalies.length)} highest scores of ${count(data.anomalyCount)}. ` : '';
    const some = found.length === data.anomalies.length
      ? counted(found.length, 'finding')
      : `${count(found.length)} of ${counted(data.anomalies.length, 'finding')}`;
    this.status.textContent = `${all}${some}${this.byIncident ? ` in ${counted(rows.length, 'incident')}` : ''}.`;
  }
}

/** The anomalies: what to look at, why, and the proof. */
export function anomaliesSection(view: View, incidents: readonly Incident[]): HTMLElement {
  const { data } = view;
  if (data.anomalies.length === 0) {
    const why = data.summary.eventCount === 0
      ? 'No event was read.'
      : `No event or group of events reached the least score of ${score(data.minimumScore)}.`;
    return section('anomalies', 'Anomalies', element('p', { class: 'empty' }, why));
  }

  return section(
    'anomalies',
    'Anomalies',
    element('p', { class: 'note' }, 'Findings of one source, or of one user or program on a host, that follow each '
      + 'other within an hour are one incident.'),
    ...new AnomalyPanel(view, incidents).parts(),
  );
}
