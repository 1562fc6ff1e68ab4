import type { PageData } from './data';

/** A time of the log: the instant and the offset that the log's zone had then. */
export interface LogTime {
  /** Milliseconds since 1970, UTC. */
  instant: number;
  /** Minutes east of UTC. */
  offset: number;
}

/** Reads a time of the data block. */
export function parseTime(text: string): LogTime {
  const match = /([+-])(\d\d):(\d\d)$/.exec(text);
  const minutes = match === null ? 0 : Number(match[2]) * 60 + Number(match[3]);
  return { instant: Date.parse(text), offset: match?.[1] === '-' ? -minutes : minutes };
}

/** The instant whose UTC fields are the wall clock of the log; for axes and formatting only. */
export function wallClock(time: LogTime): number {
  return time.instant + time.offset * 60_000;
}

/** The name of an offset: `UTC`, `UTC+01:00`. */
export function zoneName(offset: number): string {
  if (offset === 0) {
    return 'UTC';
  }

  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `2026-01-05 08:15:00` by the log's own clock. */
export function dateTime(text: string): string {
  return new Date(wallClock(parseTime(text))).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-01-05` by the log's own clock. */
export function date(text: string): string {
  return dateTime(text).slice(0, 10);
}

/** The zones of the page's times, in words, and whether each time must carry its own because there are several. */
export interface Zones {
  name: string;
  mixed: boolean;
}

/** Finds the zones of all times that the page shows. */
export function zonesOf(data: PageData): Zones {
  const offsets = new Set<number>();
  const add = (text: string | undefined): void => {
    if (text !== undefined) {
      offsets.add(parseTime(text).offset);
    }
  };
  add(data.summary.firstSeen);
  add(data.summary.lastSeen);
  data.summary.timeline.forEach((bucket) => { add(bucket.start); });
  data.anomalies.forEach((anomaly) => { add(anomaly.time); });
  const sorted = [...offsets].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  return first === last
    ? { name: zoneName(first), mixed: false }
    : { name: `${zoneName(first)} to ${zoneName(last)}`, mixed: true };
}

/** A time for a text: with its zone where the page's times have several. */
export function shown(text: string | undefined, zones: Zones): string {
  if (text === undefined) {
    return '';
  }

  return zones.mixed ? `${dateTime(text)} ${zoneName(parseTime(text).offset)}` : dateTime(text);
}
