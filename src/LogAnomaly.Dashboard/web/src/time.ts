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

/** Times of the data that tell what offset the log's zone had when. */
function samplesOf(data: PageData): LogTime[] {
  const { summary, cube, anomalies } = data;
  const found = anomalies.flatMap((anomaly) => [anomaly.time, anomaly.lastTime]);
  return [summary.firstSeen, cube.start, summary.lastSeen, ...found]
    .filter((text) => text !== undefined)
    .map(parseTime);
}

/** Finds the zones of all times that the page shows. */
export function zonesOf(data: PageData): Zones {
  const sorted = [...new Set(samplesOf(data).map((sample) => sample.offset))].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  return first === last
    ? { name: zoneName(first), mixed: false }
    : { name: `${zoneName(first)} to ${zoneName(last)}`, mixed: true };
}

/**
 * The log's own clock for instants whose offset the data does not tell, such as those of a filter: an instant has the
 * offset of the last known time before it, since a zone keeps its offset until it changes.
 */
export class LogClock {
  private readonly changes: LogTime[] = [];

  constructor(samples: readonly LogTime[]) {
    for (const sample of [...samples].sort((a, b) => a.instant - b.instant)) {
      if (this.changes.at(-1)?.offset !== sample.offset) {
        this.changes.push(sample);
      }
    }
  }

  /** Minutes east of UTC at an instant. */
  offsetAt(instant: number): number {
    return (this.changes.findLast((change) => change.instant <= instant) ?? this.changes[0])?.offset ?? 0;
  }

  /** The instant whose UTC fields are the log's clock. */
  wall(instant: number): number {
    return instant + this.offsetAt(instant) * 60_000;
  }

  /** The instant at which the log's clock shows these UTC fields. */
  instantOf(wall: number): number {
    const near = wall - this.offsetAt(wall) * 60_000;
    return wall - this.offsetAt(near) * 60_000;
  }

  /** `2026-01-05 08:15:00`. */
  text(instant: number): string {
    return new Date(this.wall(instant)).toISOString().slice(0, 19).replace('T', ' ');
  }

  /** The same without seconds where they are none. */
  minute(instant: number): string {
    return this.text(instant).replace(/:00$/, '');
  }

  /** The instant in ISO 8601 with the offset of the log, as the data block writes it. */
  iso(instant: number): string {
    const offset = this.offsetAt(instant);
    const zone = offset === 0 ? 'Z' : zoneName(offset).replace('UTC', '');
    return `${new Date(this.wall(instant)).toISOString().slice(0, 23)}${zone}`;
  }
}

/** The clock of a log. */
export function clockOf(data: PageData): LogClock {
  return new LogClock(samplesOf(data));
}

/** A time for a text: with its zone where the page's times have several. */
export function shown(text: string | undefined, zones: Zones): string {
  if (text === undefined) {
    return '';
  }

  return zones.mixed ? `${dateTime(text)} ${zoneName(parseTime(text).offset)}` : dateTime(text);
}

/** From when to when for a text; the day is said once where both are of the same. */
export function shownSpan(from: string | undefined, to: string | undefined, zones: Zones): string {
  const [begin, end] = [shown(from, zones), shown(to, zones)];
  if (end === '' || end === begin) {
    return begin;
  }

  return begin.slice(0, 10) === end.slice(0, 10) ? `${begin} to ${end.slice(11)}` : `${begin} to ${end}`;
}
