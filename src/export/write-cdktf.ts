/** An exported system as a CDKTF program in TypeScript. */
import { camelCase } from '../model/case';
import { phoneFields } from '../model/phone-fields';
import type { ExportedAlias, ExportedServer, ExportedSystem } from './exported-system';
import { describeOrigin, unmanagedLines, type Provenance } from './comments';
import type { ExportedFiles } from './files';
import type { DeclaredValue } from './managed-values';
import { phoneAliasName, phoneName } from '../environment/resource-names';
import { secretFields, secretKey } from './secrets';
import { serverTable } from './server-table';
import { extensionPlaceholder } from './templates';
import { tsObject, tsTemplate, tsValue } from './ts-text';

export interface CdktfOptions extends Provenance {
  /** The name of the stack. */
  readonly environment: string;
}

/** Writes `main.ts` and `cdktf.json`. */
export function writeCdktf(system: ExportedSystem, options: CdktfOptions): ExportedFiles {
  const comments = [
    ...describeOrigin(options),
    'Delete the line with addOverride after the first apply: it imports every phone and phone alias.',
    ...unmanagedLines(system),
  ];
  const program = [
    comments.map((line) => `// ${line}`).join('\n'),
    imports,
    head(options),
    declarePhones,
    ...system.servers.map(serverCall),
    ...system.aliases.map(aliasCall),
    "stack.addOverride('import', imports);\n\napp.synth();",
  ];
  const configuration = {
    language: 'typescript',
    app: 'npx tsx main.ts',
    projectId: options.environment,
    sendCrashReports: 'false',
  };
  return new Map([
    ['main.ts', `${program.join('\n\n')}\n`],
    ['cdktf.json', `${JSON.stringify(configuration, null, 2)}\n`],
  ]);
}

const imports = `import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { Phone, PhoneAlias, VicidialProvider, type PhoneProps } from 'phonestate';`;

function head({ environment, settings }: CdktfOptions): string {
  const props = Object.fromEntries(Object.entries(settings).map(([name, value]) => [camelCase(name), value]));
  const variables = secretFields.map((field) => `const ${camelCase(field)} = secrets(${tsValue(field)});`).join('\n');
  return `const app = new App();
const stack = new TerraformStack(app, ${tsValue(environment)});

// The API login is read from VICIDIAL_USER and VICIDIAL_PASSWORD.
new VicidialProvider(stack, 'vicidial', ${tsObject(props)});

/** A variable with a secret for each phone, by SERVER/EXTENSION. A phone without an entry is not changed. */
function secrets(name: string): (phone: string) => string {
  new TerraformVariable(stack, name, { type: 'map(string)', default: {}, sensitive: true, nullable: false });
  return (phone) => \`\\\${lookup(var.\${name}, "\${phone}", null)}\`;
}
${variables}`;
}

const declarePhones = `type Fields = Partial<Omit<PhoneProps, 'serverIp' | 'extension'>>;

const imports: { to: string; id: string }[] = [];
const logins = new Map<string, string>();

/** Declares the phones of a server. A field that is undefined is not managed. */
function phones(
  server: string,
  serverIp: string,
  shared: (extension: string) => Fields,
  own: [extension: string, fields: Fields, id?: string][],
): void {
  for (const [extension, fields, id = \`phone-\${server}-\${extension}\`] of own) {
    const key = \`\${server}/\${extension}\`;
    const phone = new Phone(stack, id, {
${secretFields.map((field) => `      ${camelCase(field)}: ${camelCase(field)}(key),`).join('\n')}
      ...shared(extension),
      ...fields,
      serverIp,
      extension,
    });
    logins.set(key, phone.phoneLogin);
    imports.push({ to: \`\${phone.terraformResourceType}.\${phone.friendlyUniqueId}\`, id: \`\${serverIp}/\${extension}\` });
  }
}

/** Declares a phone alias. A login that is SERVER/EXTENSION is that of the phone, any other one is as it is written. */
function alias(aliasId: string, aliasName?: string, phoneLogins?: string[], id = \`alias-\${aliasId}\`): void {
  const object = new PhoneAlias(stack, id, {
    aliasId,
    aliasName,
    phoneLogins: phoneLogins?.map((login) => logins.get(login) ?? login),
  });
  imports.push({ to: \`\${object.terraformResourceType}.\${object.friendlyUniqueId}\`, id: aliasId });
}`;

function serverCall(server: ExportedServer): string {
  const { shared, rows } = serverTable(server, Object.keys(phoneFields));
  const props = Object.entries(shared).map(([field, value]) => `    ${camelCase(field)}: ${sharedValue(value)},`);
  const own = rows.map(({ extension, own: values }) => {
    const fields = Object.fromEntries(Object.entries(values).map(([field, value]) => [camelCase(field), value]));
    const name = phoneName(server.name, extension);
    const id = name === `phone-${server.name}-${extension}` ? '' : `, ${tsValue(name)}`;
    return `    [${tsValue(extension)}, ${tsObject(fields)}${id}],`;
  });
  const usesExtension = props.some((line) => /\bextension\b/u.test(line));
  return [
    'phones(',
    `  ${tsValue(server.name)},`,
    `  ${tsValue(server.ip)},`,
    `  (${usesExtension ? 'extension' : ''}) => ({`,
    ...props,
    '  }),',
    '  [',
    ...own,
    '  ],',
    ');',
  ].join('\n');
}

function sharedValue(value: DeclaredValue): string {
  return typeof value === 'string' ? tsTemplate(value, extensionPlaceholder, 'extension') : tsValue(value);
}

function aliasCall({ id, values, logins }: ExportedAlias): string {
  const literals = logins.filter(({ phone }) => !phone).map(({ login }) => login);
  const comment = literals.length > 0 ? `// No exported phone has the login ${literals.join(', ')}.\n` : '';
  const written = logins.map(({ login, phone }) => (phone ? secretKey(phone) : login));
  const name = phoneAliasName(id);
  const parameters = [
    tsValue(id),
    tsValue(values.alias_name),
    logins.length > 0 ? tsValue(written) : 'undefined',
    ...(name === `alias-${id}` ? [] : [tsValue(name)]),
  ];
  return `${comment}alias(${parameters.join(', ')});`;
}
