/** A provider with every shape of attribute that the protocol has, and no state of its own. */
import { log } from '../../src/terraform/logger';
import type { Provider, Resource } from '../../src/terraform/provider';
import type { Attribute } from '../../src/terraform/schema';
import { unknown, Unknown, type ObjectValue } from '../../src/terraform/value';
import { faulty, stopFile } from './fixture-faulty';
import { tracked } from './fixture-tracked';

const optional = (type: NonNullable<Attribute['type']>): Attribute => ({ type, optional: true });
const inner: Record<string, Attribute> = {
  name: { type: 'string', required: true },
  size: { type: 'number', optional: true },
  secret: { type: 'string', optional: true, sensitive: true },
};

const shapes: Resource['schema'] = {
  version: 1,
  description: 'Every shape.',
  attributes: {
    id: { type: 'string', computed: true },
    echo: { type: 'string', optional: true, computed: true },
    text: optional('string'),
    count_of: optional('number'),
    flag: optional('bool'),
    anything: optional('dynamic'),
    texts: optional(['list', 'string']),
    unique: optional(['set', 'number']),
    by_name: optional(['map', 'bool']),
    pair: optional(['tuple', ['string', 'number']]),
    record: optional(['object', { a: 'string', b: ['list', 'number'] }]),
    password: { type: 'string', optional: true, sensitive: true },
    once: { type: 'string', optional: true, writeOnly: true },
    one: { optional: true, nested: { nesting: 'single', attributes: inner } },
    many: { optional: true, nested: { nesting: 'list', attributes: inner } },
    some: { optional: true, nested: { nesting: 'set', attributes: inner } },
    named: {
      optional: true,
      nested: { nesting: 'map', attributes: { ...inner, hidden: { type: 'string', optional: true, writeOnly: true } } },
    },
  },
  blocks: {
    head: { nesting: 'single', block: { attributes: { title: optional('string') } } },
    line: { nesting: 'list', block: { attributes: { title: optional('string') } }, maxItems: 5 },
    frame: { nesting: 'group', block: { attributes: { title: optional('string') } } },
    tag: { nesting: 'set', block: { attributes: { title: optional('string') } } },
    group: { nesting: 'map', block: { attributes: { title: optional('string') } } },
  },
};

const shape: Resource = {
  schema: shapes,
  validate: ({ text }) =>
    text === 'wrong' ? [{ severity: 'error', summary: 'Wrong text', detail: 'It says wrong.', path: ['text'] }] : [],
  plan({ config, prior }) {
    log.debug('planning', { attempt: 1 });
    if (config === null) return { planned: null, diagnostics: [{ severity: 'warning', summary: 'Going away' }] };
    const echo = config.text ?? unknown;
    const planned = {
      ...config,
      id: prior?.id ?? unknown,
      echo: config.echo ?? (prior && prior.text === config.text ? (prior.echo ?? null) : echo),
    };
    const replaced = prior && prior.flag !== config.flag ? [['flag']] : [];
    return { planned, requiresReplace: replaced, private: Buffer.from('planned') };
  },
  create({ planned, config, private: privateData }) {
    if (planned.text === 'fail') throw new Error('this text fails');
    if (Buffer.from(privateData).toString() !== 'planned') throw new Error('the private data of the plan is missing');
    const once = typeof config.once === 'string' ? config.once.length : 0;
    return { state: { ...settleAll(planned, config), id: `made-${once}` }, private: Buffer.from('created') };
  },
  read({ state, private: privateData }) {
    if (state.text === 'gone') return { state: null };
    if (Buffer.from(privateData).toString() === '') throw new Error('the private data of the state is missing');
    return { state };
  },
  update({ planned, config }) {
    if (planned.text === 'fail') throw new Error('this text fails');
    return { state: settleAll(planned, config), private: Buffer.from('updated') };
  },
  delete({ prior }) {
    return {
      diagnostics: prior.text === 'sticky' ? [{ severity: 'error', summary: 'It stays', detail: 'It is sticky.' }] : [],
    };
  },
  import: (id) => ({ state: { ...empty(), id, text: 'imported' }, private: Buffer.from('imported') }),
  upgrade: ({ state }) => ({ ...empty(), id: String(state.id), text: `upgraded ${String(state.old_text)}` }),
};

function empty(): ObjectValue {
  return {
    ...Object.fromEntries(Object.keys(shapes.attributes).map((name) => [name, null])),
    head: null,
    frame: { title: null },
    line: [],
    tag: [],
    group: {},
  };
}

/** What was unknown becomes known: as it is configured by now, or else the text `made`. */
function settleAll(planned: ObjectValue, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [name, config[name] ?? (value instanceof Unknown ? 'made' : value)]),
  );
}

export const fixtureProvider: Provider = {
  address: 'phonestate/fixture',
  schema: { version: 0, attributes: { greeting: { type: 'string', optional: true } } },
  resources: { fixture_shape: shape, fixture_faulty: faulty, fixture_tracked: tracked },
  dataSources: {
    fixture_answer: {
      schema: {
        version: 0,
        attributes: { question: { type: 'string', required: true }, answer: { type: 'string', computed: true } },
      },
      read: ({ question }) => ({ state: { question: question ?? null, answer: '42' } }),
    },
  },
  configure: ({ greeting }) =>
    greeting === 'rude' ? [{ severity: 'error', summary: 'Rude greeting', path: ['greeting'] }] : [],
  stop: () => stopFile(),
};
