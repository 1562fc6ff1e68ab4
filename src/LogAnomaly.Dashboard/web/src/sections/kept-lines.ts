import type { DimensionName } from '../data';
import { element, logText } from '../dom';
import { counted } from '../format';
import { markedText } from '../marked';
import type { KeptLine, View } from '../view';

const shownAtMost = 5;
/** Characters of a line that a table or a list shows; the rest is there when it is asked for. */
export const shownCharacters = 400;

/** The kept lines under the filter that have a value. */
export function keptWith(view: View, dimension: DimensionName, values: ReadonlySet<string>): KeptLine[] {
  const { lines, cube } = view.data;
  const column = lines.codes[cube.dimensions.findIndex((candidate) => candidate.name === dimension)];
  if (column === undefined) {
    return [];
  }

  const codes = new Set([...values].map((value) => view.cube.codeOf(dimension, value) ?? -1));
  return view.lines().filter((line) => codes.has(column[line.index] ?? 0));
}

/** A few kept lines, each under its place. */
export function keptList(lines: readonly KeptLine[], words: readonly string[] = []): HTMLElement {
  if (lines.length === 0) {
    return element('p', { class: 'note' }, 'The page keeps none of its lines that fits the filter.');
  }

  return element('ol', { class: 'kept' }, ...lines.slice(0, shownAtMost).map((line) => element(
    'li',
    {},
    placeOf(line.path, line.line),
    rawBlock(line.raw, line.cut, words),
  )));
}

/** File and line, which break after a slash where the room is small. */
export function placeOf(path: string, line: number): HTMLElement {
  const pieces = path.split(/(?<=[\\/])/).flatMap((piece, index) => (
    index === 0 ? [logText(piece)] : [element('wbr'), logText(piece)]));
  return element('span', { class: 'place' }, ...pieces, `:${String(line)}`);
}

/** The end of a long path, which tells files apart. */
export function shortPath(path: string): string {
  const parts = path.split(/[\\/]/);
  return parts.length <= 2 ? path : `…/${parts.at(-1) ?? ''}`;
}

/** A raw line in a block, cut where it is very long. */
export function rawBlock(
  raw: string, cut: number, words: readonly string[] = [], most = shownCharacters * 5,
): HTMLElement {
  const left = Math.max(0, raw.length - most) + cut;
  return element(
    'div',
    {},
    element('pre', { class: 'raw' }, raw === '' ? element('i', {}, 'empty') : markedText(raw.slice(0, most), words)),
    left === 0 ? null : element('p', { class: 'note' }, `${counted(left, 'character')} more in the file.`),
  );
}
