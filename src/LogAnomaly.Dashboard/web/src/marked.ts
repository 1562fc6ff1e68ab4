import type { AnomalyData } from './data';
import type { Child } from './dom';
import { element, logText } from './dom';
import { sourceOf, userOf } from './entity';

/** Whether words are marked wherever they stand, or only where they are no part of a longer word. */
export type Marking = 'anywhere' | 'whole';

/** Shorter words of a finding would be marked everywhere. */
const shortest = 2;

/** Words of a finding to be marked in its lines: whom and what it is about, and the values that it observed. */
export function wordsOfFinding(anomaly: AnomalyData): string[] {
  const observed = anomaly.reasons.map((reason) => observedValue(reason.observed));
  const words = [anomaly.entity, sourceOf(anomaly), userOf(anomaly), ...observed]
    .filter((word) => word !== undefined)
    .map((word) => word.trim())
    .filter((word) => word.length >= shortest);
  return [...new Set(words)];
}

/** `tsg (4)` is the value and how often it occurs; a template holds marks that no line has. */
function observedValue(text: string): string {
  const value = text.replace(/ \([\d,.]+\)$/, '');
  return /<[\w*]+>|…/.test(value) || /^[\d,.]+ ?(%|[a-z]+)?$/i.test(value) ? '' : value;
}

/** Where words stand in a text, in any case; overlapping places are joined. */
export function placesOf(text: string, words: readonly string[], marking: Marking = 'anywhere'): [number, number][] {
  const lower = text.toLowerCase();
  // Lower case can be longer than the text, and then says nothing of its places.
  const within = lower.length === text.length ? lower : text;
  const found: [number, number][] = [];
  for (const word of new Set(words.map((entry) => entry.toLowerCase()).filter((entry) => entry !== ''))) {
    for (let at = within.indexOf(word); at >= 0; at = within.indexOf(word, at + word.length)) {
      if (marking === 'anywhere' || isWhole(text, at, at + word.length)) {
        found.push([at, at + word.length]);
      }
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

/** Whether no letter, digit or underscore stands on either side of a place. */
function isWhole(text: string, from: number, to: number): boolean {
  // Two units, for a letter beyond the first plane has two.
  return !/[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, from - 2), from))
    && !/^[\p{L}\p{N}_]/u.test(text.slice(to, to + 2));
}

/** Text of a log with these words marked; both are shown as text, with hidden characters made visible. */
export function markedText(text: string, words: readonly string[], marking: Marking = 'anywhere'): HTMLElement {
  const places = placesOf(text, words, marking);
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
  if (text.trim() === '') {
    return element('i', { class: 'muted' }, 'empty message');
  }

  return element('code', { class: 'template' }, ...text.split(placeholder).map((piece, index) => {
    if (piece === '') {
      return null;
    }

    return index % 2 === 1 ? element('span', { class: 'varies' }, piece) : logText(piece);
  }));
}
