/**
 * How a peer is configured: a file in JSON, in which `${var.url}`, `${var.user}` and `${var.password}` are the system, and
 * `{{extension}}` and the other names of fields in braces are the phone. An argument of the resource must not have the
 * address: it changes with the latency.
 *
 *     {
 *       "source": "example/http",
 *       "provider": { "uri": "${var.url}" },
 *       "type": "http_object",
 *       "arguments": { "data": "{\"extension\":\"{{extension}}\"}" }
 *     }
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const peerFile = z.strictObject({
  /** The source address of the provider, without a host. */
  source: z.string(),
  provider: z.record(z.string(), z.unknown()).default({}),
  type: z.string(),
  arguments: z.record(z.string(), z.unknown()),
});

export type PeerConfiguration = z.infer<typeof peerFile>;

/** @throws Error where the file cannot be read, or is not as described */
export function readPeerConfiguration(file: string): PeerConfiguration {
  return peerFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The arguments of the resource for a phone. Its values are strings; a name that it does not have becomes empty. */
export function peerArguments(
  { arguments: template }: PeerConfiguration,
  phone: Readonly<Record<string, unknown>>,
): unknown {
  const valueOf = (name: string) => {
    const value = phone[name];
    return typeof value === 'string' ? value : '';
  };
  return JSON.parse(JSON.stringify(template), (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/\{\{(\w+)\}\}/gu, (_match, name: string) => valueOf(name)) : value,
  );
}
