/** What the emulator serves as JSON under `/_emulator/` when this is enabled. */
import type { NonAgentApi } from './non-agent-api';
import type { PageJournal } from './admin-pages/page-journal';
import type { Journal, JournalEntry } from './journal';
import type { Phone } from './store';

interface Journals {
  readonly journal: Journal;
  readonly pages: PageJournal;
}

const secretColumns = ['phone_pass', 'registration_password'];

/** A view of the data. `/_emulator/phones` shows passwords only with `?secrets=1`. */
export function inspect(url: URL, { store, authentication, build }: NonAgentApi, { journal, pages }: Journals) {
  const secrets = url.searchParams.get('secrets') === '1';
  const views: Record<string, () => unknown> = {
    phones: () => store.phones.map((phone) => (secrets ? phone : masked(phone))),
    aliases: () => store.aliases,
    users: () =>
      [...store.users.values()].map(({ password, ...user }) => ({
        ...user,
        password: password === '' ? '' : '***',
        ...authentication.counter(user.user),
      })),
    journal: () => journal.entries,
    // The table in which the server keeps the calls, with what the journal masks.
    ...(build.allowedFunctions ? { vicidial_api_urls: () => journal.entries.map(apiUrl) } : {}),
    pages: () => pages.entries,
  };
  const name = url.pathname.split('/')[2] ?? '';
  const view =
    name === ''
      ? () => Object.keys(views).map((each) => `/_emulator/${each}`)
      : Object.hasOwn(views, name)
        ? views[name]
        : undefined;
  if (!view) return json(404, { error: `There is no view ${name}.`, views: Object.keys(views) });
  return json(200, view());
}

function apiUrl(entry: JournalEntry) {
  const { sequence, at, user, fields } = entry;
  const url = new URLSearchParams({ function: entry.function, user, pass: '***', ...fields }).toString();
  return { api_id: sequence, api_date: new Date(at).toISOString(), url };
}

function masked(phone: Phone): Phone {
  return Object.fromEntries(
    Object.entries(phone).map(([name, value]) => [name, secretColumns.includes(name) && value ? '***' : value]),
  );
}

function json(status: number, value: unknown) {
  return { status, type: 'application/json', body: `${JSON.stringify(value, null, 2)}\n` };
}
