import type { AnomalyData, Severity } from '../data';
import { levels, severities } from '../data';
import { noValue, otherValues } from '../cube';
import type { Series } from '../cube';
import { element } from '../dom';
import { count, counted, duration, short } from '../format';
import type { Palette } from '../theme';
import { fontFamily } from '../theme';
import type { LogTime } from '../time';
import { wallClock, zoneName } from '../time';
import type { CustomSeriesOption } from 'echarts/charts';
import type { ChartOption } from './echarts';

/** By what the bars are stacked. */
export type Stack = 'outcome' | 'level';

/** Events of one value, by slot. */
export interface Layer {
  name: string;
  /** Where its colour stands in the palette. */
  colour: number;
  counts: Float64Array;
}

/** The findings of one severity in one slot. */
export interface Mark {
  slot: number;
  severity: Severity;
  count: number;
}

/** The timeline, ready to draw: slots of equal width, each one step of the cube or several. */
export interface Timeline {
  stack: Stack;
  /** Where slot 0 begins, and the offset of the axis. */
  origin: LogTime;
  /** Width of a slot in milliseconds. */
  width: number;
  slots: number;
  layers: Layer[];
  /** Events by slot. */
  totals: Float64Array;
  /** Findings that the page holds and that have a time. */
  marks: Mark[];
  /** Findings by slot. */
  found: Float64Array;
  /** Whether every event is in its place. */
  exact: boolean;
}

/** The outcomes, in the order of their colours. */
export const outcomes: readonly string[] = ['Success', 'Failure', 'Unknown'];

/** What a timeline is made of. */
export interface TimelineInput {
  stack: Stack;
  series: Series;
  valueOf: (code: number) => string;
  anomalies: readonly AnomalyData[];
  origin: LogTime;
  /** Width of a step of the cube, in milliseconds, and how many there are. */
  step: number;
  steps: number;
  /** Steps to a slot. */
  join: number;
}

/** The name of a value as the reader sees it. */
export function layerName(stack: Stack, code: number, value: string): string {
  if (code === otherValues) {
    return 'Other';
  }

  if (code === noValue || value === 'None') {
    return stack === 'level' ? 'No level' : 'No outcome';
  }

  return value === 'Unknown' && stack === 'outcome' ? 'Not known' : value;
}

/** Prepares the timeline. */
export function timelineOf(input: TimelineInput): Timeline {
  const { stack, series, join, origin } = input;
  const slots = Math.ceil(input.steps / join);
  const width = input.step * join;
  const totals = new Float64Array(slots);
  const byName = new Map<string, Layer>();
  for (const [code, steps] of series.counts) {
    const value = input.valueOf(code);
    const name = layerName(stack, code, value);
    const layer = byName.get(name) ?? { name, colour: colourOf(stack, name, value), counts: new Float64Array(slots) };
    byName.set(name, layer);
    steps.forEach((events, step) => {
      const slot = Math.floor(step / join);
      layer.counts[slot] = (layer.counts[slot] ?? 0) + events;
      totals[slot] = (totals[slot] ?? 0) + events;
    });
  }

  const layers = [...byName.values()].filter((layer) => layer.counts.some((events) => events > 0))
    .sort((a, b) => a.colour - b.colour);
  const marks = marksOf(input.anomalies, origin.instant, width, slots);
  const found = new Float64Array(slots);
  marks.forEach((mark) => { found[mark.slot] = (found[mark.slot] ?? 0) + mark.count; });
  return { stack, origin, width, slots, layers, totals, marks, found, exact: series.exact };
}

/** Colours by position: levels from none to the gravest, outcomes as they are listed; the rest takes the first. */
function colourOf(stack: Stack, name: string, value: string): number {
  const known = stack === 'level' ? levels : outcomes;
  if (name === 'Other') {
    return known.length;
  }

  const index = known.indexOf(value);
  return index >= 0 ? index : stack === 'level' ? 0 : outcomes.length + 1;
}

/** The colour of a layer. */
export function layerColour(stack: Stack, layer: Layer, palette: Palette): string {
  return (stack === 'level' ? palette.levels : palette.outcomes)[layer.colour] ?? palette.other;
}

/** Counts the findings by slot and severity. */
function marksOf(anomalies: readonly AnomalyData[], start: number, width: number, slots: number): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { time, severity } of anomalies) {
    if (time === undefined) {
      continue;
    }

    const slot = Math.min(slots - 1, Math.max(0, Math.floor((Date.parse(time) - start) / width)));
    const key = `${String(slot)} ${severity}`;
    const mark = marks.get(key) ?? { slot, severity, count: 0 };
    mark.count++;
    marks.set(key, mark);
  }

  return [...marks.values()];
}

/** The clock time at which a slot begins, by the zone of the axis. */
export function slotText(timeline: Timeline, slot: number): string {
  return new Date(wallClock(timeline.origin) + slot * timeline.width).toISOString().slice(0, 19).replace('T', ' ');
}

