/** A piece of text: shown as it is, or, with a mark, standing for one character that would not show. */
export interface VisiblePart {
  text: string;
  /** What the character is; undefined for plain text. */
  mark?: string;
}

const names = new Map<number, string>([
  [0x00ad, 'soft hyphen'],
  [0x061c, 'Arabic letter mark'],
  [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of direction'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
  [0xfeff, 'byte order mark'],
]);

// C0, DEL and C1; format characters (Cf); line and paragraph separators; lone surrogates.
// eslint-disable-next-line no-control-regex -- finding control characters is its task
const hidden = /[\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The escape by which a hidden character is shown: `\n`, `\x1b` or `U+202E`. */
function escapeOf(code: number): string {
  switch (code) {
    case 0x09: return '\\t';
    case 0x0a: return '\\n';
    case 0x0d: return '\\r';
    default: break;
  }

  const digits = code.toString(16);
  return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `U+${digits.toUpperCase().padStart(4, '0')}`;
}

/** Splits text into plain pieces and marks for the characters that would not show or would reorder what does. */
export function visible(text: string): VisiblePart[] {
  const parts: VisiblePart[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) {
      parts.push({ text: text.slice(from, match.index) });
    }

    const code = match[0].codePointAt(0) ?? 0;
    parts.push({ text: escapeOf(code), mark: names.get(code) ?? 'control character' });
    from = match.index + match[0].length;
  }

  if (from < text.length) {
    parts.push({ text: text.slice(from) });
  }

  return parts;
}

/** The same as one string, for places that hold no elements: labels and tooltips. */
export function visibleText(text: string): string {
  return visible(text).map((part) => part.text).join('');
}

/** The same, but line breaks and tabs stay as they are: for text that leaves the page. */
export function visibleExcept(text: string): string {
  return visible(text)
    .map((part) => ({ '\\n': '\n', '\\r': '\r', '\\t': '\t' }[part.mark === undefined ? '' : part.text] ?? part.text))
    .join('');
}
