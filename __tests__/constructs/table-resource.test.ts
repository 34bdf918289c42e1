import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { VicidialProvider } from '../../src';
import { tableResource } from '../../src/constructs/table-resource';
import { allowedCharacters } from '../../src/model/characters';
import type { FieldDefinition, ObjectType } from '../../src/model/field-definition';

const row = {
  description: 'For this test.',
  allowedCharacters: allowedCharacters.word,
  columnLength: 20,
  onCreate: 'optional',
  create: { min: 1 },
  update: { min: 1 },
  example: 'x',
} as const satisfies FieldDefinition;

/** A table that no other code knows: what its rows become cannot be written by hand anywhere. */
const table = {
  noun: 'lamp',
  addFunction: 'add_phone',
  updateFunction: 'update_phone',
  resourceType: 'vicidial_lamp',
  idFields: ['lamp_id'],
  deleteParameter: 'delete_phone',
  fields: {
    lamp_id: { ...row, key: true },
    glow_seconds: { ...row, type: 'number', range: [1, 9] },
    lamp_colour: { ...row, choices: ['red', 'green'] },
    lamp_word: { ...row, secret: true },
  },
} as const satisfies ObjectType;

const Lamp = tableResource(table, 'vicidial_lamp');
type LampProps = ConstructorParameters<typeof Lamp>[2];

function synth(build: (stack: TerraformStack) => void) {
  const stack = new TerraformStack(new App({ outdir: '/nowhere' }), 'test');
  new VicidialProvider(stack, 'vicidial');
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as {
    resource: { vicidial_lamp: Record<string, Record<string, unknown>> };
  };
}

describe('a row of a field table', () => {
  test('is an argument and an attribute of its construct', () => {
    const { resource } = synth((stack) => {
      const lamp = new Lamp(stack, 'lamp', { lampId: 'a', glowSeconds: 5, lampColour: 'red' });
      new Lamp(stack, 'copy', { lampId: 'b', glowSeconds: lamp.glowSeconds, lampColour: lamp.lampColour });
    });
    expect(resource.vicidial_lamp.lamp).toMatchObject({ lamp_id: 'a', glow_seconds: 5, lamp_colour: 'red' });
    expect(resource.vicidial_lamp.copy).toMatchObject({
      glow_seconds: '${vicidial_lamp.lamp.glow_seconds}',
      lamp_colour: '${vicidial_lamp.lamp.lamp_colour}',
    });
  });

  test('is checked by its own bounds, where it is a literal', () => {
    expect(() => synth((stack) => new Lamp(stack, 'lamp', { lampId: 'a', glowSeconds: 10 }))).toThrow(
      /\[test\/lamp\] glowSeconds: .*\n?.*1 to 9/u,
    );
    expect(() => synth((stack) => new Lamp(stack, 'lamp', { lampId: 'a', lampColour: 'blue' }))).toThrow(
      /\[test\/lamp\] lampColour: .*"blue"/u,
    );
    const reference = (stack: TerraformStack) => new TerraformVariable(stack, 'colour', { type: 'string' }).stringValue;
    expect(() =>
      synth(
        (stack) =>
          new Lamp(stack, 'lamp', { lampId: '${var.id}', lampColour: reference(stack), lampWord: '${var.word}' }),
      ),
    ).not.toThrow();
  });

  test('is a prop of its type', () => {
    const right: LampProps = { lampId: 'a' };
    // @ts-expect-error a text is no number
    const text: LampProps = { ...right, glowSeconds: '5' };
    // @ts-expect-error a number is no choice
    const choice: LampProps = { ...right, lampColour: 5 };
    // @ts-expect-error the key is needed
    const keyless: LampProps = { glowSeconds: 5 };
    expect([text, choice, keyless]).toHaveLength(3);
  });
});