/** What the chart shows, in words: the alternative for those who do not see it. */
export function describe(timeline: Timeline): string {
  let busiest = -1;
  timeline.totals.forEach((events, slot) => {
    busiest = events > (timeline.totals[busiest] ?? 0) ? slot : busiest;
  });
  if (busiest < 0) {
    return 'No event fits the filter.';
  }

  const busy = `The busiest ${duration(timeline.width).replace(/^1 /, '')} starts at ${slotText(timeline, busiest)} with `
    + `${counted(timeline.totals[busiest] ?? 0, 'event')}.`;
  const marked = [...timeline.found.keys()].filter((slot) => (timeline.found[slot] ?? 0) > 0);
  const worst = marked.reduce((most, slot) => Math.max(most, timeline.found[slot] ?? 0), 0);
  const when = marked.find((slot) => timeline.found[slot] === worst);
  if (when === undefined) {
    return `${busy} No bar has findings.`;
  }

  return marked.length === 1
    ? `${busy} All findings (${count(worst)}) are in the one that starts at ${slotText(timeline, when)}.`
    : `${busy} Findings are in ${counted(marked.length, 'bar')}, most of them (${count(worst)}) in the one that starts `
      + `at ${slotText(timeline, when)}.`;
}

/** The tooltip of a slot, as elements: the chart library would read a string as markup. */
export function tooltip(timeline: Timeline, slot: number, palette: Palette): HTMLElement {
  const rows = timeline.layers.filter((layer) => (layer.counts[slot] ?? 0) > 0).reverse().map((layer) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.backgroundColor = layerColour(timeline.stack, layer, palette);
    return element('li', {}, swatch, layer.name, element('b', {}, count(layer.counts[slot] ?? 0)));
  });
  const marks = timeline.marks.filter((mark) => mark.slot === slot)
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .map((mark) => {
      const swatch = element('span', { class: 'swatch diamond' });
      swatch.style.backgroundColor = palette.severities[mark.severity];
      return element('li', {}, swatch, `${mark.severity} findings`, element('b', {}, count(mark.count)));
    });
  return element(
    'div',
    { class: 'chart-tip' },
    element('strong', {}, slotText(timeline, slot)),
    element('ul', {}, ...rows),
    rows.length === 0 ? element('p', {}, 'No events') : null,
    marks.length === 0 ? null : element('ul', {}, ...marks),
  );
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A label of the time axis: the day at midnight, else the time of day. */
export function axisTime(value: number): string {
  const at = new Date(value);
  if (value % 86_400_000 === 0) {
    return `${months[at.getUTCMonth()] ?? ''} ${String(at.getUTCDate())}`;
  }

  return at.toISOString().slice(11, value % 60_000 === 0 ? 16 : 19);
}

/** Where the plot lies in its box, in pixels. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const laneHeight = 16;

/** Room for a mark beside its neighbours, in pixels. */
const markWidth = 12;

/** Severities that have a lane of marks. */
function lanesOf(timeline: Timeline): Severity[] {
  return severities.filter((severity) => timeline.marks.some((mark) => mark.severity === severity));
}

/** Margins around the plot: the names of the lanes and the axis are on the left. */
export function plotOf(timeline: Timeline, width: number): Plot {
  const isNarrow = width < 600;
  // The longest name of a lane sets the margin; so does the axis name beside its numbers.
  const left = lanesOf(timeline).includes('Informational') ? 88 : 68;
  return { left, right: isNarrow ? 26 : 28, top: 8, bottom: 50 };
}

/** The chart: a lane of marks for each severity above, events as stacked bars below. */
export function timelineOption(timeline: Timeline, palette: Palette, width: number): ChartOption {
  const text = { color: palette.muted, fontSize: 12, fontFamily };
  const { left, right, top, bottom } = plotOf(timeline, width);
  const lanes = lanesOf(timeline);
  const bars = top + lanes.length * laneHeight + (lanes.length === 0 ? 6 : 14);
  const start = wallClock(timeline.origin);
  const time = {
    type: 'time' as const, containShape: false, min: start, max: start + timeline.slots * timeline.width,
  };
  const axisName = { nameTextStyle: text, nameLocation: 'middle' as const };
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily },
    grid: [
      { left, right, top, height: lanes.length * laneHeight, outerBoundsMode: 'none' },
      { left, right, top: bars, bottom, outerBoundsMode: 'none' },
    ],
    xAxis: [
      { ...time, gridIndex: 0, show: false },
      {
        ...time, ...axisName, gridIndex: 1, name: `Time (${zoneName(timeline.origin.offset)})`, nameGap: 32,
        axisLabel: { ...text, hideOverlap: true, formatter: axisTime },
        axisLine: { lineStyle: { color: palette.muted } }, splitLine: { show: false },
        splitNumber: Math.max(2, Math.round(width / 140)),
      },
    ],
    yAxis: [
      {
        type: 'category', gridIndex: 0, data: lanes, inverse: true, axisLine: { show: false },
        axisTick: { show: false }, splitLine: { show: false }, axisLabel: { ...text, interval: 0 },
      },
      {
        ...axisName, type: 'value', gridIndex: 1, min: 0,
        name: `Events per ${duration(timeline.width).replace(/^1 /, '')}`,
        nameGap: 46, minInterval: 1, axisLabel: { ...text, formatter: short },
        splitLine: { lineStyle: { color: palette.line } },
      },
    ],
    series: seriesOf(timeline, lanes, palette, Math.max(1, width - left - right)),
  };
}

