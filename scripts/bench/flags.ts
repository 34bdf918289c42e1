/** The flags of the benchmark. */
import { parseArgs } from 'node:util';
import { sections, type Section } from './figure';

export interface Flags {
  readonly phones: number;
  readonly runs: number;
  /** How many times more phones the sections `growth`, `memory` and `commands` have. */
  readonly growth: number;
  readonly latencyMs: number;
  readonly blocks: number;
  readonly only: readonly Section[];
  readonly variants: readonly string[];
  /** Paths or names of engines; empty for those that are found. */
  readonly engines: readonly string[];
  readonly peers: readonly PeerFlag[];
  readonly json?: string | undefined;
  readonly compare?: string | undefined;
  readonly strict: boolean;
}

export interface PeerFlag {
  readonly name: string;
  /** The program of the provider. */
  readonly file: string;
  /** The file that states its configuration; without one, it has the resources of this provider. */
  readonly configuration?: string | undefined;
}

const variants = ['node', 'executable'];

/** @throws Error in plain words where a flag is wrong */
export function readFlags(args = process.argv.slice(2)): Flags {
  const { values } = parseArgs({
    args,
    options: {
      phones: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      growth: { type: 'string', default: '10' },
      latency: { type: 'string', default: '60' },
      blocks: { type: 'string', default: '30' },
      only: { type: 'string', default: sections.join() },
      variants: { type: 'string', default: variants.join() },
      engine: { type: 'string', multiple: true, default: [] },
      peer: { type: 'string', multiple: true, default: [] },
      'peer-configuration': { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      compare: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  });
  return {
    phones: positive('--phones', values.phones),
    runs: positive('--runs', values.runs),
    growth: positive('--growth', values.growth),
    latencyMs: positive('--latency', values.latency),
    blocks: positive('--blocks', values.blocks),
    only: selection('--only', values.only, sections),
    variants: selection('--variants', values.variants, variants),
    engines: values.engine,
    peers: peersOf(values.peer, values['peer-configuration']),
    json: values.json,
    compare: values.compare,
    strict: values.strict,
  };
}

function positive(flag: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${flag} is "${value}", which is not a whole number above 0.`);
}

function selection<T extends string>(flag: string, value: string, choices: readonly T[]): T[] {
  const chosen = value.split(',');
  const unknown = chosen.filter((each) => !choices.some((choice) => choice === each));
  if (unknown.length > 0) throw new Error(`${flag} has "${unknown.join()}". Choose from ${choices.join()}.`);
  return choices.filter((choice) => chosen.includes(choice));
}

function peersOf(peers: readonly string[], configurations: readonly string[]): PeerFlag[] {
  const files = new Map(configurations.map((value) => namedFile('--peer-configuration', value)));
  const named = peers.map((value) => namedFile('--peer', value));
  const unknown = [...files.keys()].filter((name) => !named.some(([peer]) => peer === name));
  if (unknown.length > 0) throw new Error(`--peer-configuration names ${unknown.join()}, which no --peer names.`);
  return named.map(([name, file]) => ({ name, file, configuration: files.get(name) }));
}

function namedFile(flag: string, value: string): readonly [name: string, file: string] {
  const [, name, file] = /^([^=]+)=(.+)$/u.exec(value) ?? [];
  if (name === undefined || file === undefined) throw new Error(`${flag} is "${value}", which is not NAME=FILE.`);
  return [name, file];
}
