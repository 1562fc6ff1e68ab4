import { defineConfig } from 'vitest/config';
import { singleFile } from './build/single-file.ts';
import { world } from './build/world.ts';

export default defineConfig({
  plugins: [world(), singleFile()],
  build: {
    target: 'es2022',
    // From these on, browsers know light-dark(); the theme needs it as it stands.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: process.env['LOGANOMALY_PAGE_OUT'] ?? 'dist',
    emptyOutDir: true,
    cssCodeSplit: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { format: 'iife' } },
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.ts'],
    // A test that hangs ends at last; how long one takes says nothing where the machine is busy.
    testTimeout: 600_000,
  },
});
