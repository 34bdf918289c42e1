/** The menu around what a page shows, about 55 KB (reading-vicidial.md, section 1). It is made once for each language. */
import type { Translate } from './language';

const sections = [
  'Reports',
  'Users',
  'Campaigns',
  'Lists',
  'Scripts',
  'Inbound',
  'User Groups',
  'Remote Agents',
  'Phones',
  'Phone Aliases',
  'Templates',
  'Carriers',
  'Servers',
  'Voicemail',
  'Settings',
];
const actions = [
  'Show all',
  'Add a new',
  'Copy from another',
  'Search for one of the',
  'Statistics of the',
  'Log of changes to the',
  'Show inactive',
  'Export all of the',
  'Permissions for the',
  'Custom fields of the',
  'Status groups of the',
  'Lists that belong to the',
];
/** The entries that a user of phones knows; the others have made-up numbers. */
const phoneLinks: Readonly<Record<string, string>> = {
  'Show all Phones': 'ADD=10000000000',
  'Add a new Phones': 'ADD=11111111111',
  'Show all Phone Aliases': 'ADD=12000000000',
  'Add a new Phone Aliases': 'ADD=12111111111',
};

const style = `<STYLE type="text/css">
<!--
A:link {color: black} A:visited {color: black} A:hover {color: #36C}
.menu_entry {font-family: HELVETICA; font-size: 12px; color: white}
.records_list_x {background-color: #B9CBFD} .records_list_x:hover {background-color: #E6E6E6}
.records_list_y {background-color: #9BB9FB} .records_list_y:hover {background-color: #E6E6E6}
-->
</STYLE>`;
const script = `<SCRIPT LANGUAGE="JavaScript">
var opened = 0;
function openNewWindow(url) { if (opened < 10 && url > "") { opened++; window.open(url, "", 'width=620,height=300,scrollbars=yes'); } }
function valueChanged(id) { var field = document.getElementById(id); field.title = "<" + field.value.length + ">"; }
</SCRIPT>`;

const menus = new Map<Translate, string>();

/** A whole page: the menu, and what it shows. */
export function pageWithMenu(translate: Translate, content: string): string {
  const menu = menus.get(translate) ?? makeMenu(translate);
  menus.set(translate, menu);
  return `${menu}${content}${end}`;
}

const end = '</TD></TR></TABLE>\n</body>\n</html>\n';

function makeMenu(translate: Translate): string {
  const entries = sections.flatMap((section, row) => [
    `<TR BGCOLOR='#015B91'><td colspan=2><B><FONT FACE="ARIAL,HELVETICA" COLOR=white SIZE=2> &nbsp; ${translate(section)}</B></td></TR>\n`,
    ...actions.map((action, column) => menuEntry(translate, `${action} ${section}`, 1000 + row * 100 + column)),
  ]);
  return `<html>
<head>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8">
${style}
${script}
<title>${translate('ADMINISTRATION')}</title>
</head>
<BODY BGCOLOR=white marginheight=0 marginwidth=0 leftmargin=0 topmargin=0>
<TABLE CELLPADDING=0 CELLSPACING=0 BGCOLOR=#D9E6FE><TR><TD VALIGN=TOP WIDTH=170>
<TABLE CELLPADDING=1 CELLSPACING=0 WIDTH=170>
${entries.join('')}</TABLE></TD><TD VALIGN=TOP ALIGN=LEFT>
`;
}

function menuEntry(translate: Translate, label: string, number: number): string {
  const query = phoneLinks[label] ?? `ADD=${number}`;
  return `<tr bgcolor=#015B91 class='menu_entry' onmouseover="this.style.background='#36C'" onmouseout="this.style.background='#015B91'"><td align=left> &nbsp; &nbsp; <a href="admin.php?${query}" STYLE='text-decoration:none;'><FONT class=menu_entry>${translate(label)}</FONT></a></td></tr>\n`;
}
