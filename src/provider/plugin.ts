/** Everything behind the handshake: loaded while Terraform reads where to call. */
import { answerFor } from '../terraform/answer';
import { vicidialProvider } from './provider';

export const answer = answerFor(vicidialProvider());
