/**
 * The write-only arguments of a type: each secret of its field table may be declared by one instead, with a version. The
 * value is then in the configuration only, and it is sent where the version changes (plugin-protocol.md, section 4).
 */
import { oncePer } from '../once-per';
import { failure, type Failure } from './failures';
import type { FieldDefinition, ObjectType } from './field-definition';

/** The arguments that may take the place of a secret field. */
export interface WriteOnlyArguments {
  readonly field: string;
  /** The write-only argument with the value. */
  readonly value: `${string}_wo`;
  /** The number that is in state in place of the value. */
  readonly version: `${string}_wo_version`;
}

type SecretName<T extends ObjectType> = {
  [Name in keyof T['fields']]: T['fields'][Name] extends { secret: true } ? Name : never;
}[keyof T['fields']] &
  string;

/** The names of the write-only arguments of a type, and of their versions. */
export type WriteOnlyName<T extends ObjectType> = `${SecretName<T>}_wo`;
export type WriteOnlyVersionName<T extends ObjectType> = `${WriteOnlyName<T>}_version`;

/** An argument of a resource that is no field of VICIdial. */
export type ArgumentDefinition = Pick<FieldDefinition, 'description' | 'type' | 'secret'>;

/** The write-only arguments of each secret, in the order of the field table. Every object asks for them, in each step. */
export const writeOnlyArguments = oncePer(({ fields }: ObjectType): readonly WriteOnlyArguments[] =>
  Object.keys(fields)
    .filter((field) => fields[field]?.secret)
    .map((field) => ({ field, value: `${field}_wo`, version: `${field}_wo_version` })),
);

/** The same arguments by name, for schema, props and environment files. */
export function writeOnlyDefinitions(type: ObjectType): Readonly<Record<string, ArgumentDefinition>> {
  return Object.fromEntries(
    writeOnlyArguments(type).flatMap(({ field, value, version }): [string, ArgumentDefinition][] => [
      [
        value,
        {
          secret: true,
          description: `Write-only form of \`${field}\`, which is neither in the plan nor in state, and may be ephemeral. It needs \`${version}\`, and Terraform or OpenTofu from 1.11 on.`,
        },
      ],
      [
        version,
        {
          type: 'number',
          description: `Any number. Another one sends \`${value}\` again: Terraform cannot see a change of the value itself.`,
        },
      ],
    ]),
  );
}

/**
 * What is wrong with the combination of arguments, whatever their values.
 *
 * @param isSet whether an argument has a value; false where that is not known yet
 * @param isNull whether an argument is left out; false where that is not known yet
 */
export function writeOnlyFailures(
  type: ObjectType,
  isSet: (name: string) => boolean,
  isNull: (name: string) => boolean = (name) => !isSet(name),
): Failure[] {
  return writeOnlyArguments(type).flatMap(({ field, value, version }) => {
    if (isNull(value) && isNull(version)) return [];
    const other = [value, version].find(isSet);
    if (isSet(field) && other !== undefined) {
      return [failure('write-only-conflict', { field, what: `${field} and ${other} are both set.` })];
    }
    if (!isSet(value) || !isNull(version)) return [];
    return [failure('write-only-without-version', { field: value, what: `${value} is set without ${version}.` })];
  });
}
