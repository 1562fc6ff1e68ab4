import type { AnomalyData } from './data';

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

function entityOf(anomaly: AnomalyData, types: readonly string[]): string | undefined {
  return anomaly.entityType !== undefined && types.includes(anomaly.entityType) ? anomaly.entity : undefined;
}
