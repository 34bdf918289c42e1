/**
 * A process that logs in once, under the guard, and prints what came of it. With `--times N` it starts N such processes
 * instead, as an engine does for N provider blocks, and prints what they printed. With `--hang` it never logs in.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { Secret } from '../../../src/model/secret';
import { createSharedLoginGuard } from '../../../src/vicidial/login-guard/shared-login-guard';

const [url = '', password = '', folder = '', mode = '', times = ''] = process.argv.slice(2);

async function logIn(): Promise<string> {
  const guard = createSharedLoginGuard({
    url,
    user: 'apiuser',
    password: new Secret(password),
    folder,
    waitMs: 600_000,
  });
  const refusal = await guard.begin();
  if (refusal) return `held back: ${refusal.rule}`;
  if (mode === '--hang') {
    process.stdout.write('holding');
    // Ends with the test at the latest.
    process.stdin.resume().on('end', () => process.exit());
    return new Promise(() => {});
  }
  const isGood = (await post()) === 'good';
  await guard.end(isGood ? 'accepted' : 'login-incorrect');
  return isGood ? 'accepted' : 'refused';
}

async function post(): Promise<string> {
  const sent = request(url, { method: 'POST' }).end(password);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return text(response);
}

async function startSeveral(): Promise<string> {
  const one = () => promisify(execFile)(process.execPath, [process.argv[1] ?? '', url, password, folder]);
  const results = await Promise.all(Array.from({ length: Number(times) }, one));
  return results.map(({ stdout }) => stdout).join('\n');
}

void (mode === '--times' ? startSeveral() : logIn()).then((result) => process.stdout.write(result));
