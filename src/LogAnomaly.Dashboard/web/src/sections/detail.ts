import { commandsOf } from '../commands';
import { copyButton } from '../copy';
import type { AnomalyData, ReasonData } from '../data';
import type { Child } from '../dom';
import { button, element, logText } from '../dom';
import { about, sourceOf, userOf } from '../entity';
import { count, counted, percent, score } from '../format';
import { wordsOfFinding } from '../marked';
import { storyOf } from '../story';
import { shown, shownSpan } from '../time';
import type { View } from '../view';
import { evidenceList } from './evidence';
import { linesAround } from './finding-lines';

/** Findings of an incident that are listed at first. */
const listedAtFirst = 25;

/** The badge of a severity: its name in its colour. */
export function badge(severity: string): HTMLElement {
  return element('span', { class: `badge ${severity.toLowerCase()}` }, severity);
}

/** Codes of reasons of rules that tell what is usual, and not what the rule asks for. */
const tellUsual: readonly string[] = ['Detection', 'Learned'];

/** A value of a reason with what it counts; the sentence of the reason says it too, but stands apart. */
export function withUnit(reason: ReasonData, value: string): string {
  if (!/^[\d,.]+$/.test(value)) {
    return value;
  }

  switch (reason.code) {
    case 'EventCount':
    case 'Detection': return `${value} ${value === '1' ? 'event' : 'events'}`;
    case 'ValueCount': return `${value} distinct values of ${reason.feature}`;
    case 'Temporal':
    case 'TemporalOrdered': return `${value} kinds of events`;
    default: return value;
  }
}

