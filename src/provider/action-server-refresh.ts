/** The action `vicidial_server_refresh`. */
import type { Action } from '../terraform/action';
import type { CurrentContext } from './data-source';

const description =
  'Makes all servers of the VICIdial system write their configuration again, as changed phones do for the server that they are on. It needs the permission to update phones.';

/**
 * The permission is not checked in the plan: a failure there makes Terraform crash where the action has no `config` block
 * (plugin-protocol.md, section 3). It is that of update_phone, which the plan of a changed phone checks.
 */
export const serverRefreshAction = (context: CurrentContext): Action => ({
  schema: { version: 0, description, attributes: {} },

  async invoke(_config, report) {
    const current = context();
    current.leftToObjects.requireValid();
    await current.checkSystem();
    const client = await current.client();
    const result = await client.send({ function: 'server_refresh', parameters: { stage: 'REFRESH' } });
    if (result.code !== undefined) throw result.toError();
    report(`${client.origin} answered ${result.describe()}.`);
    return [];
  },
});
