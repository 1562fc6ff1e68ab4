import type { AnomalyData, PageData, Severity } from './data';
import { severities } from './data';
import { count, counted } from './format';
import { date } from './time';

/** How grave a severity is: 0 for Informational to 4 for Critical. */
export function gravity(severity: Severity): number {
  return severities.length - 1 - severities.indexOf(severity);
}

/** `from 2026-01-05 to 2026-02-03`, `on 2026-01-05`, or nothing without times. */
function period(data: PageData): string {
  const { firstSeen, lastSeen } = data.summary;
  if (firstSeen === undefined || lastSeen === undefined) {
    return '';
  }

  const from = date(firstSeen);
  const to = date(lastSeen);
  return from === to ? ` on ${from}` : ` from ${from} to ${to}`;
}

/**
 * Whether anything of the log has come to the page. A pipeline of anomalies that finds none brings nothing along: the
 * log may have been long, and quiet.
 */
export function knowsLog(data: PageData): boolean {
  return data.summary.eventCount > 0 || data.ledger.entries.length > 0;
}

/** The sentence that the page opens with. */
export function verdict(data: PageData): string {
  const { eventCount } = data.summary;
  if (data.anomalyCount === 0 && !knowsLog(data)) {
    return 'No anomalies came in; the log itself was not passed on to this page.';
  }

  if (eventCount === 0) {
    return 'No events were read, so nothing can be said.';
  }

  const where = `in ${counted(eventCount, 'event')}${period(data)}.`;
  if (data.anomalyCount === 0) {
    const { parsed, unparsed } = data.ledger;
    return parsed === 0 && unparsed > 0
      ? `No line was understood, so nothing can be said of ${counted(eventCount, 'event')}.`
      : `Nothing unusual found ${where}`;
  }

  const grave = data.severities.filter((entry) => entry.count > 0).slice(0, 2);
  const parts = grave.map((entry) => `${count(entry.count)} ${entry.name}`).join(', ');
  return `${counted(data.anomalyCount, 'anomaly', 'anomalies')}, ${parts}, ${where}`;
}

/** Columns by which the anomalies can be sorted. */
export type SortKey = 'severity' | 'score' | 'time' | 'title' | 'about' | 'detector' | 'count';

export interface SortOrder {
  key: SortKey;
  descending: boolean;
}

/** What the reader asks to see. */
export interface AnomalyFilter {
  /** Words that must all occur, in any case. */
  text: string;
  severities: ReadonlySet<Severity>;
}

/** One row of the table: an anomaly, and the ones like it that it stands for. */
export interface AnomalyRow {
  anomaly: AnomalyData;
  /** The others of its group, the highest scores first; empty for a row of its own. */
  others: AnomalyData[];
}

/** Whom or what an anomaly is about, in the words of the log. */
export function about(anomaly: AnomalyData): string {
  return anomaly.entity ?? anomaly.source ?? anomaly.user ?? anomaly.program ?? anomaly.host ?? '';
}

/** All text of an anomaly in which the filter looks, in lower case. */
function haystack(anomaly: AnomalyData): string {
  const evidence = anomaly.evidence.map((line) => `${line.path}:${String(line.line)} ${line.raw}`);
  const reasons = anomaly.reasons.map((reason) => `${reason.code} ${reason.sentence}`);
  return [
    anomaly.title, anomaly.severity, anomaly.detector, anomaly.ruleId, anomaly.techniques, anomaly.entity,
    anomaly.host, anomaly.program, anomaly.user, anomaly.source, anomaly.template, ...reasons, ...evidence,
  ].filter((part) => part !== undefined).join('\n').toLowerCase();
}

const haystacks = new WeakMap<AnomalyData, string>();

/** Keeps the anomalies that the filter asks for, in their order. */
export function filterAnomalies(anomalies: readonly AnomalyData[], filter: AnomalyFilter): AnomalyData[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return anomalies.filter((anomaly) => {
    if (!filter.severities.has(anomaly.severity)) {
      return false;
    }

    let text = haystacks.get(anomaly);
    if (text === undefined && words.length > 0) {
      text = haystack(anomaly);
      haystacks.set(anomaly, text);
    }

    return words.every((word) => text?.includes(word) === true);
  });
}

/** What repeats of one finding share: the detector and the template, or the title where there is no template. */
function groupKey(anomaly: AnomalyData): string {
  return [anomaly.detector, anomaly.ruleId ?? '', anomaly.templateId ?? anomaly.title].join('\n');
}

/** Puts repeats of one finding into one row, led by the highest score; the rows keep the order of their leaders. */
export function groupAnomalies(anomalies: readonly AnomalyData[]): AnomalyRow[] {
  const rows = new Map<string, AnomalyData[]>();
  for (const anomaly of anomalies) {
    const key = groupKey(anomaly);
    const group = rows.get(key);
    if (group === undefined) {
      rows.set(key, [anomaly]);
    } else {
      group.push(anomaly);
    }
  }

  return [...rows.values()].flatMap((group) => {
    const [leader, ...others] = group.sort((a, b) => b.score - a.score);
    return leader === undefined ? [] : [{ anomaly: leader, others }];
  });
}

/** Events in a row: those of its anomaly and of the others of its group. */
export function eventsOf(row: AnomalyRow): number {
  return row.others.reduce((sum, other) => sum + other.count, row.anomaly.count);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Compares by one column, the least first; rows without a time come first. */
function compare(left: AnomalyRow, right: AnomalyRow, key: SortKey): number {
  const [a, b] = [left.anomaly, right.anomaly];
  switch (key) {
    case 'severity': return gravity(a.severity) - gravity(b.severity) || a.score - b.score;
    case 'score': return a.score - b.score;
    case 'time': return Date.parse(a.time ?? '1970-01-01') - Date.parse(b.time ?? '1970-01-01');
    case 'title': return compareText(a.title, b.title);
    case 'about': return compareText(about(a), about(b));
    case 'detector': return compareText(a.detector, b.detector);
    case 'count': return eventsOf(left) - eventsOf(right);
  }
}

/** Sorts rows by a column; equal rows keep their order either way. */
export function sortRows(rows: readonly AnomalyRow[], order: SortOrder): AnomalyRow[] {
  const sign = order.descending ? -1 : 1;
  return [...rows].sort((left, right) => sign * compare(left, right, order.key));
}
