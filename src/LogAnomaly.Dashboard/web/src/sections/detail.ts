import type { AnomalyData, ReasonData } from '../data';
import { element, logText } from '../dom';
import { count, counted, percent, score } from '../format';
import type { AnomalyRow } from '../model';
import { about } from '../model';
import type { Page } from '../page';
import { shown } from '../time';
import { evidenceList } from './evidence';
import { timeCell } from './time';

const othersShown = 10;

function reasonItem(reason: ReasonData): HTMLElement {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${String(Math.min(100, Math.max(0, reason.contribution * 100)))}%`;
  return element(
    'li',
    { class: 'reason' },
    element('p', { class: 'sentence' }, logText(reason.sentence)),
    element(
      'dl',
      { class: 'pair' },
      element('div', {}, element('dt', {}, 'Observed'), element('dd', {}, logText(reason.observed))),
      element('div', {}, element('dt', {}, 'Typical'), element('dd', {}, logText(reason.typical))),
      element(
        'div',
        { class: 'share' },
        element('dt', {}, 'Part of the score'),
        element('dd', {}, element('span', { class: 'bar', 'aria-hidden': 'true' }, fill), percent(reason.contribution)),
      ),
    ),
    reason.evidence.length === 0 ? null : evidenceList(reason.evidence),
  );
}

function facts(page: Page, anomaly: AnomalyData): HTMLElement {
  const list = element('dl', { class: 'fields' });
  const fields: [string, string | undefined][] = [
    ['Score', `${score(anomaly.score)} of 100`],
    ['Detector', anomaly.detector],
    ['Rule', anomaly.ruleId === undefined ? undefined : `${anomaly.ruleId} ${anomaly.ruleName ?? ''}`.trim()],
    ['ATT&CK', anomaly.techniques],
    [anomaly.entityType ?? 'About', anomaly.entity],
    ['First seen', anomaly.time === undefined ? undefined : shown(anomaly.time, page.zones)],
    ['Last seen', anomaly.lastTime === anomaly.time ? undefined : shown(anomaly.lastTime, page.zones)],
    ['Events', count(anomaly.count)],
    ['Level', anomaly.level],
    ['Host', anomaly.host],
    ['Program', anomaly.program],
    ['User', anomaly.entityType === 'UserName' ? undefined : anomaly.user],
    ['Source', anomaly.entityType === 'SourceIP' ? undefined : anomaly.source],
    ['Label', anomaly.label],
  ];
  for (const [name, value] of fields) {
    if (value !== undefined && value !== '') {
      list.append(element('div', {}, element('dt', {}, name), element('dd', {}, logText(value))));
    }
  }

  return list;
}

function others(page: Page, row: AnomalyRow): HTMLElement {
  const items = row.others.slice(0, othersShown).map((other) => {
    const first = other.evidence[0];
    return element(
      'tr',
      {},
      element('td', { class: 'number' }, score(other.score)),
      timeCell(other.time, page.zones),
      element('td', { class: 'wrap wide' }, logText(about(other))),
      element('td', { class: 'wrap' }, first === undefined ? null : logText(`${first.path}:${String(first.line)}`)),
    );
  });
  const left = row.others.length - items.length;
  return element(
    'div',
    {},
    element('h4', {}, `${counted(row.others.length, 'more', 'more')} like this`),
    element(
      'table',
      { class: 'plain' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col', class: 'number' }, 'Score'),
          element('th', { scope: 'col' }, 'Time'),
          element('th', { scope: 'col', class: 'wide' }, 'About'),
          element('th', { scope: 'col' }, 'Line'),
        ),
      ),
      element('tbody', {}, ...items),
    ),
    left > 0 ? element('p', { class: 'note' }, `And ${count(left)} more: switch off grouping to see each.`) : null,
  );
}

/** All that is known of an anomaly: why, in what words, and the lines that prove it. */
export function detail(page: Page, row: AnomalyRow): HTMLElement {
  const { anomaly } = row;
  return element(
    'div',
    { class: 'detail' },
    element('h4', {}, 'Why'),
    element('ol', { class: 'reasons' }, ...anomaly.reasons.map(reasonItem)),
    facts(page, anomaly),
    anomaly.template === undefined ? null : element('h4', {}, 'Template'),
    anomaly.template === undefined ? null : element('pre', { class: 'template' }, logText(anomaly.template)),
    element('h4', {}, counted(anomaly.evidence.length, 'line of the log', 'lines of the log')),
    evidenceList(anomaly.evidence),
    row.others.length === 0 ? null : others(page, row),
  );
}
