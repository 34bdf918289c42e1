import fc from 'fast-check';
import type { FieldDefinition } from '../../src/model/field-definition';
import { blankWord } from '../../src/model/operation';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { isPlainValue } from '../../src/model/plain-value';
import { isStoredUnchanged } from '../../src/model/stored-value';

const fields = [phoneType, phoneAliasType].flatMap((type) => Object.entries<FieldDefinition>(type.fields));

/** Nearly valid values of a field, and others. */
const textFor = ({ choices = ['Y'], example, create, update, columnLength }: FieldDefinition) => {
  const lengths = [create.min, update.min, create.max ?? 1, update.max ?? 1, columnLength];
  return fc.oneof(
    fc.constantFrom(...choices, example, '--NONE--', blankWord, '', '-5', 'y', '---ALL---'),
    fc.stringMatching(/^[-a-zA-Z0-9_.*#:/@%' +é]{0,30}$/u),
    fc.constantFrom(...lengths.flatMap((length) => ['1'.repeat(length), 'a'.repeat(length + 1)])),
  );
};

test.each(fields)('a plain value of %s is stored unchanged by both functions of every server', (_name, field) => {
  fc.assert(
    fc.property(textFor(field), fc.boolean(), (text, nonLatin) => {
      if (!isPlainValue(field, text)) return;
      expect(['', '--NONE--', blankWord]).not.toContain(text);
      expect(isStoredUnchanged(field, text, 'create', { nonLatin })).toBe(true);
      expect(isStoredUnchanged(field, text, 'update', { nonLatin })).toBe(true);
      if (field.digitsOnly) expect(text).toMatch(/^\d+$/u);
      if (field.choices) expect(field.choices).toContain(text);
    }),
    { numRuns: 300 },
  );
});

test.each(fields.filter(([, { range, type }]) => !range && !type))('the example of %s is plain', (_name, field) => {
  expect(isPlainValue(field, field.example)).toBe(true);
});
