/** A resource that follows its objects by private data, logs what it is asked to plan, and refuses to change where `value` says so. */
import { log, unknown, type ObjectValue, type Resource } from '../../src/terraform';

const bytes = (text: string) => Buffer.from(text);
const refuse = (summary: string) => ({ diagnostics: [{ severity: 'error', summary }] as const });

export const tracked: Resource = {
  schema: {
    version: 0,
    attributes: {
      id: { type: 'string', computed: true },
      name: { type: 'string', required: true },
      value: { type: 'string', optional: true },
    },
  },
  plan({ config, prior, priorPrivate }) {
    log.debug('plan', { prior: nameOf(prior), private: text(priorPrivate) });
    if (config === null) return { planned: null, private: bytes('planned to delete') };
    const requiresReplace = prior && prior.name !== config.name ? [['name']] : [];
    const planned = { ...config, id: prior?.id ?? unknown };
    return { planned, requiresReplace, private: bytes(`planned after ${text(priorPrivate)}`) };
  },
  planNoOp({ prior, priorPrivate }) {
    log.debug('no-op plan', { prior: nameOf(prior()), private: text(priorPrivate) });
    return prior().value === 'warned'
      ? { private: bytes('marker'), diagnostics: [{ severity: 'warning', summary: 'Nothing to do' }] }
      : undefined;
  },
  create: ({ planned }) => ({ state: { ...planned, id: 'made' }, private: bytes('created') }),
  read: ({ state }) => ({ state }),
  update({ planned }) {
    if (planned.value === 'throws') throw new Error('the update was refused');
    if (planned.value === 'refused') return refuse('The update was refused');
    return { state: planned, private: bytes('updated') };
  },
  delete({ prior }) {
    if (prior.value === 'sticky') return refuse('The deletion was refused');
    if (prior.value === 'throws on deletion') throw new Error('the deletion was refused');
    return {};
  },
};

function nameOf(object: ObjectValue | null): string {
  return typeof object?.name === 'string' ? object.name : 'none';
}

function text(priorPrivate: Uint8Array): string {
  return Buffer.from(priorPrivate).toString();
}
