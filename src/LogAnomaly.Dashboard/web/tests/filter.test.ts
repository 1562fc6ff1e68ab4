import { describe, expect, it } from 'vitest';
import { everything, fromFragment, isEverything, toFragment, toggled, valuesOf } from '../src/filter';
import type { Filter } from '../src/filter';

const full: Filter = {
  from: Date.parse('2026-01-05T08:00:00Z'), to: Date.parse('2026-01-05T09:30:00.250Z'),
  severities: ['Critical', 'High'], rules: ['SSH-01'],
  values: { source: ['192.0.2.7', '2001:db8::1'], path: ['/a b?&=#é'] }, text: 'root & <b>',
};

describe('a filter in the URL', () => {
  it('comes back as it went', () => {
    const text = toFragment(full);
    expect(fromFragment(`#${text}`)).toEqual(full);
    expect(toFragment(fromFragment(text))).toBe(text);
    expect(text).toContain('from=2026-01-05T08%3A00%3A00Z');
  });

  it('is nothing where all is let through', () => {
    expect(toFragment(everything)).toBe('');
    expect(isEverything(fromFragment(''))).toBe(true);
  });

  it.each(['from=yesterday', 'severity=Awful', 'source=', 'nonsense', '%E0%A4%A', 'constructor=1'])(
    'lets all through where it is not understood: %s', (fragment) => {
      expect(isEverything(fromFragment(fragment))).toBe(true);
    });
});

describe('a value of a filter', () => {
  it('is added, and taken away again', () => {
    const one = toggled(everything, 'host', 'web1');
    expect(valuesOf(toggled(one, 'host', 'web2'), 'host')).toEqual(['web1', 'web2']);
    expect(isEverything(toggled(one, 'host', 'web1'))).toBe(true);
  });
});
