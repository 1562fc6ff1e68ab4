import type { Child } from './dom';
import { element, logText } from './dom';

/** Where words stand in a text, in any case; overlapping places are joined. */
export function placesOf(text: string, words: readonly string[]): [number, number][] {
  const lower = text.toLowerCase();
  // Lower case can be longer than the text, and then says nothing of its places.
  const within = lower.length === text.length ? lower : text;
  const found: [number, number][] = [];
  for (const word of new Set(words.map((entry) => entry.toLowerCase()).filter((entry) => entry !== ''))) {
    for (let at = within.indexOf(word); at >= 0; at = within.indexOf(word, at + word.length)) {
      found.push([at, at + word.length]);
    }
  }

  const joined: [number, number][] = [];
  for (const place of found.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && place[0] <= last[1]) {
      last[1] = Math.max(last[1], place[1]);
    } else {
      joined.push(place);
    }
  }

  return joined;
}

/** Text of a log with these words marked. */
export function markedText(text: string, words: readonly string[]): HTMLElement {
  const places = placesOf(text, words);
  if (places.length === 0) {
    return logText(text);
  }

  const pieces: Child[] = [];
  let from = 0;
  for (const [start, end] of places) {
    pieces.push(text.slice(from, start) === '' ? null : logText(text.slice(from, start)),
      element('mark', {}, logText(text.slice(start, end))));
    from = end;
  }

  pieces.push(from < text.length ? logText(text.slice(from)) : null);
  return element('bdi', { class: 'marked' }, ...pieces);
}

const placeholder = /(<(?:\*|command|duration|email|hex|host|id|ip|mac|num|path|quoted|size|time|url|user|uuid)>)/;

/** A template, in which what varies looks other than what stays. */
export function templateText(text: string): HTMLElement {
  return element('code', { class: 'template' }, ...text.split(placeholder).map((piece, index) => {
    if (piece === '') {
      return null;
    }

    return index % 2 === 1 ? element('span', { class: 'varies' }, piece) : logText(piece);
  }));
}
