import type { AnomalyData } from './data';

const haystacks = new WeakMap<AnomalyData, string>();

/** All text of a finding in which the filter looks. */
export function haystack(anomaly: AnomalyData): string {
  let text = haystacks.get(anomaly);
  if (text === undefined) {
    const evidence = anomaly.evidence.map((line) => `${line.path}:${String(line.line)} ${line.raw}`);
    const reasons = anomaly.reasons.map((reason) => `${reason.code} ${reason.sentence}`);
    text = [
      anomaly.title, anomaly.severity, anomaly.detector, anomaly.ruleId, anomaly.ruleName, anomaly.techniques,
      anomaly.entity, anomaly.host, anomaly.program, anomaly.user, anomaly.source, anomaly.template, ...reasons,
      ...evidence,
    ].filter((part) => part !== undefined).join('\n');
    haystacks.set(anomaly, text);
  }

  return text;
}
