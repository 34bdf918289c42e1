/**
 * Names of servers in exported files. A name is a function of the `server_ip` alone, so that nothing else that is exported,
 * and no order, changes it. A file of names replaces them.
 */

/** The name of a server: `server_10_0_0_11`. Servers that VICIdial keeps apart have different names. */
export function serverName(serverIp: string): string {
  const folded = serverIp.toLowerCase();
  if (/^[a-z0-9.]+$/u.test(folded)) return `server_${folded.replaceAll('.', '_')}`;
  // With the short form, `10-1` and `10.1` would have one name.
  return `escaped_server_${folded.replace(/[^a-z0-9]/gu, escapeCharacter)}`;
}

function escapeCharacter(character: string): string {
  return `_${character.codePointAt(0)?.toString(16) ?? ''}_`;
}

/** Names of servers by `server_ip`, as a file of names has them. */
export type GivenNames = ReadonlyMap<string, string>;

/** A name that is valid in all formats: a key of the environment file, an identifier of HCL and of TypeScript. */
const validName = /^[a-z][a-z0-9_]*$/u;

/** Names that exported files use for something else. */
const reservedNames: readonly string[] = ['aliases', 'phone_logins', 'main'];

/**
 * Finds what is wrong with a file of names.
 *
 * @returns one message for each error
 */
export function nameErrors(names: GivenNames): string[] {
  const owners = new Map<string, string>();
  return [...names].flatMap(([ip, name]) => {
    const owner = owners.get(name);
    owners.set(name, ip);
    if (!validName.test(name)) {
      return [
        `${ip}: the name ${JSON.stringify(name)} is not valid; it begins with a small letter and has small letters, digits and _`,
      ];
    }
    if (reservedNames.includes(name)) return [`${ip}: the name ${name} is used for something else; choose another one`];
    return owner === undefined ? [] : [`${ip}: the name ${name} is that of ${owner} too; give each server its own`];
  });
}
