/** The RPCs of actions. */
import type { Action } from '../action';
import { PluginError } from '../failures';
import type { Provider } from '../provider';
import { diagnosticMessages } from '../wire/diagnostic-message';
import type { Event, Message, Request } from '../wire/tfplugin6';
import { EventQueue } from './event-queue';
import { withDiagnostics } from './failure-diagnostics';
import type { Handlers, StreamHandlers } from './handlers';
import { decodeConfig } from './object-codec';

type ActionRequest = Pick<Request<'PlanAction'>, 'action_type' | 'config'>;
interface Diagnosed {
  readonly diagnostics?: readonly Message<'Diagnostic'>[];
}

/** The handlers of the RPCs of actions that are answered by one message. */
export function actionRpcs(provider: Provider): Handlers<'ValidateActionConfig' | 'PlanAction'> {
  return {
    ValidateActionConfig: (request) =>
      withAction(provider, request, (action, config) => action.validate?.(config) ?? []),
    PlanAction: (request) => withAction(provider, request, (action, config) => action.plan?.(config) ?? []),
  };
}

/** The handler of the RPC that does an action: progress as it comes, then how it ended. */
export function actionStream(provider: Provider): StreamHandlers<'InvokeAction'> {
  return {
    InvokeAction(request) {
      const events = new EventQueue<Event<'InvokeAction'>>();
      const report = (message: string) => events.push({ progress: { message } });
      void withAction(provider, request, (action, config) => action.invoke(config, report)).then((completed) => {
        events.push({ completed });
        events.end();
      });
      return events;
    },
  };
}

async function withAction(
  provider: Provider,
  { action_type: type = '', config }: ActionRequest,
  work: (action: Action, config: ReturnType<typeof decodeConfig>) => ReturnType<Action['invoke']>,
): Promise<Diagnosed> {
  const action = provider.actions?.[type];
  return withDiagnostics(
    provider,
    async () => {
      if (!action) throw new PluginError('action-unknown', `The provider ${provider.address} has no action ${type}.`);
      return { diagnostics: diagnosticMessages(await work(action, decodeConfig(action.schema, config))) };
    },
    action?.schema,
  );
}
