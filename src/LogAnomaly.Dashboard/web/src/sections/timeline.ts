import type { Bins } from '../charts/bins';
import { binsOf } from '../charts/bins';
import { Chart } from '../charts/echarts';
import type { Stack, Timeline } from '../charts/timeline';
import { describe, layerColour, slotText, timelineOf, tooltip } from '../charts/timeline';
import { plotOf, timelineOption } from '../charts/timeline-option';
import { button, element, section, sentence } from '../dom';
import { counted } from '../format';
import { parseTime, wallClock } from '../time';
import type { View } from '../view';
import type { Selection } from './brush';
import { Brush } from './brush';
import { Hover } from './hover';
import { timelineTable } from './timeline-table';

/** Narrower bars than this cannot be told apart or hit. */
const leastBar = 2.5;

/** Events over time, with the findings marked above; a drag over it, or its handles, choose the time of the page. */
class TimelinePanel {
  private stack: Stack;
  private bins: Bins;
  private timeline: Timeline;
  private readonly canvas = element('div', { class: 'chart-canvas' });
  private readonly box = element('div', { class: 'chart' }, this.canvas);
  private readonly legend = element('ul', { class: 'chart-legend', 'aria-label': 'Colours' });
  private readonly words = element('p', { class: 'muted' });
  private readonly doubt = element('p', { class: 'note', hidden: true },
    'Some events are not drawn: the page cannot break all of them down by this filter.');

  private readonly table = element('details', { class: 'as-table' }, element('summary', {}));
  private readonly clear = button('Whole log', { class: 'quiet' }, () => {
    this.view.change({ from: undefined, to: undefined });
  });

  private readonly brush: Brush;
  private readonly hover: Hover;
  private chart: Chart | undefined;

  constructor(private readonly view: View) {
    this.stack = startingStack(view);
    this.bins = this.joined(1);
    this.timeline = this.read();
    this.brush = new Brush({
      box: this.box,
      slotText: (slot) => slotText(this.timeline, slot),
      isEmpty: (slot) => (this.timeline.totals[slot] ?? 0) === 0 && (this.timeline.found[slot] ?? 0) === 0,
      onSelect: (selection) => { this.select(selection); },
    });
    this.hover = new Hover(this.box, (slot) => tooltip(this.timeline, slot, view.theme.palette));
    this.table.addEventListener('toggle', () => { this.drawTable(); });
    view.onChange(() => { this.redraw(); });
    view.theme.onChange(() => { this.redraw(); });
  }

  /** The parts of the section. */
  parts(): HTMLElement[] {
    this.describe();
    return [
      element('div', { class: 'section-tools' }, this.legend, this.stackChoice(), this.clear),
      this.box,
      this.words,
      this.doubt,
      element('p', { class: 'note help' }, 'Drag over the chart to choose a time, or move its two handles with the '
        + 'arrow keys (Shift for ten bars); a click on a bar chooses it, a click on an empty place or Escape clears.'),
      this.table,
    ];
  }

  /** Draws the chart; its box must be in the page, or it has no size. */
  start(): void {
    this.chart = new Chart(this.canvas, (width) => {
      const { cube } = this.view;
      const { left, right } = plotOf(this.timeline, width);
      const bins = this.joined((leastBar * cube.steps) / Math.max(1, width - left - right));
      if (bins.join !== this.bins.join) {
        this.bins = bins;
        this.timeline = this.read();
        this.describe();
      }

      this.brush.place(left, width - left - right, this.timeline.slots);
      this.hover.place(left, width - left - right, this.timeline.slots);
      this.showSelection();
      return timelineOption(this.timeline, this.view.theme.palette, width);
    });
  }

  /** Joins at least so many steps to a bar. */
  private joined(least: number): Bins {
    const { start, step, steps } = this.view.data.cube;
    return binsOf(wallClock(parseTime(start ?? '')), step, steps, least);
  }

  private read(): Timeline {
    const { view } = this;
    return timelineOf({
      stack: this.stack,
      series: view.series(view.cube.has(this.stack) ? this.stack : undefined),
      valueOf: (code) => view.cube.valueOf(this.stack, code),
      anomalies: view.anomaliesAtAnyTime(),
      origin: parseTime(view.data.cube.start ?? ''),
      step: view.cube.step,
      bins: this.bins,
    });
  }

  /** What is drawn depends on the filter without its time, so that a brush alone moves nothing but itself. */
  private drawn = '';

