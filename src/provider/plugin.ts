/** Everything behind the handshake: loaded while Terraform reads where to call. */
import { createDispatcher } from '../terraform/rpc/dispatch';
import { vicidialProvider } from './provider';

export const answer = createDispatcher(vicidialProvider(process.env, { isDebug: process.argv.includes('--debug') }));
