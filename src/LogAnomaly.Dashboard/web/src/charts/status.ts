import { element } from '../dom';
import { count, duration, short } from '../format';
import { statusClass } from '../http';
import type { ThemeSwitch } from '../theme';
import { fontFamily } from '../theme';
import type { View } from '../view';
import { axisTime, binsOf } from './bins';
import type { ChartOption } from './echarts';

/** Requests over time by the class of their answer. */
export interface StatusSeries {
  /** By class, 0 for requests without a status of their own: requests in each bin. */
  classes: { name: string; index: number; values: number[] }[];
  /** Start of each bin. */
  starts: number[];
  /** Width of a bin in milliseconds. */
  width: number;
  exact: boolean;
}

export const classNames = ['No status', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;
const classWords = ['', 'informational', 'success', 'redirect', 'client error', 'server error'] as const;

// Blue to orange to near black in three steps of lightness each: told apart without red and green, and in print.
const light = ['#98a2b3', '#b8c0cc', '#5b8fd9', '#a9cbf5', '#e8930c', '#8f1d3f'];
const dark = ['#667384', '#4b5563', '#4a7cc6', '#a5c8f7', '#e6a23c', '#ff7d97'];
const mostBins = 120;

/** The colour of a class of answers. */
export function classColour(theme: ThemeSwitch, index: number): string {
  return (theme.palette.surface === '#ffffff' ? light : dark)[index] ?? light[0] ?? '';
}

/** Prepares the chart: status codes put together to classes, steps to bins. */
export function statusSeries(view: View): StatusSeries {
  const query = view.query();
  const { counts, exact } = view.cube.series('status', query);
  const { step } = view.cube;
  const first = Math.min(view.cube.steps, Math.max(0, query.from ?? 0));
  const end = Math.min(view.cube.steps, Math.max(first, query.to ?? view.cube.steps));
  const { join, lead, count: bins } = binsOf(
    view.clock.wall(view.instantOf(first)), step, end - first, (end - first) / mostBins);
  const classes = classNames.map((name, index) => ({ name, index, values: Array.from({ length: bins }, () => 0) }));
  for (const [code, series] of counts) {
    // Events without any status are no requests; what is not broken down has a status that is not known.
    const status = view.cube.valueOf('status', code);
    if (code === 0) {
      continue;
    }

    const values = classes[statusClass(status)]?.values ?? [];
    for (let at = first; at < end; at++) {
      const bin = Math.floor((at - first + lead) / join);
      values[bin] = (values[bin] ?? 0) + (series[at] ?? 0);
    }
  }

  return {
    classes: classes.filter((entry) => entry.values.some((value) => value > 0)),
    starts: Array.from({ length: bins }, (_, bin) => view.instantOf(first - lead + bin * join)),
    width: join * step,
    exact,
  };
}

/** The chart in words. */
export function statusWords(view: View, series: StatusSeries): string {
  if (series.classes.length === 0) {
    return 'No request under the filter has a time and a status.';
  }

  const totals = series.classes.map((entry) => `${count(sum(entry.values))} ${entry.name}`);
  const errors = series.starts.map((_, bin) => (
    sum(series.classes.filter((entry) => entry.index >= 4).map((entry) => entry.values[bin] ?? 0))));
  const worst = Math.max(0, ...errors);
  const when = worst === 0 ? 'No answer is an error.'
    : `Most errors per ${duration(series.width).replace(/^1 /, '')}: ${count(worst)}, from `
      + `${view.clock.minute(series.starts[errors.indexOf(worst)] ?? 0)}.`;
  return `Answers by class: ${totals.join(', ')}. ${when}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** The chart: bars stacked by class, on the clock of the log. */
export function statusOption(view: View, series: StatusSeries, width: number): ChartOption {
  const { palette } = view.theme;
  const text = { color: palette.muted, fontSize: 12, fontFamily };
  const half = series.width / 2;
  const walls = series.starts.map((start) => view.clock.wall(start));
  const axisName = { nameTextStyle: text, nameLocation: 'middle' as const };
  const left = width < 600 ? 60 : 68;
  const right = 22;
  const slot = Math.max(1, width - left - right) / Math.max(1, walls.length);
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily },
    legend: {
      type: 'plain', top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 14, icon: 'roundRect',
      textStyle: { color: palette.text, fontSize: 12, fontFamily }, inactiveColor: palette.muted,
      data: series.classes.map((entry) => entry.name),
      formatter: (name) => (width < 560 ? name : `${name} ${classWords[Number(name[0])] ?? ''}`.trim()),
    },
    grid: { left, right, top: 40, bottom: 46, outerBoundsMode: 'none' },
    tooltip: {
      trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: palette.muted } }, confine: true,
      backgroundColor: palette.surface, borderColor: palette.line, textStyle: { color: palette.text, fontSize: 13 },
      formatter: (parameters) => {
        const first = Array.isArray(parameters) ? parameters[0] : parameters;
        return first === undefined ? '' : tip(view, series, first.dataIndex);
      },
    },
    xAxis: {
      ...axisName, name: `Time (${view.zones.name})`, nameGap: 30, type: 'time', containShape: false,
      min: walls[0] ?? 0, max: (walls.at(-1) ?? 0) + series.width,
      axisLabel: { ...text, hideOverlap: true, formatter: axisTime },
      axisLine: { lineStyle: { color: palette.muted } }, splitLine: { show: false },
      splitNumber: Math.max(3, Math.round(width / 140)),
    },
    yAxis: {
      ...axisName, name: `Requests per ${duration(series.width).replace(/^1 /, '')}`, nameGap: width < 600 ? 40 : 46,
      type: 'value', minInterval: 1, axisLabel: { ...text, formatter: short },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: series.classes.map((entry) => ({
      type: 'bar' as const, name: entry.name, stack: 'status', barWidth: Math.max(1, slot * (slot > 4 ? 0.86 : 1)),
      itemStyle: { color: classColour(view.theme, entry.index) }, emphasis: { disabled: true },
      data: entry.values.map((value, bin) => [(walls[bin] ?? 0) + half, value]),
    })),
  };
}

function tip(view: View, series: StatusSeries, bin: number): HTMLElement {
  return element(
    'div',
    { class: 'chart-tip' },
    element('strong', {}, view.clock.text(series.starts[bin] ?? 0)),
    element('ul', {}, ...[...series.classes].reverse().map((entry) => {
      const swatch = element('span', { class: 'swatch' });
      swatch.style.backgroundColor = classColour(view.theme, entry.index);
      return element('li', {}, swatch, entry.name, element('b', {}, count(entry.values[bin] ?? 0)));
    })),
  );
}
