import type { EvidenceData } from '../data';
import { element } from '../dom';
import { counted } from '../format';
import { markedText } from '../marked';
import { placeOf } from './kept-lines';

/** Log lines as they were written, each under its file and line number, with the words in question marked. */
export function evidenceList(lines: readonly EvidenceData[], words: readonly string[] = []): HTMLElement {
  return element('ol', { class: 'evidence' }, ...lines.map((line) => element(
    'li',
    {},
    placeOf(line.path, line.line),
    element('pre', {}, line.raw === ''
      ? element('i', {}, (line.cut ?? 0) > 0 ? 'not kept in this page' : 'empty')
      : markedText(line.raw, words, 'whole')),
    line.cut === undefined
      ? null
      : element('p', { class: 'note' }, `${counted(line.cut, 'character')} more in the file`),
  )));
}
