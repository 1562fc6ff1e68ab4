import type { TemplateData } from '../data';
import { button, element, logText, scroller, section } from '../dom';
import { count, counted, percent } from '../format';
import type { Page } from '../page';
import { timeCell } from './time';

const shownAtFirst = 20;

function row(page: Page, template: TemplateData): HTMLElement {
  return element(
    'tr',
    {},
    element('td', { class: 'number' }, count(template.count)),
    element('td', { class: 'number' }, percent(template.share)),
    element('td', { class: 'template-text' }, element('code', {}, logText(template.text))),
    timeCell(template.firstSeen, page.zones),
    timeCell(template.lastSeen, page.zones),
  );
}

/** The templates of the messages, the most frequent first. */
export function templatesSection(page: Page): HTMLElement {
  const { templates, templateCount } = page.data;
  if (templates.length === 0) {
    return section('templates', 'Message templates', element('p', { class: 'empty' }, 'No message was read.'));
  }

  const body = element('tbody', {}, ...templates.slice(0, shownAtFirst).map((template) => row(page, template)));
  const names = [
    ['Events', 'number'], ['Share', 'number'], ['Template', ''], ['First seen', ''], ['Last seen', ''],
  ] as const;
  const table = element(
    'table',
    { class: 'templates' },
    element('caption', { class: 'hidden' }, 'Message templates'),
    element('thead', {}, element('tr', {}, ...names.map(([name, kind]) => element(
      'th', { scope: 'col', class: kind === '' ? undefined : kind }, name)))),
    body,
  );
  const made = section(
    'templates',
    'Message templates',
    element(
      'p',
      { class: 'muted' },
      templateCount > templates.length
        ? `The ${count(templates.length)} most frequent of ${counted(templateCount, 'template')}.`
        : `${counted(templateCount, 'template')}, the most frequent first. Marks such as <*> stand for what varies.`,
    ),
    scroller('Message templates', table),
  );
  const rest = templates.slice(shownAtFirst);
  if (rest.length > 0) {
    const more = button(`Show ${counted(rest.length, 'more', 'more')}`, { class: 'link' }, () => {
      body.append(...rest.map((template) => row(page, template)));
      more.remove();
    });
    made.append(more);
  }

  return made;
}
