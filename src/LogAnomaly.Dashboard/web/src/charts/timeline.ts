import type { AnomalyData, BucketData, PageData, Severity } from '../data';
import { levels, severities } from '../data';
import { element } from '../dom';
import { count, counted, duration, short } from '../format';
import type { Palette } from '../theme';
import { fontFamily } from '../theme';
import type { LogTime } from '../time';
import { dateTime, parseTime, wallClock, zoneName } from '../time';
import type { ChartOption } from './echarts';

/** A step of the timeline, ready to draw. */
export interface Step {
  /** Start on the axis: the wall clock of the first step's zone, in milliseconds. */
  at: number;
  bucket: BucketData;
  total: number;
}

/** The anomalies of one severity in one step. */
export interface Mark {
  at: number;
  severity: Severity;
  count: number;
}

/** The timeline, ready to draw. */
export interface Timeline {
  steps: Step[];
  /** Where anomalies are, by step and severity; of the anomalies that the page holds and that have a time. */
  marks: Mark[];
  /** Indices into `levels` that occur. */
  present: number[];
  /** Width of a step in milliseconds. */
  width: number;
  /** Zone of the axis. */
  zone: string;
}

/** Names of levels as the reader sees them. */
export function levelLabel(index: number): string {
  return index === 0 ? 'No level' : levels[index] ?? '';
}

/** Counts the anomalies by step and severity. */
function marksOf(anomalies: readonly AnomalyData[], origin: LogTime, width: number): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { time, severity } of anomalies) {
    if (time === undefined) {
      continue;
    }

    const slot = Math.floor((parseTime(time).instant - origin.instant) / width);
    const key = `${String(slot)} ${severity}`;
    const mark = marks.get(key) ?? { at: wallClock(origin) + slot * width, severity, count: 0 };
    mark.count++;
    marks.set(key, mark);
  }

  return [...marks.values()];
}

/** Prepares the timeline: steps on one axis, levels that occur, anomalies by step and severity. */
export function timelineOf(data: PageData): Timeline {
  const { timeline } = data.summary;
  const width = Math.max(1, data.summary.timelineStep);
  const first = timeline[0];
  const origin = first === undefined ? { instant: 0, offset: 0 } : parseTime(first.start);
  const steps = timeline.map((bucket): Step => ({
    // All on the clock of the first step's zone: an axis has one.
    at: wallClock({ instant: parseTime(bucket.start).instant, offset: origin.offset }),
    bucket,
    total: bucket.counts.reduce((sum, value) => sum + value, 0),
  }));
  const present = levels.map((_, index) => index)
    .filter((index) => timeline.some((bucket) => (bucket.counts[index] ?? 0) > 0));
  const marks = marksOf(data.anomalies, origin, width);
  return { steps, marks, present, width, zone: zoneName(origin.offset) };
}

/** What the chart shows, in words: the alternative for those who do not see it. */
export function describe(timeline: Timeline): string {
  const busiest = timeline.steps.reduce<Step | undefined>(
    (best, step) => (best === undefined || step.total > best.total ? step : best), undefined);
  if (busiest === undefined) {
    return 'No events have a time.';
  }

  const marked = timeline.steps.filter((step) => step.bucket.anomalies > 0);
  const busy = `Bars of ${duration(timeline.width)} each. The busiest starts at ${dateTime(busiest.bucket.start)} `
    + `with ${counted(busiest.total, 'event')}.`;
  if (marked.length === 1) {
    const only = marked[0]?.bucket;
    return `${busy} Only the step at ${dateTime(only?.start ?? '')} holds anomalies (${count(only?.anomalies ?? 0)}).`;
  }

  const worst = marked.reduce((most, step) => Math.max(most, step.bucket.anomalies), 0);
  const when = marked.find((step) => step.bucket.anomalies === worst);
  return when === undefined
    ? `${busy} No step holds an anomaly.`
    : `${busy} ${counted(marked.length, 'step')} hold anomalies, most of them (${count(worst)}) the one at `
      + `${dateTime(when.bucket.start)}.`;
}

/** The tooltip of a step, as elements: the chart library would read a string as markup. */
export function tooltip(step: Step, palette: Palette): HTMLElement {
  const rows = step.bucket.counts
    .map((value, index) => ({ value, index }))
    .filter((row) => row.value > 0)
    .reverse()
    .map((row) => {
      const swatch = element('span', { class: 'swatch' });
      swatch.style.backgroundColor = palette.levels[row.index] ?? palette.muted;
      return element('li', {}, swatch, levelLabel(row.index), element('b', {}, count(row.value)));
    });
  return element(
    'div',
    { class: 'chart-tip' },
    element('strong', {}, dateTime(step.bucket.start)),
    element('ul', {}, ...rows),
    step.bucket.anomalies > 0 ? element('p', {}, counted(step.bucket.anomalies, 'anomaly', 'anomalies')) : null,
  );
}