/** Adds up marks of neighbouring slots, so that no two of a lane touch; each stands in the middle of its slots. */
function apart(marks: readonly Mark[], slots: number): Mark[] {
  if (slots === 1) {
    return [...marks];
  }

  const joined = new Map<string, Mark>();
  for (const mark of marks) {
    const first = Math.floor(mark.slot / slots) * slots;
    const key = `${String(first)} ${mark.severity}`;
    const sum = joined.get(key);
    if (sum === undefined) {
      joined.set(key, { ...mark, slot: first + (slots - 1) / 2 });
    } else {
      sum.count += mark.count;
    }
  }

  return [...joined.values()];
}

/** Where a value lies on the canvas, in pixels. */
type Place = (value: [number, number]) => number[];

/**
 * A series of one shape that draws all of it: hundreds of bars of their own would take the chart library longer to
 * draw than a filter may take to answer.
 */
function shape(
  name: string, axis: number, most: [number, number], colour: string, pathOf: (place: Place) => string,
): CustomSeriesOption {
  return {
    type: 'custom', name, xAxisIndex: axis, yAxisIndex: axis, clip: axis === 1, silent: true, data: [most],
    renderItem: (_parameters, api) => ({
      type: 'path',
      // Without a box of its own the path keeps its coordinates.
      shape: { pathData: pathOf((value) => api.coord(value)) },
      style: { fill: colour },
    }),
  };
}

/** The bars of a layer as one path, on top of the layers below. */
function barsPath(timeline: Timeline, counts: Float64Array, below: Float64Array, place: Place): string {
  const start = wallClock(timeline.origin);
  const [left = 0] = place([start, 0]);
  const [right = 0] = place([start + timeline.width, 0]);
  const room = right - left;
  const width = Math.max(1, Math.min(48, room > 4 ? room * 0.86 : room));
  let path = '';
  counts.forEach((events, slot) => {
    if (events === 0) {
      return;
    }

    const bottom = place([start, below[slot] ?? 0])[1] ?? 0;
    const top = place([start, (below[slot] ?? 0) + events])[1] ?? 0;
    const x = (left + room * slot + (room - width) / 2).toFixed(1);
    path += `M${x} ${bottom.toFixed(1)}h${width.toFixed(1)}V${top.toFixed(1)}H${x}z`;
  });
  return path;
}

/** The marks of a lane as one path of diamonds; more findings make a larger one. */
function marksPath(timeline: Timeline, marks: readonly Mark[], most: number, lane: number, place: Place): string {
  const start = wallClock(timeline.origin);
  return marks.map((mark) => {
    const [x = 0, y = 0] = place([start + (Math.min(mark.slot, timeline.slots - 1) + 0.5) * timeline.width, lane]);
    const half = 3.5 + 2.5 * Math.sqrt(mark.count / most);
    return `M${x.toFixed(1)} ${(y - half).toFixed(1)}l${half.toFixed(1)} ${half.toFixed(1)} `
      + `${(-half).toFixed(1)} ${half.toFixed(1)} ${(-half).toFixed(1)} ${(-half).toFixed(1)}z`;
  }).join('');
}

/** The series: a lane of diamonds for each severity, bars by value. */
function seriesOf(
  timeline: Timeline, lanes: readonly Severity[], palette: Palette, plot: number,
): NonNullable<ChartOption['series']> {
  const start = wallClock(timeline.origin);
  const room = plot / timeline.slots;
  const marks = apart(timeline.marks, Math.max(1, Math.ceil(markWidth / room)));
  const most = marks.reduce((greatest, mark) => Math.max(greatest, mark.count), 1);
  const highest = timeline.totals.reduce((greatest, events) => Math.max(greatest, events), 0);
  const below = new Float64Array(timeline.slots);
  const bars = timeline.layers.map((layer) => {
    const under = below.slice();
    layer.counts.forEach((events, slot) => { below[slot] = (below[slot] ?? 0) + events; });
    return shape(layer.name, 1, [start, highest], layerColour(timeline.stack, layer, palette),
      (place) => barsPath(timeline, layer.counts, under, place));
  });
  const diamonds = lanes.map((severity, lane) => {
    const own = marks.filter((mark) => mark.severity === severity);
    return shape(severity, 0, [start, lane], palette.severities[severity],
      (place) => marksPath(timeline, own, most, lane, place));
  });
  return [...diamonds, ...bars];
}
