/** A resource that breaks the rule which its `mode` names, or takes its time. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../src/terraform/provider';
import { unknown, type ObjectValue } from '../../src/terraform/value';

const title = { attributes: { title: { type: 'string', optional: true } } } as const;

/** What each mode does to a correct state. */
const faults: Record<string, (right: ObjectValue) => ObjectValue> = {
  'another type': (right) => ({ ...right, size: 'large' }),
  'no number': (right) => ({ ...right, size: NaN }),
  'an unknown name': (right) => ({ ...right, colour: 'red' }),
  'no blocks': ({ id, mode, size }) => ({ id, mode, size }) as ObjectValue,
};
const broken = (right: ObjectValue) => (typeof right.mode === 'string' && faults[right.mode]?.(right)) || right;

export const faulty: Resource = {
  schema: {
    version: 0,
    attributes: {
      id: { type: 'string', computed: true },
      mode: { type: 'string', optional: true },
      size: { type: 'number', computed: true },
    },
    blocks: {
      line: { nesting: 'list', block: { ...title, blocks: { note: { nesting: 'set', block: title } } } },
      tag: { nesting: 'set', block: title },
      group: { nesting: 'map', block: title },
      frame: { nesting: 'group', block: title },
    },
  },
  plan({ config, prior }) {
    if (config === null) return { planned: null };
    const planned = { ...config, id: prior?.id ?? unknown, size: prior?.size ?? unknown };
    if (config.mode === 'no number planned') return { planned: { ...planned, size: NaN } };
    return { planned: config.mode === 'no blocks' ? broken(planned) : planned };
  },
  async create({ planned }) {
    if (planned.mode === 'slow') await meet();
    return { state: broken({ ...planned, id: 'made', size: 1 }) };
  },
  read: ({ state }) => ({ state }),
  update: ({ planned }) => ({ state: broken(planned) }),
  delete: () => ({}),
};

/** Writes a file when it begins, and waits for another before it goes on. */
async function meet(): Promise<void> {
  const folder = process.env.FIXTURE_MEETING ?? '';
  writeFileSync(join(folder, 'began'), String(process.pid));
  while (!existsSync(join(folder, 'go'))) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Writes a file when Terraform asked to stop. */
export function stopFile(): void {
  if (process.env.FIXTURE_MEETING) writeFileSync(join(process.env.FIXTURE_MEETING, 'run-interrupted'), '');
}
