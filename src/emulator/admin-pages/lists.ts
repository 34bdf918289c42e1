/** The lists of all phones and of all phone aliases (reading-vicidial.md, section 1). Hidden objects are left out. */
import type { Phone, PhoneAlias } from '../store';
import type { PageRequest } from './page';

export function phoneList(request: PageRequest): string {
  const { store, user, translate } = request;
  const phones = store.phones.filter((phone) => store.mayView(user, phone.admin_user_group)).sort(compareKeys);
  const { shown, links } = pageOf(phones, request);
  const rows = shown.map((phone, index) => row(request, index, phoneCells(request, phone)));
  return `<center><br><B>${translate('PHONE LISTINGS')}</B><TABLE WIDTH=750 CELLPADDING=1 CELLSPACING=0>
${heading(request, phoneColumns)}${rows.join('')}</TABLE>
${links}</center>
`;
}

export function aliasList(request: PageRequest): string {
  const { store, user, translate } = request;
  const aliases = store.aliases.filter((alias) => store.mayView(user, alias.user_group));
  const rows = aliases.map((alias, index) => row(request, index, aliasCells(request, alias)));
  return `<center><br><B>${translate('PHONE ALIAS LISTINGS')}</B><TABLE WIDTH=750 CELLPADDING=1 CELLSPACING=0>
${heading(request, aliasColumns)}${rows.join('')}</TABLE></center>
`;
}

const phoneColumns = [
  'EXTEN',
  'PROTO',
  'SERVER',
  'DIAL PLAN',
  'VOICEMAIL',
  'STATUS',
  'NAME',
  'NEW MESSAGES',
  'OLD MESSAGES',
  'GROUP',
  'LINKS',
];
const aliasColumns = ['ALIAS ID', 'NAME', 'LOGINS', 'GROUP', 'LINKS'];

function phoneCells({ translate }: PageRequest, phone: Phone): string[] {
  const column = (name: string) => phone[name] ?? '';
  // Not encoded, as the server writes it.
  const address = `admin.php?ADD=31111111111&extension=${column('extension')}&server_ip=${column('server_ip')}`;
  const isWebphone = column('is_webphone').startsWith('Y');
  return [
    link(address, column('extension')),
    `${column('protocol')}${isWebphone ? ' <i>(w)</i>' : ''}`,
    column('server_ip'),
    column('dialplan_number'),
    column('voicemail_id'),
    translate(column('status')),
    column('phone_full_name'),
    '0',
    '0',
    column('admin_user_group'),
    `<a href='${address}'>${translate('MODIFY')}</a> | <a href="phone_stats.php?extension=${column('extension')}&server_ip=${column('server_ip')}">${translate('STATS')}</a>`,
  ];
}

function aliasCells({ translate }: PageRequest, { alias_id, alias_name, phone_logins, user_group }: PhoneAlias) {
  const address = `admin.php?ADD=32111111111&alias_id=${alias_id}`;
  return [
    link(address, alias_id),
    alias_name,
    phone_logins,
    user_group ?? '',
    `<a href='${address}'>${translate('MODIFY')}</a>`,
  ];
}

function link(address: string, key: string): string {
  return `<a href="${address}"><font size=1 color=black>${key}</font></a>`;
}

/** A row of the table: the link, and cells whose font is not ended. Older builds mark it by a colour instead of a class. */
function row({ build }: PageRequest, index: number, [key, ...cells]: readonly string[]): string {
  const even = index % 2 === 0;
  const mark = build.rowClasses
    ? `class="records_list_${even ? 'x' : 'y'}"`
    : `bgcolor=${even ? "'#B9CBFD'" : "'#9BB9FB'"}`;
  return `<tr ${mark}><td>${key}</td>${cells.map((cell) => `<td><font size=1>${cell}</td>`).join('')}</tr>\n`;
}

function heading({ translate }: PageRequest, columns: readonly string[]): string {
  const cells = columns.map((name) => `<TD><font size=1 color=white><B>${translate(name)}</B></font></TD>`);
  return `<TR BGCOLOR=BLACK>${cells.join('')}</TR>\n`;
}

/** The part of a list that the page shows: all of it, or as many entries as the system settings say. */
function pageOf<T>(all: readonly T[], { store, translate, get }: PageRequest): { shown: readonly T[]; links: string } {
  const { entries_per_page: count } = store.settings;
  if (count === 0 || get('status') === 'display_all') return { shown: all, links: '' };
  const start = Number(get('start_count').replace(/\D/gu, ''));
  const link = (label: string, from: number) =>
    ` &nbsp; <a href="admin.php?ADD=10000000000&start_count=${from}">${translate(label)}</a>\n`;
  return {
    shown: all.slice(start, start + count),
    links: [
      start > 0 ? link('PREVIOUS', Math.max(0, start - count)) : '',
      start + count < all.length ? link('NEXT', start + count) : '',
      ` &nbsp; <a href="admin.php?ADD=10000000000&status=display_all">${translate('Show all')}</a>\n`,
    ].join(''),
  };
}

function compareKeys(one: Phone, other: Phone): number {
  return compare(one.extension ?? '', other.extension ?? '') || compare(one.server_ip ?? '', other.server_ip ?? '');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
