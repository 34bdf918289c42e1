/** What becomes of a create whose second call fails, and of an adoption; with an executor that is scripted. */
import { PhonestateError, type FailureCode } from '../../src/model/failures';
import type { FieldValues } from '../../src/model/field-definition';
import type { Operation } from '../../src/model/operation';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';
import { adoptObject, createObject, type Executor } from '../../src/provider/create';
import { sampleValues } from '../../testing/sample-values';

const values: FieldValues = { ...sampleValues('55000'), phone_ring_timeout: 45, active: 'N' };
const desks: FieldValues = { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'] };

interface Script {
  /** For each operation in turn: how it fails, or whether the phone is hidden afterwards. */
  readonly replies: readonly (FailureCode | 'done' | 'hidden')[];
  readonly isHidden?: boolean;
}

class ScriptedExecutor implements Executor {
  readonly sent: Operation[] = [];

  constructor(private readonly script: Script) {}

  execute(operation: Operation) {
    const reply = this.script.replies[this.sent.length] ?? 'done';
    this.sent.push(operation);
    if (reply === 'done' || reply === 'hidden') return Promise.resolve({ hidden: reply === 'hidden' });
    return Promise.reject(PhonestateError.of(reply, { what: 'As in the script.' }));
  }

  isHidden() {
    return Promise.resolve(this.script.isHidden ?? false);
  }
}

async function create(script: Script) {
  const executor = new ScriptedExecutor(script);
  const created = await createObject(executor, phoneType, values);
  return { executor, created, codes: created.failures.map(({ code }) => code) };
}

describe('a create of two calls', () => {
  test('that both succeed is stored as planned', async () => {
    const { created, executor } = await create({ replies: [] });
    expect(created).toEqual({ values, failures: [] });
    expect(executor.sent.map(({ function: name }) => name)).toEqual(['add_phone', 'update_phone']);
  });

  test('is refused where the first one fails, and the second one is not sent', async () => {
    const executor = new ScriptedExecutor({ replies: ['login-taken'] });
    await expect(createObject(executor, phoneType, values)).rejects.toThrow('login is in use');
    expect(executor.sent).toHaveLength(1);
  });

  test('is stored without what the second one could not set, and both failures are reported', async () => {
    const { created, codes } = await create({ replies: ['done', 'value-refused'] });
    expect(codes).toEqual(['value-refused', 'partially-created']);
    expect(created.values).toEqual({ ...values, phone_ring_timeout: null, active: null });
  });

  test('is stored without it too where something else than a failure is thrown', async () => {
    const executor = new ScriptedExecutor({ replies: [] });
    const execute = executor.execute.bind(executor);
    executor.execute = (operation) => {
      if (operation.action === 'update') return Promise.reject(new TypeError('a bug'));
      return execute(operation);
    };
    const { values: created, failures } = await createObject(executor, phoneType, values);
    expect(created).toMatchObject({ extension: '55000', phone_ring_timeout: null });
    expect(failures.map(({ code }) => code)).toEqual(['partially-created']);
    expect(failures[0]?.what).toContain('TypeError: a bug');
  });

  test.each<[string, Script, string]>([
    ['the first', { replies: ['hidden', 'phone-not-found'], isHidden: true }, 'phone_ring_timeout could not be set'],
    ['the second', { replies: ['done', 'hidden'] }, 'cannot view it from now on'],
  ])('is stored as planned, with a warning, where the phone is hidden after %s', async (_which, script, text) => {
    const { created, codes } = await create(script);
    expect(created.values).toBe(values);
    expect(codes).toEqual(['phone-hidden-now']);
    expect(created.failures[0]?.what).toContain(text);
  });
});

test('a create of one call is stored with a warning where the phone is hidden afterwards', async () => {
  const executor = new ScriptedExecutor({ replies: ['hidden'] });
  const { failures } = await createObject(executor, phoneType, sampleValues('55000'));
  expect(failures.map(({ code }) => code)).toEqual(['phone-hidden-now']);
});

describe('an adoption', () => {
  test('sends one update with every declared field, and nothing else', async () => {
    const executor = new ScriptedExecutor({ replies: [] });
    expect(await adoptObject(executor, phoneType, values)).toEqual({ values, failures: [] });
    expect(executor.sent).toHaveLength(1);
    expect(executor.sent[0]?.function).toBe('update_phone');
    expect(Object.keys(executor.sent[0]?.parameters ?? {}).sort()).toEqual(Object.keys(values).sort());
  });

  test('of a phone alias sends its list', async () => {
    const executor = new ScriptedExecutor({ replies: [] });
    await adoptObject(executor, phoneAliasType, desks);
    expect(executor.sent.map(({ parameters }) => parameters)).toEqual([
      { alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000' },
    ]);
  });

  test('fails where the object has vanished, and creates none', async () => {
    const executor = new ScriptedExecutor({ replies: ['phone-not-found'] });
    await expect(adoptObject(executor, phoneType, values)).rejects.toThrow('does not exist');
    expect(executor.sent).toHaveLength(1);
  });

  test('into a group that the user cannot view is a warning', async () => {
    const { failures } = await adoptObject(new ScriptedExecutor({ replies: ['hidden'] }), phoneType, values);
    expect(failures.map(({ code }) => code)).toEqual(['phone-hidden-now']);
  });
});
