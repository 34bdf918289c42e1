import { RuleTester } from 'eslint';
import plainTextParser from '../../eslint-rules/plain-text-parser.mjs';
import rule from '../../eslint-rules/plain-texts.mjs';

const at = (word: string, line: number, column: number) => ({ message: new RegExp(`^"${word}":`), line, column });

new RuleTester().run('plain-texts in code', rule, {
  valid: [
    'const told = dialer.fate;',
    'const text = "dialplan, soldtold, a look-up, in which case";',
    '// Cannot tell whether the phone was deleted.',
  ],
  invalid: [
    { code: 'const text = "no such dialer";', errors: [at('dialer', 1, 23)] },
    { code: "const text = 'https://Dialer.example.com/';", errors: [at('Dialer', 1, 23)] },
    { code: 'const text = `a ${1}\n  dialer ${2} told`;', errors: [at('dialer', 2, 3), at('told', 2, 15)] },
    { code: '/**\n * Dropped without\n * a word.\n */', errors: [at('without a word', 2, 12)] },
    { code: 'a(); // Dropped without\n     // a word', errors: [at('without a word', 1, 17)] },
    { code: '// without\na();\n// a dialer', errors: [at('dialer', 3, 6)] },
    { code: '// (API facts, section 6)', errors: [at('facts, section', 1, 9)] },
    { code: 'const text = "behind Terraform\'s back";', errors: [at("behind Terraform's back", 1, 15)] },
  ],
});

new RuleTester({ languageOptions: { parser: plainTextParser } }).run('plain-texts in other files', rule, {
  valid: [{ code: '# Phones\n\nThe `dialplan_number` of a phone.\n', filename: 'README.md' }],
  invalid: [
    { code: '# Phones\n\nNo such dialer.\n', filename: 'README.md', errors: [at('dialer', 3, 9)] },
    { code: '> Dropped without\n> a word.\n', filename: 'README.md', errors: [at('without a word', 1, 11)] },
    { code: 'url = "https://dialer.example.com"\n', filename: 'main.tf', errors: [at('dialer', 1, 16)] },
  ],
});
