import type { AnomalyData, Severity } from '../data';
import { levels, severities } from '../data';
import { noValue, otherValues } from '../cube';
import type { Series } from '../cube';
import { element } from '../dom';
import { count, counted, duration } from '../format';
import type { Palette } from '../theme';
import type { LogTime } from '../time';
import { wallClock } from '../time';
import type { Bins } from './bins';

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

/** The timeline, ready to draw: slots of equal width, each one step of the cube or several, at round times. */
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
  /** Where the first step begins. */
  origin: LogTime;
  /** Width of a step of the cube, in milliseconds. */
  step: number;
  /** How steps are joined to slots. */
  bins: Bins;
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
  const { stack, series, step: stepWidth } = input;
  const { join, lead, count: slots } = input.bins;
  const width = stepWidth * join;
  const origin = { ...input.origin, instant: input.origin.instant - lead * stepWidth };
  const totals = new Float64Array(slots);
  const byName = new Map<string, Layer>();
  for (const [code, steps] of series.counts) {
    const value = input.valueOf(code);
    const name = layerName(stack, code, value);
    const layer = byName.get(name) ?? { name, colour: colourOf(stack, name, value), counts: new Float64Array(slots) };
    byName.set(name, layer);
    steps.forEach((events, step) => {
      const slot = Math.floor((step + lead) / join);
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

  const unit = duration(timeline.width).replace(/^1 /, '');
  const starts = unit.includes(' ') ? 'start' : 'starts';
  const busy = `The busiest ${unit} ${starts} at ${slotText(timeline, busiest)} with `
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
