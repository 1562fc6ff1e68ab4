import type { Cube, Series } from './cube';
import type { LogClock } from './time';

/** A day, or a weekday, with its events by hours. */
export interface HeatRow {
  /** Midnight of the day as the log's clock shows it, in milliseconds; for weekdays that of the first such day. */
  day: number;
  counts: number[];
  /** The instants that each cell stands for; of a weekday, the first. */
  spans: { from: number; to: number }[];
}

/** Events by day and hours of the log's clock. */
export interface HeatMap {
  rows: HeatRow[];
  /** The hour at which each column begins. */
  columns: number[];
  /** Hours in a column. */
  hours: number;
  byWeekday: boolean;
  /** Events in the fullest cell. */
  most: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** More days than this are added up by weekday. */
export const mostDays = 35;

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * Puts steps into days and hours, at least `hours` a column; undefined where a step of the cube is longer than fits
 * into a day's columns, or there are no times.
 */
export function heatMapOf(
  series: Series, start: number, cube: Pick<Cube, 'step' | 'steps'>, clock: LogClock, hours: number,
): HeatMap | undefined {
  const columnMs = Math.max(hours * hourMs, cube.step);
  if (cube.steps === 0 || cube.step === 0 || columnMs >= dayMs || dayMs % columnMs !== 0) {
    return undefined;
  }

  const dayOf = (instant: number): number => Math.floor(clock.wall(instant) / dayMs) * dayMs;
  const first = dayOf(start);
  const days = Math.round((dayOf(start + (cube.steps - 1) * cube.step) - first) / dayMs) + 1;
  const byWeekday = days > mostDays;
  const monday = (new Date(first).getUTCDay() + 6) % 7;
  const columns = Array.from({ length: dayMs / columnMs }, (_, column) => (column * columnMs) / hourMs);
  const rows = Array.from({ length: byWeekday ? 7 : days }, (_, row): HeatRow => {
    // Weeks begin on Monday, whatever day the log begins on.
    const day = byWeekday ? first + ((row - monday + 7) % 7) * dayMs : first + row * dayMs;
    const spans = columns.map((hour) => ({
      from: clock.instantOf(day + hour * hourMs), to: clock.instantOf(day + hour * hourMs + columnMs),
    }));
    return { day, counts: columns.map(() => 0), spans };
  });
  for (const counts of series.counts.values()) {
    counts.forEach((events, step) => {
      const wall = clock.wall(start + step * cube.step);
      const day = Math.round((Math.floor(wall / dayMs) * dayMs - first) / dayMs);
      const row = rows[byWeekday ? (day + monday) % 7 : day];
      const column = Math.floor((((wall % dayMs) + dayMs) % dayMs) / columnMs);
      if (row !== undefined) {
        row.counts[column] = (row.counts[column] ?? 0) + events;
      }
    });
  }

  const most = rows.reduce((greatest, row) => Math.max(greatest, ...row.counts), 0);
  return { rows, columns, hours: columnMs / hourMs, byWeekday, most };
}

/** The name of a row: `Mon 2026-01-05`, or `Monday`. */
export function rowName(map: HeatMap, row: number): string {
  const day = new Date(map.rows[row]?.day ?? 0);
  const weekday = weekdays[day.getUTCDay()] ?? '';
  return map.byWeekday ? weekday : `${weekday.slice(0, 3)} ${day.toISOString().slice(0, 10)}`;
}

/** How many shades a cell may have; 0 is an empty one. */
const shades = 6;

/** The steepest power by which the limits of shades grow, for logs of which one hour holds almost all. */
const steepest = 4;

/**
 * The most events that each shade stands for. They grow from the emptiest cell that holds any to the fullest, by the
 * power that puts the middle cell into the middle: so a steady log has shades, and one busy hour still stands out.
 */
export function shadeLimits(map: HeatMap): number[] {
  const filled = map.rows.flatMap((row) => row.counts).filter((events) => events > 0).sort((a, b) => a - b);
  const least = filled[0] ?? 0;
  const range = map.most - least;
  const middle = ((filled[filled.length >> 1] ?? 0) - least) / Math.max(1, range);
  const power = Math.min(steepest, Math.max(1, Math.log(middle) / Math.log(0.5)));
  return Array.from({ length: shades }, (_, shade) => (
    shade === 0 ? 0 : Math.round(least + range * (shade / (shades - 1)) ** power)));
}
