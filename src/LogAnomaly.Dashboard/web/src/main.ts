import './style.css';
import './styles/frame.css';
import './styles/filters.css';
import './styles/verdict.css';
import './styles/timeline.css';
import './styles/anomalies.css';
import type { PageData, PageSource } from './data';
import { EmbeddedSource } from './data';
import { element } from './dom';
import { withTemplates } from './entity';
import { printedFilter } from './filter-words';
import { prepareSearch } from './haystack';
import { incidentsOf } from './incidents';
import { anomaliesSection } from './sections/anomalies';
import { contentsSection } from './sections/contents';
import { filterBar } from './sections/filters';
import { footer, header } from './sections/header';
import { heatmapSection } from './sections/heatmap';
import { ledgerSection } from './sections/ledger';
import { linesSection } from './sections/lines';
import { Navigation } from './sections/navigation';
import { sourcesSection } from './sections/sources';
import { systemSection } from './sections/system';
import { templatesSection } from './sections/templates';
import { timelineSection } from './sections/timeline';
import { verdictSection } from './sections/verdict';
import { webSection } from './sections/web';
import { Sheets } from './sheets';
import { ThemeSwitch } from './theme';
import { View } from './view';
import { visibleText } from './visible';

/** Reads the data and draws the page, or says why it cannot. */
export async function start(app: HTMLElement, source: PageSource = new EmbeddedSource(document)): Promise<void> {
  app.replaceChildren(element('main', { class: 'reading' }, element('p', { role: 'status' }, 'Reading the report …')));
  let data: PageData;
  try {
    data = withTemplates(await source.load());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    app.replaceChildren(element('main', {}, element('p', { class: 'warning', role: 'alert' }, message)));
    return;
  }

  draw(app, data);
}

/** Draws the frame, the verdict and the first chart at once, and the other sections in tasks of their own. */
function draw(app: HTMLElement, data: PageData): void {
  const view = new View(data, new ThemeSwitch(data.theme));
  const incidents = incidentsOf(data.anomalies);
  const navigation = new Navigation(view);
  const toolbar = element('div', { class: 'toolbar' }, element(
    'div', { class: 'toolbar-inner' }, navigation.element, filterBar(view)));
  const sheets = new Sheets(view);
  const main = element('main', { id: 'main', tabindex: -1 }, printedFilter(view));
  const add = (id: string, name: string, make: () => HTMLElement | null): void => {
    const made = sheets.make(id, name, make);
    if (made !== null) {
      main.append(made);
      navigation.add(id, name, made);
    }
  };
  document.title = visibleText(data.title);
  const skip = element('a', { class: 'skip', href: '#main' }, 'Skip to the verdict');
  skip.addEventListener('click', (event) => {
    // The fragment is the filter's.
    event.preventDefault();
    main.focus();
  });
  app.replaceChildren(skip, header(view), toolbar, main, footer());
  keepClear(toolbar);
  add('verdict', 'Verdict', () => verdictSection(view, incidents));
  let startChart: (() => void) | undefined;
  add('timeline', 'Timeline', () => {
    const timeline = timelineSection(view);
    startChart = timeline.start;
    return timeline.section;
  });
  startChart?.();
  performance.mark('loganomaly-first-chart');
  document.documentElement.dataset['ready'] = 'true';
  const rest: [string, string, () => HTMLElement | null][] = [
    ['hours', 'Hours', () => heatmapSection(view)],
    ['anomalies', 'Anomalies', () => anomaliesSection(view, incidents)],
    ['sources', 'Sources', () => sourcesSection(view)],
    ['contents', 'Contents', () => contentsSection(view)],
    ['web', 'Web', () => webSection(view)],
    ['system', 'System', () => systemSection(view)],
    ['templates', 'Templates', () => templatesSection(view)],
    ['lines', 'Lines', () => linesSection(view)],
    ['ledger', 'Files', () => ledgerSection(view)],
  ];
  drawNext(rest, add, () => {
    sheets.end();
    prepareSearch(view.data.anomalies);
  });
}

/** Draws the sections one by one, each in a task of its own, so that the page answers in between. */
function drawNext(
  rest: readonly [string, string, () => HTMLElement | null][],
  add: (id: string, name: string, make: () => HTMLElement | null) => void,
  done: () => void,
): void {
  const [next, ...others] = rest;
  if (next === undefined) {
    done();
    return;
  }

  window.setTimeout(() => {
    add(...next);
    drawNext(others, add, done);
  }, 0);
}

/** Keeps what the reader is brought to from under the bar that stays at the top. */
function keepClear(toolbar: HTMLElement): void {
  const root = document.documentElement;
  const measure = (): void => { root.style.setProperty('--toolbar', `${String(toolbar.offsetHeight)}px`); };
  measure();
  if (typeof ResizeObserver === 'function') {
    new ResizeObserver(measure).observe(toolbar);
  }
}

const app = document.getElementById('app');
if (app !== null) {
  void start(app);
}
