import { describe, expect, it } from 'vitest';
import { about, bytes, counted, duration, percent, short } from '../src/format';
import { date, dateTime, parseTime, shown, wallClock, zoneName, zonesOf } from '../src/time';
import { visible, visibleText } from '../src/visible';
import { anomaly, pageData } from './sample';

describe('text that does not show', () => {
  it.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['a\tb\r\nc', 'a\\tb\\r\\nc'],
    ['nul\0', 'nul\\x00'],
    ['\u009b', '\\x9b'],
    ['\u202eabc', 'U+202Eabc'],
    ['\u2066x\u2069', 'U+2066xU+2069'],
    ['\u200b\ufeff', 'U+200BU+FEFF'],
    ['\u2028', 'U+2028'],
    ['\ud83e', 'U+D83E'],
    ['\u{e0041}', 'U+E0041'],
  ])('is written as an escape: %j', (text, expected) => {
    expect(visibleText(text)).toBe(expected);
  });

  it('leaves letters of every script and emoji alone', () => {
    expect(visible('é ש 漢 \u{1f980} <b>')).toEqual([{ text: 'é ש 漢 \u{1f980} <b>' }]);
  });

  it('says what the character is', () => {
    const mark = { text: 'U+202E', mark: 'right-to-left override' };
    expect(visible('a\u202eb')).toEqual([{ text: 'a' }, mark, { text: 'b' }]);
  });
});

describe('numbers', () => {
  it('have thousands separators and the right noun', () => {
    expect(counted(56482, 'event')).toBe('56,482 events');
    expect(counted(1, 'anomaly', 'anomalies')).toBe('1 anomaly');
    expect(short(12_500)).toBe('12.5K');
  });

  it('never show a tiny share as nothing or a nearly whole one as all', () => {
    expect([0, 0.00001, 0.25, 0.99999, 1].map(percent)).toEqual(['0%', '<0.1%', '25.0%', '>99.9%', '100%']);
  });

  it('carry units', () => {
    expect(bytes(1)).toBe('1 byte');
    expect(bytes(1536)).toBe('1.5 KiB');
    expect([60_000, 5_400_000, 86_400_000].map(duration)).toEqual(['1 minute', '90 minutes', '1 day']);
    expect(about(2.5 * 86_400_000)).toBe('2.5 days');
    expect(about(4089.2 * 86_400_000)).toBe('11.2 years');
    expect(about(365 * 86_400_000)).toBe('365 days');
    expect(about(1000)).toBe('1 second');
  });
});

describe('times', () => {
  it('are shown by the clock of the log', () => {
    expect(dateTime('2026-01-05T00:30:00.000+01:00')).toBe('2026-01-05 00:30:00');
    expect(date('2026-01-04T23:30:00.000-05:30')).toBe('2026-01-04');
    expect(wallClock(parseTime('1970-01-01T01:00:00.000+01:00'))).toBe(3_600_000);
  });

  it('name their zone', () => {
    expect([0, 60, -330].map(zoneName)).toEqual(['UTC', 'UTC+01:00', 'UTC-05:30']);
    expect(zonesOf(pageData())).toEqual({ name: 'UTC+01:00', mixed: false });
  });

  it('carry their own zone where the log has several', () => {
    const zones = zonesOf(pageData([anomaly({ time: '2026-07-01T10:00:00.000+02:00' })]));
    expect(zones).toEqual({ name: 'UTC+01:00 to UTC+02:00', mixed: true });
    expect(shown('2026-07-01T10:00:00.000+02:00', zones)).toBe('2026-07-01 10:00:00 UTC+02:00');
  });
});
