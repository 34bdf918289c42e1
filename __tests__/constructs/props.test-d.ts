/**
 * Type tests: `npm run types` compiles this file, and nothing runs it. A line that should not compile is marked with
 * `@ts-expect-error`, which is an error itself where the line compiles.
 */
import type { IResolvable, TerraformResource, TerraformStack } from 'cdktf';
import {
  DataVicidialPhone,
  DataVicidialPhoneAlias,
  DataVicidialPhoneAliases,
  DataVicidialPhones,
  DataVicidialServers,
  DataVicidialSystem,
  DataVicidialTemplates,
  DataVicidialUserGroups,
  Phone,
  PhoneAlias,
  PhoneGroup,
  VicidialProvider,
  type DataVicidialPhoneAliasProps,
  type DataVicidialPhoneProps,
  type DataVicidialPhonesProps,
  type PhoneAliasProps,
  type PhoneGroupProps,
  type PhoneProps,
  type VicidialProviderProps,
} from '../../src';

declare function accept<T>(value: T): void;
declare const stack: TerraformStack;

const key = { serverIp: '10.0.0.11', extension: '55000' };

// Phone props
accept<PhoneProps>(key);
accept<PhoneProps>({ ...key, isWebphone: 'Y_API_LAUNCH', phoneRingTimeout: 45, email: undefined });
accept<PhoneProps>({ ...key, protocol: '${var.protocol}', lifecycle: { preventDestroy: true } });
// @ts-expect-error extension is required
accept<PhoneProps>({ serverIp: '10.0.0.11' });
accept<PhoneProps>({ ...key, phonePassWo: '${var.pass}', phonePassWoVersion: 1 });
// @ts-expect-error a version is a number
accept<PhoneProps>({ ...key, phonePassWoVersion: '1' });
// @ts-expect-error a login is no secret
accept<PhoneProps>({ ...key, phoneLoginWo: '55000' });
// @ts-expect-error email is a string
accept<PhoneProps>({ ...key, email: 5 });
// @ts-expect-error phoneRingTimeout is a number
accept<PhoneProps>({ ...key, phoneRingTimeout: '45' });
// @ts-expect-error isWebphone has choices, which are strings
accept<PhoneProps>({ ...key, isWebphone: true });
// @ts-expect-error the prop is called phoneRingTimeout
accept<PhoneProps>({ ...key, ringTimeout: 5 });

// Phone alias props
accept<PhoneAliasProps>({ aliasId: 'desks', aliasName: 'All desks', phoneLogins: ['55000'] });
// @ts-expect-error aliasId is required
accept<PhoneAliasProps>({ aliasName: 'All desks', phoneLogins: ['55000'] });
// @ts-expect-error phoneLogins is a list
accept<PhoneAliasProps>({ aliasId: 'desks', phoneLogins: '55000' });

// Phone group props
accept<PhoneGroupProps>({ serverIp: '10.0.0.11', defaults: { protocol: 'SIP' }, phones: { '55000': {} } });
// @ts-expect-error the server belongs to the group
accept<PhoneGroupProps>({ serverIp: '10.0.0.11', phones: { '55000': { serverIp: '10.0.0.12' } } });

// Provider props
accept<VicidialProviderProps>({});
accept<VicidialProviderProps>({ maxConcurrency: 2, nonLatin: true, deletePermissionCheck: 'canary', alias: 'west' });
// @ts-expect-error maxConcurrency is a number
accept<VicidialProviderProps>({ maxConcurrency: '2' });
// @ts-expect-error nonLatin is a boolean
accept<VicidialProviderProps>({ nonLatin: 1 });
// @ts-expect-error the prop is called caCertificate
accept<VicidialProviderProps>({ certificate: 'pem' });

