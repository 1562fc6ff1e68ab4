import type { EvidenceData } from '../data';
import { element, logText } from '../dom';
import { counted } from '../format';

/** Log lines as they were written, each under its file and line number. */
export function evidenceList(lines: readonly EvidenceData[]): HTMLElement {
  return element('ol', { class: 'evidence' }, ...lines.map((line) => element(
    'li',
    {},
    element('span', { class: 'place' }, logText(line.path), `:${String(line.line)}`),
    element('pre', {}, line.raw === '' ? element('i', {}, 'empty') : logText(line.raw)),
    line.cut === undefined
      ? null
      : element('p', { class: 'note' }, `${counted(line.cut, 'character')} more in the file`),
  )));
}
