import type { ScatterSeriesOption } from 'echarts/charts';
import { registerMap } from 'echarts/core';
import { countryName } from '../countries';
import { element } from '../dom';
import { count, percent } from '../format';
import type { Palette } from '../theme';
import { fontFamily } from '../theme';
import type { ChartOption } from './echarts';
import { land, westmost } from './land';
import { placeOf } from './places';

/** The events of one country. */
export interface Bubble {
  /** Two letters of ISO 3166-1. */
  country: string;
  count: number;
}

/** What the map counts. */
export interface MapWords {
  /** What is counted, one and many: `failed login`, `failed logins`. */
  nouns: readonly [string, string];
  /** Whether it is bad, which makes the bubbles red. */
  isBad: boolean;
}

const mapName = 'world';
const mostRadius = 26;
const leastRadius = 4;

/** The corners of the map in degrees: without Antarctica. */
const corners: [[number, number], [number, number]] = [[westmost, 84], [westmost + 360, -57]];
const south = -56;

const light = { land: '#dfe4ec', border: '#ffffff', bad: '#c2253f', plain: '#2563c9' };
const dark = { land: '#2c3644', border: '#181e27', bad: '#ff6b85', plain: '#7db2ff' };

let isRegistered = false;

/** Makes the shapes known to the chart library, once. */
function register(): void {
  if (!isRegistered) {
    registerMap(mapName, land() as Parameters<typeof registerMap>[1]);
    isRegistered = true;
  }
}

/** The radius of a bubble, so that its area is as its count; none is too small to be hit. */
export function radius(value: number, most: number, width: number): number {
  const full = Math.max(12, Math.min(mostRadius, width / 28));
  return most <= 0 ? leastRadius : Math.max(leastRadius, full * Math.sqrt(value / most));
}

/** The map in words: the alternative for those who do not see it. */
export function mapDescription(bubbles: readonly Bubble[], words: MapWords): string {
  const total = bubbles.reduce((sum, bubble) => sum + bubble.count, 0);
  if (total === 0) {
    return `World map of ${words.nouns[1]} by country. None is shown.`;
  }

  const first = bubbles.slice(0, 5).map((bubble) => `${countryName(bubble.country)} ${count(bubble.count)}`);
  const more = bubbles.length - first.length;
  return `World map of ${words.nouns[1]} by country: ${first.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}. `
    + 'The list of countries says the same.';
}

/** The tooltip of a bubble, as elements: the chart library would read a string as markup. */
export function mapTooltip(bubble: Bubble, total: number, words: MapWords): HTMLElement {
  const [one, many] = words.nouns;
  return element(
    'div',
    { class: 'chart-tip' },
    element('strong', {}, countryName(bubble.country)),
    element('p', {}, `${count(bubble.count)} ${bubble.count === 1 ? one : many}, ${percent(bubble.count / total)}`),
  );
}

/** The map for the chart library: plain land, and a bubble for each country; countries not selected are pale. */
export function mapOption(
  bubbles: readonly Bubble[], words: MapWords, palette: Palette, width: number, selected: readonly string[],
): ChartOption {
  register();
  const colours = palette.surface === '#ffffff' ? light : dark;
  const colour = words.isBad ? colours.bad : colours.plain;
  const most = bubbles.reduce((greatest, bubble) => Math.max(greatest, bubble.count), 0);
  const total = bubbles.reduce((sum, bubble) => sum + bubble.count, 0);
  const byCountry = new Map(bubbles.map((bubble) => [bubble.country, bubble]));
  // Large ones first, so that small ones lie on them and can be hit.
  const data = [...bubbles].sort((a, b) => b.count - a.count).flatMap((bubble) => {
    const place = placeOf(bubble.country);
    const isPale = selected.length > 0 && !selected.includes(bubble.country);
    return place === undefined ? [] : [{
      name: bubble.country,
      value: [place.longitude < westmost ? place.longitude + 360 : place.longitude,
        Math.max(south, place.latitude), bubble.count],
      symbolSize: radius(bubble.count, most, width) * 2,
      itemStyle: { color: colour, opacity: isPale ? 0.25 : 0.72, borderColor: palette.surface, borderWidth: 1 },
    }];
  });
  const series: ScatterSeriesOption = {
    type: 'scatter', coordinateSystem: 'geo', data, cursor: 'pointer',
    emphasis: { scale: 1.1, itemStyle: { opacity: 0.95, borderColor: palette.text } },
  };
  return {
    animation: false,
    textStyle: { fontFamily },
    geo: {
      map: mapName, roam: false, silent: true, boundingCoords: corners, aspectScale: 0.82,
      left: 0, right: 0, top: 0, bottom: 0,
      itemStyle: { areaColor: colours.land, borderColor: colours.border, borderWidth: 0.5 },
      emphasis: { disabled: true },
      tooltip: { show: false },
    },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: palette.surface, borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: 13 },
      formatter: (parameters) => {
        const bubble = Array.isArray(parameters) ? undefined : byCountry.get(parameters.name);
        return bubble === undefined ? '' : mapTooltip(bubble, Math.max(1, total), words);
      },
    },
    series: [series],
  };
}
