import type { Construct } from 'constructs';
import { composed } from '../model/composed-letters';
import type { PhoneProps } from './phone';

type Key = Pick<PhoneProps, 'serverIp' | 'extension'>;

/**
 * The props of a phone whose key a construct sets. A row of a file, or a program without types, may have a key too: one that
 * is another is an error.
 */
export function withKey(construct: Construct, props: Partial<PhoneProps>, key: Key): PhoneProps {
  const errors = (['serverIp', 'extension'] as const)
    .filter((name) => props[name] !== undefined && composed(props[name]) !== composed(key[name]))
    .map(
      (name) =>
        `The phone ${key.extension} has the ${name} ${props[name]}, and the construct sets ${key[name]}. Remove one of them.`,
    );
  if (errors.length > 0) construct.node.addValidation({ validate: () => errors });
  return { ...props, ...key };
}
