const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Widths of bars that a reader can name: those up to a day divide it, so that bars begin at round times. */
const natural: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[1, 2, 7, 14, 28, 56, 112, 224].map((days) => days * day),
];

/** Monday, 5 January 1970: weeks begin on a Monday. */
const firstMonday = 4 * day;

/** Bars that are so many times as wide as asked would show too little. */
const mostWider = 4;

/** How steps of the cube are joined to bars. */
export interface Bins {
  /** Steps to a bar. */
  join: number;
  /** Steps by which the first bar begins before the first step, so that it begins at a round time. */
  lead: number;
  /** Number of bars. */
  count: number;
}

/**
 * Joins steps to bars of a natural width, at least `least` steps each, that begin at round times of the log's clock.
 *
 * @param wall The first step as the log's clock shows it, in milliseconds.
 * @param step Width of a step in milliseconds.
 */
export function binsOf(wall: number, step: number, steps: number, least: number): Bins {
  if (least <= 1) {
    return { join: 1, lead: 0, count: steps };
  }

  const wanted = least * step;
  const width = natural.find((each) => each >= wanted && each % step === 0);
  if (width === undefined || width > wanted * mostWider) {
    const join = Math.ceil(least);
    return { join, lead: 0, count: Math.ceil(steps / join) };
  }

  const join = width / step;
  const origin = width >= 7 * day ? firstMonday : 0;
  const lead = Math.floor(((((wall - origin) % width) + width) % width) / step);
  return { join, lead, count: Math.ceil((steps + lead) / join) };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A label of a time axis: the day at midnight, with its year where one begins, else the time of day. */
export function axisTime(value: number): string {
  const at = new Date(value);
  if (value % day === 0) {
    const [month, date] = [at.getUTCMonth(), at.getUTCDate()];
    const year = month === 0 && date === 1 ? `, ${String(at.getUTCFullYear())}` : '';
    return `${months[month] ?? ''} ${String(date)}${year}`;
  }

  return at.toISOString().slice(11, value % minute === 0 ? 16 : 19);
}
