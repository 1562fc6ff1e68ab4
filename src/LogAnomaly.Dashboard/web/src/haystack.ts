import type { AnomalyData } from './data';
import { whenIdle } from './idle';

const haystacks = new WeakMap<AnomalyData, string>();

/** All text of a finding in which the filter looks, in lower case. */
export function haystack(anomaly: AnomalyData): string {
  let text = haystacks.get(anomaly);
  if (text === undefined) {
    const evidence = anomaly.evidence.map((line) => `${line.path}:${String(line.line)} ${line.raw}`);
    const reasons = anomaly.reasons.map((reason) => `${reason.code} ${reason.sentence}`);
    text = [
      anomaly.title, anomaly.severity, anomaly.detector, anomaly.ruleId, anomaly.ruleName, anomaly.techniques,
      anomaly.entity, anomaly.host, anomaly.program, anomaly.user, anomaly.source, anomaly.template, ...reasons,
      ...evidence,
    ].filter((part) => part !== undefined).join('\n').toLowerCase();
    haystacks.set(anomaly, text);
  }

  return text;
}

/** How many findings are made ready at a time; so many take a few milliseconds. */
const atOnce = 250;

/** Makes the texts of findings ready while the browser is idle, so that the first search is as quick as the next. */
export function prepareSearch(anomalies: readonly AnomalyData[]): void {
  if (anomalies.length > 0) {
    whenIdle(() => {
      anomalies.slice(0, atOnce).forEach(haystack);
      prepareSearch(anomalies.slice(atOnce));
    });
  }
}
