/** The guide that lists the failures. */
import { groups, type CatalogueEntry } from '../../src/model/failure-catalogue';
import { frontMatter, page } from './markdown';

export function failuresPage(): string {
  const sections = Object.entries<Readonly<Record<string, CatalogueEntry>>>(groups).flatMap(([title, entries]) => [
    `## ${title}`,
    ...Object.entries(entries).map(section),
  ]);
  return page([
    frontMatter({ title: 'Failures', description: 'What each message means, and what to do.' }),
    '# Failures',
    'Each message ends with its code, and with the type and key of the object where it is about one. Codes never change their meaning. A failure is an error and stops the run, unless it is marked as a warning.',
    ...sections,
  ]);
}

function section([code, entry]: readonly [string, CatalogueEntry]): string {
  const marks = [
    ...(entry.severity === 'warning' ? ['A warning.'] : []),
    ...(entry.transient ? ['Tried again.'] : []),
    ...(entry.outcome === 'unknown' ? ['It is not known whether the call was carried out.'] : []),
  ];
  const head = [`**${entry.summary}.**`, ...marks.map((mark) => `*${mark}*`), entry.cause].join(' ');
  return `### ${code}\n\n${head}\n\n*What to do:* ${entry.remedy}`;
}
