import { TerraformVariable, type TerraformStack } from 'cdktf';
import { tableResource } from '../../src/constructs/table-resource';
import { allowedCharacters } from '../../src/model/characters';
import type { FieldDefinition, ObjectType } from '../../src/model/field-definition';
import { synth } from './synthesis';

const row = {
  description: 'For this test.',
  allowedCharacters: allowedCharacters.word,
  columnLength: 20,
  onCreate: 'optional',
  create: { min: 1 },
  update: { min: 1 },
  example: 'x',
} as const satisfies FieldDefinition;

/** A table of this test only: no construct can have been written for its fields by hand. */
const table = {
  noun: 'lamp',
  resourceType: 'vicidial_phone',
  addFunction: 'add_phone',
  updateFunction: 'update_phone',
  idFields: ['lamp_id'],
  deleteParameter: 'delete_phone',
  fields: {
    lamp_id: { ...row, key: true },
    glow_seconds: { ...row, type: 'number', range: [1, 9] },
    lamp_colour: { ...row, choices: ['red', 'green'] },
    lamp_password: { ...row, secret: true },
  },
} as const satisfies ObjectType;

interface LampProps {
  readonly lampId: string;
  readonly glowSeconds?: number;
  readonly lampColour?: string;
  readonly lampPassword?: string;
}
const Lamp = tableResource<'vicidial_phone', LampProps, Required<LampProps>>(table, []);

describe('a field of a table', () => {
  test('is an argument and an attribute of its construct', () => {
    const { resource } = synth((stack) => {
      const lamp = new Lamp(stack, 'lamp', { lampId: 'a', glowSeconds: 5, lampColour: 'red' });
      new Lamp(stack, 'copy', { lampId: 'b', glowSeconds: lamp.glowSeconds, lampColour: lamp.lampColour });
    });
    expect(resource.vicidial_phone.lamp).toMatchObject({ lamp_id: 'a', glow_seconds: 5, lamp_colour: 'red' });
    expect(resource.vicidial_phone.copy).toMatchObject({
      glow_seconds: '${vicidial_phone.lamp.glow_seconds}',
      lamp_colour: '${vicidial_phone.lamp.lamp_colour}',
    });
  });

  test('is validated by its own bounds where it is a literal', () => {
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
          new Lamp(stack, 'lamp', {
            lampId: '${var.id}',
            lampColour: reference(stack),
            lampPassword: '${var.password}',
          }),
      ),
    ).not.toThrow();
  });
});
