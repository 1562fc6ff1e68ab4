import { element, sentence } from '../dom';
import type { Zones } from '../time';
import { shown } from '../time';

/** A time in a table: date and time of day each in one piece, so that a narrow column breaks between them only. */
export function timeCell(text: string | undefined, zones: Zones): HTMLElement {
  return element(
    'td',
    { class: 'time' },
    text === undefined ? '–' : element('time', { datetime: text }, sentence(shown(text, zones))),
  );
}
