import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Puts the one script and the one style into the page itself, and names both in its policy by their hashes: the file
 * works from any disk, loads nothing, runs nothing else and reaches nobody.
 */
const oneFile: Plugin = {
  name: 'one-file',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const files = Object.values(bundle);
    const page = files.find((file) => file.fileName.endsWith('.html'));
    const scripts = files.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
    const styles = files.flatMap((file) =>
      file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : [],
    );
    const [script, style] = [scripts[0], styles[0]];
    if (page?.type !== 'asset' || script === undefined || style === undefined || files.length !== 3) {
      throw new Error(
        `the verifier is one page, one script, one style, not ${Object.keys(bundle).join(', ')}`,
      );
    }
    // The parser ends a script at the first of these, wherever it stands.
    if (/<\/(?:script|style)/i.test(script + style))
      throw new Error('a closing tag stands in the script or style');
    const policy = [
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');
    page.source = String(page.source)
      .replace(/<script [^>]*><\/script>/, () => `<script type="module">${script}</script>`)
      .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
      .replace(
        '<meta charset="utf-8" />',
        (own) => `${own}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      );
    page.fileName = 'verifier.html';
    for (const [name, file] of Object.entries(bundle)) if (file !== page) delete bundle[name];
  },
};

/** The page that verifies dossiers in any browser: out/verifier.html. */
export default defineConfig({
  root: here('../renderer/verifier'),
  base: './',
  plugins: [oneFile],
  build: {
    outDir: here('../out'),
    emptyOutDir: false,
    // BigInt and module scripts are all that it cannot do without.
    target: 'es2020',
    modulePreload: { polyfill: false },
    copyPublicDir: false,
  },
});
