/** What reading and writing the objects of a type needs, made once for each type. */
import { oncePer } from '../../once-per';
import type { Type } from '../schema';
import type { Value } from '../value';
import { ByteWriter } from './byte-writer';
import { writeString } from './msgpack-writer';

type AttributeTypes = Readonly<Record<string, Type>>;

interface ShapedAttribute {
  readonly name: string;
  readonly type: Type;
  /** The name as msgpack. */
  readonly key: Uint8Array;
}

export interface ObjectShape {
  /** In the order of the type. */
  readonly attributes: readonly ShapedAttribute[];
  /** In the order in which Terraform writes them (plugin-protocol.md, section 2). */
  readonly sorted: readonly ShapedAttribute[];
  /**
   * Every attribute null. An engine copies this object faster than it adds one attribute after another, and the copies
   * take less memory.
   */
  readonly nulls: Readonly<Record<string, Value>>;
}

const writer = new ByteWriter();

/** The shape of the objects with some attributes. */
export const shapeOf = oncePer((types: AttributeTypes): ObjectShape => {
  const attributes = Object.entries(types).map(([name, type]) => ({ name, type, key: keyOf(name) }));
  const sorted = attributes.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  return { attributes, sorted, nulls: Object.fromEntries(attributes.map(({ name }) => [name, null])) };
});

function keyOf(name: string): Uint8Array {
  writer.begin();
  writeString(writer, name);
  return writer.finish();
}
