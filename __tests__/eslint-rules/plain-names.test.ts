import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import rule from '../../eslint-rules/plain-names.mjs';

const errors = (...words: string[]) => words.map((word) => ({ message: new RegExp(`contains "${word}"`) }));

new RuleTester().run('plain-names in JavaScript', rule, {
  valid: [
    'const almost = 1, dialerside = almost;',
    'const keepAliveTimeout = 1; request({ keepAlive: true });',
    'reply.told = reply.fate; call(reply.numPendingTests);',
    'const { told: state } = reply;',
    'import { told } from "elsewhere"; told();',
    'const object = { [told()]: 1 };',
    'const text = "told";',
    { code: 'const a = 1;', filename: 'src/unresolved.ts' },
  ],
  invalid: [
    { code: 'const atLeast = 1;', errors: errors('least') },
    { code: 'const AT_LEAST = 1;', errors: errors('least') },
    { code: 'let HTTPDialer2;', errors: errors('dialer') },
    { code: 'function sayFates(doubtful) {}', errors: errors('say', 'fates', 'doubtful') },
    { code: 'class Told { #kept; isGone() {} }', errors: errors('told', 'kept', 'gone') },
    { code: 'const { state: told } = reply;', errors: errors('told') },
    { code: 'import { state as told } from "elsewhere";', errors: errors('told') },
    { code: 'const table = { fate: 1, "phone-gone": 2 };', errors: errors('fate', 'gone') },
    { code: 'const fate = 1; call({ fate });', errors: errors('fate') },
    { code: 'const isThere = 1, isTheirs = 2;', errors: errors('is there') },
    { code: 'const keepAliveKept = 1;', errors: errors('kept') },
    { code: 'a();', filename: 'src/told.ts', errors: errors('told') },
    { code: 'a();', filename: 'src/salvage/state.test.ts', errors: errors('salvage') },
  ],
});

new RuleTester({ languageOptions: { parser: tseslint.parser } }).run('plain-names in TypeScript', rule, {
  valid: ["import type { Told } from './diagnostics'; let state: Told;", 'interface A { kind: string }'],
  invalid: [
    { code: 'interface Fate { told?: string; mend(): void }', errors: errors('fate', 'told', 'mend') },
    { code: 'type Carrier<Twin> = (misfit: Twin) => void;', errors: errors('carrier', 'twin', 'misfit') },
    { code: 'enum Level { Least }', errors: errors('least') },
    { code: 'class A { constructor(private readonly wording: string) {} }', errors: errors('wording') },
    { code: 'abstract class A { abstract dangers: string; abstract deed(): void }', errors: errors('dangers', 'deed') },
  ],
});
