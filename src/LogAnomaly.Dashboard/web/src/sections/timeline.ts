import { Chart } from '../charts/echarts';
import { describe, levelLabel, timelineOf, timelineOption } from '../charts/timeline';
import type { Timeline } from '../charts/timeline';
import { element, scroller, section, sentence } from '../dom';
import { count, counted, duration } from '../format';
import type { Page } from '../page';
import { shown } from '../time';

function table(page: Page, timeline: Timeline): HTMLElement {
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, 'Start'),
    element('th', { scope: 'col', class: 'number' }, 'Anomalies'),
    element('th', { scope: 'col', class: 'number' }, 'Events'),
    ...timeline.present.map((index) => element('th', { scope: 'col', class: 'number' }, levelLabel(index))),
  );
  const rows = timeline.steps.map((step) => element(
    'tr',
    {},
    element('th', { scope: 'row' }, shown(step.bucket.start, page.zones)),
    element('td', { class: 'number' }, count(step.bucket.anomalies)),
    element('td', { class: 'number' }, count(step.total)),
    ...timeline.present.map((index) => element('td', { class: 'number' }, count(step.bucket.counts[index] ?? 0))),
  ));
  return scroller('Events over time', element(
    'table',
    {},
    element('caption', {}, `Events by level, ${duration(timeline.width)} a row`),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  ));
}

/** Events over time, stacked by level, with the anomalies marked above; the same as words and as a table. */
export function timelineSection(page: Page): HTMLElement {
  if (page.data.summary.timeline.length === 0) {
    return section('timeline', 'Events over time', element(
      'p', { class: 'empty' }, 'No event has a time, so there is nothing to draw over time.'));
  }

  const timeline = timelineOf(page.data);
  const words = describe(timeline);
  const box = element('div', { class: 'chart', role: 'img', 'aria-label': `Events over time by level. ${words}` });
  const offer = `Show as a table of ${counted(timeline.steps.length, 'row')}`;
  const asTable = element('details', { class: 'as-table' }, element('summary', {}, offer));
  asTable.addEventListener('toggle', () => {
    if (asTable.open && asTable.childElementCount === 1) {
      asTable.append(table(page, timeline));
    }
  });
  // The box has no size before it is in the page.
  queueMicrotask(() => {
    const chart = new Chart(box, (width) => timelineOption(timeline, page.theme.palette, width));
    page.theme.onChange(() => { chart.draw(); });
  });
  return section(
    'timeline',
    'Events over time',
    element(
      'p',
      { class: 'muted' },
      sentence(words),
      timeline.marks.length > 0 ? ' Diamonds above the bars mark anomalies by severity.' : null,
    ),
    box,
    asTable,
  );
}