/** Steps on the axis that hold no event are drawn as nothing, but they keep the bars as wide as a step. */
function barWidth(timeline: Timeline, plot: number): number {
  const first = timeline.steps[0]?.at ?? 0;
  const last = timeline.steps.at(-1)?.at ?? 0;
  const slots = Math.max(1, Math.round((last - first) / timeline.width) + 1);
  return Math.max(1, Math.min(48, (plot / slots) * (plot / slots > 4 ? 0.86 : 1)));
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

const right = 18;
const laneHeight = 15;

/** The series: a lane of diamonds for each severity, bars by level. */
function seriesOf(
  timeline: Timeline, lanes: readonly Severity[], palette: Palette, plot: number,
): NonNullable<ChartOption['series']> {
  const half = timeline.width / 2;
  const most = timeline.marks.reduce((greatest, mark) => Math.max(greatest, mark.count), 1);
  return [
    {
      type: 'scatter', name: 'Anomalies', xAxisIndex: 0, yAxisIndex: 0, symbol: 'diamond',
      data: timeline.marks.map((mark) => ({
        value: [mark.at + half, lanes.indexOf(mark.severity)],
        symbolSize: 8 + 5 * Math.sqrt(mark.count / most),
        itemStyle: { color: palette.severities[mark.severity], opacity: 1 },
      })),
    },
    ...timeline.present.map((index) => ({
      type: 'bar' as const, name: levelLabel(index), stack: 'level', xAxisIndex: 1, yAxisIndex: 1,
      barWidth: barWidth(timeline, plot),
      itemStyle: { color: palette.levels[index] ?? palette.muted },
      emphasis: { disabled: true },
      data: timeline.steps.map((step) => [step.at + half, step.bucket.counts[index] ?? 0]),
    })),
  ];
}

/** The chart: a lane of marks for each severity above, events as bars stacked by level below. */
export function timelineOption(timeline: Timeline, palette: Palette, width: number): ChartOption {
  const text = { color: palette.muted, fontSize: 12, fontFamily };
  const half = timeline.width / 2;
  const byAt = new Map(timeline.steps.map((step) => [step.at + half, step]));
  const lanes = severities.filter((severity) => timeline.marks.some((mark) => mark.severity === severity));
  // The longest name of a lane sets the margin; so does the axis name beside its numbers.
  const left = lanes.includes('Informational') ? 88 : 68;
  const top = width < 600 ? 78 : 34;
  const bars = top + lanes.length * laneHeight + 14;
  const time = {
    type: 'time' as const, containShape: false, min: timeline.steps[0]?.at ?? 0,
    max: (timeline.steps.at(-1)?.at ?? 0) + timeline.width,
  };
  const axisName = { nameTextStyle: text, nameLocation: 'middle' as const };
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily },
    legend: {
      type: 'plain', top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 14, icon: 'roundRect',
      textStyle: { color: palette.text, fontSize: 12, fontFamily }, inactiveColor: palette.muted,
      data: timeline.present.map(levelLabel),
    },
    grid: [
      { left, right, top, height: lanes.length * laneHeight, outerBoundsMode: 'none' },
      { left, right, top: bars, bottom: 52, outerBoundsMode: 'none' },
    ],
    tooltip: {
      trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: palette.muted } }, confine: true,
      backgroundColor: palette.surface, borderColor: palette.line, textStyle: { color: palette.text, fontSize: 13 },
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        const value: unknown = Array.isArray(first?.value) ? first.value[0] : undefined;
        const step = typeof value === 'number' ? byAt.get(value) : undefined;
        return step === undefined ? '' : tooltip(step, palette);
      },
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { ...time, gridIndex: 0, show: false },
      {
        ...time, ...axisName, gridIndex: 1, name: `Time (${timeline.zone})`, nameGap: 32,
        axisLabel: { ...text, hideOverlap: true, formatter: axisTime },
        axisLine: { lineStyle: { color: palette.muted } }, splitLine: { show: false },
        splitNumber: Math.max(2, Math.round(width / 140)),
      },
    ],
    yAxis: [
      {
        type: 'category', gridIndex: 0, data: lanes, inverse: true, axisLine: { show: false },
        axisTick: { show: false }, splitLine: { show: false }, axisLabel: { ...text, fontSize: 11, interval: 0 },
      },
      {
        ...axisName, type: 'value', gridIndex: 1, name: `Events per ${duration(timeline.width).replace(/^1 /, '')}`,
        nameGap: 44, minInterval: 1, axisLabel: { ...text, formatter: short },
        splitLine: { lineStyle: { color: palette.line } },
      },
    ],
    series: seriesOf(timeline, lanes, palette, Math.max(1, width - left - right)),
  };
}
