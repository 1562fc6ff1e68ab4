import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Where the writer puts title, digest and data; each must stand once in the page, in this order, or it is refused. */
export const placeholders = ['{{LOGANOMALY-TITLE}}', '{{LOGANOMALY-DIGEST}}', '{{LOGANOMALY-DATA}}'] as const;

/** The policy's name of an inline block: its SHA-256 over exactly the bytes between the tags. */
function hashOf(block: string): string {
  return `'sha256-${createHash('sha256').update(block, 'utf8').digest('base64')}'`;
}

/** Keeps script text from ending its own element or opening a comment that swallows the end tag. */
function inScript(code: string): string {
  return code.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--').trim();
}

/** Puts style, script and policy into the page. Replacers are functions: `$&` in minified code must stay as it is. */
export function inline(html: string, style: string, code: string, notice: string): string {
  const script = inScript(code);
  const css = style.trim();
  if (/<\/style/i.test(css)) {
    throw new Error('The style sheet must not hold an end tag.');
  }

  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(css)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">\n  <style>${css}</style>\n`;
  return html
    .replaceAll(/[ \t]*<script\b[^>]*\bsrc=[^>]*><\/script>\n?/g, '')
    .replaceAll(/[ \t]*<link\b[^>]*\brel="stylesheet"[^>]*>\n?/g, '')
    .replace(/(<meta charset="utf-8">\n)/, (tag) => `${tag}  ${head}`)
    .replace('</body>', () => `<script>${script}</script>\n</body>`)
    .replace('<head>', () => `<!--\n${notice.trim()}\n-->\n<head>`);
}

/** A Vite plugin that leaves one file: the page with all its script and style inside. */
export function singleFile(): Plugin {
  const noticePath = fileURLToPath(new URL('../NOTICE.txt', import.meta.url));
  return {
    name: 'loganomaly-single-file',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      let style = '';
      let code = '';
      let chunks = 0;
      for (const [name, item] of Object.entries(bundle)) {
        if (item.type === 'chunk') {
          code = item.code;
          chunks++;
          Reflect.deleteProperty(bundle, name);
        } else if (name.endsWith('.css')) {
          style += item.source.toString();
          Reflect.deleteProperty(bundle, name);
        } else if (name !== 'index.html') {
          this.error(`The page is one file, but the build also made ${name}.`);
        }
      }

      const page = bundle['index.html'];
      if (page?.type !== 'asset' || chunks !== 1) {
        this.error(`The build made ${chunks} scripts; the page holds exactly one.`);
      }

      const html = inline(page.source.toString(), style, code, readFileSync(noticePath, 'utf8'));
      for (const placeholder of placeholders) {
        if (html.split(placeholder).length !== 2) {
          this.error(`${placeholder} must stand exactly once in the page.`);
        }
      }

      page.source = html;
    },
  };
}
