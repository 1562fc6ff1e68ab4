import type { CustomSeriesOption } from 'echarts/charts';
import type { Severity } from '../data';
import { severities } from '../data';
import { duration, short } from '../format';
import type { Palette } from '../theme';
import { fontFamily } from '../theme';
import { wallClock, zoneName } from '../time';
import { axisTime } from './bins';
import type { ChartOption } from './echarts';
import type { Mark, Timeline } from './timeline';
import { layerColour } from './timeline';

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
  const left = isNarrow ? 60 : lanesOf(timeline).includes('Informational') ? 88 : 68;
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
        splitNumber: Math.max(3, Math.round(width / 140)),
      },
    ],
    yAxis: [
      {
        type: 'category', gridIndex: 0, data: lanes, inverse: true, axisLine: { show: false },
        axisTick: { show: false }, splitLine: { show: false }, axisLabel: {
          ...text, interval: 0,
          formatter: (name: string) => (width < 600 && name === 'Informational' ? 'Info' : name),
        },
      },
      {
        ...axisName, type: 'value', gridIndex: 1, min: 0,
        name: `Events per ${duration(timeline.width).replace(/^1 /, '')}`,
        nameGap: width < 600 ? 40 : 46, minInterval: 1, axisLabel: { ...text, formatter: short },
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
