import './style.css';
import { readData } from './data';
import { element } from './dom';
import type { Page } from './page';
import { anomaliesSection } from './sections/anomalies';
import { contentsSection } from './sections/contents';
import { footer, header } from './sections/header';
import { ledgerSection } from './sections/ledger';
import { templatesSection } from './sections/templates';
import { timelineSection } from './sections/timeline';
import { verdictSection } from './sections/verdict';
import { ThemeSwitch } from './theme';
import { zonesOf } from './time';
import { visibleText } from './visible';

/** Draws the page from its data block, or says why it cannot. */
export function start(app: HTMLElement): void {
  let page: Page;
  try {
    const data = readData(document);
    page = { data, zones: zonesOf(data), theme: new ThemeSwitch(data.theme) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    app.replaceChildren(element('main', {}, element('p', { class: 'warning', role: 'alert' }, message)));
    return;
  }

  document.title = visibleText(page.data.title);
  app.replaceChildren(
    element('a', { class: 'skip', href: '#main' }, 'Skip to the verdict'),
    header(page),
    element(
      'main',
      { id: 'main', tabindex: -1 },
      verdictSection(page),
      timelineSection(page),
      anomaliesSection(page),
      contentsSection(page),
      templatesSection(page),
      ledgerSection(page),
    ),
    footer(),
  );
}

const app = document.getElementById('app');
if (app !== null) {
  start(app);
}
