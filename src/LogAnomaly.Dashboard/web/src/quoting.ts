/** Characters that a terminal would act on, or that would not show in it. */
// eslint-disable-next-line no-control-regex -- finding control characters is its task
const unsafe = /[\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** A text as one literal of PowerShell, which takes the typographic quotes for single quotes too. */
export function quotedForPowerShell(text: string): string {
  if (!unsafe.test(text)) {
    return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
  }

  // Characters that would not show are named by number, so that the command says what it holds.
  const parts: string[] = [];
  let safe = '';
  for (const letter of text) {
    if (unsafe.test(letter)) {
      parts.push(`'${safe.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`);
      // By UTF-16 units: [char] holds no more than one.
      for (let unit = 0; unit < letter.length; unit++) {
        parts.push(`[char]0x${letter.charCodeAt(unit).toString(16).padStart(4, '0')}`);
      }

      safe = '';
    } else {
      safe += letter;
    }
  }

  parts.push(`'${safe.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`);
  return `(${parts.filter((part, index) => index === 0 || part !== '\'\'').join(' + ')})`;
}

/** A text as one word of a POSIX shell; bytes of what would not show are written in octal, which bash and zsh know. */
export function quotedForShell(text: string): string {
  if (!unsafe.test(text)) {
    return `'${text.replaceAll('\'', '\'\\\'\'')}'`;
  }

  const encoder = new TextEncoder();
  const escaped = Array.from(text, (letter) => {
    if (letter === '\\' || letter === '\'') {
      return `\\${letter}`;
    }

    return unsafe.test(letter)
      ? [...encoder.encode(letter)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
      : letter;
  }).join('');
  return `$'${escaped}'`;
}
