import type { AnomalyData } from './data';
import { element, logText } from './dom';
import { sourceOf, userOf } from './entity';

/** Shorter words would be marked everywhere. */
const shortest = 2;

/** Words of a finding to be marked in its lines: whom and what it is about, and the values that it observed. */
export function wordsOf(anomaly: AnomalyData): string[] {
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

/** A raw line with the words marked; both are shown as text, with hidden characters made visible. */
export function markedWords(raw: string, words: readonly string[]): HTMLElement {
  const pattern = patternOf(words);
  if (pattern === undefined) {
    return logText(raw);
  }

  const holder = element('bdi');
  let from = 0;
  for (const match of raw.matchAll(pattern)) {
    if (match.index > from) {
      holder.append(...logText(raw.slice(from, match.index)).childNodes);
    }

    holder.append(element('mark', {}, ...logText(match[0]).childNodes));
    from = match.index + match[0].length;
  }

  holder.append(...logText(raw.slice(from)).childNodes);
  return holder;
}

/** Finds any of the words where it is not a part of a longer one, the longest first. */
function patternOf(words: readonly string[]): RegExp | undefined {
  if (words.length === 0) {
    return undefined;
  }

  const escaped = [...words].sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
}
