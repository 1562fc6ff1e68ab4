const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A whole number with thousands separators. */
export function count(value: number): string {
  return whole.format(value);
}

/** A number for an axis: 12,000 is 12K. */
export function short(value: number): string {
  return compact.format(value);
}

/** A number with its noun: `1 line`, `2,000 lines`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share from 0 to 1 as a percentage; a tiny share is never shown as nothing, nor a nearly whole one as all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) {
    return '<0.1%';
  }

  if (share < 1 && share > 0.999) {
    return '>99.9%';
  }

  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)}%`;
}

/** Bytes in binary units. */
export function bytes(value: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let scaled = value;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }

  return unit === 0 ? counted(value, 'byte') : `${scaled.toFixed(1)} ${units[unit] ?? ''}`;
}

/** A score: whole points, as the engine says them. */
export function score(value: number): string {
  return value.toFixed(0);
}

const yearMs = 365.25 * 86_400_000;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** A length of time, roughly: `11.2 years`, `29.9 days`, `3.5 hours`. */
export function about(milliseconds: number): string {
  for (const [unit, name] of [[yearMs, 'years'], [dayMs, 'days'], [hourMs, 'hours'], [minuteMs, 'minutes']] as const) {
    if (milliseconds >= unit * 1.5) {
      const units = milliseconds / unit;
      return `${units >= 100 ? count(units) : units.toFixed(1).replace(/\.0$/, '')} ${name}`;
    }
  }

  return counted(Math.round(milliseconds / 1000), 'second');
}

/** A length of time in the largest unit that divides it: `6 hours`, `90 minutes`. */
export function duration(milliseconds: number): string {
  for (const [unit, name] of [[dayMs, 'day'], [hourMs, 'hour'], [minuteMs, 'minute'], [1000, 'second']] as const) {
    if (milliseconds >= unit && milliseconds % unit === 0) {
      return counted(milliseconds / unit, name);
    }
  }

  return counted(milliseconds, 'millisecond');
}
