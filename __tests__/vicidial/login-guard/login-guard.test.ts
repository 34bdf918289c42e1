import { PhonestateError } from '../../../src/model/failures';
import { loginGuard } from '../../../src/vicidial/login-guard/login-guard';

const refused = () => PhonestateError.of('login-incorrect', { what: 'wrong password' });
const lost = () => PhonestateError.of('connection-lost', { what: 'reset' });

/** A call that ends when the test resolves or rejects it. */
function controlledCall() {
  const { promise, resolve, reject } = withResolvers<string>();
  const call = { started: false, work: () => ((call.started = true), promise), resolve, reject };
  return call;
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => ([resolve, reject] = [onResolve, onReject]));
  return { promise, resolve, reject };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof PhonestateError ? error.failure.code : String(error)),
  );
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the first call is made alone, the others after it was accepted', async () => {
  const guard = loginGuard('6666');
  const [first, second, third] = [controlledCall(), controlledCall(), controlledCall()];
  const runs = [first, second, third].map(({ work }) => guard(work));
  await settle();
  expect([first, second, third].map(({ started }) => started)).toEqual([true, false, false]);
  first.resolve('accepted');
  await settle();
  expect([second.started, third.started]).toEqual([true, true]);
  second.resolve('');
  third.resolve('');
  await Promise.all(runs);
});

test('after a refused login no other call is made, and each gets the refusal', async () => {
  const guard = loginGuard('6666');
  const [first, second] = [controlledCall(), controlledCall()];
  const codes = Promise.all([codeOf(guard(first.work)), codeOf(guard(second.work))]);
  first.reject(refused());
  expect(await codes).toEqual(['login-incorrect', 'login-incorrect']);
  expect(second.started).toBe(false);
  expect(await codeOf(guard(() => Promise.resolve('later')))).toBe('login-incorrect');
});

test('a first call that shows nothing about the login leaves it to one other call, not to all at once', async () => {
  const guard = loginGuard('6666');
  const [first, second, third] = [controlledCall(), controlledCall(), controlledCall()];
  const codes = Promise.all([first, second, third].map(({ work }) => codeOf(guard(work))));
  first.reject(lost());
  await settle();
  expect([second, third].filter(({ started }) => started)).toHaveLength(1);
  second.reject(refused());
  expect(await codes).toEqual(['connection-lost', 'login-incorrect', 'login-incorrect']);
  expect(third.started).toBe(false);
});

test('a login that is refused in the middle of a run stops the calls after it', async () => {
  const guard = loginGuard('6666');
  await guard(() => Promise.resolve('accepted'));
  expect(await codeOf(guard(() => Promise.reject(refused())))).toBe('login-incorrect');
  const later = controlledCall();
  expect(await codeOf(guard(later.work))).toBe('login-incorrect');
  expect(later.started).toBe(false);
});
