/** Everything behind the handshake: loaded while Terraform reads where to call. */
import { createDispatcher } from '../terraform/rpc/dispatch';
import type { Dispatch } from '../terraform/rpc/handlers';
import { vicidialProvider } from './provider';

/** Makes a provider, and what answers its RPCs. */
export function newDispatcher(): Dispatch {
  return createDispatcher(vicidialProvider(process.env, { isDebug: process.argv.includes('--debug') }));
}
