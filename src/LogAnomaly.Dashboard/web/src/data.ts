/**
 * What the writer (DashboardWriter in C#) puts into the page's data block, member for member.
 * A member with `?` is left out where the engine has no value. Times are ISO 8601 with milliseconds and the offset of
 * the log's zone, such as `2026-01-05T08:15:00.000+01:00`. Names of levels, severities and kinds are those of the
 * engine's enums. A change that an older page could not read raises `version`.
 */
export interface PageData {
  version: 1;
  title: string;
  theme: Theme;
  /** When the page was written. */
  generatedAt: string;
  /** Name and version of the program that wrote it. */
  generator: string;
  /** Least score of an anomaly that was reported. */
  minimumScore: number;
  /** Anomalies found; `anomalies` may hold fewer, the highest scores first. */
  anomalyCount: number;
  /** Anomalies found, by severity, the gravest first; every severity is there. */
  severities: NameCount[];
  ledger: LedgerData;
  summary: SummaryData;
  /** Templates found; `templates` may hold fewer, the most frequent first. */
  templateCount: number;
  templates: TemplateData[];
  anomalies: AnomalyData[];
}

export type Theme = 'auto' | 'light' | 'dark';

export type Severity = 'Informational' | 'Low' | 'Medium' | 'High' | 'Critical';

export interface NameCount {
  name: string;
  count: number;
}

/** The account of every line: linesRead = parsed + unparsed + skipped. */
export interface LedgerData {
  linesRead: number;
  parsed: number;
  unparsed: number;
  skipped: number;
  bytes: number;
  entries: LedgerEntryData[];
}

export interface LedgerEntryData {
  path: string;
  format: string;
  linesRead: number;
  parsed: number;
  unparsed: number;
  skipped: number;
  filtered: number;
  truncated: number;
  bytes: number;
  /** Why reading ended early. */
  error?: string;
  shapes: ShapeData[];
}

/** A shape of lines that no parser understood. */
export interface ShapeData {
  shape: string;
  count: number;
  line: number;
  example: string;
}

export interface SummaryData {
  eventCount: number;
  firstSeen?: string;
  lastSeen?: string;
  kinds: NameCount[];
  levels: NameCount[];
  outcomes: NameCount[];
  hosts: NameCount[];
  programs: NameCount[];
  sources: NameCount[];
  users: NameCount[];
  statusCodes: NameCount[];
  sourceCount: number;
  userCount: number;
  /** Width of a step of the timeline in milliseconds; 0 without a timeline. */
  timelineStep: number;
  /** Steps in order of time; empty steps are left out. */
  timeline: BucketData[];
}

export interface BucketData {
  start: string;
  /** Events by level: index 0 without a level, then Trace to Emergency. */
  counts: number[];
  anomalies: number;
}

export interface TemplateData {
  id: string;
  text: string;
  count: number;
  /** Share of all events, 0 to 1. */
  share: number;
  firstSeen?: string;
  lastSeen?: string;
  example: string;
}

export interface AnomalyData {
  time?: string;
  lastTime?: string;
  /** 0 to 100. */
  score: number;
  severity: Severity;
  title: string;
  detector: string;
  ruleId?: string;
  ruleName?: string;
  /** Ids of ATT&CK techniques, parted by spaces. */
  techniques?: string;
  kind: string;
  entityType?: string;
  entity?: string;
  host?: string;
  program?: string;
  user?: string;
  source?: string;
  level?: string;
  /** Events in the finding. */
  count: number;
  templateId?: string;
  template?: string;
  label?: string;
  reasons: ReasonData[];
  evidence: EvidenceData[];
}

export interface ReasonData {
  code: string;
  feature: string;
  observed: string;
  typical: string;
  /** Share of the score, 0 to 1. */
  contribution: number;
  sentence: string;
  evidence: EvidenceData[];
}

export interface EvidenceData {
  path: string;
  line: number;
  time?: string;
  raw: string;
  /** Characters that the writer cut from the end of `raw`. */
  cut?: number;
}

/** Severities, the gravest first. */
export const severities: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low', 'Informational'];

/** Levels in the order of `BucketData.counts`. */
export const levels: readonly string[] = [
  'None', 'Trace', 'Debug', 'Informational', 'Notice', 'Warning', 'Error', 'Critical', 'Alert', 'Emergency',
];

/** Reads the page's data block; throws an error that a reader can act on where it is missing or of another version. */
export function readData(root: Document): PageData {
  const block = root.getElementById('data')?.textContent.trim() ?? '';
  if (block === '' || block.startsWith('{{')) {
    throw new Error('This page holds no data. It is the empty form that Export-LogDashboard fills.');
  }

  const data = JSON.parse(block) as PageData | { version: unknown };
  if (data.version !== 1) {
    throw new Error(`This page holds data of version ${String(data.version)}, but its script reads version 1.`);
  }

  return data as PageData;
}
