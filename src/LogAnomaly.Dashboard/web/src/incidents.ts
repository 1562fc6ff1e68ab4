import type { AnomalyData, Severity } from './data';
import { eventsOf, sourceOf, spanOf, userOf } from './entity';
import { gravity } from './model';

/** Findings that share what they are about and follow each other closely. */
export interface Incident {
  /** The same for the same data, whatever the filter leaves of it. */
  id: string;
  /** Its findings, the gravest first. */
  findings: readonly AnomalyData[];
}

/** What a reader is told of an incident, of those of its findings that the filter leaves. */
export interface IncidentSummary {
  severity: Severity;
  /** The gravest finding, whose words speak for all. */
  worst: AnomalyData;
  score: number;
  /** Times of the data, of the first finding's begin and the last one's end. */
  from: string | undefined;
  to: string | undefined;
  /**
   * Events, as far as can be said: the lines of all findings where they show all of theirs, else the events of the
   * finding that has most. Findings may be about the same lines, so a sum would count some twice.
   */
  events: number;
  /** Ids of techniques, each once, in order. */
  techniques: readonly string[];
}

/** Findings that are further apart than this are of two incidents. */
export const longestGap = 3_600_000;

/** What the findings of an incident share: the source, else the user on a host, else the program on a host. */
export function incidentKey(anomaly: AnomalyData): string {
  const source = sourceOf(anomaly);
  if (source !== undefined) {
    return keyText('source', source);
  }

  const { host, program } = anomaly;
  const user = userOf(anomaly);
  if (user !== undefined) {
    return keyText('user', user, host);
  }

  return host === undefined && program === undefined
    ? keyText('other', anomaly.templateId ?? anomaly.entity ?? anomaly.title)
    : keyText('program', host, program);
}

/** Puts findings into incidents; the incident with the gravest finding comes first. */
export function incidentsOf(anomalies: readonly AnomalyData[]): Incident[] {
  const byKey = new Map<string, AnomalyData[]>();
  for (const anomaly of anomalies) {
    const key = incidentKey(anomaly);
    const same = byKey.get(key);
    if (same === undefined) {
      byKey.set(key, [anomaly]);
    } else {
      same.push(anomaly);
    }
  }

  const incidents: Incident[] = [];
  for (const [key, same] of byKey) {
    for (const findings of closeRuns(same)) {
      incidents.push({ id: `${key}@${findings[0]?.time ?? ''}`, findings: findings.sort(graver) });
    }
  }

  return incidents.sort((a, b) => compareWorst(a.findings, b.findings));
}

/** What can be said of findings of one incident; they come with the gravest first and are at least one. */
export function summaryOf(findings: readonly [AnomalyData, ...AnomalyData[]]): IncidentSummary {
  const [worst] = findings;
  let first: AnomalyData | undefined;
  let last: AnomalyData | undefined;
  for (const finding of findings) {
    const span = spanOf(finding);
    if (span !== undefined) {
      first = span.from < (first === undefined ? Infinity : spanOf(first)?.from ?? Infinity) ? finding : first;
      last = span.to > (last === undefined ? -Infinity : spanOf(last)?.to ?? -Infinity) ? finding : last;
    }
  }

  const techniques = findings.flatMap((finding) => (finding.techniques ?? '').split(/\s+/)).filter((id) => id !== '');
  return {
    severity: worst.severity,
    worst,
    score: findings.reduce((most, finding) => Math.max(most, finding.score), 0),
    from: first?.time,
    to: last?.lastTime ?? last?.time,
    events: eventsOf(findings),
    techniques: [...new Set(techniques)].sort(),
  };
}

const ranks: Readonly<Record<Severity, number>> = {
  Critical: gravity('Critical'), High: gravity('High'), Medium: gravity('Medium'), Low: gravity('Low'),
  Informational: gravity('Informational'),
};

/** Orders findings, the gravest first. */
export function graver(a: AnomalyData, b: AnomalyData): number {
  return ranks[b.severity] - ranks[a.severity] || b.score - a.score || b.count - a.count;
}

/** Parts findings wherever more than the longest gap lies between them; those without a time are a run of their own. */
function closeRuns(findings: readonly AnomalyData[]): AnomalyData[][] {
  const timed = findings.map((finding) => ({ finding, span: spanOf(finding) }));
  const runs: AnomalyData[][] = [];
  const timeless = timed.filter((entry) => entry.span === undefined).map((entry) => entry.finding);
  if (timeless.length > 0) {
    runs.push(timeless);
  }

  let run: AnomalyData[] = [];
  let end = -Infinity;
  for (const { finding, span } of timed.sort((a, b) => (a.span?.from ?? 0) - (b.span?.from ?? 0))) {
    if (span === undefined) {
      continue;
    }

    if (span.from - end > longestGap) {
      run = [];
      runs.push(run);
    }

    run.push(finding);
    end = Math.max(end, span.to);
  }

  return runs;
}

function compareWorst(a: readonly AnomalyData[], b: readonly AnomalyData[]): number {
  const [worstA, worstB] = [a[0], b[0]];
  return worstA === undefined || worstB === undefined ? 0 : graver(worstA, worstB) || b.length - a.length;
}

/** One text of several parts that no other parts give. */
function keyText(...parts: (string | undefined)[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}
