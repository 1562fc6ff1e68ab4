import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// Log lines are written by attackers. The DOM is built from text alone, so every way to hand it markup is an error.
const markup = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'createContextualFragment', 'srcdoc'];
const noMarkup = markup.map((property) => ({
  property,
  message: 'Build the DOM from text: use element() of src/dom.ts.',
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'build/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-properties': [
        'error',
        ...noMarkup,
        { object: 'document', property: 'write', message: 'Build the DOM from text: use element() of src/dom.ts.' },
        { object: 'document', property: 'writeln', message: 'Build the DOM from text: use element() of src/dom.ts.' },
      ],
      'no-restricted-globals': [
        'error',
        ...['DOMParser', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'eval', 'localStorage'].map((name) => ({
          name,
          message: 'The page neither parses markup, nor asks the network, nor stores anything.',
        })),
      ],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-len': ['error', { code: 120, ignoreUrls: true }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { process: 'readonly', console: 'readonly' },
    },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/explicit-function-return-type': 'off',
    },
  },
);
