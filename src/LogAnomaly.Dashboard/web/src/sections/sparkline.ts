import '../styles/drill.css';
import type { Bins } from '../charts/bins';
import { binsOf } from '../charts/bins';
import { count, duration } from '../format';
import type { View } from '../view';

const points = 56;
const width = 112;
const height = 22;
const svgNames = 'http://www.w3.org/2000/svg';

/** Steps put together so that few enough are left to be seen. */
interface Curve {
  values: number[];
  bins: Bins;
}

/** Sums up neighbouring steps. */
export function curveOf(view: View, counts: ArrayLike<number>, most = points): Curve {
  const bins = binsOf(view.clock.wall(view.start), view.cube.step, counts.length, counts.length / most);
  const values = Array.from({ length: bins.count }, () => 0);
  for (let step = 0; step < counts.length; step++) {
    const bin = Math.floor((step + bins.lead) / bins.join);
    values[bin] = (values[bin] ?? 0) + (counts[step] ?? 0);
  }

  return { values, bins };
}

/** What a sparkline shows, in words: `Peak 120 per 2 hours at 2026-01-05 14:00`. */
export function peakText(view: View, { values, bins }: Curve): string {
  const peak = Math.max(0, ...values);
  if (peak === 0) {
    return 'None with a time';
  }

  const at = values.indexOf(peak) * bins.join - bins.lead;
  const per = duration(bins.join * view.cube.step).replace(/^1 /, '');
  return `Peak ${count(peak)} per ${per} at ${view.clock.minute(view.instantOf(at))}`;
}

/** The same for exports; empty without a curve. */
export function trendText(view: View, counts: ArrayLike<number> | undefined): string {
  return counts === undefined || counts.length < 2 ? '' : peakText(view, curveOf(view, counts));
}

/** A small curve of events over the time of the whole log. */
export function sparkline(view: View, counts: ArrayLike<number> | undefined): Node | null {
  if (counts === undefined || counts.length < 2) {
    return null;
  }

  const curve = curveOf(view, counts);
  const { values } = curve;
  const peak = Math.max(1, ...values);
  const across = (index: number): number => (index + 0.5) * width / values.length;
  const up = (value: number): number => height - 1 - value / peak * (height - 4);
  const line = values.map((value, index) => `${across(index).toFixed(1)},${up(value).toFixed(1)}`);
  const words = peakText(view, curve);
  const top = values.indexOf(Math.max(...values));
  const title = made('title', {});
  title.textContent = words;
  const svg = made('svg', { viewBox: `0 0 ${String(width)} ${String(height)}`, class: 'spark', role: 'img' });
  svg.setAttribute('aria-label', words);
  const [first, last] = [across(0).toFixed(1), across(values.length - 1).toFixed(1)];
  const floor = (height - 1).toFixed(1);
  svg.append(
    title,
    made('polygon', { class: 'area', points: `${first},${floor} ${line.join(' ')} ${last},${floor}` }),
    made('polyline', { class: 'line', points: line.join(' ') }),
    made('circle', { class: 'peak', cx: across(top).toFixed(1), cy: up(values[top] ?? 0).toFixed(1), r: '1.8' }),
  );
  return svg;
}

function made(name: string, attributes: Record<string, string>): Element {
  const node = document.createElementNS(svgNames, name);
  Object.entries(attributes).forEach(([key, value]) => { node.setAttribute(key, value); });
  return node;
}
