/** What a soak test declares: phones and phone aliases that change at random. */
import { samplePhone } from './sample-phone';

const maxPhones = 55;
const maxAddedPhones = 20;
const maxAliases = 5;

export const servers = ['10.0.0.11', '10.0.0.12'] as const;
export const fleetSecrets = { 'phone login': 'soakAgent9031', registration: 'soakDevice7752' };

export type PhoneFields = Record<string, string | number>;

export interface Fleet {
  /** Phones by extension. */
  readonly phones: Map<string, PhoneFields>;
  /** Phone aliases by id, with the extensions of their phones. */
  readonly aliases: Map<string, readonly string[]>;
}

/**
 * Adds, changes and removes some phones and aliases.
 *
 * @param random numbers from 0 to 1
 */
export function changeFleet({ phones, aliases }: Fleet, random: () => number): void {
  const pick = (count: number) => Math.floor(random() * count);
  for (const extension of [...phones.keys()]) if (random() < 0.15) phones.delete(extension);
  for (const fields of phones.values()) {
    if (random() < 0.3) fields.outbound_cid = `72755${10_000 + pick(90_000)}`;
    if (random() < 0.1) fields.phone_ring_timeout = 2 + pick(178);
    if (random() < 0.1) fields.email = random() < 0.5 ? '' : `desk${pick(1000)}@example.com`;
    if (random() < 0.05) fields.server_ip = servers[pick(servers.length)] ?? servers[0];
  }
  for (let added = pick(maxAddedPhones); added > 0 && phones.size < maxPhones; added -= 1) {
    const extension = String(50_000 + pick(1_000));
    if (!phones.has(extension)) phones.set(extension, newPhone(extension, random));
  }
  // Made anew each time: an alias cannot list a phone that is gone.
  aliases.clear();
  const extensions = [...phones.keys()];
  for (let index = 0; index < Math.min(maxAliases, extensions.length); index += 1)
    if (random() < 0.7) aliases.set(`team${index}`, extensions.slice(index, index + 1 + pick(3)));
}

function newPhone(extension: string, random: () => number): PhoneFields {
  // All of its values are strings, but for the number below.
  return samplePhone(extension, {
    server_ip: servers[Math.floor(random() * servers.length)] ?? servers[0],
    phone_pass: fleetSecrets['phone login'],
    registration_password: fleetSecrets.registration,
    ...(random() < 0.3 ? { phone_ring_timeout: 30 } : {}),
  }) as PhoneFields;
}

/** The fleet in Terraform's JSON syntax. */
export function configurationOf({ phones, aliases }: Fleet): Record<string, unknown> {
  const resources = {
    vicidial_phone: Object.fromEntries([...phones].map(([extension, fields]) => [`p${extension}`, fields])),
    vicidial_phone_alias: Object.fromEntries(
      [...aliases].map(([id, extensions]) => [
        id,
        {
          alias_id: id,
          alias_name: `Team ${id}`,
          phone_logins: extensions.map((extension) => `\${vicidial_phone.p${extension}.phone_login}`),
        },
      ]),
    ),
  };
  const declared = Object.entries(resources).filter(([, objects]) => Object.keys(objects).length > 0);
  return declared.length > 0 ? { resource: Object.fromEntries(declared) } : {};
}
