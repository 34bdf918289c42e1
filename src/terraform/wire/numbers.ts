/** Terraform's numbers are decimals of any length, JavaScript's are not (plugin-protocol.md, section 2). */
import { Decimal } from '../value';

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/**
 * A number from its decimal text, in the smallest form that holds it exactly: number, bigint or `Decimal`.
 * A double stands for the decimal that it prints as: `0.1` is a number.
 */
export function numberFromText(text: string): number | bigint | Decimal {
  const number = Number(text);
  if (/^-?\d+$/u.test(text)) return Number.isSafeInteger(number) ? number : BigInt(text);
  return sameDecimal(String(number), text) ? number : new Decimal(text);
}

/** A number in the form that go-cty reads without loss: integer, double or decimal text. */
export function numberToWire(value: number | bigint | Decimal): number | bigint | string {
  if (value instanceof Decimal) return value.text;
  if (typeof value === 'bigint') return value >= int64.min && value <= int64.max ? value : value.toString();
  return value;
}

function sameDecimal(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .replace(/^\+/u, '')
      .replace(/(\.\d*?)0+$/u, '$1')
      .replace(/\.$/u, '');
  return plain(a) === plain(b);
}
