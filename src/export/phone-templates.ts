/**
 * Chooses for each value of a phone whether it is written as it is or with placeholders: what most phones then share. So
 * `7275551212` stays a number where the extension 55 is part of it by accident.
 */
import type { ExportedPhone, ExportedServer } from './exported-system';
import { seatTemplateOf, templateOf } from './templates';

export type Template = string | number;

/** The values of a phone, strings with placeholders, by field. */
export type Templates = Readonly<Record<string, Template>>;

/** The suffix of the phone logins of each server, where it has one. */
export type Suffixes = ReadonlyMap<ExportedServer, string>;

/** The templates of each phone. */
export function chooseTemplates(
  phones: readonly ExportedPhone[],
  suffixOf: (phone: ExportedPhone) => string,
): ReadonlyMap<ExportedPhone, Templates> {
  const counts = new Map<string, number>();
  for (const phone of phones) {
    for (const [field, value] of Object.entries(phone.values)) {
      for (const template of candidates(phone, value, suffixOf(phone))) {
        const key = `${field} ${template}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return new Map(
    phones.map((phone) => [
      phone,
      Object.fromEntries(
        Object.entries(phone.values).flatMap(([field, value]) => {
          const all = candidates(phone, value, suffixOf(phone));
          const [first] = all;
          if (first === undefined) return [];
          const times = (template: Template) => counts.get(`${field} ${template}`) ?? 0;
          const best = all.reduce((chosen, each) => (times(each) > times(chosen) ? each : chosen), first);
          return [[field, best]];
        }),
      ),
    ]),
  );
}

/** How a value may be written; of those that as many phones share, the first is chosen. */
function candidates({ extension }: ExportedPhone, value: unknown, suffix: string): Template[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'string') return [];
  const own = templateOf(value, extension);
  const ofSeat = seatTemplateOf(value, extension, suffix);
  const templates = [ofSeat, own].filter((template) => template !== undefined);
  return value === extension ? [...templates, value] : [value, ...templates];
}
