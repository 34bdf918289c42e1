/** The data source `vicidial_servers`. */
import { serversData } from '../model/data-sources';
import type { ObjectValue } from '../terraform/value';
import type { Server } from '../vicidial/reader';
import { dataSource, mapById, requireReader, textOrNull, type CurrentContext } from './data-source';

export const serversDataSource = (context: CurrentContext) =>
  dataSource(serversData, context, async (run) => {
    const reader = await requireReader(run);
    const encode = reader.source === 'admin' ? encodeListed : encodeRow;
    return { servers: mapById(await reader.servers(), ({ ip }) => ip, encode) };
  });

/** The admin pages list the addresses only. */
function encodeListed({ ip }: Server): ObjectValue {
  return { server_ip: ip, server_id: null, description: null, active: null };
}

function encodeRow({ ip, id, name, active }: Server): ObjectValue {
  return { server_ip: ip, server_id: textOrNull(id), description: textOrNull(name), active };
}
