import type { Layer, Timeline } from '../charts/timeline';
import { slotText } from '../charts/timeline';
import { element, scroller } from '../dom';
import { drill, drillFindings } from '../drill';
import { count, counted, duration } from '../format';
import type { View } from '../view';

/** The bars of the timeline in numbers, each of which leads to its lines or findings. */
export function timelineTable(view: View, timeline: Timeline, slots: readonly number[]): HTMLElement {
  const head = ['Findings', 'Events', ...timeline.layers.map((layer) => layer.name)];
  return scroller('Table of events over time', element(
    'table',
    {},
    element('caption', {}, `Events by ${timeline.stack}, ${duration(timeline.width)} a row`),
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Start'), ...head.map((name) => (
      element('th', { scope: 'col', class: 'number' }, name))))),
    element('tbody', {}, ...slots.map((slot) => rowOf(view, timeline, slot))),
  ));
}

function rowOf(view: View, timeline: Timeline, slot: number): HTMLElement {
  const start = slotText(timeline, slot);
  const from = timeline.origin.instant + slot * timeline.width;
  const span = { from, to: from + timeline.width };
  const events = timeline.totals[slot] ?? 0;
  const cell = (child: Node | string): HTMLElement => element('td', { class: 'number' }, child);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, start),
    cell(drillFindings(view, timeline.found[slot] ?? 0, span, `from ${start}`)),
    cell(events === 0 ? '0' : drill(view, count(events), span, `${counted(events, 'event')} from ${start}`)),
    ...timeline.layers.map((layer) => {
      const value = valueOf(view, timeline, layer);
      const own = layer.counts[slot] ?? 0;
      return cell(own === 0 || value === undefined ? count(own) : drill(view, count(own),
        { ...span, values: { ...view.filter.values, [timeline.stack]: [value] } },
        `${counted(own, 'event')}, ${layer.name}, from ${start}`));
    }),
  );
}

/** The value that a layer stands for; undefined where it stands for events without one, or for several. */
function valueOf(view: View, timeline: Timeline, layer: Layer): string | undefined {
  return view.cube.codeOf(timeline.stack, layer.name) === undefined ? undefined : layer.name;
}
