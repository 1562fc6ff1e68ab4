import { dateTime, parseTime, zoneName } from './time';
import type { View } from './view';

/** The offset of the log's zone at an instant, in minutes: that of the log's end of the same side. */
function offsetOf(view: View, instant: number): number {
  const { firstSeen, lastSeen } = view.data.summary;
  const first = firstSeen ?? view.data.cube.start;
  const last = lastSeen ?? first;
  if (first === undefined || last === undefined) {
    return 0;
  }

  const [start, end] = [parseTime(first), parseTime(last)];
  return instant * 2 < start.instant + end.instant ? start.offset : end.offset;
}

/** An instant in ISO 8601 with the offset of the log: what the data block writes. */
export function isoOf(view: View, instant: number): string {
  const offset = offsetOf(view, instant);
  const zone = offset === 0 ? 'Z' : zoneName(offset).replace('UTC', '');
  return `${new Date(instant + offset * 60_000).toISOString().slice(0, 23)}${zone}`;
}

/** An instant by the log's clock: `2026-01-05 08:15:00`. */
export function instantText(view: View, instant: number): string {
  return dateTime(isoOf(view, instant).replace(/Z$/, '+00:00'));
}

/** The same without seconds where they are none. */
export function minuteText(view: View, instant: number): string {
  return instantText(view, instant).replace(/:00$/, '');
}

/** The start of a step of the cube. */
export function instantOfStep(view: View, step: number): number {
  return view.start + step * view.cube.step;
}

/** The last step in which anything was counted, as an instant. */
export function lastInstant(view: View, counts: Float64Array | undefined): number | undefined {
  const step = counts?.findLastIndex((value) => value > 0) ?? -1;
  return step < 0 ? undefined : instantOfStep(view, step);
}
