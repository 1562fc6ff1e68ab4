import type { AnomalyData, PageData } from './data';

/** Whether a finding is about a kind of message: its entity is the id of a template, which tells a reader nothing. */
export function isAboutTemplate(anomaly: AnomalyData): boolean {
  return anomaly.entityType === 'TemplateId';
}

/** The data with the words of the template for each finding that only gives its id. */
export function withTemplates(data: PageData): PageData {
  const texts = new Map(data.templates.map((template) => [template.id, template.text]));
  const anomalies = data.anomalies.map((anomaly) => {
    const text = isAboutTemplate(anomaly) ? texts.get(anomaly.entity ?? '') : undefined;
    return text === undefined || anomaly.entity === undefined ? anomaly
      : { ...anomaly, templateId: anomaly.templateId ?? anomaly.entity, template: anomaly.template ?? text };
  });
  return { ...data, anomalies };
}

/** The address or host name that a finding comes from, where it tells one. */
export function sourceOf(anomaly: AnomalyData): string | undefined {
  return anomaly.source ?? entityOf(anomaly, ['SourceIP', 'Source', 'SourceHost']);
}

/** The account that a finding is about, where it tells one. */
export function userOf(anomaly: AnomalyData): string | undefined {
  return anomaly.user ?? entityOf(anomaly, ['UserName', 'Account', 'TargetUser']);
}

/** Whom or what a finding is about, in the words of the log. */
export function about(anomaly: AnomalyData): string {
  if (isAboutTemplate(anomaly) && anomaly.template !== undefined) {
    return anomaly.template;
  }

  return anomaly.entity ?? anomaly.source ?? anomaly.user ?? anomaly.program ?? anomaly.host ?? '';
}

/** When a finding begins and ends, in milliseconds; undefined without a time. */
export function spanOf(anomaly: AnomalyData): { from: number; to: number } | undefined {
  if (anomaly.time === undefined) {
    return undefined;
  }

  const from = Date.parse(anomaly.time);
  return { from, to: Math.max(from, Date.parse(anomaly.lastTime ?? anomaly.time)) };
}

/** The least number of events that findings are about together. */
export function eventsOf(findings: readonly AnomalyData[]): number {
  const most = findings.reduce((greatest, finding) => Math.max(greatest, finding.count), 0);
  // Of a finding that does not show all its lines, the lines tell too little; and this is asked anew for each filter.
  if (findings.length < 2 || findings.some((finding) => finding.count > finding.evidence.length)) {
    return most;
  }

  const places = new Set<string>();
  for (const { evidence } of findings) {
    evidence.forEach((line) => { places.add(`${line.path}:${String(line.line)}`); });
  }

  return Math.max(most, places.size);
}

function entityOf(anomaly: AnomalyData, types: readonly string[]): string | undefined {
  return anomaly.entityType !== undefined && types.includes(anomaly.entityType) ? anomaly.entity : undefined;
}