  private redraw(): void {
    const rest = { ...this.view.filter, from: undefined, to: undefined };
    const now = JSON.stringify([rest, this.stack, this.bins.join, this.view.theme.palette.text]);
    this.showSelection();
    if (now === this.drawn) {
      return;
    }

    this.drawn = now;
    this.timeline = this.read();
    this.describe();
    this.chart?.draw();
  }

  private select(selection: Selection | undefined): void {
    const start = this.timeline.origin.instant;
    this.view.change(selection === undefined
      ? { from: undefined, to: undefined }
      : { from: start + selection.from * this.timeline.width, to: start + selection.to * this.timeline.width });
  }

  private showSelection(): void {
    const { filter } = this.view;
    const start = this.timeline.origin.instant;
    this.clear.hidden = filter.from === undefined && filter.to === undefined;
    if (this.clear.hidden) {
      this.brush.show(undefined);
      return;
    }

    const { width, slots } = this.timeline;
    const slotOf = (instant: number): number => (instant - start) / width;
    const from = filter.from === undefined ? 0 : Math.floor(slotOf(filter.from));
    const to = filter.to === undefined ? slots : Math.ceil(slotOf(filter.to));
    const within = (slot: number): number => Math.min(slots, Math.max(0, slot));
    this.brush.show({ from: Math.min(within(from), slots - 1), to: Math.max(within(to), within(from) + 1) });
  }

  private describe(): void {
    const { timeline } = this;
    const palette = this.view.theme.palette;
    this.words.replaceChildren(sentence(describe(timeline)));
    this.doubt.hidden = timeline.exact;
    const marks = timeline.marks.length === 0 ? [] : [
      element('li', {}, element('span', { class: 'swatch diamond', 'aria-hidden': 'true' }), 'Findings')];
    this.legend.replaceChildren(...timeline.layers.map((layer) => {
      const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.backgroundColor = layerColour(timeline.stack, layer, palette);
      return element('li', {}, swatch, layer.name);
    }), ...marks);
    this.canvas.setAttribute('role', 'img');
    this.canvas.setAttribute('aria-label', `Events over time by ${this.stack}. ${describe(timeline)}`);
    this.drawTable();
  }

  private stackChoice(): HTMLElement | null {
    const { cube } = this.view;
    if (!cube.tells('outcome') || !cube.tells('level')) {
      return null;
    }

    const buttons = (['outcome', 'level'] as const).map((stack) => {
      const made = button(stack === 'outcome' ? 'Outcome' : 'Level', { 'aria-pressed': String(stack === this.stack) },
        () => {
          this.stack = stack;
          buttons.forEach((one) => { one.setAttribute('aria-pressed', String(one === made)); });
          this.redraw();
        });
      return made;
    });
    return element('div', { class: 'toggle', role: 'group', 'aria-label': 'Bars by' }, ...buttons);
  }

  private drawTable(): void {
    const { timeline } = this;
    const slots = [...timeline.totals.keys()]
      .filter((slot) => (timeline.totals[slot] ?? 0) > 0 || (timeline.found[slot] ?? 0) > 0);
    this.table.hidden = slots.length === 0;
    const summary = this.table.firstElementChild;
    if (summary !== null) {
      summary.textContent = `Show as a table of ${counted(slots.length, 'row')}`;
    }

    this.table.querySelector('.scroller')?.remove();
    if (this.table.open) {
      this.table.append(timelineTable(this.view, timeline, slots));
    }
  }
}

/** Outcomes where most events have one, else levels. */
function startingStack(view: View): Stack {
  if (!view.cube.tells('level')) {
    return view.cube.tells('outcome') ? 'outcome' : 'level';
  }

  const { outcomes, eventCount } = view.data.summary;
  const told = outcomes.filter((entry) => entry.name === 'Success' || entry.name === 'Failure')
    .reduce((sum, entry) => sum + entry.count, 0);
  return view.cube.has('outcome') && told * 2 > eventCount ? 'outcome' : 'level';
}

/** Events over time; `start` draws the chart once the section is in the page. */
export function timelineSection(view: View): { section: HTMLElement; start: () => void } {
  if (view.cube.steps === 0 || view.cube.step === 0) {
    return {
      section: section('timeline', 'Events over time', element(
        'p', { class: 'empty' }, 'No event has a time, so there is nothing to draw over time.')),
      start: () => { /* nothing to draw */ },
    };
  }

  const panel = new TimelinePanel(view);
  return { section: section('timeline', 'Events over time', ...panel.parts()), start: () => { panel.start(); } };
}
