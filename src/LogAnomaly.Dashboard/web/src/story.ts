import type { AnomalyData, PageData, SourceData } from './data';
import { sourceOf, spanOf } from './entity';
import { count, counted } from './format';
import { incidentKey } from './incidents';

/** One thing that is known of a source, with its time where that is known. */
export interface StoryPart {
  time?: string | undefined;
  /** Words of ours. */
  text: string;
  /** Words of the log that follow them. */
  logText?: string | undefined;
  /** The finding that it tells of. */
  finding?: AnomalyData;
}

/** Findings that a story tells of at most; it says how many there are besides. */
export const mostTold = 20;

/** What is known of whom a finding is about, in the order of time; what has no time comes before the last part. */
export function storyOf(data: PageData, anomaly: AnomalyData): StoryPart[] {
  const name = sourceOf(anomaly);
  const source = name === undefined ? undefined : data.sources.find((known) => known.name === name);
  const same = sameOf(data, anomaly);
  const told = same.slice(0, mostTold).map((finding): StoryPart => (
    { time: finding.time, text: `${finding.severity}: `, logText: finding.title, finding }));
  const parts = [...told];
  if (same.length > mostTold) {
    parts.push({ text: `and ${counted(same.length - mostTold, 'more finding')}` });
  }

  if (source === undefined) {
    return parts.length > 1 ? parts : [];
  }

  const tries = source.topUsers.map((user) => `${user.name} ${count(user.count)}`).join(', ');
  return [
    { time: source.firstSeen, text: 'First seen' },
    ...(source.users > 0
      ? [{ text: `Tried ${counted(source.users, 'user')}${tries === '' ? '' : ': '}`, logText: tries }] : []),
    ...parts,
    ...loginsOf(source),
    { time: source.lastSeen, text: `Last seen, after ${counted(source.count, 'event')}` },
  ];
}

function loginsOf(source: SourceData): StoryPart[] {
  if (source.failed + source.accepted === 0) {
    return [];
  }

  const logins = { text: `${counted(source.failed, 'login')} failed, ${count(source.accepted)} accepted` };
  return source.acceptedUser === undefined
    ? [logins]
    : [logins, { text: 'After failures it was let in as ', logText: source.acceptedUser }];
}

const byKey = new WeakMap<PageData, Map<string, AnomalyData[]>>();

/** All findings of whom or what this one is about, in the order of time. */
function sameOf(data: PageData, anomaly: AnomalyData): readonly AnomalyData[] {
  let groups = byKey.get(data);
  if (groups === undefined) {
    groups = new Map();
    for (const finding of data.anomalies) {
      const key = incidentKey(finding);
      const group = groups.get(key) ?? [];
      group.push(finding);
      groups.set(key, group);
    }

    groups.forEach((group) => group.sort((a, b) => (spanOf(a)?.from ?? 0) - (spanOf(b)?.from ?? 0)));
    byKey.set(data, groups);
  }

  return groups.get(incidentKey(anomaly)) ?? [];
}
