/**
 * CSV files of phones, as spreadsheets write them: a byte order mark, `;` or a tab instead of the comma, CRLF, a first
 * line `sep=;`, empty rows. The first row has names of API fields; `server` and `extension` may be columns. An empty cell
 * is not set, `~` is not managed, and a quoted empty cell (`""`) is empty.
 */
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { composed } from '../model/composed-letters';
import type { Origin } from './environment';
import { phoneValues, valueFields } from './entry-schema';
import { layerAt, type Layer } from './layers';
import type { Problem } from './problems';
import { closestKey } from './strict-object';
import { schemaProblems } from '../yaml-file';

export interface CsvRow {
  readonly server?: string | undefined;
  readonly extension: string;
  readonly layer: Layer;
  readonly origin: Origin;
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly Problem[];
}

/** A cell: undefined is empty without quotes, null is `~`. */
type Cell = string | null | undefined;

interface Row {
  readonly line: number;
  readonly cells: readonly Cell[];
}

const keyColumns = ['server', 'extension'];
const numberColumns = new Set(valueFields.filter(([, { type }]) => type === 'number').map(([name]) => name));
const columns: readonly string[] = [...keyColumns, ...valueFields.map(([name]) => name), 'protect'];

/**
 * Reads the phones of a CSV file.
 *
 * @param file the name in messages
 * @param hasServer whether the entry of the file names the server
 */
export function readCsv(file: string, bytes: Buffer, hasServer: boolean): CsvTable {
  const problems: Problem[] = [];
  const add = (line: number, field: string, message: string) =>
    problems.push({ severity: 'error', file, line, field, message });
  let rows: Row[];
  try {
    rows = parseRows(bytes);
  } catch (error) {
    add(errorLine(error), '', error instanceof Error ? error.message : String(error));
    return { rows: [], problems };
  }
  const [head, ...body] = rows;
  const names = (head?.cells ?? []).map((cell) => cell ?? '');
  for (const message of headProblems(names, hasServer)) add(head?.line ?? 1, '', message);
  if (problems.length > 0) return { rows: [], problems };
  const phones = body.flatMap((row) => readRow(file, names, row, add));
  return { rows: phones, problems };
}

function parseRows(bytes: Buffer): Row[] {
  const text = composed(decode(bytes));
  const [, separator] = /^sep=(.)\r?\n/u.exec(text) ?? [];
  const body = separator === undefined ? text : text.replace(/^[^\n]*\n/u, '');
  const rows: Row[] = [];
  parse(body, {
    delimiter: separator ?? delimiterOf(body),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    cast: (value, { quoting }) => cellOf(value, quoting),
    on_record: (cells: string[], { lines }) => {
      // The types of the package do not express what `cast` returns.
      rows.push({ line: lines + (separator === undefined ? 0 : 1), cells: cells });
      return null;
    },
  });
  return rows.filter(({ cells }) => cells.some((cell) => cell !== undefined));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('is not UTF-8; in the spreadsheet, save it as "CSV UTF-8"');
  }
}

/** The separator that the first row has most often, outside quotes. */
function delimiterOf(text: string): string {
  const head = (/^[^\r\n]*/u.exec(text)?.[0] ?? '').replace(/"[^"]*"/gu, '');
  const count = (separator: string) => head.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function cellOf(value: string, quoted: boolean): Cell {
  if (quoted) return value;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed === '~' ? null : trimmed;
}

function errorLine(error: unknown): number {
  return typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
}

function headProblems(names: readonly string[], hasServer: boolean): string[] {
  const unknown = names.filter((name) => !columns.includes(name));
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...unknown.map((name) => {
      const near = closestKey(name, columns);
      return `unknown column "${name}"; ${near === undefined ? `columns: ${columns.join(', ')}` : `did you mean ${near}?`}`;
    }),
    ...repeated.map((name) => `has the column ${name} twice`),
    ...(names.includes('extension') ? [] : ['has no column extension']),
    ...(names.includes('server') || hasServer
      ? []
      : ['has no column server, and the entry of the environment names none']),
  ];
}

function readRow(
  file: string,
  names: readonly string[],
  { line, cells }: Row,
  add: (line: number, field: string, message: string) => void,
): CsvRow[] {
  if (cells.slice(names.length).some((cell) => cell !== undefined)) {
    add(line, '', `has ${cells.length} cells, and the first row ${names.length}`);
    return [];
  }
  const given = names.flatMap((name, index) => (cells[index] === undefined ? [] : [[name, cells[index]] as const]));
  const { server, extension, ...own } = Object.fromEntries(given);
  if (!extension) {
    add(line, 'extension', 'is missing');
    return [];
  }
  const values = Object.fromEntries(Object.entries(own).map(([name, cell]) => [name, valueOf(name, cell)]));
  const { data, error } = phoneValues.safeParse(values, { reportInput: true });
  if (error) {
    for (const { path, message } of schemaProblems(error)) add(line, path.map(String).join('.'), message);
    return [];
  }
  const layer = layerAt({ file, lineOf: () => line }, [], 'csv', data);
  return [{ server: server ?? undefined, extension, layer, origin: { kind: 'csv', file, line, field: '' } }];
}

/** A cell is text: a number where the field is one, and a spreadsheet writes TRUE. */
function valueOf(name: string, cell: string | null): unknown {
  if (cell === null || cell === '') return cell;
  if (numberColumns.has(name) && z.coerce.number().safeParse(cell).success) return Number(cell);
  if (name === 'protect' && /^(?:true|false)$/iu.test(cell)) return cell.toLowerCase() === 'true';
  return cell;
}
