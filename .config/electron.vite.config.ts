import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import renderer from './renderer.vite.config.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The window's program: out/main, out/preload, out/renderer. Packages of "dependencies" stay outside the bundle and
 * travel as they are, for several read files beside themselves: serialport its binding, pdfkit its metrics, MicroPython
 * its wasm.
 */
export default defineConfig({
  main: {
    build: {
      outDir: here('../out/main'),
      minify: false,
      rollupOptions: {
        input: {
          main: here('../electron/shell/main.ts'),
          'board-worker': here('../electron/bench/board-worker.ts'),
          'lab-worker': here('../electron/lab/lab-worker.ts'),
        },
        // Flat, for a thread is started from the file beside the one that starts it.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: here('../out/preload'),
      minify: false,
      rollupOptions: {
        input: { preload: here('../electron/shell/preload.ts') },
        // A sandboxed preload script is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    build: { ...renderer.build, rollupOptions: { input: here('../renderer/index.html') } },
  },
});
