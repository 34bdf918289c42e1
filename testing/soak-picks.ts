/** The phones that a soak test picks for a change that must be refused, and those that it adds for one. */
import { newExtension } from './soak-changes';
import { fresh, newPhone, phonesByAddress, type Fleet, type PhoneFields } from './soak-fleet';

export interface Attempting {
  /** A copy of the fleet, as it is declared and applied. It may be changed. */
  readonly fleet: Fleet;
  readonly random: () => number;
}

export function addPhone({ fleet, random }: Attempting): PhoneFields {
  const phone = newPhone(unusedExtension(fleet, random), random);
  fleet.phones.set(fresh(fleet, 'phone'), phone);
  return phone;
}

export function unusedExtension(fleet: Fleet, random: () => number): string {
  const phones = [...phonesByAddress(fleet).values()];
  return newExtension(
    new Set(phones.flatMap(({ extension, phone_login }) => [String(extension), String(phone_login)])),
    random,
  );
}

export function addresses(fleet: Fleet): Map<PhoneFields, string> {
  return new Map([...phonesByAddress(fleet)].map(([address, fields]) => [fields, address]));
}

/** Names of different phones that are not protected, at most that many. */
export function pickNames({ fleet, random }: Attempting, count: number): string[] {
  const names = [...fleet.phones].flatMap(([name, { deletion_protection: isProtected }]) =>
    isProtected === true ? [] : [name],
  );
  while (names.length > count) names.splice(Math.floor(random() * names.length), 1);
  return names;
}

export function pickPhones(changing: Attempting, count: number): PhoneFields[] {
  return pickNames(changing, count).flatMap((name) => {
    const fields = changing.fleet.phones.get(name);
    return fields ? [fields] : [];
  });
}
