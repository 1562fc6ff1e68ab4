import type { BucketData, PageData, Severity } from '../data';
import { levels } from '../data';
import { element } from '../dom';
import { count, counted, duration, short } from '../format';
import { gravity } from '../model';
import type { Palette } from '../theme';
import { dateTime, parseTime, wallClock, zoneName } from '../time';
import type { ChartOption } from './echarts';

/** A step of the timeline, ready to draw. */
export interface Step {
  /** Start on the axis: the wall clock of the first step's zone, in milliseconds. */
  at: number;
  bucket: BucketData;
  total: number;
  /** Gravest severity of the anomalies in the step, where the page holds them. */
  gravest?: Severity;
}

/** The timeline, ready to draw. */
export interface Timeline {
  steps: Step[];
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

/** Prepares the timeline: steps on one axis, levels that occur, the gravest anomaly of each step. */
export function timelineOf(data: PageData): Timeline {
  const { timeline } = data.summary;
  const width = Math.max(1, data.summary.timelineStep);
  const first = timeline[0];
  const offset = first === undefined ? 0 : parseTime(first.start).offset;
  const origin = first === undefined ? 0 : parseTime(first.start).instant;
  const gravest = new Map<number, Severity>();
  for (const anomaly of data.anomalies) {
    if (anomaly.time === undefined) {
      continue;
    }

    const slot = Math.floor((parseTime(anomaly.time).instant - origin) / width);
    const known = gravest.get(slot);
    if (known === undefined || gravity(anomaly.severity) > gravity(known)) {
      gravest.set(slot, anomaly.severity);
    }
  }

  const steps = timeline.map((bucket): Step => {
    const { instant } = parseTime(bucket.start);
    const severity = gravest.get(Math.floor((instant - origin) / width));
    return {
      at: wallClock({ instant, offset }),
      bucket,
      total: bucket.counts.reduce((sum, value) => sum + value, 0),
      ...(severity === undefined ? {} : { gravest: severity }),
    };
  });
  const present = levels.map((_, index) => index)
    .filter((index) => timeline.some((bucket) => (bucket.counts[index] ?? 0) > 0));
  return { steps, present, width, zone: zoneName(offset) };
}

/** What the chart shows, in words: the alternative for those who do not see it. */
export function describe(timeline: Timeline): string {
  const busiest = timeline.steps.reduce<Step | undefined>(
    (best, step) => (best === undefined || step.total > best.total ? step : best), undefined);
  if (busiest === undefined) {
    return 'No events have a time.';
  }

  const marked = timeline.steps.filter((step) => step.bucket.anomalies > 0);
  const worst = marked.reduce((most, step) => Math.max(most, step.bucket.anomalies), 0);
  const when = marked.find((step) => step.bucket.anomalies === worst);
  const busy = `Bars of ${duration(timeline.width)} each. The busiest starts at ${dateTime(busiest.bucket.start)} `
    + `with ${counted(busiest.total, 'event')}.`;
  return when === undefined
    ? `${busy} No step holds an anomaly.`
    : `${busy} ${counted(marked.length, 'step')} ${marked.length === 1 ? 'holds' : 'hold'} anomalies, most of them `
      + `(${count(worst)}) the one at ${dateTime(when.bucket.start)}.`;
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

/** The chart: anomalies as marks in a strip above, events below as bars stacked by level. */
export function timelineOption(timeline: Timeline, palette: Palette, width: number): ChartOption {
  const left = 64;
  const right = 18;
  const half = timeline.width / 2;
  const from = timeline.steps[0]?.at ?? 0;
  const to = (timeline.steps.at(-1)?.at ?? 0) + timeline.width;
  const text = { color: palette.muted, fontSize: 12 };
  const byAt = new Map(timeline.steps.map((step) => [step.at + half, step]));
  const marked = timeline.steps.filter((step) => step.bucket.anomalies > 0);
  const most = Math.max(1, ...marked.map((step) => step.bucket.anomalies));
  const time = { type: 'time' as const, min: from, max: to };
  const axisName = { nameTextStyle: text, nameLocation: 'middle' as const };
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    legend: {
      type: 'plain', top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 14, icon: 'roundRect',
      textStyle: { color: palette.text, fontSize: 12 }, inactiveColor: palette.line,
      data: timeline.present.map(levelLabel),
    },
    grid: [
      { left, right, top: width < 560 ? 84 : 44, height: 26, outerBoundsMode: 'none' },
      { left, right, top: width < 560 ? 114 : 74, bottom: 52, outerBoundsMode: 'none' },
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
        axisLabel: { ...text, hideOverlap: true },
        axisLine: { lineStyle: { color: palette.muted } }, splitLine: { show: false },
        splitNumber: Math.max(2, Math.round(width / 140)),
      },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, show: false, min: 0, max: 1 },
      {
        ...axisName, type: 'value', gridIndex: 1, name: `Events per ${duration(timeline.width).replace(/^1 /, '')}`,
        nameGap: 48, minInterval: 1, axisLabel: { ...text, formatter: short },
        splitLine: { lineStyle: { color: palette.line } },
      },
    ],
    series: [
      {
        type: 'scatter', name: 'Anomalies', xAxisIndex: 0, yAxisIndex: 0, symbol: 'diamond',
        data: marked.map((step) => ({
          value: [step.at + half, 0.5],
          symbolSize: 9 + 9 * Math.sqrt(step.bucket.anomalies / most),
          itemStyle: {
            color: palette.severities[step.gravest ?? 'Medium'], borderColor: palette.surface, borderWidth: 1,
          },
        })),
      },
      ...timeline.present.map((index) => ({
        type: 'bar' as const, name: levelLabel(index), stack: 'level', xAxisIndex: 1, yAxisIndex: 1,
        barWidth: barWidth(timeline, Math.max(1, width - left - right)),
        itemStyle: { color: palette.levels[index] ?? palette.muted },
        emphasis: { disabled: true },
        data: timeline.steps.map((step) => [step.at + half, step.bucket.counts[index] ?? 0]),
      })),
    ],
  };
}
