import type { Theme } from '../data';
import { element, logText } from '../dom';
import type { Page } from '../page';
import { dateTime, parseTime, zoneName } from '../time';

const links = [
  ['timeline', 'Timeline'], ['anomalies', 'Anomalies'], ['contents', 'Contents'], ['templates', 'Templates'],
  ['ledger', 'Files'],
] as const;

function themeChoice(page: Page): HTMLElement {
  const select = element('select', { id: 'theme' });
  for (const [value, label] of [['auto', 'Auto'], ['light', 'Light'], ['dark', 'Dark']] as const) {
    select.append(element('option', { value, selected: page.theme.theme === value }, label));
  }

  select.addEventListener('change', () => { page.theme.choose(select.value as Theme); });
  return element('label', { class: 'theme', for: 'theme' }, 'Theme', select);
}

/** The head of the page: its title, when it was made, the ways to its sections, and the theme. */
export function header(page: Page): HTMLElement {
  const { data } = page;
  const zone = zoneName(parseTime(data.generatedAt).offset);
  return element(
    'header',
    { class: 'banner' },
    element(
      'div',
      { class: 'banner-row' },
      element(
        'div',
        {},
        element('h1', {}, logText(data.title)),
        element('p', { class: 'muted' }, `Made ${dateTime(data.generatedAt)} ${zone} by ${data.generator}`),
      ),
      themeChoice(page),
    ),
    element(
      'nav', { 'aria-label': 'Sections' }, ...links.map(([id, label]) => element('a', { href: `#${id}` }, label))),
  );
}

/** The foot of the page: what it is and whose work draws it. */
export function footer(): HTMLElement {
  return element(
    'footer',
    {},
    element('p', {}, 'This page is one file and asks nothing of the network. It holds log lines: share it with care.'),
    element('p', {}, 'Charts by Apache ECharts (Apache License 2.0) and ZRender (BSD 3-Clause).'),
  );
}
