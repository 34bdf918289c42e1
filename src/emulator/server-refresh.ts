/** The function server_refresh: every server writes its configuration again (vicidial-api.md, section 9). */
import type { ApiRequest, Outcome } from './request';

export function refreshServers(request: ApiRequest): Outcome {
  if (!request.get('stage').includes('REFRESH')) {
    // The server prints the fields of an alias here, and not the stage.
    const fields = ['alias_id', 'alias_name', 'phone_logins'].map((name) => request.get(name));
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', fields.join('|'));
  }
  const { servers, rebuilding } = request.store;
  // Those that wait for it already are not counted.
  const marked = servers.filter((server) => !rebuilding.has(server));
  return request.success('SERVER REFRESH HAS BEEN TRIGGERED', String(marked.length), () => {
    for (const server of servers) rebuilding.add(server);
  });
}
