import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import plainTextParser from './eslint-rules/plain-text-parser.mjs';
import plainNames from './eslint-rules/plain-names.mjs';
import plainTexts from './eslint-rules/plain-texts.mjs';

const plugins = { phonestate: { rules: { 'plain-names': plainNames, 'plain-texts': plainTexts } } };
const scripts = ['**/*.{js,mjs}'];
const code = ['**/*.ts', ...scripts];

export default defineConfig(
  globalIgnores(['lib/', 'dist/', 'cdktf.out/', 'coverage/', '.cache/', 'release/', 'executables/', '**/.terraform/']),
  {
    files: code,
    extends: [js.configs.recommended],
    plugins,
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'phonestate/plain-names': 'error',
      'phonestate/plain-texts': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: scripts,
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly', console: 'readonly' } },
  },
  {
    files: ['**/*.{md,tf,yaml,yml}', '.ci/run'],
    languageOptions: { parser: plainTextParser },
    plugins,
    rules: { 'phonestate/plain-names': 'error', 'phonestate/plain-texts': 'error' },
  },
  {
    name: 'tables, and what is generated from them',
    files: [
      'src/constructs/generated/*.ts',
      'src/model/phone-fields.ts',
      'src/model/failure-catalogue.ts',
      'src/settings/provider-settings.ts',
      'src/terraform/wire/tfplugin6.ts',
    ],
    rules: { 'max-lines': 'off' },
  },
  {
    // The changelog quotes names that are no longer used.
    name: 'the word lists, their tests and the changelog',
    files: ['eslint-rules/word-lists.mjs', '__tests__/eslint-rules/*', 'CHANGELOG.md'],
    rules: { 'phonestate/plain-texts': 'off' },
  },
);
