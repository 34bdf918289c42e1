/** Files, rows and states for tests of drift: phones on two servers. */
import { Drift, type DriftInput } from '../../src/drift/drift';
import type { EnvironmentChanges } from '../../src/environment/environment-file';
import type { StateObject } from '../../src/report/addressed-objects';
import { storedRows } from '../../testing/stored-rows';
import { environmentOf } from '../environment/environment-of';

type Row = Readonly<Record<string, string | null>>;

export const [east, west] = ['10.0.0.11', '10.0.0.12'];

export const row = (extension: string, values: Row = {}, server_ip = east) => ({
  server_ip,
  extension,
  phone_login: extension,
  phone_full_name: 'Desk',
  phone_pass: 'agentPass',
  ...values,
});

export const inState = (
  extension: string,
  values: Readonly<Record<string, unknown>> = {},
  server = east,
): StateObject => ({
  address: `vicidial_phone.phone-${server === east ? 'east' : 'west'}-${extension}`,
  type: 'vicidial_phone',
  values: { ...row(extension, {}, server), ...values },
});

export const phone = (extension: string, values: Readonly<Record<string, unknown>> = {}) => ({
  server: 'east',
  extension,
  phone_login: extension,
  phone_full_name: 'Desk',
  ...values,
});

export const fileOf = (phones: readonly ReturnType<typeof phone>[], more: Partial<EnvironmentChanges> = {}) =>
  environmentOf({ servers: { east, west }, phones: phones as EnvironmentChanges['phones'], ...more });

interface Given extends Partial<Omit<DriftInput, 'rows' | 'state'>> {
  readonly rows?: readonly Row[];
  readonly aliases?: readonly {
    readonly alias_id: string;
    readonly alias_name: string;
    readonly phone_logins: string[];
  }[];
  /** Undefined for no state. */
  readonly state?: readonly StateObject[] | undefined;
}

/** The drift of rows against a file and a state. */
export function driftOf({ rows = [], aliases = [], state, environment = fileOf([]), ...more }: Given): Drift {
  return new Drift({
    environment,
    others: [],
    system: 'vicidial.example.com/api',
    user: '6666',
    reader: 'database',
    // The columns of a row are those of the emulator.
    rows: storedRows({ servers: [], phones: rows as never, aliases: [...aliases] }),
    state: state && { source: 'file', objects: state },
    ...more,
  });
}

/** What is reported of each object, in a few words. */
export function found(drift: Drift): string[] {
  const report = drift.report();
  const fields = (names: readonly { readonly name: string }[]) => names.map(({ name }) => name).join(' ');
  return [
    ...report.changed.map((each) => `changed ${each.key}: ${fields(each.fields)}`),
    ...report.missing.map(({ key }) => `missing ${key}`),
    ...report.unmanaged.map(({ key }) => `unmanaged ${key}`),
    ...report.hidden.map(({ key }) => `hidden ${key}`),
    ...report.notApplied.map(
      (each) => `${each.action} ${each.key}${each.fields.length > 0 ? `: ${fields(each.fields)}` : ''}`,
    ),
  ];
}