// Attributes
const desk = new Phone(stack, 'desk', key);
accept<number>(desk.phoneRingTimeout);
accept<string>(desk.phoneLogin);
accept<string>(desk.id);
accept<string[]>(new PhoneAlias(stack, 'desks', { aliasId: 'desks' }).phoneLogins);
accept<Phone | undefined>(new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: {} }).phones['55000']);
accept<TerraformResource>(new PhoneGroup(stack, 'ready', { serverIp: '10.0.0.11', phones: {} }).ready);
accept<'vicidial_phone'>(Phone.tfResourceType);
accept<'vicidial_phone_alias'>(PhoneAlias.tfResourceType);
// @ts-expect-error phoneRingTimeout is a number
accept<string>(desk.phoneRingTimeout);
desk.phoneLogin = '55001';
accept<string | undefined>(desk.phoneLoginInput);
desk.resetPhoneLogin();
// @ts-expect-error a phone has an extension
accept<keyof Phone>('resetExtension');
// @ts-expect-error phoneRingTimeout is a number
desk.phoneRingTimeout = '45';
// @ts-expect-error the id is read-only
desk.id = '10.0.0.11/55000';
const whatever: unknown = desk;
if (Phone.isTerraformElement(whatever) && Phone.isTerraformResource(whatever)) accept<string>(whatever.fqn);
if (PhoneAlias.isConstruct(whatever)) accept<string>(whatever.node.path);
if (DataVicidialPhones.isTerraformDataSource(whatever)) accept<string>(whatever.fqn);

const vicidial = new VicidialProvider(stack, 'vicidial');
vicidial.maxConcurrency = 2;
accept<number | undefined>(vicidial.maxConcurrencyInput);
vicidial.resetMaxConcurrency();
accept<'vicidial'>(VicidialProvider.tfResourceType);
if (VicidialProvider.isTerraformProvider(whatever)) accept<string>(whatever.fqn);

// Data sources
accept<DataVicidialPhoneProps>({ ...key, includeSecrets: true, dependsOn: [desk] });
accept<DataVicidialPhonesProps>({ serverIp: '10.0.0.11', adminUserGroup: 'SALES', protocol: 'PJSIP' });
accept<DataVicidialPhoneAliasProps>({ aliasId: 'desks' });
// @ts-expect-error extension is required
accept<DataVicidialPhoneProps>({ serverIp: '10.0.0.11' });
// @ts-expect-error a data source reads phoneLogin
accept<DataVicidialPhoneProps>({ ...key, phoneLogin: '55000' });
// @ts-expect-error the prop is called extensionPattern
accept<DataVicidialPhonesProps>({ extension: '55*' });
// @ts-expect-error aliasId is required
new DataVicidialPhoneAlias(stack, 'alias');
const found = new DataVicidialPhone(stack, 'found', key);
accept<string>(found.phoneLogin);
accept<number>(found.phoneRingTimeout);
accept<IResolvable>(found.includeSecrets);
accept<string[]>(new DataVicidialPhoneAlias(stack, 'alias', { aliasId: 'desks' }).phoneLogins);
const { phones } = new DataVicidialPhones(stack, 'phones');
accept<string>(phones.get('10.0.0.11/55000').phoneLogin);
accept<number>(phones.get('10.0.0.11/55000').phoneRingTimeout);
// @ts-expect-error phoneRingTimeout is a number
accept<string>(phones.get('10.0.0.11/55000').phoneRingTimeout);
accept<string[]>(new DataVicidialPhoneAliases(stack, 'aliases').phoneAliases.get('desks').phoneLogins);
const system = new DataVicidialSystem(stack, 'system', {});
accept<string>(system.build);
accept<string[]>(system.lacks);
accept<IResolvable>(system.mayDelete);
accept<IResolvable>(new DataVicidialServers(stack, 'servers').servers.get('10.0.0.11').active);
accept<string>(new DataVicidialTemplates(stack, 'templates').templates.get('SIP_generic').templateName);
accept<string>(new DataVicidialUserGroups(stack, 'groups').userGroups.get('SALES').groupName);
accept<'vicidial_phones'>(DataVicidialPhones.tfResourceType);
