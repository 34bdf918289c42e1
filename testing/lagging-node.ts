/** A node of a system with several databases, whose lookups show for some time what was true before a write. */

export class LaggingNode {
  readonly #writes = new Map<string, { readonly existedBefore: boolean; readonly until: number }>();

  /** @param lagMs how long a write of an object is not shown, in milliseconds */
  constructor(private readonly lagMs: (key: string) => number) {}

  /** Notes the reply to a call that was carried out. */
  note(key: string, reply: string): void {
    const lagMs = this.lagMs(key);
    const existedBefore = !reply.includes('HAS BEEN ADDED');
    const isCreatedOrDeleted = !existedBefore || reply.includes('HAS BEEN DELETED');
    if (lagMs > 0 && isCreatedOrDeleted) this.#writes.set(key, { existedBefore, until: Date.now() + lagMs });
  }

  /** How long the last write of an object is not shown yet, in milliseconds. */
  lagLeftMs(key: string): number {
    const { until = 0 } = this.#writes.get(key) ?? {};
    return Math.max(0, until + 1 - Date.now());
  }

  /** The reply to a lookup of an object that has changed; undefined where the node shows what is true, or it is none. */
  answer(key: string, parameters: ReadonlyMap<string, string>): string | undefined {
    const write = this.#writes.get(key);
    if (!write || Date.now() > write.until) return undefined;
    const [user, name] = [parameters.get('user'), parameters.get('function')];
    const reply = (message: string, data: string) => `ERROR: ${name} ${message}: |${user}|${data}\n`;
    if (parameters.get('alias_name') === '-') {
      return write.existedBefore
        ? reply('YOU MUST USE A VALID ALIAS NAME', '-')
        : reply('PHONE ALIAS DOES NOT EXIST', key);
    }
    if (parameters.get('local_gmt') !== '99') return undefined;
    const server = parameters.get('server_ip') ?? '';
    const isAdd = name === 'add_phone';
    if (isAdd && write.existedBefore) return reply('PHONE ALREADY EXISTS ON THIS SERVER', `${server}|${key}`);
    if (!isAdd && !write.existedBefore) return reply('PHONE DOES NOT EXIST ON THIS SERVER', `${server}|${key}`);
    return reply('YOU MUST USE A VALID TIMEZONE', '99');
  }
}
