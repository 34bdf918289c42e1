/** Which agents are logged in at phones (reading-vicidial.md, section 2). */
import { identityKey } from '../../model/identity';
import type { ObjectRef } from '../../model/operation';
import { tables } from './columns';
import type { Database, Row } from './database';
import { text } from './rows';

/**
 * The screen of an agent updates its row every second or so, and once a minute in a browser that slows hidden tabs down.
 * Rows of sessions that broke are older, and stay until VICIdial removes them.
 */
const maxAgeSeconds = 300;

/** An agent that is logged in. */
export interface LiveAgent {
  readonly user: string;
  readonly status: string;
  readonly campaign: string;
  /** When the agent's screen was last in contact, as the database writes it. */
  readonly lastUpdate: string;
}

/** An agent that is logged in at a phone. */
export interface AgentAtPhone extends LiveAgent {
  readonly phone: ObjectRef;
}

/** The agents whose screen was in contact lately: one query. Ages are by the clock of the database. */
export async function liveAgentRows(database: Database): Promise<readonly Row[]> {
  const table = 'vicidial_live_agents';
  const columns = tables[table].required.join(', ');
  const sql = `SELECT ${columns} FROM ${table}
WHERE last_update_time IS NULL OR last_update_time > NOW() - INTERVAL ${maxAgeSeconds} SECOND`;
  return database.rows({ name: table, table, sql });
}

/**
 * The agents at a phone.
 *
 * @param phone its row; undefined where the database lacks it, so that its protocol is not known
 */
export function agentsAt(object: ObjectRef, phone: Row | undefined, agents: readonly Row[]): readonly AgentAtPhone[] {
  const server = identityKey(String(object.key.server_ip));
  return agents
    .filter((agent) => identityKey(text(agent, 'server_ip')) === server && isAt(agent, object, phone))
    .map((agent) => ({
      phone: object,
      user: text(agent, 'user'),
      status: text(agent, 'status'),
      campaign: text(agent, 'campaign_id'),
      lastUpdate: text(agent, 'last_update_time'),
    }));
}

function isAt(agent: Row, object: ObjectRef, phone: Row | undefined): boolean {
  const channel = identityKey(text(agent, 'extension'));
  const channels = channelsOf(String(object.key.extension), phone, text(agent, 'user'));
  return channels.some((known) => identityKey(known) === channel);
}

/** What `extension` of a live agent can be for a phone. */
function channelsOf(extension: string, phone: Row | undefined, user: string): readonly string[] {
  const protocol = phone === undefined ? '' : text(phone, 'protocol');
  if (phone !== undefined && protocol === 'EXTERNAL') {
    const dialplanNumber = text(phone, 'dialplan_number');
    const channel = `Local/${dialplanNumber}@${text(phone, 'phone_context')}`;
    const isConference = dialplanNumber.includes('8300') && dialplanNumber.length < 5;
    return [isConference ? channel + user : channel];
  }
  const technologies = technologiesOf[protocol] ?? Object.values(technologiesOf).flat();
  return technologies.map((technology) => `${technology}/${extension}`);
}

/** The names that Asterisk has for a protocol. Zap is DAHDI on all but the oldest. */
const technologiesOf: Readonly<Record<string, readonly string[]>> = {
  SIP: ['SIP'],
  PJSIP: ['PJSIP'],
  IAX2: ['IAX2'],
  Zap: ['DAHDI', 'Zap'],
};