function reasonItem(reason: ReasonData, detector: string, words: readonly string[]): HTMLElement {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${String(Math.min(100, Math.max(0, reason.contribution * 100)))}%`;
  const pair = (name: string, value: string): HTMLElement | null => (
    value === '' ? null : element('div', {}, element('dt', {}, name), element('dd', {}, logText(value))));
  return element(
    'li',
    { class: 'reason' },
    element('p', { class: 'sentence' }, logText(reason.sentence)),
    element('dl', { class: 'pair' }, pair('Observed', withUnit(reason, reason.observed)),
      // A rule that counts knows no usual: it asks for something, and that was there.
      pair(detector === 'Rule' && !tellUsual.includes(reason.code) ? 'The rule asks for' : 'Usual',
        reason.code === 'Detection' ? withUnit(reason, reason.typical) : reason.typical)),
    element(
      'p',
      { class: 'share' },
      element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
      element('span', {}, `${percent(reason.contribution)} of the score`),
    ),
    reason.evidence.length === 0 ? null : evidenceList(reason.evidence, words),
  );
}

function facts(view: View, anomaly: AnomalyData): HTMLElement {
  const list = element('dl', { class: 'fields' });
  const rule = anomaly.ruleId === undefined ? undefined : `${anomaly.ruleId} ${anomaly.ruleName ?? ''}`.trim();
  const fields: [string, string | undefined][] = [
    ['Score', `${score(anomaly.score)} of 100`],
    ['Time', shownSpan(anomaly.time, anomaly.lastTime, view.zones)],
    [anomaly.entityType ?? 'About', anomaly.entity],
    ['Events', count(anomaly.count)],
    ['Rule', rule],
    ['Detector', rule === undefined ? anomaly.detector : undefined],
    ['Host', anomaly.host],
    ['Program', anomaly.program],
    ['User', anomaly.user === anomaly.entity ? undefined : anomaly.user],
    ['Source', anomaly.source === anomaly.entity ? undefined : anomaly.source],
    ['Level', anomaly.level === 'None' ? undefined : anomaly.level],
    ['Label', anomaly.label],
  ];
  for (const [name, value] of fields) {
    if (value !== undefined && value !== '') {
      list.append(element('div', {}, element('dt', {}, name), element('dd', {}, logText(value))));
    }
  }

  return list;
}

/** Techniques by id and name. */
export function techniqueList(view: View, ids: readonly string[]): HTMLElement | null {
  return ids.length === 0 ? null : element('ul', { class: 'techniques' }, ...ids.map((id) => element(
    'li', {}, element('code', {}, id), ` ${view.data.techniques[id] ?? ''}`.trimEnd())));
}

function story(view: View, anomaly: AnomalyData): HTMLElement | null {
  const parts = storyOf(view.data, anomaly);
  return parts.length === 0 ? null : block(
    'Story',
    element('p', { class: 'note' }, 'Of ', logText(sourceOf(anomaly) ?? userOf(anomaly) ?? about(anomaly)),
      ', over the whole log'),
    element('ol', { class: 'story' }, ...parts.map((part) => element(
      'li',
      { class: part.finding === anomaly ? 'this' : undefined },
      element('span', { class: 'when' }, part.time === undefined ? '' : shown(part.time, view.zones)),
      element('span', {}, part.text, part.logText === undefined ? null : logText(part.logText),
        part.finding === anomaly ? element('span', { class: 'note' }, ' (this finding)') : null),
    ))),
  );
}

/** A heading and what stands under it. */
function block(heading: string, ...children: Child[]): HTMLElement {
  return element('div', { class: 'block' }, element('h3', { class: 'block-name' }, heading), ...children);
}

function commands(view: View, anomaly: AnomalyData): HTMLElement | null {
  const made = commandsOf(anomaly, view.data.ledger.entries);
  if (made === undefined) {
    return null;
  }

  const forms = [['PowerShell', made.powershell], ['Shell', made.shell]] as const;
  return block('Command for its lines', ...forms.map(([name, text]) => {
    const code = element('code', {}, logText(text));
    return element(
      'div',
      { class: 'finding-command' },
      element('div', { class: 'finding-command-head' }, element('span', { class: 'note' }, name),
        copyButton('Copy', { class: 'quiet', 'aria-label': `Copy the ${name} command` }, () => text, code)),
      element('pre', {}, code),
    );
  }));
}

/** A button that shows the kept lines of the time and source, or user, of a finding. */
function linesButton(view: View, anomaly: AnomalyData): HTMLElement {
  return button('Show the lines around it', { class: 'quiet' }, () => {
    view.showLines(linesAround(view, [anomaly]));
  });
}

/** All that is known of a finding: why, in what words, the lines that prove it, and what came before and after. */
export function findingDetail(view: View, anomaly: AnomalyData): HTMLElement {
  const words = wordsOfFinding(anomaly);
  const techniques = techniqueList(view, (anomaly.techniques ?? '').split(/\s+/).filter((id) => id !== ''));
  return element(
    'div',
    { class: 'detail' },
    element(
      'div',
      { class: 'detail-main' },
      block('Why', element('ol', { class: 'reasons' },
        ...anomaly.reasons.map((reason) => reasonItem(reason, anomaly.detector, words)))),
      anomaly.normalIf === undefined ? null : block('What would make it usual',
        element('p', {}, logText(anomaly.normalIf))),
      anomaly.template === undefined ? null : block('Template',
        element('pre', { class: 'template' }, logText(anomaly.template))),
      block(counted(anomaly.evidence.length, 'line of the log', 'lines of the log'),
        anomaly.count > anomaly.evidence.length
          ? element('p', { class: 'note' }, `Of ${counted(anomaly.count, 'event')}; the command shows all.`) : null,
        evidenceList(anomaly.evidence, words), linesButton(view, anomaly)),
    ),
    element(
      'div',
      { class: 'detail-side' },
      block('Facts', facts(view, anomaly)),
      techniques === null ? null : block('ATT&CK techniques', techniques),
      story(view, anomaly),
      commands(view, anomaly),
    ),
  );
}

/** One finding of an incident, which opens to its detail. */
function findingItem(view: View, anomaly: AnomalyData): HTMLElement {
  const made = element('details', { class: 'finding' }, element(
    'summary',
    {},
    badge(anomaly.severity),
    element('span', { class: 'when' }, shown(anomaly.time, view.zones)),
    element('span', { class: 'what' }, logText(anomaly.title)),
    element('span', { class: 'number' }, counted(anomaly.count, 'event')),
  ));
  made.addEventListener('toggle', () => {
    if (made.open && made.childElementCount === 1) {
      made.append(findingDetail(view, anomaly));
    }
  });
  return made;
}

/** The findings of an incident, the gravest first; one alone is shown at once. */
export function incidentDetail(
  view: View, findings: readonly AnomalyData[], techniques: readonly string[],
): HTMLElement {
  const [only] = findings;
  if (findings.length === 1 && only !== undefined) {
    return findingDetail(view, only);
  }

  const list = element('div', { class: 'incident-findings' },
    ...findings.slice(0, listedAtFirst).map((finding) => findingItem(view, finding)));
  const rest = findings.slice(listedAtFirst);
  const offer = `Show ${counted(rest.length, 'more', 'more')}`;
  const more = rest.length === 0 ? null : button(offer, { class: 'quiet' }, () => {
    list.append(...rest.map((finding) => findingItem(view, finding)));
    more?.remove();
  });
  return element('div', { class: 'incident' }, techniqueList(view, techniques), list, more);
}
