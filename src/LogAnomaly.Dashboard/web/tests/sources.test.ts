import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mapDescription, mapOption, mapTooltip, radius } from '../src/charts/map';
import { arcOf, land } from '../src/charts/land';
import { placeOf, placedCountries } from '../src/charts/places';
import { countryName } from '../src/countries';
import { originsOf, failedQueries, sourceRows } from '../src/origins';
import { intro, sourcesSection, mapWords } from '../src/sections/sources';
import { ThemeSwitch } from '../src/theme';
import { View } from '../src/view';
import { present } from './sample';
import { source, sourceData } from './source-sample';

const failed = { kind: 'Authentication', outcome: 'Failure', action: 'ssh_login' };
const words = { nouns: ['failed login', 'failed logins'], isBad: true } as const;

vi.mock('../src/charts/echarts', async (original) => ({
  ...await original<typeof import('../src/charts/echarts')>(),
  Chart: class {
    draw(): void { /* Drawing needs a browser that measures. */ }
    onClick(): void { /* So does clicking. */ }
  },
}));

function viewOf(...given: Parameters<typeof sourceData>): View {
  return new View(sourceData(...given), new ThemeSwitch('light'));
}

function attacked(): View {
  return viewOf([
    { ...failed, source: '193.0.6.139', country: 'NL', count: 30, step: 1 },
    { ...failed, source: '193.0.6.140', country: 'NL', count: 5, step: 9 },
    { ...failed, source: '10.0.0.7', country: '(Private)', count: 4, step: 2 },
    { kind: 'Authentication', outcome: 'Success', action: 'ssh_login', source: '193.0.6.139', country: 'NL', count: 1 },
    { kind: 'ApacheError', outcome: 'Failure', action: 'basic_login', source: '8.8.8.8', country: 'US', count: 3 },
    { kind: 'Access', outcome: 'Failure', source: '8.8.8.8', country: 'US', count: 700 },
  ], [
    source({ failed: 10, accepted: 1, users: 9, acceptedUser: 'root', topUsers: [
      { name: 'root', count: 6 }, { name: 'admin', count: 2 }, { name: 'x\u202ey', count: 1 },
      { name: 'bob', count: 1 }] }),
    source({ name: '193.0.6.140', failed: 5, count: 5 }),
    source({ name: '10.0.0.7', origin: 'Private', failed: 4, count: 4 }),
    source({ name: '8.8.8.8', country: 'US', failed: 3, count: 703 }),
  ].map((entry) => {
    const { country, ...rest } = entry;
    return entry.origin === 'Private' || country === undefined ? rest : entry;
  }));
}

beforeEach(() => {
  window.location.hash = '';
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  vi.stubGlobal('requestAnimationFrame', () => 1);
});

describe('countries', () => {
  it('have names, and kinds of addresses have words', () => {
    expect(countryName('DE')).toBe('Germany');
    expect(countryName('XK')).toBe('Kosovo');
    expect(countryName('(Private)')).toBe('Private network');
    expect(countryName('(constructor)')).toBe('(constructor)');
    expect(countryName('<b>')).toBe('<b>');
  });

  it('all have a point on the map and a name', () => {
    const all = placedCountries();
    expect(all.length).toBe(250);
    for (const country of all) {
      const place = placeOf(country);
      expect(Math.abs(place?.longitude ?? 999)).toBeLessThanOrEqual(180);
      expect(Math.abs(place?.latitude ?? 999)).toBeLessThanOrEqual(90);
      expect(countryName(country)).not.toBe(country);
    }

    expect(placeOf('SG')).toEqual({ longitude: 103.8, latitude: 1.4 });
    expect(placeOf('ZZ')).toBeUndefined();
  });
});

describe('failed logins', () => {
  it('are counted by country, without requests that failed for other reasons', () => {
    const view = attacked();
    expect(originsOf(view, failedQueries(view, view.query()))).toEqual([
      { value: 'NL', least: 35, most: 35 }, { value: '(Private)', least: 4, most: 4 },
      { value: 'US', least: 3, most: 3 },
    ]);
    expect(mapWords(view).isBad).toBe(true);
  });

  it('follow the filter', () => {
    window.location.hash = `from=${new Date(Date.parse('2026-01-05T08:00:00+01:00') + 5 * 3_600_000).toISOString()}`;
    const view = attacked();
    expect(originsOf(view, failedQueries(view, view.query()))).toEqual([{ value: 'NL', least: 5, most: 5 }]);
    expect(sourceRows(view).map((row) => [row.source.name, row.least])).toEqual([['193.0.6.140', 5]]);
  });

  it('are none where the filter asks for other outcomes', () => {
    window.location.hash = 'outcome=Success';
    const view = attacked();
    expect(originsOf(view, failedQueries(view, view.query()))).toEqual([]);
  });

  it('give way to requests where the log has none', () => {
    const view = viewOf(
      [{ kind: 'Access', outcome: 'Success', source: '8.8.8.8', country: 'US', count: 5 }],
      [source({ name: '8.8.8.8' })]);
    expect(mapWords(view)).toEqual({ nouns: ['request', 'requests'], isBad: false });
    const said = intro([{ value: 'US', least: 5, most: 5 }], mapWords(view));
    expect(said).toContain('no failed login');
    expect(said).toContain('5 requests, from 1 country (United States)');
  });
});

