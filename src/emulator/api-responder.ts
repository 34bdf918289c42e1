/** Responds to calls of the API: evaluates, waits, injects a fault, executes, records. */
import type { Faults } from './faults';
import { respondWithFault, type HttpResponse } from './faulty-response';
import type { HttpRequest } from './http-server';
import type { Journal } from './journal';
import type { Latency } from './latency';
import type { NonAgentApi } from './non-agent-api';
import { readParameters } from './parameters';
import type { Races } from './races';
import type { Reply } from './request';

interface ResponderParts {
  readonly api: NonAgentApi;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly latency: Latency;
  readonly races: Races;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The handler of the requests to the API. */
export function apiResponder({ api, journal, faults, latency, races, now }: ResponderParts) {
  return async ({ method, query, headers, body }: HttpRequest): Promise<HttpResponse> => {
    const sent = { method, query, contentType: headers['content-type'], body };
    const { all: parameters, lastOfBody = '' } = await readParameters(sent);
    // A fault for calls that write is chosen before the call is executed, so the call is evaluated first.
    const { writing } = api.evaluate(parameters);
    const fault = faults.faultFor({
      function: parameters.get('function') ?? '',
      extension: parameters.get('extension') ?? '',
      writing,
    });
    await latency.wait(writing);
    return respondWithFault(fault, parameters, {
      execute: async () => {
        if (races.areOn) await races.beforeChecks();
        const outcome = api.evaluate(parameters);
        if (races.areOn) await races.beforeWriting();
        const before = api.store.revision;
        const reply = afterLogging(outcome.commit?.() ?? outcome.reply, lastOfBody, api);
        const changed = api.store.revision !== before;
        if (changed) await api.store.settled();
        // Another call may have been executed since the first evaluation.
        journal.add({ at: now(), parameters, reply: reply.body, writing: writing || changed, changed });
        return { status: reply.status, type: 'text/html; charset=utf-8', body: reply.body };
      },
      skip: () => void journal.add({ at: now(), parameters, reply: `(${fault?.kind})`, writing, changed: false }),
    });
  };
}

/**
 * The reply after the server has logged the call. An apostrophe or a backslash in the last parameter of the body breaks
 * that statement: where PHP still holds the reply back, the status becomes 500 (vicidial-api.md, section 1).
 */
function afterLogging(reply: Reply, lastOfBody: string, { store }: NonAgentApi): Reply {
  const { php, output_buffering: isHeldBack } = store.settings;
  return php === 'strict' && isHeldBack && /['\\]/u.test(lastOfBody) ? { ...reply, status: 500 } : reply;
}
