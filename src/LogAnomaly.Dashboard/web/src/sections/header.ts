import type { Theme } from '../data';
import { element, logText } from '../dom';
import { dateTime, parseTime, zoneName } from '../time';
import type { View } from '../view';

function themeChoice(view: View): HTMLElement {
  const select = element('select', { id: 'theme' });
  for (const [value, label] of [['auto', 'System'], ['light', 'Light'], ['dark', 'Dark']] as const) {
    select.append(element('option', { value, selected: view.theme.theme === value }, label));
  }

  select.addEventListener('change', () => { view.theme.choose(select.value as Theme); });
  return element('label', { class: 'theme', for: 'theme' }, 'Theme', select);
}

/** The head of the page: its title, when it was made, and the theme. */
export function header(view: View): HTMLElement {
  const { data } = view;
  const zone = zoneName(parseTime(data.generatedAt).offset);
  return element(
    'header',
    { class: 'banner' },
    element(
      'div',
      {},
      element('h1', {}, logText(data.title)),
      element('p', { class: 'note' }, `Made ${dateTime(data.generatedAt)} ${zone} by ${data.generator}`),
    ),
    themeChoice(view),
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
