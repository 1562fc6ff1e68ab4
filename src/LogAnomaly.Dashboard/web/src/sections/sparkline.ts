import '../styles/drill.css';
import { count, duration } from '../format';
import type { View } from '../view';

const points = 56;
const width = 112;
const height = 22;
const svgNames = 'http://www.w3.org/2000/svg';

/** Steps put together so that few enough are left to be seen. */
export interface Bins {
  values: number[];
  /** Steps in each. */
  steps: number;
}

/** Sums up neighbouring steps. */
export function binned(counts: ArrayLike<number>, most = points): Bins {
  const steps = Math.max(1, Math.ceil(counts.length / most));
  const values = Array.from({ length: Math.ceil(counts.length / steps) }, () => 0);
  for (let step = 0; step < counts.length; step++) {
    const bin = Math.floor(step / steps);
    values[bin] = (values[bin] ?? 0) + (counts[step] ?? 0);
  }

  return { values, steps };
}

/** What a sparkline shows, in words: `Peak 120 per 2 hours at 2026-01-05 14:00`. */
export function peakText(view: View, bins: Bins): string {
  const peak = Math.max(0, ...bins.values);
  if (peak === 0) {
    return 'None with a time';
  }

  const at = bins.values.indexOf(peak) * bins.steps;
  const per = duration(bins.steps * view.cube.step).replace(/^1 /, '');
  return `Peak ${count(peak)} per ${per} at ${view.clock.minute(view.instantOf(at))}`;
}

/** The same for exports; empty without a curve. */
export function trendText(view: View, counts: ArrayLike<number> | undefined): string {
  return counts === undefined || counts.length < 2 ? '' : peakText(view, binned(counts));
}

/** A small curve of events over the time of the whole log. */
export function sparkline(view: View, counts: ArrayLike<number> | undefined): Node | null {
  if (counts === undefined || counts.length < 2) {
    return null;
  }

  const bins = binned(counts);
  const peak = Math.max(1, ...bins.values);
  const across = (index: number): number => (index + 0.5) * width / bins.values.length;
  const up = (value: number): number => height - 1 - value / peak * (height - 4);
  const line = bins.values.map((value, index) => `${across(index).toFixed(1)},${up(value).toFixed(1)}`);
  const words = peakText(view, bins);
  const top = bins.values.indexOf(Math.max(...bins.values));
  const title = made('title', {});
  title.textContent = words;
  const svg = made('svg', { viewBox: `0 0 ${String(width)} ${String(height)}`, class: 'spark', role: 'img' });
  svg.setAttribute('aria-label', words);
  const [first, last] = [across(0).toFixed(1), across(bins.values.length - 1).toFixed(1)];
  const floor = (height - 1).toFixed(1);
  svg.append(
    title,
    made('polygon', { class: 'area', points: `${first},${floor} ${line.join(' ')} ${last},${floor}` }),
    made('polyline', { class: 'line', points: line.join(' ') }),
    made('circle', { class: 'peak', cx: across(top).toFixed(1), cy: up(bins.values[top] ?? 0).toFixed(1), r: '1.8' }),
  );
  return svg;
}

function made(name: string, attributes: Record<string, string>): Element {
  const node = document.createElementNS(svgNames, name);
  Object.entries(attributes).forEach(([key, value]) => { node.setAttribute(key, value); });
  return node;
}
