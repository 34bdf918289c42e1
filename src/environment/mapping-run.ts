/** One pass of a mapping over all objects of a base. */
import {
  aliasKey,
  phoneKey,
  type Environment,
  type EnvironmentAlias,
  type EnvironmentPhone,
  type Origin,
} from './environment';
import type { EnvironmentChanges } from './environment-file';
import { originOf, placeOf, type FileText } from './file-text';
import { prepareChange, type PreparedChange } from './mapping';
import { describePlace, type ProblemList } from './problems';
import type { FileValue } from './value-schema';

export interface MappingContext {
  readonly base: Pick<Environment, 'name'>;
  readonly changes: Pick<EnvironmentChanges, 'mapping'>;
  readonly text: FileText;
  readonly problems: ProblemList;
}

/** Applies the mapping to each object, and notes which parts of it matched. */
export class MappingRun {
  readonly #changes: ReadonlyMap<string, PreparedChange>;
  readonly #servers: Readonly<Record<string, string>>;
  readonly #matched = new Set<string>();

  constructor(private readonly context: MappingContext) {
    const { servers = {}, ...fields } = context.changes.mapping ?? {};
    this.#servers = servers;
    this.#changes = new Map(
      Object.entries(fields).flatMap(([name, change]) =>
        change === undefined ? [] : [[name, prepareChange(change)] as const],
      ),
    );
    for (const [name, { problem }] of this.#changes)
      if (problem !== undefined) context.problems.error(placeOf(context.text, ['mapping', name]), problem);
  }

  phone(phone: EnvironmentPhone): EnvironmentPhone {
    const known = {
      ...textsOf(phone.values),
      server: phone.server,
      server_ip: phone.server_ip,
      extension: phone.extension,
    };
    const server = Object.hasOwn(this.#servers, phone.server) ? this.#servers[phone.server] : undefined;
    const origins: Record<string, Origin> = Object.fromEntries(
      Object.entries(phone.origins).map(([name, origin]) => [name, { ...origin, kind: 'base' as const }]),
    );
    if (server !== undefined) {
      origins.server = originOf(this.context.text, ['mapping', 'servers', phone.server], 'mapping');
      origins.server_ip = origins.server;
    }
    const source = `${phoneKey(phone)} (${describePlace(phone.declared)})`;
    const extension = this.#change('extension', phone.extension, known, source, origins);
    const values = Object.fromEntries(
      Object.entries<FileValue>(phone.values).map(([name, value]) => {
        if (!this.#changes.has(name) || (typeof value !== 'string' && typeof value !== 'number')) return [name, value];
        const changed = this.#change(name, String(value), known, source, origins);
        return [name, typeof value === 'number' ? toNumber(changed) : changed];
      }),
    );
    return { ...phone, server: server ?? phone.server, extension, values, origins };
  }

  alias(alias: EnvironmentAlias): EnvironmentAlias {
    const known = { alias_id: alias.alias_id, alias_name: alias.alias_name };
    const origins: Record<string, Origin> = Object.fromEntries(
      Object.entries(alias.origins).map(([name, origin]) => [name, { ...origin, kind: 'base' as const }]),
    );
    const source = `${aliasKey(alias)} (${describePlace(alias.declared)})`;
    const change = (name: 'alias_id' | 'alias_name', value: string) =>
      this.#change(name, value, known, source, origins);
    return {
      ...alias,
      alias_id: change('alias_id', alias.alias_id),
      ...(alias.alias_name === undefined ? {} : { alias_name: change('alias_name', alias.alias_name) }),
      origins,
    };
  }

  /** A change that matches nothing is a problem. */
  reportUnmatched(): void {
    const { base, text, problems } = this.context;
    for (const [name, { problem }] of this.#changes) {
      if (problem !== undefined || this.#matched.has(name)) continue;
      const noun = name === 'alias_id' || name === 'alias_name' ? 'phone alias' : 'phone';
      problems.error(placeOf(text, ['mapping', name]), `matches the ${name} of no ${noun} of ${base.name}`);
    }
  }

  #change(
    name: string,
    value: string,
    known: Readonly<Record<string, string | undefined>>,
    source: string,
    origins: Record<string, Origin>,
  ): string {
    const changed = this.#changes.get(name)?.apply(value, known);
    if (!changed) return value;
    this.#matched.add(name);
    const origin = originOf(this.context.text, ['mapping', name], 'mapping');
    origins[name] = origin;
    if (changed.problem === undefined) return changed.value;
    this.context.problems.error(origin, `${source}: ${changed.problem}`);
    return value;
  }
}

function textsOf(values: EnvironmentPhone['values']): Record<string, string> {
  const texts = Object.entries<FileValue>(values).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );
  return Object.fromEntries(texts) as Record<string, string>;
}

/** What is no number any more is refused by the check of the value. */
function toNumber(text: string): string | number {
  return /^\d+$/u.test(text) ? Number(text) : text;
}
