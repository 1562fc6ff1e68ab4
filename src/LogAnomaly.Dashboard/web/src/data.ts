/**
 * What the writer (DashboardWriter in C#) puts into the page's data block, member for member: JSON in UTF-8, deflated
 * (zlib), in base64. A member with `?` is left out where the engine has no value. Times are ISO 8601 with milliseconds
 * and the offset of the log's zone, such as `2026-01-05T08:15:00.000+01:00`. Names of levels, severities and kinds are
 * those of the engine's enums. A change that an older page could not read raises `version`.
 */
export interface PageData {
  version: 2;
  title: string;
  theme: Theme;
  /** When the page was written. */
  generatedAt: string;
  /** Name and version of the program that wrote it. */
  generator: string;
  /** Least score of an anomaly that was reported. */
  minimumScore: number;
  /** Findings of the learned detectors that chance alone lets expect in a day of such a log. */
  falseAlarmsPerDay: number;
  /** Findings that a budget of alerts held back. */
  heldBack: number;
  /** Findings that suppressions hid. */
  suppressed: number;
  /** Anomalies found; `anomalies` may hold fewer, the highest scores first. */
  anomalyCount: number;
  /** Anomalies found, by severity, the gravest first; every severity is there. */
  severities: NameCount[];
  ledger: LedgerData;
  summary: SummaryData;
  cube: CubeData;
  lines: LinesData;
  /** Sources with what is known of each, those of most failed logins first, then the most frequent. */
  sources: SourceData[];
  /** Requests that took longest, the slowest first; empty where the log has no durations. */
  slowest: RequestData[];
  /** Requests with the largest answers, the largest first. */
  largest: RequestData[];
  /** Templates found; `templates` may hold fewer, the most frequent first. */
  templateCount: number;
  templates: TemplateData[];
  anomalies: AnomalyData[];
  /** Names of the ATT&CK techniques that the anomalies name, by id. */
  techniques: Record<string, string>;
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

/** Totals, exact over all events whatever the cube holds. */
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
}

/**
 * What an event can be counted by. `template` holds ids of templates; `path` is that of a request without its query;
 * `country` is that of the source: two letters of ISO 3166-1, or the name of its `SourceOrigin` in parentheses, such as
 * `(Private)`, and `(Unknown)` for a public address that no table knows.
 */
export type DimensionName =
  | 'kind' | 'level' | 'outcome' | 'host' | 'program' | 'source' | 'country' | 'user' | 'action' | 'template' | 'path'
  | 'status' | 'agent';

/**
 * The events of the log, counted by time and by what they are about. A code is an index into the `values` of its
 * dimension: 0 is an event without such a value, 1 a value that the table does not break down, the rest are values.
 */
export interface CubeData {
  /** Start of step 0; left out where no event has a time. */
  start?: string;
  /** Width of a step in milliseconds; 0 without times. */
  step: number;
  /** Number of steps, the empty ones too. */
  steps: number;
  dimensions: DimensionData[];
  /** Each table counts all events once. The first has all dimensions; others have fewer, and break down more values. */
  tables: CubeTableData[];
}

export interface DimensionData {
  name: DimensionName;
  /** Values by code; the texts at 0 and 1 are empty. */
  values: string[];
}

/** Rows of one table, column by column, in order of time. */
export interface CubeTableData {
  dimensions: DimensionName[];
  /** Steps since the row before (since 0 for the first); -1 once at the very start for rows without a time. */
  time: number[];
  /** Codes, a column for each of `dimensions`. */
  codes: number[][];
  /** Events in the row. */
  count: number[];
  /** Bytes sent in the row; left out where no request tells. */
  bytes?: number[];
}

/** Lines that the page keeps: samples of all that the log holds, column by column, in the order of the log. */
export interface LinesData {
  /** Files, and for each line its index. */
  paths: string[];
  path: number[];
  line: number[];
  /** Milliseconds since the cube's start; -1 without a time. */
  time: number[];
  /** Codes, a column for each dimension of the cube, in its order. */
  codes: number[][];
  raw: string[];
  /** Characters cut from the end of `raw`, by index of the line. */
  cut: Record<string, number>;
}

/** An address or host name that events came from. */
export interface SourceData {
  /** Code in the dimension `source`; 1 where the cube does not break it down. */
  code: number;
  name: string;
  /** What kind of address it is. */
  origin: SourceOrigin;
  /** Two letters of ISO 3166-1; left out where not known. */
  country?: string;
  count: number;
  failed: number;
  accepted: number;
  /** Distinct users that it tried to be. */
  users: number;
  /** The users it tried most. */
  topUsers: NameCount[];
  /** The account of the first login that was accepted after failures. */
  acceptedUser?: string;
  firstSeen?: string;
  lastSeen?: string;
}

export type SourceOrigin =
  | 'Public' | 'Private' | 'Loopback' | 'LinkLocal' | 'Documentation' | 'Shared' | 'Multicast' | 'Reserved' | 'Name';

export interface RequestData {
  time?: string;
  source?: string;
  path: string;
  status?: number;
  bytes?: number;
  /** Milliseconds. */
  duration?: number;
  file: string;
  line: number;
}

export interface TemplateData {
  id: string;
  text: string;
  count: number;
  /** Share of all events that have a template, 0 to 1. */
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
  /** What would make it usual, in a sentence. */
  normalIf?: string;
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

/** Levels, the least grave first; `None` for events without one. */
export const levels: readonly string[] = [
  'None', 'Trace', 'Debug', 'Informational', 'Notice', 'Warning', 'Error', 'Critical', 'Alert', 'Emergency',
];

/** Where a page's data comes from: the block in its own file, or, live, a server that sends it again as it changes. */
export interface PageSource {
  /** Reads the data; throws an error that a reader can act on where it is missing or of another version. */
  load(): Promise<PageData>;
  /** Calls back with newer data, where the source has any. */
  onUpdate?(listener: (data: PageData) => void): void;
}

/** The data block of the page's own file. */
export class EmbeddedSource implements PageSource {
  constructor(private readonly root: Document) {}

  async load(): Promise<PageData> {
    const block = this.root.getElementById('data')?.textContent.trim() ?? '';
    if (block === '' || block.startsWith('{{')) {
      throw new Error('This page holds no data. It is the empty form that Export-LogDashboard fills.');
    }

    return checked(JSON.parse(await inflate(block)));
  }
}

/** Inflates base64 of zlib data to text. */
async function inflate(block: string): Promise<string> {
  const letters = atob(block);
  const packed = new Uint8Array(letters.length);
  // A loop, for this is on the way to the first chart, and Uint8Array.from takes three times as long.
  for (let index = 0; index < letters.length; index++) {
    packed[index] = letters.charCodeAt(index);
  }

  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).text();
}

/** Data of the version that this script reads. */
export function checked(data: unknown): PageData {
  const { version } = data as { version?: unknown };
  if (version !== 2) {
    throw new Error(`This page holds data of version ${String(version)}, but its script reads version 2.`);
  }

  return data as PageData;
}