describe('the map', () => {
  it('has the shapes of the countries, without Antarctica, each ring closed', () => {
    expect(arcOf('AAC')).toEqual([[0, 0]]);
    expect(arcOf('CDgB')).toEqual([[1, -1]]);
    const shapes = land().features as { geometry: { type: string; coordinates: unknown } }[];
    expect(shapes.length).toBe(176);
    const rings = shapes.flatMap(({ geometry }) => (
      geometry.type === 'Polygon'
        ? geometry.coordinates as number[][][] : (geometry.coordinates as number[][][][]).flat()));
    for (const ring of rings) {
      expect(ring[0]).toEqual(ring.at(-1));
      // No step across the whole map: it would be drawn as a line.
      expect(ring.every(([x = 0], at) => Math.abs(x - (ring[at - 1]?.[0] ?? x)) < 90)).toBe(true);
      expect(ring.every(([x = 999, y = 999]) => x >= -172 && x <= 192 && y <= 84 && y >= -57)).toBe(true);
    }
  });

  it('says in words what it shows', () => {
    expect(mapDescription([{ country: 'NL', count: 35 }, { country: 'SG', count: 1 }], words))
      .toContain('Netherlands 35, Singapore 1');
    expect(mapDescription([], words)).toContain('None is shown');
    expect(mapTooltip({ country: 'NL', count: 1 }, 4, words).textContent).toBe('Netherlands1 failed login, 25.0%');
  });

  it('has a bubble with an area as its count for each country, and pales those that are not selected', () => {
    const { palette } = new ThemeSwitch('light');
    const option = mapOption(
      [{ country: 'NL', count: 100 }, { country: 'SG', count: 25 }, { country: 'ZZ', count: 1 }],
      words, palette, 800, ['SG']);
    interface Point { name: string; symbolSize: number; itemStyle: { opacity: number } }
    const [series] = option.series as { data: Point[] }[];
    expect(series?.data.map((point) => point.name)).toEqual(['NL', 'SG']);
    const [first, second] = series?.data ?? [];
    expect(first?.symbolSize).toBeCloseTo((second?.symbolSize ?? 0) * 2);
    expect(first?.itemStyle.opacity).toBeLessThan(second?.itemStyle.opacity ?? 0);
    expect(radius(1, 1_000_000, 800)).toBe(4);
  });
});

describe('the section', () => {
  it('shows sources with words for those that got in', () => {
    const section = present(sourcesSection(attacked()));
    const text = section.textContent;
    expect(text).toContain('42 failed-login events, from 2 countries, Netherlands first with ');
    expect(section.querySelector('.break-in')?.textContent).toBe('1 after failures');
    expect(section.querySelector('.accepted')?.textContent).toBe('1 after failures as root');
    expect(text).toContain('Private network');
    expect(section.querySelector('.map')?.getAttribute('aria-label')).toContain('Netherlands 35');
    expect(text).not.toContain('\u202e');
    const users = [...section.querySelectorAll('.tried .pick')].map((entry) => entry.textContent);
    expect(users.slice(0, 2)).toEqual(['root', 'admin']);
    expect(text).toContain('6 more');
  });

  it('sets the filter by its buttons', () => {
    const view = attacked();
    const section = present(sourcesSection(view));
    const country = [...section.querySelectorAll<HTMLButtonElement>('.countries .pick')]
      .find((entry) => entry.textContent === 'Private network');
    country?.click();
    expect(view.filter.values).toEqual({ country: ['(Private)'] });
  });

  it('leaves the map out and says so where no address is public', () => {
    const { country, ...hidden } = source({ name: '10.0.0.7', origin: 'Private', failed: 4 });
    expect(country).toBe('NL');
    const section = present(sourcesSection(viewOf(
      [{ ...failed, source: '10.0.0.7', country: '(Private)', count: 4 }], [hidden])));
    expect(section.querySelector('.map')).toBeNull();
    expect(section.textContent).toContain('so there is no map');
    expect(section.textContent).toContain('4 failed-login events, none from a public address with a known country');
  });

  it('is left out where no event names a source', () => {
    const view = viewOf([], []);
    vi.spyOn(view.cube, 'has').mockReturnValue(false);
    expect(sourcesSection(view)).toBeNull();
  });
});
